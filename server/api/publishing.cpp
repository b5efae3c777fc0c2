// …/translations/{locale}/publish, unpublish and keep: what an editor decides.
#include "src/publishing/publishing.hpp"

#include "server/api/answer.hpp"
#include "server/api/decode_changes.hpp"
#include "server/api/handlers.hpp"
#include "server/api/json_document.hpp"
#include "server/api/translation_answer.hpp"
#include "src/workflow/publish.hpp"

namespace stele::api {
namespace {

using accounts::Action;

void require_kept_locales(const Call& call, const editing::KeepRequest& request) {
    if (request.all_locales) require(call, Action::keep, std::nullopt);
    for (const auto& locale : request.locales) require(call, Action::keep, locale);
}

using Keep = editing::Version (*)(const Store&, ArticleId, const locale::Tag&, const editing::KeepRequest&,
                                  const editing::Expected&, const Actor&);

http::Response change_keeping(App& app, const Call& call, Keep use_case, bool undo) {
    const auto request = keep_request_from(body_of(call.request, undo ? Body::optional : Body::required), undo);
    require_kept_locales(call, request);
    const auto id = article_of(app, call).id;
    const auto locale = locale_of(call);
    const auto version = use_case(store_of(app, call), id, locale, request, expected_of(call.request), actor_of(call));
    return translation_answer(app, id, locale, version);
}

}  // namespace

http::Response publish(App& app, const Call& call) {
    const auto request = publish_request_from(body_of(call.request, Body::optional), app.checks);
    const auto id = article_of(app, call).id;
    const auto locale = locale_of(call);
    const auto version =
        workflow::publish(store_of(app, call), id, locale, request, expected_of(call.request), call.caller.value());
    return translation_answer(app, id, locale, version);
}

http::Response unpublish(App& app, const Call& call) {
    const auto id = article_of(app, call).id;
    const auto locale = locale_of(call);
    const auto version =
        publishing::unpublish(store_of(app, call), id, locale, expected_of(call.request), actor_of(call));
    return translation_answer(app, id, locale, version);
}

http::Response keep(App& app, const Call& call) { return change_keeping(app, call, editing::keep_meaning, false); }

http::Response undo_keep(App& app, const Call& call) { return change_keeping(app, call, editing::undo_keep, true); }

}  // namespace stele::api
