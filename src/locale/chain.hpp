#pragma once
// Fallback chains and negotiation over the enabled locales of a site.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::locale {

// One locale as an administrator configured it. `fallback` absent = derived from CLDR parents (UTS 35 part 1,
// "Parent Locales": nn -> no -> nb, zh-Hant never -> zh, de-AT -> de); present (even empty) = taken as it is.
struct Enabled {
    Tag tag;
    std::optional<std::vector<Tag>> fallback;
    int position = 0;
    // False for a locale that readers cannot get any more or yet: only its configured fallback counts, in negotiation.
    bool enabled = true;
};

// The chain of `tag`: itself first, then its configured or derived fallbacks that are enabled, and the site's default
// last, each once.
std::vector<Tag> chain_of(const Tag& tag, const std::vector<Enabled>& enabled, const Tag& site_default);

struct Preference {
    std::string range;  // as written, at most 64 bytes
    int q;              // 0..1000
};
// RFC 9110 section 12.5.4. Bounded: the first 4,096 bytes and 50 members; malformed members are left out; sorted by q
// descending, in order of appearance where equal; q=0 kept (it excludes).
std::vector<Preference> parse_accept_language(std::string_view header);

struct Negotiated {
    Tag locale;
    // One line for each desired tag tried, for `explain=1`: which rule hit, or why none did. Catalog-free: rule names.
    struct Step {
        std::string range;
        int q;
        std::string rule;    // "exact", "configured", "matcher", "invalid", "excluded", "none", "default"
        std::string result;  // the locale it gave, or ""
    };
    std::vector<Step> steps;
};
// DESIGN: the desired tags in order of q, each tried alone: exact; the chain an administrator configured for the tag or
// its nearest parent, without the default and without derived entries; ICU's LocaleMatcher (only two-way, no default)
// over the enabled tags without private use. The first hit wins; then the site's default. `*` matches the site's
// default.
Negotiated negotiate(std::string_view accept_language, const std::vector<Enabled>& enabled, const Tag& site_default);

}  // namespace stele::locale
