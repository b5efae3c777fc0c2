// Slugs by ICU transliteration (CLDR's transform rules).
#include <fmt/format.h>
#include <unicode/translit.h>

#include <map>
#include <memory>
#include <mutex>

#include "src/locale/icu.hpp"
#include "src/locale/text.hpp"

namespace stele::locale {
namespace {

constexpr size_t max_slug_chars = 80;
constexpr size_t max_title_chars = 400;

using Rules = std::shared_ptr<const icu::Transliterator>;

Rules make_rules(const std::string& id) {
    UErrorCode status = U_ZERO_ERROR;
    return Rules(icu::Transliterator::createInstance(utf16(id), UTRANS_FORWARD, status));
}

// The language's own way into Latin or ASCII letters where CLDR has one, in front of the way for all.
Rules rules_for(const std::string& language) {
    const std::string for_all = "Any-Latin; Latin-ASCII";
    for (const auto& own : {fmt::format("{}-ASCII", language), fmt::format("{0}-{0}_Latn/BGN", language),
                            fmt::format("{0}-{0}_Latn", language)})
        if (auto rules = make_rules(fmt::format("{}; {}", own, for_all))) return rules;
    auto rules = make_rules(for_all);
    if (!rules) check(U_MISSING_RESOURCE_ERROR, "Transliterator::createInstance");
    return rules;
}

// Shared behind a mutex, unlike the formatters: rules take up to 100 ms to make and are used once per new article.
constexpr size_t cached_languages = 64;

icu::UnicodeString transliterated(std::string_view title, const Tag& tag) {
    static std::mutex mutex;
    static std::map<std::string, Rules> cache;
    const auto language = tag.text().substr(0, tag.text().find('-'));
    auto text = utf16(title);
    const std::lock_guard lock(mutex);
    auto at = cache.find(language);
    if (at == cache.end()) {
        if (cache.size() >= cached_languages) cache.clear();
        at = cache.emplace(language, rules_for(language)).first;
    }
    at->second->transliterate(text);
    return text;
}

bool is_apostrophe(char c) { return c == '\'' || c == '`'; }

std::string hyphenated(std::string_view ascii) {
    std::string slug;
    bool gap = false;
    for (char c : ascii) {
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            if (gap && !slug.empty()) slug += '-';
            gap = false;
            slug += c;
        } else if (!is_apostrophe(c)) {  // "don't" is one word
            gap = true;
        }
    }
    return slug;
}

std::string cut_at_hyphen(std::string slug) {
    if (slug.size() <= max_slug_chars) return slug;
    const auto hyphen = slug.rfind('-', max_slug_chars);
    slug.resize(hyphen == std::string::npos ? max_slug_chars : hyphen);
    return slug;
}

}  // namespace

std::string slug_from(std::string_view title, const Tag& tag) {
    const auto start = cut_chars(title, max_title_chars);  // the rest could not be in the slug, but would take its time
    return cut_at_hyphen(hyphenated(utf8(transliterated(nfc(start), tag))));
}

}  // namespace stele::locale
