// /api/v1/articles/{id}/translations/{locale}: the working text.
#include "server/api/answer.hpp"
#include "server/api/decode_changes.hpp"
#include "server/api/encode.hpp"
#include "server/api/handlers.hpp"
#include "server/api/json_document.hpp"
#include "server/api/translation_answer.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/review.hpp"

namespace stele::api {
namespace {

// A person may have closed the page before its script heard that their text was refused.
void tell_of_conflict(App& app, const Call& call, ArticleId id, const Error& error) {
    if (!call.session || error.code() != ErrorCode::version_conflict) return;
    const auto* by = error.members().if_contains("actor");
    workflow::tell_conflict(store_of(app, call), call.session->user.id, id, locale_of(call),
                            by && by->is_string() ? Actor(by->as_string()) : Actor());
}

editing::Saved saved_or_told(App& app, const Call& call, ArticleId id, const editing::Changes& changes) {
    try {
        return editing::save_translation(store_of(app, call), id, locale_of(call), changes, expected_of(call.request),
                                         actor_of(call));
    } catch (const Error& error) {
        tell_of_conflict(app, call, id, error);
        throw;
    }
}

http::Response save(App& app, const Call& call, const editing::Changes& changes) {
    const auto id = article_of(app, call).id;
    const auto saved = saved_or_told(app, call, id, changes);
    auto response = json_response(200, translation_json(saved.now.value()));
    response.set("ETag", saved.version.etag());
    return response;
}

}  // namespace

http::Response translation_answer(App& app, ArticleId id, const locale::Tag& locale, const editing::Version& version) {
    const auto translation = editing::find_translation(store_of(app), id, locale);
    if (!translation) throw Error(ErrorCode::not_found, "article");
    auto response = json_response(200, translation_json(*translation));
    // The version of this write, even if another one came since: what its sender has seen.
    response.set("ETag", version.etag());
    return response;
}

http::Response show_translation(App& app, const Call& call) {
    const auto translation = editing::find_translation(store_of(app), article_of(app, call).id, locale_of(call));
    if (!translation) throw Error(ErrorCode::not_found, "article");
    return tagged_response(call, translation_json(*translation), translation->version.etag());
}

http::Response put_translation(App& app, const Call& call) {
    const auto& type = app.types.find_or_page(article_of(app, call).type);
    return save(app, call, whole_translation_from(type, body_of(call.request)));
}

http::Response patch_translation(App& app, const Call& call) {
    return save(app, call, translation_changes_from(body_of(call.request)));
}

http::Response delete_translation(App& app, const Call& call) {
    const auto id = article_of(app, call).id;
    const auto locale = locale_of(call);
    // Its publication goes with it, and taking that from readers is an editor's to decide.
    const auto translation = editing::find_translation(store_of(app), id, locale);
    if (translation && translation->published) require(call, accounts::Action::publish, locale);
    workflow::delete_translation(store_of(app, call), id, locale, expected_of(call.request), actor_of(call));
    return {.status = 204};
}

http::Response list_segments(App& app, const Call& call) {
    const auto article = article_of(app, call);
    // The version first, as in show_article.
    const auto translation = editing::find_translation(store_of(app), article.id, locale_of(call));
    if (!translation) throw Error(ErrorCode::not_found, "article");
    boost::json::array items, retired;
    for (const auto& segment : editing::list_segments(store_of(app), article.id, locale_of(call)))
        (segment.retired ? retired : items).push_back(segment_json(segment, article.source_locale));
    return tagged_response(call, boost::json::object{{"items", std::move(items)}, {"retired", std::move(retired)}},
                           translation->version.etag());
}

}  // namespace stele::api
