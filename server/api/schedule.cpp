// …/translations/{locale}/schedule and presence: what is to happen at a time, and who is there now.
#include <fmt/format.h>

#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_workflow.hpp"
#include "server/api/json_document.hpp"
#include "server/api/workflow.hpp"

namespace stele::api {
namespace {

// null: it is not to happen.
std::optional<std::optional<Time>> time_from(Decoder& d, std::string_view name) {
    const auto* value = d.any(name);
    if (!value) return std::nullopt;
    if (value->is_null()) return std::optional<Time>();
    const auto text = d.text(name, Lines::one);
    if (!text) return std::nullopt;
    const auto time = parse_rfc3339(*text);
    if (!time) d.add_error(name, "field.time");
    return time;
}

workflow::ScheduleRequest schedule_from(const boost::json::object& body) {
    Decoder d(body);
    workflow::ScheduleRequest request;
    request.publish_at = time_from(d, "publish_at");
    request.unpublish_at = time_from(d, "unpublish_at");
    request.incomplete = d.boolean("incomplete");
    if (!d.has("publish_at") && !d.has("unpublish_at") && !d.has("incomplete")) d.require("publish_at");
    d.finish();
    return request;
}

http::Response answer(const workflow::Schedule& schedule) {
    auto response = json_response(200, schedule_json(schedule));
    response.set("ETag", fmt::format("\"{}\"", schedule.version()));
    return response;
}

std::string segment_from(const boost::json::object& body) {
    Decoder d(body);
    auto segment = d.text("segment", Lines::one).value_or("");
    d.finish();
    return segment;
}

}  // namespace

http::Response show_schedule(App& app, const Call& call) {
    return answer(workflow::find_schedule(store_of(app), article_of(app, call).id, locale_of(call)));
}

http::Response put_schedule(App& app, const Call& call) {
    const auto request = schedule_from(body_of(call.request, Body::required));
    const auto schedule = workflow::set_schedule(store_of(app, call), article_of(app, call).id, locale_of(call),
                                                 request, expected_number(call.request), actor_of(call));
    if (app.agenda_changed) app.agenda_changed();
    return answer(schedule);
}

http::Response delete_schedule(App& app, const Call& call) {
    workflow::set_schedule(store_of(app, call), article_of(app, call).id, locale_of(call), workflow::nothing_scheduled,
                           expected_number(call.request), actor_of(call));
    return {.status = 204};
}

http::Response put_presence(App& app, const Call& call) {
    const auto segment = segment_from(body_of(call.request, Body::optional));
    const auto others =
        workflow::say_present(store_of(app, call), article_of(app, call).id, locale_of(call), segment, actor_of(call));
    boost::json::array items;
    for (const auto& present : others) items.push_back(present_json(present));
    return json_response(200, boost::json::object{{"others", std::move(items)}});
}

http::Response delete_presence(App& app, const Call& call) {
    workflow::leave(store_of(app, call), article_of(app, call).id, locale_of(call), actor_of(call));
    return {.status = 204};
}

}  // namespace stele::api
