#pragma once
// Publishing and unpublishing at a time. What is published is the text as it is then, with the rights that whoever
// asked for it has then; what cannot be done then is not done later, and they are told (where they are no account that
// is in force, those who may publish there).
#include <optional>
#include <string>

#include "src/base/ids.hpp"
#include "src/checks/checks.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

struct Scheduled {
    Time at{};
    Actor actor;
};
struct Schedule {
    std::optional<Scheduled> publish, unpublish;
    bool incomplete = false;  // as in PublishRequest

    // Names what is scheduled, for entity tags; 0 where nothing is.
    std::int64_t version() const;
};
// Throws not_found (article, locale).
Schedule find_schedule(const Store& store, ArticleId id, const locale::Tag& locale);

// Absent members stay as they are; an empty time is taken off the schedule.
struct ScheduleRequest {
    std::optional<std::optional<Time>> publish_at, unpublish_at;
    std::optional<bool> incomplete;
    std::optional<std::int64_t> seen_step{};  // of the text's review, if whoever sets a time has looked
};
inline const ScheduleRequest nothing_scheduled{std::optional<Time>(), std::optional<Time>(), false, {}};

// `seen`: the version of the schedule that is changed; needed where anything is scheduled (precondition_required), and
// where it is given it must be the present one (version_conflict "schedule-moved"). A time to publish is set over the
// review as it stands: version_conflict "review-moved" where that is not what was seen of it; changes that are
// requested after that keep the text back at its time (conflict "review-changes"). Throws not_found; invalid where a
// time has passed, is more than five years away, or where the end is not after the beginning; conflict
// "publish-incomplete", "publish-unread" and "publish-nothing" where a time to publish is set for a text that could not
// be published so now. Whether the actor may publish is the caller's to ask.
Schedule set_schedule(const Store& store, ArticleId id, const locale::Tag& locale, const ScheduleRequest& request,
                      std::optional<std::int64_t> seen, const Actor& actor);

// Does what is due, each exactly once whoever else calls this: taking it off the schedule and doing it are one
// transaction. What meets a fault of the moment stays on the schedule; the fault is rethrown after all the others were
// done. A text with errors by `checks` is refused, as by whoever publishes at once. Called by the server when the time
// has come, and at its start for what came due meanwhile.
struct Due {
    int done = 0, refused = 0;
    std::optional<Time> next;  // when there will be something to do
};
Due run_due(const Store& store, const checks::Policy& checks);

}  // namespace stele::workflow
