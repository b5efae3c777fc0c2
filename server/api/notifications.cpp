// /api/v1/notifications: what the account of the session has been told.
#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_workflow.hpp"
#include "server/api/json_document.hpp"
#include "server/api/workflow.hpp"

namespace stele::api {
namespace {

struct Read {
    std::vector<std::int64_t> ids;
    std::optional<Time> up_to;
};

Read read_from(const boost::json::object& body) {
    Decoder d(body);
    Read read;
    if (const auto text = d.text("up_to", Lines::one)) {
        read.up_to = parse_rfc3339(*text);
        if (!read.up_to) d.add_error("up_to", "field.time");
    }
    if (const auto* ids = d.any("ids")) {
        const auto* list = ids->if_array();
        if (!list || list->size() > max_items) {
            d.wrong_type("ids", "array");
        } else {
            for (const auto& id : *list)
                if (id.is_int64()) read.ids.push_back(id.get_int64());
            if (read.ids.size() != list->size()) d.wrong_type("ids", "array");
        }
    }
    if (!d.has("ids") && !d.has("up_to")) d.require("ids");
    d.finish();
    return read;
}

}  // namespace

http::Response list_notifications(App& app, const Call& call) {
    const auto account = call.session->user.id;
    workflow::NotificationQuery query{.unread = query_flag(call.request, "unread"),
                                      .limit = query_limit(call.request),
                                      .after = call.request.query("after")};
    const auto page = workflow::list_notifications(store_of(app), account, query);
    boost::json::array items;
    for (const auto& notification : page.items) items.push_back(notification_json(notification));
    auto list = list_json(std::move(items), page.next, std::nullopt);
    list["unread"] = workflow::unread_count(store_of(app), account);
    auto response = json_response(200, list);
    set_next_link(app, call, response, page.next);
    return response;
}

http::Response read_notifications(App& app, const Call& call) {
    const auto read = read_from(body_of(call.request, Body::required));
    const auto account = call.session->user.id;
    workflow::read_notifications(store_of(app, call), account, read.ids);
    if (read.up_to) workflow::read_all_notifications(store_of(app, call), account, *read.up_to);
    return {.status = 204};
}

}  // namespace stele::api
