#include "src/worklist/locales.hpp"

#include <algorithm>

#include "src/base/error.hpp"
#include "src/content/key.hpp"
#include "src/worklist/locale_names.hpp"
#include "src/worklist/orders.hpp"
#include "src/worklist/site_change.hpp"

namespace stele::worklist {
namespace {

using storage::SiteLocale;

int position_after(const Locales& locales) {
    int last = -1;
    for (const auto& l : locales) last = std::max(last, l.position);
    return last + 1;
}

SiteLocale new_locale(const locale::Tag& tag, const Locales& locales) {
    return SiteLocale{.tag = tag,
                      .wanted = false,
                      .fallback = std::nullopt,
                      .position = position_after(locales),
                      .version = 0,
                      .active = std::nullopt,
                      .next = std::nullopt,
                      .fingerprint = {},
                      .filled_to = 0};
}

SiteLocale with(SiteLocale l, const LocaleChange& change) {
    // PUT of a locale that is new enables it, unless told otherwise.
    if (l.version == 0) l.wanted = true;
    if (change.enabled) l.wanted = *change.enabled;
    if (change.fallback) l.fallback = *change.fallback;
    if (change.position) l.position = *change.position;
    return l;
}

void check_expected(const SiteLocale& l, std::optional<std::int64_t> expected) {
    if (!expected && l.version > 0) throw Error(ErrorCode::precondition_required);
    if (expected && *expected != l.version)
        throw Error(ErrorCode::version_conflict, "", {{"locale", l.tag.text()}}, {}, {{"version", l.version}});
}

void check_fallback(const SiteLocale& l, const Locales& locales, FieldErrors& errors) {
    if (!l.fallback) return;
    for (size_t i = 0; i < l.fallback->size(); ++i) {
        const auto& member = l.fallback->at(i);
        const auto pointer = "/fallback/" + std::to_string(i);
        if (member == l.tag)
            errors.push_back({pointer, "locale.own-fallback", {{"locale", member.text()}}});
        else if (std::ranges::find(locales, member, &SiteLocale::tag) == locales.end())
            errors.push_back({pointer, "locale.unknown", {{"locale", member.text()}}});
    }
}

void check_valid(const SiteLocale& l, const Locales& locales, const locale::Tag& default_locale) {
    FieldErrors errors;
    check_fallback(l, locales, errors);
    // Its pages would stand where the server's own addresses are.
    if (l.wanted && content::is_reserved(l.tag.text()))
        errors.push_back({"/enabled", "field.reserved", {{"value", l.tag.text()}}});
    if (!l.wanted && l.tag == default_locale)
        errors.push_back({"/enabled", "locale.default", {{"locale", l.tag.text()}}});
    throw_if_any(std::move(errors));
}

// Deleted articles count: they can be restored.
void check_unused(db::Connection& c, const locale::Tag& tag) {
    const auto used = c.one(
        "SELECT id FROM article WHERE source_locale = $1 LIMIT 1", [](const db::Row& row) { return row.integer(0); },
        tag.text());
    if (used) throw Error(ErrorCode::conflict, "locale-in-use", {{"locale", tag.text()}}, {}, {{"article_id", *used}});
}

// The locale with the change, checked; its version is the old one.
SiteLocale changed(db::Connection& c, const Store& store, const Locales& locales, const locale::Tag& tag,
                   const LocaleChange& change, std::optional<std::int64_t> expected) {
    const auto at = std::ranges::find(locales, tag, &SiteLocale::tag);
    const auto before = at == locales.end() ? new_locale(tag, locales) : *at;
    check_expected(before, expected);
    auto after = with(before, change);
    check_valid(after, locales, store.default_locale);
    if (before.wanted && !after.wanted) check_unused(c, tag);
    if (!before.wanted && after.wanted) check_names(c, locales, tag);
    return after;
}

void put(Locales& locales, SiteLocale l) {
    const auto at = std::ranges::find(locales, l.tag, &SiteLocale::tag);
    if (at == locales.end())
        locales.push_back(std::move(l));
    else
        *at = std::move(l);
}

SiteLocale stored_locale(const Store& store, const locale::Tag& tag) {
    return store.db.reading([&](db::Connection& c) { return *storage::read_site_uncached(c, store)->find(tag); });
}

// Does it differ from what is stored? Throws what is wrong with it.
bool differs(const Store& store, const locale::Tag& tag, const LocaleChange& change,
             std::optional<std::int64_t> expected) {
    return store.db.reading([&](db::Connection& c) {
        const auto site = storage::read_site_uncached(c, store);
        const auto after = changed(c, store, site->locales, tag, change, expected);
        const auto* before = site->find(tag);
        return !before || *before != after;
    });
}

}  // namespace

SiteLocale change_locale(const Store& store, const locale::Tag& tag, const LocaleChange& change,
                         std::optional<std::int64_t> expected, const Actor& actor) {
    if (differs(store, tag, change, expected))
        change_locales(store, actor, [&](db::Connection& c, Locales& locales) {
            auto after = changed(c, store, locales, tag, change, expected);
            after.version += 1;
            put(locales, std::move(after));
        });
    return stored_locale(store, tag);
}

void ensure_default_locale(const Store& store) {
    const bool planned = store.db.reading([&](db::Connection& c) {
        const auto site = storage::read_site_uncached(c, store);
        const auto* found = site->find(store.default_locale);
        return found && found->wanted && !needs_planning(c, store, *site);
    });
    if (planned) return;
    change_locales(store, "stele", [&](db::Connection&, Locales& locales) {
        const auto at = std::ranges::find(locales, store.default_locale, &SiteLocale::tag);
        auto l = at == locales.end() ? new_locale(store.default_locale, locales) : *at;
        if (l.wanted) return;
        l.wanted = true;
        l.version += 1;
        put(locales, std::move(l));
    });
}

bool needs_filling(const Store& store) {
    return store.db.reading([&](db::Connection& c) {
        const auto site = storage::read_site_uncached(c, store);
        return can_fill(*site) || needs_planning(c, store, *site);
    });
}

}  // namespace stele::worklist
