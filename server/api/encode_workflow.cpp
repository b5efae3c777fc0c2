#include "server/api/encode_workflow.hpp"

#include "server/api/encode.hpp"

namespace stele::api {
namespace {

namespace json = boost::json;

json::value time_or_null(const std::optional<Time>& t) { return t ? json::value(rfc3339(*t)) : json::value(); }
json::value name_or_null(const std::string& name) { return name.empty() ? json::value() : json::value(name); }

json::value scheduled_json(const std::optional<workflow::Scheduled>& scheduled) {
    if (!scheduled) return {};
    return json::object{{"at", rfc3339(scheduled->at)}, {"actor", scheduled->actor}};
}

}  // namespace

json::object review_json(const workflow::Review& review) {
    return {{"status", workflow::name_of(review.status)},
            {"changed_since_approval", review.changed_since_approval},
            {"requested_by", name_or_null(review.requested_by)},
            {"actor", name_or_null(review.actor)},
            {"note", review.note},
            {"version", review.version},
            {"at", time_or_null(review.at)},
            {"step", review.step}};
}

json::object edition_with_review_json(const worklist::WorkItem& work, const workflow::Review& review) {
    auto one = edition_json(work);
    one["review"] = review_json(review);
    return one;
}

json::object review_step_json(const workflow::ReviewStep& step) {
    return {{"status", workflow::name_of(step.status)},
            {"actor", step.actor},
            {"note", step.note},
            {"version", step.version},
            {"at", rfc3339(step.at)}};
}

json::object comment_json(const workflow::Comment& comment) {
    return {{"id", comment.id},
            {"article_id", number(comment.article_id)},
            {"locale", comment.locale.text()},
            {"segment", name_or_null(comment.segment)},
            {"thread", comment.thread},
            {"actor", comment.actor},
            {"text", comment.text},
            {"deleted", comment.deleted},
            {"created_at", rfc3339(comment.created_at)},
            {"edited_at", time_or_null(comment.edited_at)},
            {"resolved_at", time_or_null(comment.resolved_at)},
            {"resolved_by", comment.resolved_by ? json::value(*comment.resolved_by) : json::value()}};
}

json::object assignment_json(const workflow::Assignment& assignment) {
    return {{"article_id", number(assignment.article_id)},
            {"locale", assignment.locale.text()},
            {"account", assignment.name},
            {"due", assignment.due ? json::value(workflow::text_of(*assignment.due)) : json::value()},
            {"assigned_by", assignment.assigned_by},
            {"assigned_at", rfc3339(assignment.assigned_at)}};
}

json::object schedule_json(const workflow::Schedule& schedule) {
    return {{"publish", scheduled_json(schedule.publish)},
            {"unpublish", scheduled_json(schedule.unpublish)},
            {"incomplete", schedule.incomplete}};
}

json::object present_json(const workflow::Present& present) {
    return {{"name", present.name}, {"segment", name_or_null(present.segment)}, {"since", rfc3339(present.since)}};
}

json::object notification_json(const workflow::Notification& n) {
    return {{"id", n.id},
            {"kind", workflow::name_of(n.kind)},
            {"article_id", number(n.article_id)},
            {"key", n.key},
            {"locale", n.locale.text()},
            {"title", text_json(n.title, n.title_locale)},
            {"actor", n.actor},
            {"detail", n.detail},
            {"times", n.times},
            {"at", rfc3339(n.at)},
            {"read_at", time_or_null(n.read_at)}};
}

}  // namespace stele::api
