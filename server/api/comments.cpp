// …/translations/{locale}/comments and /api/v1/comments/{n}: what people say about a text.
#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_workflow.hpp"
#include "server/api/json_document.hpp"
#include "server/api/workflow.hpp"
#include "src/base/number.hpp"

namespace stele::api {
namespace {

using accounts::Action;

workflow::NewComment new_comment_from(const boost::json::object& body) {
    Decoder d(body);
    d.require("text");
    workflow::NewComment comment;
    comment.text = d.text("text", Lines::many).value_or("");
    comment.thread = d.integer("thread", 1, std::numeric_limits<std::int64_t>::max());
    if (const auto segment = d.text("segment", Lines::one)) {
        comment.segment = *segment;
        if (comment.thread) d.add_error("segment", "field.derived");
    }
    d.finish();
    return comment;
}

workflow::CommentChange change_from(const boost::json::object& body) {
    Decoder d(body);
    workflow::CommentChange change{.text = d.text("text", Lines::many), .resolved = d.boolean("resolved")};
    if (!d.has("text") && !d.has("resolved")) d.require("text");
    d.finish();
    return change;
}

workflow::Comment comment_of(App& app, const Call& call) {
    const auto n = positive_from(call.request.param("n"));
    auto comment = n ? workflow::find_comment(store_of(app), *n) : std::nullopt;
    if (!comment) throw Error(ErrorCode::not_found, "comment");
    return *comment;
}

// Who takes part here: who works on the translation, or on its source.
void require_part(App& app, const Call& call, const workflow::Comment& comment) {
    if (accounts::can(call.caller, Action::translate, comment.locale)) return;
    const auto article = editing::find_article(store_of(app), std::to_string(number(comment.article_id)));
    if (!article) throw Error(ErrorCode::not_found, "comment");
    require(call, Action::edit_source, article->source_locale);
}

void require_own(const Call& call, const workflow::Comment& comment) {
    if (comment.actor != actor_of(call)) throw Error(ErrorCode::forbidden, "not-own");
}

}  // namespace

http::Response list_comments(App& app, const Call& call) {
    workflow::CommentQuery query{.segment = call.request.query("segment"), .limit = query_limit(call.request)};
    if (const auto after = call.request.query("after")) {
        query.after = positive_from(*after);
        if (!query.after) bad_query("after", "field.cursor");
    }
    const auto comments = workflow::list_comments(store_of(app), article_of(app, call).id, locale_of(call), query);
    boost::json::array items;
    for (const auto& comment : comments) items.push_back(comment_json(comment));
    std::optional<std::string> next;
    if (int(comments.size()) == query.limit) next = std::to_string(comments.back().id);
    auto response = json_response(200, list_json(std::move(items), next, std::nullopt));
    set_next_link(app, call, response, next);
    return response;
}

http::Response create_comment(App& app, const Call& call) {
    const auto comment = new_comment_from(body_of(call.request, Body::required));
    const auto made =
        workflow::add_comment(store_of(app, call), article_of(app, call).id, locale_of(call), comment, actor_of(call));
    auto response = json_response(201, comment_json(made));
    response.set("Location", "/api/v1/comments/" + std::to_string(made.id));
    return response;
}

http::Response patch_comment(App& app, const Call& call) {
    const auto change = change_from(body_of(call.request, Body::required));
    const auto before = comment_of(app, call);
    require_part(app, call, before);
    const auto comment = workflow::change_comment(store_of(app, call), before.id, change, actor_of(call));
    return json_response(200, comment_json(comment));
}

http::Response delete_comment(App& app, const Call& call) {
    const auto comment = comment_of(app, call);
    require_part(app, call, comment);
    if (!accounts::can(call.caller, Action::administer, comment.locale)) require_own(call, comment);
    workflow::delete_comment(store_of(app, call), comment.id, actor_of(call));
    return {.status = 204};
}

}  // namespace stele::api
