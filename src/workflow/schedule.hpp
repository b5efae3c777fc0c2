#pragma once
// Publishing and unpublishing at a time. What is published is the text as it is then, with the rights that whoever
// asked for it has then; what cannot be done then is not done later, and they are told.
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
};
// Throws not_found (article, locale).
Schedule find_schedule(const Store& store, ArticleId id, const locale::Tag& locale);

// What is to happen from now on; absent members will not.
struct ScheduleRequest {
    std::optional<Time> publish_at, unpublish_at;
    bool incomplete = false;
};
// Throws not_found; invalid where a time has passed, is more than five years away, or where the end is not after the
// beginning. Whether the actor may publish is the caller's to ask.
Schedule set_schedule(const Store& store, ArticleId id, const locale::Tag& locale, const ScheduleRequest& request,
                      const Actor& actor);
void clear_schedule(const Store& store, ArticleId id, const locale::Tag& locale, const Actor& actor);

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
