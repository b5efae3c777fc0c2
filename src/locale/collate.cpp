#include "src/locale/collate.hpp"

#include <fmt/format.h>
#include <unicode/coll.h>
#include <unicode/uversion.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <tuple>
#include <vector>

#include "src/locale/cache.hpp"
#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_collators = 64;
using Collator = std::unique_ptr<icu::Collator>;

icu::Locale locale_with(const Tag& tag, const std::string& options) {
    if (options.empty()) return icu_locale(tag);
    UErrorCode status = U_ZERO_ERROR;
    auto locale = icu::Locale::forLanguageTag(without_private_use(tag) + "-u-" + options, status);
    check(status, "Locale::forLanguageTag");
    return locale;
}

const icu::Collator& collator_for(const Tag& tag, const std::string& options = {}) {
    thread_local BoundedCache<Collator> collators(cached_collators);
    const auto make = [&] {
        UErrorCode status = U_ZERO_ERROR;
        Collator made(icu::Collator::createInstance(locale_with(tag, options), status));
        check(status, "Collator::createInstance");
        return made;
    };
    return *(options.empty() ? collators.get(tag.text(), make) : collators.get(tag.text() + ' ' + options, make));
}

std::string key_of(std::string_view text, const icu::Collator& collator) {
    const auto source = utf16(text);
    std::array<std::uint8_t, max_sort_key_bytes + 1> buffer;
    const int32_t length = collator.getSortKey(source, buffer.data(), int32_t(buffer.size()));
    if (size_t(length) <= buffer.size()) return {reinterpret_cast<const char*>(buffer.data()), size_t(length) - 1};
    // ICU leaves a buffer that was too small undefined.
    std::string key(size_t(length), '\0');
    collator.getSortKey(source, reinterpret_cast<std::uint8_t*>(key.data()), length);
    key.resize(max_sort_key_bytes);
    return key;
}

// Languages whose tailorings differ from each other, and strings that the tailorings, the scripts and the root order
// move.
constexpr std::array probe_tags{"en", "nb", "nn", "sv", "da",    "fi", "de", "cs",     "lt", "es",
                                "hr", "hu", "tr", "pl", "fr-CA", "ar", "fa", "he",     "ru", "uk",
                                "el", "hi", "th", "vi", "ja",    "ko", "zh", "zh-Hant"};
constexpr std::array probes{"a",  "A",  "z",  "æ", "ä",  "ø", "ö",    "å",    "aa",   "aA",  "č",  "ch", "ll",
                            "ñ",  "ı",  "i",  "İ", "ł",  "y", "cote", "côte", "coté", "dž",  "ss", "ß",  "п",
                            "ґ",  "ё",  "α",  "א", "ب",  "پ", "ة",    "क",    "ก",    "เก",  "が", "カ", "한",
                            "中", "文", "龍", "1", "10", "-", " ",    "😀",    "a b",  "a-b", "ab", "Å"};

std::string fingerprint_of(std::string_view version, const std::string& options) {
    std::string all;
    for (const auto* text : probe_tags) {
        const auto tag = Tag::stored(text);
        for (const auto* probe : probes) all += key_of(probe, collator_for(tag, options)) + '\0';
    }
    const auto hash = XXH3_128bits(all.data(), all.size());
    return fmt::format("icu-{}-{:016x}{:016x}", version, hash.high64, hash.low64);
}

std::string icu_version() {
    UVersionInfo version;
    u_getVersion(version);
    char text[U_MAX_VERSION_STRING_LENGTH];
    u_versionToString(version, text);
    return text;
}

// "icu-72.1-<hash>" -> 72, 1
std::vector<int> version_in(std::string_view fingerprint) {
    std::vector<int> numbers;
    const auto begin = fingerprint.find('-');
    if (begin == std::string_view::npos) return numbers;
    const char* at = fingerprint.data() + begin;
    const char* const end = fingerprint.data() + fingerprint.size();
    do {
        int number = 0;
        const auto [next, failed] = std::from_chars(at + 1, end, number);
        if (failed != std::errc()) break;
        numbers.push_back(number);
        at = next;
    } while (at != end && *at == '.');
    return numbers;
}

}  // namespace

std::string sort_key(std::string_view text, const Tag& tag) { return key_of(text, collator_for(tag)); }

int compare(std::string_view a, std::string_view b, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const auto order = collator_for(tag).compare(utf16(a), utf16(b), status);
    check(status, "Collator::compare");
    return order;
}

std::string sort_fingerprint() { return Collation::system().fingerprint(); }

const Collation& Collation::system() {
    static const Collation icu(fingerprint_of(icu_version(), {}));
    return icu;
}

Collation::Collation(std::string_view version, std::string options)
    : options_(std::move(options)), fingerprint_(fingerprint_of(version, options_)) {}

std::string Collation::sort_key(std::string_view text, const Tag& tag) const {
    return key_of(text, collator_for(tag, options_));
}

bool is_older(std::string_view a, std::string_view b) {
    const auto version_of_a = version_in(a), version_of_b = version_in(b);
    return std::tie(version_of_a, a) < std::tie(version_of_b, b);
}

}  // namespace stele::locale
