// Which enabled locale a reader gets (RFC 9110 section 12.5.4, RFC 4647 and ICU's LocaleMatcher).
#include <unicode/localematcher.h>

#include <algorithm>
#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/chain.hpp"
#include "src/locale/icu.hpp"
#include "src/locale/parents.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_matchers = 16;

struct Wish {
    Preference preference;
    std::optional<Tag> tag;  // absent for "*" and for what is no tag
};

std::vector<Wish> wishes_of(std::string_view accept_language) {
    std::vector<Wish> wishes;
    for (auto& preference : parse_accept_language(accept_language)) {
        auto tag = Tag::parse(preference.range);
        wishes.push_back({std::move(preference), std::move(tag)});
    }
    return wishes;
}

// RFC 4647 section 3.3.1: a range matches a tag that it equals or that goes on after it with a hyphen.
bool covers(const Tag& range, const Tag& tag) {
    const auto& a = range.text();
    const auto& b = tag.text();
    return b.starts_with(a) && (b.size() == a.size() || b[a.size()] == '-');
}

// q=0 says "not this"; the longest range that covers the tag decides ("en-GB, en;q=0" still takes en-GB).
bool is_excluded(const Tag& tag, const std::vector<Wish>& wishes) {
    size_t longest = 0;
    bool excluded = false;
    for (const auto& wish : wishes) {
        if (!wish.tag || !covers(*wish.tag, tag) || wish.tag->text().size() <= longest) continue;
        longest = wish.tag->text().size();
        excluded = wish.preference.q == 0;
    }
    return excluded;
}

// The enabled locales that this reader may get, in the order of the site.
std::vector<Tag> candidates_of(const std::vector<Enabled>& enabled, const Tag& site_default,
                               const std::vector<Wish>& wishes) {
    std::vector<const Enabled*> sorted;
    for (const auto& e : enabled)
        if (e.enabled) sorted.push_back(&e);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->position < b->position; });
    std::vector<Tag> tags;
    tags.reserve(sorted.size() + 1);
    for (const auto* e : sorted) tags.push_back(e->tag);
    if (std::find(tags.begin(), tags.end(), site_default) == tags.end()) tags.push_back(site_default);
    std::erase_if(tags, [&](const Tag& tag) { return is_excluded(tag, wishes); });
    return tags;
}

bool contains(const std::vector<Tag>& tags, const Tag& tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string language_of(const Tag& tag) { return tag.text().substr(0, tag.text().find('-')); }

// The chain configured for the tag or for its nearest parent in the same language: its head, then its entries without
// the site's default (English is not what someone asked for who also reads German) and without derived ones.
std::optional<Tag> by_configuration(const Tag& wanted, const std::vector<Enabled>& enabled,
                                    const std::vector<Tag>& candidates, const Tag& site_default) {
    auto steps = parents_of(wanted);
    steps.insert(steps.begin(), wanted);
    for (const auto& step : steps) {
        if (language_of(step) != language_of(wanted)) return std::nullopt;
        const auto at = std::find_if(enabled.begin(), enabled.end(), [&](const auto& e) { return e.tag == step; });
        if (at == enabled.end()) continue;
        if (!at->fallback) return std::nullopt;  // near enough, and nothing configured: the matcher's turn
        if (contains(candidates, step)) return step;
        for (const auto& next : *at->fallback)
            if (next != site_default && contains(candidates, next)) return next;
        return std::nullopt;
    }
    return std::nullopt;
}

using Matcher = std::unique_ptr<icu::LocaleMatcher>;

Matcher make_matcher(const std::vector<Tag>& tags) {
    UErrorCode status = U_ZERO_ERROR;
    icu::LocaleMatcher::Builder builder;
    for (const auto& tag : tags) builder.addSupportedLocale(icu_locale(tag));
    // As it comes, the matcher gives ru for uk and tr for ku: one-way matches that CLDR keeps for want of better.
    builder.setDirection(ULOCMATCH_DIRECTION_ONLY_TWO_WAY).setNoDefaultLocale();
    auto matcher = std::make_unique<icu::LocaleMatcher>(builder.build(status));
    check(status, "LocaleMatcher::build");
    return matcher;
}

std::optional<Tag> by_matcher(const Tag& wanted, const std::vector<Tag>& candidates) {
    // Private use is invisible to the matcher: it would send plain nb to nb-x-easy.
    std::vector<Tag> tags;
    std::string key;
    for (const auto& tag : candidates) {
        if (tag.text().find("-x-") != std::string::npos) continue;
        tags.push_back(tag);
        key += tag.text() + ',';
    }
    if (tags.empty()) return std::nullopt;
    thread_local BoundedCache<Matcher> matchers(cached_matchers);
    const auto& matcher = matchers.get(key, [&] { return make_matcher(tags); });
    UErrorCode status = U_ZERO_ERROR;
    const auto result = matcher->getBestMatchResult(icu_locale(wanted), status);
    check(status, "LocaleMatcher::getBestMatchResult");
    const auto index = result.getSupportedIndex();
    return index < 0 ? std::nullopt : std::optional(tags[size_t(index)]);
}

struct Hit {
    std::string rule;
    std::optional<Tag> locale;
};

Hit try_wish(const Wish& wish, const std::vector<Enabled>& enabled, const std::vector<Tag>& candidates,
             const Tag& site_default) {
    if (wish.preference.q == 0) return {"excluded", {}};
    if (wish.preference.range == "*") {
        if (candidates.empty()) return {"none", {}};
        return {"default", contains(candidates, site_default) ? site_default : candidates.front()};
    }
    if (!wish.tag) return {"invalid", {}};
    if (contains(candidates, *wish.tag)) return {"exact", wish.tag};
    if (auto tag = by_configuration(*wish.tag, enabled, candidates, site_default)) return {"configured", tag};
    if (auto tag = by_matcher(*wish.tag, candidates)) return {"matcher", tag};
    return {"none", {}};
}

}  // namespace

Negotiated negotiate(std::string_view accept_language, const std::vector<Enabled>& enabled, const Tag& site_default) {
    const auto wishes = wishes_of(accept_language);
    const auto candidates = candidates_of(enabled, site_default, wishes);
    Negotiated answer{site_default, {}};
    for (const auto& wish : wishes) {
        const auto hit = try_wish(wish, enabled, candidates, site_default);
        answer.steps.push_back(
            {wish.preference.range, wish.preference.q, hit.rule, hit.locale ? hit.locale->text() : ""});
        if (!hit.locale) continue;
        answer.locale = *hit.locale;
        return answer;
    }
    answer.steps.push_back({"", 0, "default", site_default.text()});
    return answer;
}

}  // namespace stele::locale
