#include "server/permission.hpp"

#include "server/authenticate.hpp"
#include "src/accounts/secrets.hpp"

namespace stele {
namespace {

using accounts::Action;

[[noreturn]] void refuse(const Call& call) {
    if (!call.caller) throw Error(ErrorCode::unauthenticated);
    throw Error(ErrorCode::forbidden, {},
                {{"role", std::string(name_of(accounts::leading_role(call.caller->grants)))}});
}

// Before the path is looked into: a guest learns nothing about what exists.
void require_somewhere(const Call& call, Action action) {
    if (!accounts::can_somewhere(call.caller, action)) refuse(call);
}

void require_here(const Call& call, Action action) {
    require_somewhere(call, action);
    require(call, action, locale_of(call));
}

void require_source(App& app, Call& call) {
    require_somewhere(call, Action::edit_source);
    // Deleted ones too: restoring is a right on the source as well.
    call.article = editing::find_article(store_of(app), call.request.param("id"), true);
    if (!call.article) throw Error(ErrorCode::not_found, "article");
    require(call, Action::edit_source, call.article->source_locale);
}

void require_text(App& app, Call& call) {
    require_somewhere(call, Action::translate);
    const auto locale = locale_of(call);
    call.article = article_of(app, call);
    require(call, locale == call.article->source_locale ? Action::edit_source : Action::translate, locale);
}

// Who writes a source is asked about it by those who translate it.
void require_part(App& app, Call& call) {
    require_somewhere(call, Action::translate);
    const auto locale = locale_of(call);
    if (accounts::can(call.caller, Action::translate, locale)) return;
    call.article = article_of(app, call);
    require(call, Action::edit_source, call.article->source_locale);
}

// Not a token of the database: an operator wants the figures most when it is away, and who collects them should be able
// to do nothing else.
void require_watcher(const App& app, const Call& call) {
    const auto& wanted = app.options.metrics_token;
    if (wanted.empty()) throw Error(ErrorCode::not_found, "path");
    const auto sent = bearer_of(call.request);
    if (!sent) throw Error(ErrorCode::unauthenticated);
    if (!accounts::equal_secrets(*sent, wanted)) throw Error(ErrorCode::unauthenticated, "invalid-token");
}

}  // namespace

void require(const Call& call, Action action, const std::optional<locale::Tag>& locale) {
    if (!accounts::can(call.caller, action, locale)) refuse(call);
}

editing::Article article_of(App& app, const Call& call) {
    if (call.article && !call.article->deleted) return *call.article;
    auto article = editing::find_article(store_of(app), call.request.param("id"), true);
    if (!article) throw Error(ErrorCode::not_found, "article");
    // Who works on it is told why; to others there is no such article.
    if (article->deleted)
        throw Error(ErrorCode::not_found,
                    accounts::can_somewhere(call.caller, Action::read_drafts) ? "article-deleted" : "article");
    return *article;
}

locale::Tag locale_of(const Call& call) {
    const auto& text = call.request.param("locale");
    auto tag = locale::Tag::parse(text);
    if (!tag)
        throw Error(ErrorCode::not_found, "not-a-tag", {{"value", text}},
                    {{"?locale", "field.not-a-tag", {{"value", text}}}});
    return *tag;
}

void check_permission(App& app, Call& call, Permission permission) {
    switch (permission) {
        case Permission::open:
        case Permission::read_published:
            return;
        case Permission::read_drafts:
            return require(call, Action::read_drafts, std::nullopt);
        case Permission::write_text:
            return require_text(app, call);
        case Permission::edit_source:
            return require_source(app, call);
        case Permission::translate:
            return require_here(call, Action::translate);
        case Permission::discuss:
            return require_part(app, call);
        case Permission::glossary:
            return require_somewhere(call, Action::translate);
        case Permission::create:
            return require_somewhere(call, Action::edit_source);
        case Permission::keep:
            return require_here(call, Action::keep);
        case Permission::publish:
            return require_here(call, Action::publish);
        case Permission::administer:
            return require_here(call, Action::administer);
        case Permission::administer_site:
            return require(call, Action::administer, std::nullopt);
        case Permission::settings:
            if (!call.session) throw Error(ErrorCode::unauthenticated, "session");
            return require(call, Action::administer, std::nullopt);
        case Permission::watch:
            return require_watcher(app, call);
        case Permission::signed_in:
            if (!call.session) throw Error(ErrorCode::unauthenticated, "session");
            return;
    }
}

}  // namespace stele
