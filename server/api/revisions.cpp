// …/translations/{locale}/revisions: who changed what, when, and the way back.
#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode.hpp"
#include "server/api/handlers.hpp"
#include "server/api/json_document.hpp"
#include "server/api/translation_answer.hpp"
#include "src/base/number.hpp"
#include "src/editing/restore_segments.hpp"

namespace stele::api {
namespace {

std::int64_t number_of(const Call& call) {
    const auto n = positive_from(call.request.param("n"));
    if (!n) throw Error(ErrorCode::not_found, "revision");
    return *n;
}

// Absent: the whole text.
std::optional<std::vector<std::string>> segments_from(const boost::json::object& body) {
    Decoder d(body);
    auto segments = d.texts("segments");
    if (segments && segments->empty()) d.add_error("segments", "field.required");
    d.finish();
    return segments;
}

editing::Version restored(App& app, const Call& call, ArticleId id) {
    const auto store = store_of(app, call);
    const auto expected = expected_of(call.request);
    if (const auto segments = segments_from(body_of(call.request, Body::optional)))
        return editing::restore_segments(store, id, locale_of(call), number_of(call), *segments, expected,
                                         actor_of(call))
            .version;
    return editing::restore_revision(store, id, locale_of(call), number_of(call), expected, actor_of(call));
}

}  // namespace

http::Response list_revisions(App& app, const Call& call) {
    const int limit = query_limit(call.request);
    std::optional<std::int64_t> before;
    if (const auto after = call.request.query("after")) {
        before = positive_from(*after);
        if (!before) bad_query("after", "field.cursor");
    }
    const auto revisions =
        editing::list_revisions(store_of(app), article_of(app, call).id, locale_of(call), limit, before);
    boost::json::array items;
    for (const auto& revision : revisions) items.push_back(revision_json(revision));
    // Newest first, numbered without gaps: 1 is the last.
    std::optional<std::string> next;
    if (int(revisions.size()) == limit && revisions.back().n > 1) next = std::to_string(revisions.back().n);
    auto response = json_response(200, list_json(std::move(items), next, std::nullopt));
    set_next_link(app, call, response, next);
    return response;
}

http::Response show_revision(App& app, const Call& call) {
    const auto revision =
        editing::find_revision(store_of(app), article_of(app, call).id, locale_of(call), number_of(call));
    if (!revision) throw Error(ErrorCode::not_found, "revision");
    return json_response(200, revision_json(*revision));
}

http::Response restore_revision(App& app, const Call& call) {
    const auto id = article_of(app, call).id;
    const auto version = restored(app, call, id);
    return translation_answer(app, id, locale_of(call), version);
}

}  // namespace stele::api
