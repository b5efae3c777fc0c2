#pragma once
// The JSON shapes of what people agree on around texts (openapi.yaml, components/schemas).
#include <boost/json.hpp>

#include "src/workflow/assignments.hpp"
#include "src/workflow/comments.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/presence.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/schedule.hpp"

namespace stele::api {

boost::json::object review_json(const workflow::Review& review);
// An edition of a list, with how it stands with those who review it.
boost::json::object edition_with_review_json(const worklist::WorkItem& work, const workflow::Review& review);
boost::json::object review_step_json(const workflow::ReviewStep& step);
boost::json::object comment_json(const workflow::Comment& comment);
boost::json::object assignment_json(const workflow::Assignment& assignment);
boost::json::object schedule_json(const workflow::Schedule& schedule);
boost::json::object present_json(const workflow::Present& present);
boost::json::object notification_json(const workflow::Notification& notification);

}  // namespace stele::api
