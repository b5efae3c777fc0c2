// /api/v1/locales and /api/v1/negotiate.
#include "src/worklist/locales.hpp"

#include "server/api/answer.hpp"
#include "server/api/decode_changes.hpp"
#include "server/api/encode.hpp"
#include "server/api/handlers.hpp"
#include "server/api/json_document.hpp"

namespace stele::api {
namespace {

boost::json::array steps_json(const std::vector<locale::Negotiated::Step>& steps) {
    boost::json::array array;
    for (const auto& step : steps)
        array.push_back(boost::json::object{
            {"range", step.range},
            {"q", double(step.q) / 1000},
            {"rule", step.rule},
            {"locale", step.result.empty() ? boost::json::value() : boost::json::value(step.result)}});
    return array;
}

}  // namespace

http::Response list_locales(App& app, const Call& call) {
    const auto site = site_of(app);
    boost::json::array items;
    for (const auto& l : site->locales)
        if (l.wanted || l.active) items.push_back(locale_json(l, site->default_locale));
    auto response = public_response(call, boost::json::object{{"items", std::move(items)}});
    keep(app, call, response, {});
    return response;
}

http::Response put_locale(App& app, const Call& call) {
    const auto change = locale_change_from(body_of(call.request));
    const auto store = store_of(app, call);
    const auto changed =
        worklist::change_locale(store, locale_of(call), change, expected_number(call.request), actor_of(call));
    if (app.orders_changed) app.orders_changed();
    auto response = json_response(200, locale_json(changed, store.default_locale));
    response.set("ETag", "\"" + std::to_string(changed.version) + "\"");
    return response;
}

http::Response negotiate(App& app, const Call& call) {
    const bool explain = query_flag(call.request, "explain");
    const auto written = call.request.query("accept");
    const auto site = site_of(app);
    const auto negotiated = locale::negotiate(written ? *written : call.request.header_list("Accept-Language"),
                                              site->enabled(), site->default_locale);
    boost::json::object json{{"locale", negotiated.locale.text()}};
    if (explain) json["steps"] = steps_json(negotiated.steps);
    auto response = public_response(call, json);
    if (!written) response.set("Vary", "Accept-Language");
    return response;
}

}  // namespace stele::api
