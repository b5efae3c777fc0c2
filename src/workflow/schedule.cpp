#include "src/workflow/schedule.hpp"

#include <fmt/format.h>

#include "src/content/segment.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/editions.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/schedule_rows.hpp"

namespace stele::workflow {
namespace {

constexpr std::chrono::days farthest{5 * 366};

Schedule read(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql =
        fmt::format("SELECT {} FROM schedule WHERE article_id = $1 AND locale = $2", schedule_columns);
    Schedule schedule;
    for (auto& row : c.all(sql, schedule_from, id, locale.text())) {
        (row.what == What::publish ? schedule.publish : schedule.unpublish) = Scheduled{row.at, std::move(row.actor)};
        if (row.what == What::publish) schedule.incomplete = row.incomplete;
    }
    return schedule;
}

// What there will be: the times that are asked for, and the others as they are.
struct Wanted {
    std::optional<Time> publish, unpublish;
    bool incomplete = false;
    bool new_publish = false, new_unpublish = false;  // differ from what there is
};

Wanted wanted_of(const Schedule& now, const ScheduleRequest& request) {
    const auto time_in = [](const std::optional<Scheduled>& one) {
        return one ? std::optional(one->at) : std::nullopt;
    };
    Wanted wanted{.publish = request.publish_at.value_or(time_in(now.publish)),
                  .unpublish = request.unpublish_at.value_or(time_in(now.unpublish))};
    wanted.incomplete = wanted.publish && request.incomplete.value_or(now.incomplete);
    wanted.new_publish = wanted.publish != time_in(now.publish) || wanted.incomplete != now.incomplete;
    wanted.new_unpublish = wanted.unpublish != time_in(now.unpublish);
    return wanted;
}

void check_times(const Wanted& wanted, Time now) {
    FieldErrors errors;
    const auto check_time = [&](const char* pointer, const std::optional<Time>& at) {
        if (at && *at <= now) errors.push_back({pointer, "field.time-passed", {}});
        if (at && *at > now + farthest) errors.push_back({pointer, "field.time-far", {{"years", std::int64_t{5}}}});
    };
    if (wanted.new_publish) check_time("/publish_at", wanted.publish);
    if (wanted.new_unpublish) check_time("/unpublish_at", wanted.unpublish);
    if (wanted.publish && wanted.unpublish && *wanted.unpublish <= *wanted.publish)
        errors.push_back({"/unpublish_at", "field.time-order", {}});
    throw_if_any(std::move(errors));
}

// Better now than at night, when nobody is there to mend it.
void check_text(db::Connection& c, ArticleId id, const locale::Tag& locale, const Wanted& wanted) {
    if (!wanted.publish || !wanted.new_publish) return;
    const auto editions = storage::find_editions(c, id, {locale});
    if (editions.empty() || editions.front().is_source) return;
    const auto& segments = editions.front().segments;
    if (segments.missing == segments.total) throw Error(ErrorCode::conflict, "publish-nothing");
    if (segments.missing > 0 && !wanted.incomplete)
        throw Error(ErrorCode::conflict, "publish-incomplete", {{"missing", segments.missing}}, {},
                    {{"missing", segments.missing}});
}

// Law 5, as for texts: creating needs nothing.
void check_seen(const Schedule& now, std::optional<std::int64_t> seen) {
    const auto version = now.version();
    if (!seen && version != 0) throw Error(ErrorCode::precondition_required, "schedule");
    if (seen && *seen != version) throw Error(ErrorCode::version_conflict, "schedule-moved");
}

void write(db::Transaction& t, const ScheduleRow& row, Time now) {
    t->run(
        "INSERT INTO schedule (article_id, locale, action, at, incomplete, actor, token_id, review_step, "
        "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        row.article_id, row.locale.text(), row.what, row.at, row.incomplete, row.actor, row.token, row.review_step,
        now);
}

void remove(db::Transaction& t, ArticleId id, const locale::Tag& locale, What what) {
    t->run("DELETE FROM schedule WHERE article_id = $1 AND locale = $2 AND action = $3", id, locale.text(), what);
}

// The last one of the review, over which a time to publish is set.
std::int64_t step_known(db::Connection& c, const Place& place, const Wanted& wanted, const ScheduleRequest& request) {
    if (!wanted.publish || !wanted.new_publish || !place.frame) return 0;
    const auto review = find_review(c, place.article.id, place.frame->locale, place.frame->text_hash);
    if (request.seen_step) check_last_step(review, *request.seen_step);
    return review.step;
}

boost::json::object detail_of(const Wanted& wanted) {
    boost::json::object detail;
    if (wanted.publish) detail["publish"] = rfc3339(*wanted.publish);
    if (wanted.unpublish) detail["unpublish"] = rfc3339(*wanted.unpublish);
    return detail;
}

}  // namespace

std::int64_t Schedule::version() const {
    if (!publish && !unpublish) return 0;
    const auto at = [](const std::optional<Scheduled>& one) { return one ? micros(one->at) : std::int64_t{0}; };
    const auto hash = content::exact_hash(fmt::format("{} {} {}", at(publish), at(unpublish), incomplete));
    std::int64_t version = 0;
    // As many bits as a number has everywhere, JSON included (RFC 8259 section 6).
    for (size_t i = 0; i < 6; ++i) version = version << 8 | static_cast<unsigned char>(hash[i]);
    return version | 1;
}

Schedule find_schedule(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        read_place(c, store, id, locale);
        return read(c, id, locale);
    });
}

Schedule set_schedule(const Store& store, ArticleId id, const locale::Tag& locale, const ScheduleRequest& request,
                      std::optional<std::int64_t> seen, const Actor& actor) {
    const Time now = store.now();
    const auto token = token_of(store, actor);
    return store.db.writing([&](db::Transaction& t) {
        const auto place = hold_place(t, store, id, locale);
        const auto before = read(*t, id, locale);
        check_seen(before, seen);
        const auto wanted = wanted_of(before, request);
        check_times(wanted, now);
        check_text(*t, id, locale, wanted);
        if (wanted.publish && wanted.new_publish) publishing::check_read(*t, store, id, locale);
        const auto step = step_known(*t, place, wanted, request);
        const auto put = [&](What what, const std::optional<Time>& at) {
            remove(t, id, locale, what);
            const bool incomplete = what == What::publish && wanted.incomplete;
            if (at) write(t, {0, id, locale, what, *at, incomplete, actor, token, step}, now);
        };
        if (wanted.new_publish) put(What::publish, wanted.publish);
        if (wanted.new_unpublish) put(What::unpublish, wanted.unpublish);
        if (wanted.new_publish || wanted.new_unpublish) log(t, now, "schedule", id, locale, actor, detail_of(wanted));
        return read(*t, id, locale);
    });
}

}  // namespace stele::workflow
