// …/translations/{locale}/checks and …/segments/{segment}/check: what can be seen to be wrong with a translation.
#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_terms.hpp"
#include "server/api/json_document.hpp"
#include "server/api/terms.hpp"

namespace stele::api {
http::Response list_checks(App& app, const Call& call) {
    boost::json::array items;
    for (const auto& found :
         checks::check_translation(store_of(app), app.checks, article_of(app, call).id, locale_of(call)))
        items.push_back(findings_json(app, call.language, found));
    return json_response(200, boost::json::object{{"items", std::move(items)}});
}

http::Response check_segment(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::required);
    Decoder d(body);
    d.require("text");
    const auto text = d.text("text", Lines::many);
    d.finish();
    const auto found = checks::check_segment(store_of(app), app.checks, article_of(app, call).id, locale_of(call),
                                             call.request.param("segment"), text);
    return json_response(200, findings_json(app, call.language, found));
}

http::Response dismiss_check(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::required);
    Decoder d(body);
    d.require("reason");
    const auto reason = d.text("reason", Lines::many);
    const auto text = d.text("text", Lines::many);
    d.finish();
    checks::dismiss(store_of(app, call), app.checks, article_of(app, call).id, locale_of(call),
                    call.request.param("segment"), call.request.param("finding"), text, reason.value(), actor_of(call));
    return {.status = 204};
}

http::Response undo_dismiss_check(App& app, const Call& call) {
    checks::undo_dismiss(store_of(app, call), article_of(app, call).id, locale_of(call), call.request.param("segment"),
                         call.request.param("finding"), actor_of(call));
    return {.status = 204};
}

}  // namespace stele::api
