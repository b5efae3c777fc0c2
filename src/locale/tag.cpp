#include "src/locale/tag.hpp"

#include <unicode/locid.h>
#include <unicode/region.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"
#include "src/locale/cache.hpp"

namespace stele::locale {
namespace {

constexpr size_t max_bytes = 64;
constexpr size_t cached_tags = 256;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
bool all(std::string_view text, bool (*test)(char)) { return std::all_of(text.begin(), text.end(), test); }

std::vector<std::string_view> subtags_of(std::string_view text) {
    std::vector<std::string_view> parts;
    for (size_t from = 0;;) {
        const auto hyphen = text.find('-', from);
        parts.push_back(text.substr(from, hyphen - from));
        if (hyphen == std::string::npos) return parts;
        from = hyphen + 1;
    }
}

bool is_language(std::string_view s) { return (s.size() == 2 || s.size() == 3) && all(s, is_alpha); }
bool is_extlang(std::string_view s) { return s.size() == 3 && all(s, is_alpha); }
bool is_script(std::string_view s) { return s.size() == 4 && all(s, is_alpha); }
bool is_region(std::string_view s) {
    return (s.size() == 2 && all(s, is_alpha)) || (s.size() == 3 && all(s, is_digit));
}
bool is_variant(std::string_view s) {
    return all(s, is_alnum) && ((s.size() >= 5 && s.size() <= 8) || (s.size() == 4 && is_digit(s[0])));
}

// `langtag` of RFC 5646 section 2.1 without extensions and without languages of four letters and more (none is
// registered). ICU alone reads "en--US" as "en" and accepts any word of up to eight letters.
bool well_formed(std::string_view text) {
    const auto parts = subtags_of(text);
    auto at = parts.begin();
    const auto end = parts.end();
    if (!is_language(*at++)) return false;
    if (at != end && is_extlang(*at)) ++at;
    if (at != end && is_script(*at)) ++at;
    if (at != end && is_region(*at)) ++at;
    std::set<std::string> variants;
    for (; at != end && is_variant(*at); ++at) {
        std::string variant(*at);
        for (auto& c : variant)
            if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (!variants.insert(std::move(variant)).second) return false;
    }
    if (at == end) return true;
    if (*at != "x" && *at != "X") return false;
    if (++at == end) return false;
    return std::all_of(at, end, [](auto s) { return !s.empty() && s.size() <= 8 && all(s, is_alnum); });
}

bool known_region(const char* region) {
    if (!*region) return true;
    // CLDR's pseudo-locales; a region that no country has (UTS 35 part 1, "Unicode Region Subtags").
    if (std::string_view(region) == "XA" || std::string_view(region) == "XB") return true;
    UErrorCode status = U_ZERO_ERROR;
    icu::Region::getInstance(region, status);
    return U_SUCCESS(status);
}

// UTS 35 "Likely Subtags": zh is zh-Hans-CN, but zh-TW is zh-Hant-TW; such a script is written.
std::string script_to_write(const icu::Locale& locale) {
    if (*locale.getScript()) return {};
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale full(locale.getLanguage(), locale.getCountry()), bare(locale.getLanguage());
    full.addLikelySubtags(status);
    bare.addLikelySubtags(status);
    std::string script = full.getScript();
    if (U_FAILURE(status) || script.empty() || !*bare.getScript() || script == bare.getScript()) return {};
    return script;
}

// One pass; "" for junk.
std::string canonical(const std::string& text) {
    if (!well_formed(text)) return {};
    UErrorCode status = U_ZERO_ERROR;
    auto locale = icu::Locale::forLanguageTag(text, status);
    locale.canonicalize(status);
    if (U_FAILURE(status) || locale.isBogus()) return {};
    auto tag = locale.toLanguageTag<std::string>(status);
    if (U_FAILURE(status) || !well_formed(tag) || !known_region(locale.getCountry())) return {};
    // ICU turns some grandfathered tags into private use of its own (zh-min -> nan-x-zh-min).
    if (tag.find("-x-") != std::string::npos && text.find("-x-") == std::string::npos &&
        text.find("-X-") == std::string::npos)
        return {};
    auto language = tag.substr(0, tag.find('-'));
    const auto rest = tag.substr(language.size());
    if (language == "und" || language == "mul" || language == "zxx") return {};
    if (language == "no") language = "nb";
    const auto script = script_to_write(locale);
    return script.empty() ? language + rest : language + "-" + script + rest;
}

}  // namespace

std::optional<Tag> Tag::parse(std::string_view text) {
    if (text.empty() || text.size() > max_bytes || !all(text, [](char c) { return is_alnum(c) || c == '-'; }))
        return std::nullopt;
    thread_local BoundedCache<std::string> canonical_of(cached_tags);
    if (const auto* known = canonical_of.find(text)) return Tag(*known);
    auto once = canonical(std::string(text));
    // Aliases may chain; what is stored has to be what parsing it again gives.
    if (once.empty() || once.size() > max_bytes || canonical(once) != once) return std::nullopt;
    // Junk is not kept: it would push out the tags that requests really use.
    return Tag(canonical_of.put(text, std::move(once)));
}

Tag Tag::stored(std::string text) {
    auto tag = parse(text);
    if (!tag || tag->text() != text) throw Error(ErrorCode::internal, {}, {{"stored_tag", std::move(text)}});
    return *tag;
}

}  // namespace stele::locale
