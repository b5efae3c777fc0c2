// POST …/translations/{locale}/machine: what it would cost, or the drafts themselves.
#include "server/api/machine.hpp"

#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "server/machine_run.hpp"

namespace stele::api {
namespace {

void add_balance(boost::json::object& json, const machine::Balance& balance) {
    json["used"] = balance.used;
    json["left"] = nullptr;
    if (balance.left) json["left"] = *balance.left;
}

http::Response estimate(App& app, const Call& call) {
    const auto made =
        machine::estimate(store_of(app), machine::budget_of(app.options), article_of(app, call).id, locale_of(call));
    boost::json::object json{{"segments", made.segments}, {"words", made.words}};
    add_balance(json, made.balance);
    return json_response(200, json);
}

http::Response run(App& app, const Call& call, const std::string& after) {
    const auto made = machine::run_for(app, call, article_of(app, call).id, locale_of(call), after);
    boost::json::object json{{"filled", made.translated},
                             {"left_out", boost::json::value_from(made.left_out)},
                             {"missing", made.missing},
                             {"next", nullptr},
                             {"words", made.words}};
    add_balance(json, made.balance);
    if (made.next) json["next"] = *made.next;
    auto response = json_response(200, json);
    response.set("ETag", made.version.etag());
    return response;
}

}  // namespace

http::Response translate_by_machine(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::optional);
    Decoder d(body);
    const bool only_estimate = d.boolean("estimate").value_or(false);
    const auto after = d.text("after", Lines::one).value_or("");
    d.finish();
    return only_estimate ? estimate(app, call) : run(app, call, after);
}

}  // namespace stele::api
