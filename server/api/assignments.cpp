// …/translations/{locale}/assignment, /api/v1/assignments and /api/v1/people: who is to do what.
#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_workflow.hpp"
#include "server/api/json_document.hpp"
#include "server/api/problem.hpp"
#include "server/api/workflow.hpp"
#include "server/faults.hpp"
#include "src/workflow/translators.hpp"

namespace stele::api {
namespace {

using accounts::Action;

workflow::AssignTo assign_to(Decoder& d) {
    workflow::AssignTo to;
    to.account = d.text("account", Lines::one).value_or("");
    const auto* due = d.any("due");
    if (!due || due->is_null()) return to;
    const auto day = d.text("due", Lines::one);
    if (day) to.due = parse_date(*day);
    if (day && !to.due) d.add_error("due", "field.date");
    return to;
}

workflow::AssignTo assignment_from(const boost::json::object& body) {
    Decoder d(body);
    d.require("account");
    auto to = assign_to(d);
    d.finish();
    return to;
}

struct Bulk {
    std::vector<workflow::TextPlace> places;
    std::optional<workflow::AssignTo> to;
};
Bulk bulk_from(const boost::json::object& body) {
    Decoder d(body);
    Bulk bulk;
    d.require("items");
    d.require("account");
    d.objects("items", [&](Decoder& item) {
        item.require("article_id");
        item.require("locale");
        const auto id = item.integer("article_id", 1, std::numeric_limits<std::int64_t>::max());
        const auto locale = item.tag("locale");
        if (id && locale) bulk.places.push_back({ArticleId(*id), *locale});
    });
    const auto* account = d.any("account");
    if (account && account->is_null()) {
        d.any("due");
    } else {
        bulk.to = assign_to(d);
    }
    d.finish();
    return bulk;
}

boost::json::object refused_json(const App& app, const Call& call, const workflow::TextPlace& place, const Error& why) {
    return {{"article_id", number(place.article_id)},
            {"locale", place.locale.text()},
            {"type", type_of(why)},
            {"detail", detail_of(app, why, call.language)}};
}

}  // namespace

http::Response show_assignment(App& app, const Call& call) {
    const auto found = workflow::find_assignment(store_of(app), article_of(app, call).id, locale_of(call));
    if (!found) throw Error(ErrorCode::not_found, "assignment");
    return json_response(200, assignment_json(*found));
}

http::Response put_assignment(App& app, const Call& call) {
    const auto to = assignment_from(body_of(call.request, Body::required));
    const workflow::TextPlace place{article_of(app, call).id, locale_of(call)};
    const auto made = workflow::assign(store_of(app, call), place.article_id, place.locale, to, call.caller.value());
    return json_response(200, assignment_json(made));
}

http::Response delete_assignment(App& app, const Call& call) {
    const workflow::TextPlace place{article_of(app, call).id, locale_of(call)};
    workflow::unassign(store_of(app, call), place.article_id, place.locale, call.caller.value());
    return {.status = 204};
}

http::Response list_assignments(App& app, const Call& call) {
    workflow::AssignmentQuery query{.account = call.session->user.id, .limit = query_limit(call.request)};
    query.after = call.request.query("after");
    const auto page = workflow::list_assignments(store_of(app), query);
    boost::json::array items;
    for (const auto& item : page.items) {
        auto one = edition_with_review_json(item.work, item.review);
        one["assignment"] = assignment_json(item.assignment);
        items.push_back(std::move(one));
    }
    auto response = json_response(200, list_json(std::move(items), page.next, std::nullopt));
    set_next_link(app, call, response, page.next);
    return response;
}

http::Response assign_many(App& app, const Call& call) {
    const auto bulk = bulk_from(body_of(call.request, Body::required));
    boost::json::array refused;
    const auto result = workflow::assign_many(store_of(app, call), bulk.places, bulk.to, call.caller.value());
    for (const auto& one : result.refused) refused.push_back(refused_json(app, call, one.place, one.why));
    // A fault that ended it is the same one for all the rest.
    if (!result.refused.empty()) log_within(app, call, result.refused.back().why);
    return json_response(200, boost::json::object{{"done", result.done}, {"refused", std::move(refused)}});
}

http::Response list_people(App& app, const Call& call) {
    std::optional<locale::Tag> locale;
    if (call.request.query("locale")) locale = query_locale(app, call.request);
    const auto reviews = [&](const workflow::Person& person) {
        return locale ? accounts::can(person.known, Action::review, locale)
                      : accounts::can_somewhere(person.known, Action::review);
    };
    const auto page = workflow::list_translators(store_of(app), {.locale = locale,
                                                                 .q = call.request.query("q").value_or(""),
                                                                 .limit = query_limit(call.request),
                                                                 .after = call.request.query("after")});
    boost::json::array items;
    for (const auto& person : page.items)
        items.push_back(boost::json::object{{"name", person.known.name}, {"reviews", reviews(person)}});
    auto response = json_response(200, list_json(std::move(items), page.next, std::nullopt));
    set_next_link(app, call, response, page.next);
    return response;
}

}  // namespace stele::api
