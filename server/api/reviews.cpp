// …/translations/{locale}/review and /api/v1/reviews: what is to be looked at, and what came of it.
#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_workflow.hpp"
#include "server/api/json_document.hpp"
#include "server/api/workflow.hpp"

namespace stele::api {
namespace {

using workflow::ReviewStatus;

constexpr int steps_shown = 25;

workflow::ReviewRequest request_from(const boost::json::object& body) {
    Decoder d(body);
    d.require("status");
    workflow::ReviewRequest request;
    if (const auto status = d.word("status", {"none", "requested", "changes-requested", "approved"}))
        request.status = workflow::review_status_named(*status).value();
    request.note = d.text("note", Lines::many).value_or("");
    request.seen_step = d.integer("step", 0, std::numeric_limits<std::int64_t>::max());
    d.finish();
    return request;
}

http::Response answer(App& app, ArticleId id, const locale::Tag& locale) {
    const auto store = store_of(app);
    boost::json::object body = review_json(workflow::find_review(store, id, locale));
    boost::json::array steps;
    for (const auto& step : workflow::list_review_steps(store, id, locale, steps_shown, std::nullopt))
        steps.push_back(review_step_json(step));
    body["steps"] = std::move(steps);
    return json_response(200, body);
}

}  // namespace

http::Response show_review(App& app, const Call& call) {
    return answer(app, article_of(app, call).id, locale_of(call));
}

http::Response put_review(App& app, const Call& call) {
    const auto request = request_from(body_of(call.request, Body::required));
    const auto id = article_of(app, call).id;
    workflow::set_review(store_of(app, call), id, locale_of(call), request, expected_of(call.request),
                         call.caller.value());
    return answer(app, id, locale_of(call));
}

http::Response list_reviews(App& app, const Call& call) {
    workflow::ReviewQuery query{.locale = query_locale(app, call.request)};
    if (const auto name = call.request.query("status")) {
        const auto status = workflow::review_status_named(*name);
        if (status != ReviewStatus::requested && status != ReviewStatus::changes_requested)
            bad_choice("status", "requested, changes-requested");
        query.status = *status;
    }
    query.limit = query_limit(call.request);
    query.after = call.request.query("after");
    const auto page = workflow::list_reviews(store_of(app), query);
    boost::json::array items;
    for (const auto& item : page.items) items.push_back(edition_with_review_json(item.work, item.review));
    auto response = json_response(200, list_json(std::move(items), page.next, std::nullopt));
    set_next_link(app, call, response, page.next);
    return response;
}

}  // namespace stele::api
