// The services' own names of languages.
#include <algorithm>

#include "server/machine/http_provider.hpp"

namespace stele::machine {
namespace {

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return text;
}

bool has(const std::string& tag, std::string_view part) {
    return ("-" + tag + "-").find("-" + std::string(part) + "-") != std::string::npos;
}

// Variants that are languages of their own to DeepL, as targets; a source is named by the language alone.
std::string for_deepl(const std::string& tag, const std::string& language, bool as_target) {
    if (!as_target) return upper(language);
    if (language == "en") return has(tag, "US") ? "EN-US" : "EN-GB";
    if (language == "pt") return has(tag, "BR") ? "PT-BR" : "PT-PT";
    if (language == "zh") return has(tag, "Hant") ? "ZH-HANT" : "ZH-HANS";
    return upper(language);
}

std::string for_libretranslate(const std::string& tag, const std::string& language) {
    if (language == "zh") return has(tag, "Hant") ? "zt" : "zh";
    if (language == "pt" && has(tag, "BR")) return "pb";
    return language;
}

}  // namespace

std::string language_for(Protocol protocol, const locale::Tag& tag, bool as_target) {
    const auto language = tag.text().substr(0, tag.text().find('-'));
    return protocol == Protocol::deepl ? for_deepl(tag.text(), language, as_target)
                                       : for_libretranslate(tag.text(), language);
}

}  // namespace stele::machine
