#include "src/workflow/presence.hpp"

#include <algorithm>

#include "src/editing/validate.hpp"
#include "src/workflow/place.hpp"

namespace stele::workflow {
namespace {

constexpr size_t max_segment_chars = 100;  // of an id that the source has no more, or not yet

void check_segment(const std::string& segment) {
    FieldErrors errors;
    editing::check_text(errors, "/segment", segment, max_segment_chars, false);
    throw_if_any(std::move(errors));
}

std::vector<Present> others(db::Connection& c, ArticleId id, const locale::Tag& locale, const Actor& actor, Time now) {
    auto found = c.all(
        "SELECT actor, segment_id, since FROM presence WHERE article_id = $1 AND locale = $2 AND seen_at > $3",
        [](db::Row r) {
            return Present{r.text(0), r.text(1), time_of(r.integer(2))};
        },
        id, locale.text(), now - presence_lasts);
    std::erase_if(found, [&](const Present& present) { return present.name == actor; });
    std::ranges::sort(found, {}, [](const Present& present) { return std::tuple(present.since, present.name); });
    return found;
}

}  // namespace

std::vector<Present> say_present(const Store& store, ArticleId id, const locale::Tag& locale,
                                 const std::string& segment, const Actor& actor) {
    check_segment(segment);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        read_place(*t, store, id, locale);
        // Somebody who was away for long has come anew.
        t->run(
            "INSERT INTO presence (article_id, locale, actor, segment_id, since, seen_at) VALUES ($1, $2, $3, $4, $5, "
            "$5) ON CONFLICT (article_id, locale, actor) DO UPDATE SET segment_id = excluded.segment_id, since = CASE "
            "WHEN presence.seen_at > $6 THEN presence.since ELSE excluded.since END, seen_at = excluded.seen_at",
            id, locale.text(), actor, segment, now, now - presence_lasts);
        return others(*t, id, locale, actor, now);
    });
}

void leave(const Store& store, ArticleId id, const locale::Tag& locale, const Actor& actor) {
    store.db.write([&](db::Transaction& t) {
        t->run("DELETE FROM presence WHERE article_id = $1 AND locale = $2 AND actor = $3", id, locale.text(), actor);
    });
}

void forget_absent(const Store& store) {
    const Time before = store.now() - presence_lasts;
    const bool any = store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT 1 FROM presence WHERE seen_at <= $1 LIMIT 1", [](db::Row) { return true; }, before)
            .has_value();
    });
    if (!any) return;
    store.db.write([&](db::Transaction& t) { t->run("DELETE FROM presence WHERE seen_at <= $1", before); });
}

}  // namespace stele::workflow
