#include "src/locale/collate.hpp"

#include <fmt/format.h>
#include <unicode/coll.h>
#include <unicode/uversion.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_collators = 64;
using Collator = std::unique_ptr<icu::Collator>;

const icu::Collator& collator_for(const Tag& tag) {
    thread_local BoundedCache<Collator> collators(cached_collators);
    return *collators.get(tag.text(), [&] {
        UErrorCode status = U_ZERO_ERROR;
        Collator made(icu::Collator::createInstance(icu_locale(tag), status));
        check(status, "Collator::createInstance");
        return made;
    });
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

XXH128_hash_t probe_hash() {
    std::string all;
    for (const auto* text : probe_tags) {
        const auto tag = Tag::stored(text);
        for (const auto* probe : probes) all += sort_key(probe, tag) + '\0';
    }
    return XXH3_128bits(all.data(), all.size());
}

}  // namespace

std::string sort_key(std::string_view text, const Tag& tag) {
    const auto& collator = collator_for(tag);
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

int compare(std::string_view a, std::string_view b, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const auto order = collator_for(tag).compare(utf16(a), utf16(b), status);
    check(status, "Collator::compare");
    return order;
}

std::string sort_fingerprint() {
    static const std::string fingerprint = [] {
        UVersionInfo version;
        u_getVersion(version);
        char text[U_MAX_VERSION_STRING_LENGTH];
        u_versionToString(version, text);
        const auto hash = probe_hash();
        return fmt::format("icu-{}-{:016x}{:016x}", text, hash.high64, hash.low64);
    }();
    return fingerprint;
}

}  // namespace stele::locale
