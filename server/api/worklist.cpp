// /api/v1/worklist and /api/v1/coverage: what is left to do.
#include "src/worklist/worklist.hpp"

#include "server/api/answer.hpp"
#include "server/api/encode.hpp"
#include "server/api/handlers.hpp"

namespace stele::api {
namespace {

worklist::Query query_of(const App& app, const http::Request& request) {
    worklist::Query query{.locale = query_locale(app, request)};
    for (const auto& name : split(request.query("state").value_or(""))) {
        const auto state = content::state_named(name);
        if (!state) bad_choice("state", "untranslated, incomplete, outdated, ready, current");
        query.states.push_back(*state);
    }
    if (request.query("pending")) query.pending = query_flag(request, "pending");
    if (const auto name = request.query("sort")) {
        const auto sort = worklist::sort_named(*name);
        if (!sort) bad_choice("sort", "title, words, age, priority");
        query.sort = *sort;
    }
    query.limit = query_limit(request);
    query.after = request.query("after");
    return query;
}

}  // namespace

http::Response list_work(App& app, const Call& call) {
    const auto page = worklist::list(store_of(app), query_of(app, call.request));
    boost::json::array items;
    for (const auto& item : page.items) items.push_back(edition_json(item));
    auto response = json_response(200, list_json(std::move(items), page.next, page.total));
    set_next_link(app, call, response, page.next);
    return response;
}

http::Response show_coverage(App& app, const Call&) {
    boost::json::array items;
    for (const auto& coverage : worklist::coverage(store_of(app))) items.push_back(coverage_json(coverage));
    return json_response(200, boost::json::object{{"items", std::move(items)}});
}

}  // namespace stele::api
