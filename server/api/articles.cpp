// /api/v1/articles and /api/v1/pages: what readers get, and the articles themselves.
#include <fmt/format.h>

#include "server/api/answer.hpp"
#include "server/api/decode_changes.hpp"
#include "server/api/encode.hpp"
#include "server/api/handlers.hpp"
#include "server/api/json_document.hpp"
#include "server/delivery/shown.hpp"
#include "server/links.hpp"
#include "server/urls.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::api {
namespace {

using accounts::Action;

publishing::ListQuery list_query(const App& app, const http::Request& request) {
    publishing::ListQuery query{.locale = query_locale(app, request)};
    query.type = request.query("type");
    if (const auto sort = request.query("sort")) {
        if (*sort != "title" && *sort != "published") bad_choice("sort", "title, published");
        query.sort = *sort == "title" ? publishing::Sort::title : publishing::Sort::published;
    }
    if (const auto fallback = request.query("fallback")) {
        if (*fallback != "none") bad_choice("fallback", "none");
        query.fallback = false;
    }
    query.limit = query_limit(request);
    query.after = request.query("after");
    return query;
}

struct Resolved {
    publishing::Page page;
    bool published = true;
};

// What a reader gets; who may read drafts is shown the working text where nothing is published yet.
Resolved resolve(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale) {
    const auto store = store_of(app);
    if (auto page = publishing::find_page(store, article.id, locale)) return {std::move(*page)};
    if (accounts::can(call.caller, Action::read_drafts, std::nullopt)) {
        auto draft = publishing::preview_page(store, article.id, locale);
        if (!draft) draft = publishing::preview_page(store, article.id, article.source_locale);
        if (draft) {
            draft->locale = locale;
            return {std::move(*draft), false};
        }
    }
    // A guest learns of an article that somebody else may read, and of no other.
    const auto editions = worklist::editions_of(store, article.id);
    const bool somewhere =
        std::any_of(editions.begin(), editions.end(), [](const auto& item) { return item.edition.published; });
    throw Error(ErrorCode::not_found, somewhere ? "not-published" : "article");
}

// "A.H": the article's version, and what is shown.
std::string etag_of(const editing::Article& article, const boost::json::object& shown) {
    return fmt::format("\"{}.{}\"", article.version, short_hash(boost::json::serialize(shown)));
}

http::Response article_response(App& app, const Call& call, const editing::Article& article, const Resolved& resolved) {
    const auto json = article_json({app, base_url_of(app, call.request)}, resolved.page, resolved.published);
    auto response = public_response(call, json, etag_of(article, json));
    response.set("Content-Language", languages_of(resolved.page));
    if (resolved.published) response.set("Link", link_field(links_of(base_url_of(app, call.request), resolved.page)));
    return response;
}

}  // namespace

http::Response list_articles(App& app, const Call& call) {
    const auto query = list_query(app, call.request);
    const auto page = publishing::list_articles(store_of(app), query);
    const Shown shown{app, base_url_of(app, call.request)};
    boost::json::array items;
    for (const auto& item : page.items) items.push_back(article_json(shown, item, query.locale));
    auto response = public_response(call, list_json(std::move(items), page.next, page.total));
    set_next_link(app, call, response, page.next);
    keep(app, call, response, delivery::keys_of(*site_of(app), query.locale, page));
    return response;
}

http::Response show_article(App& app, const Call& call) {
    const auto locale = query_locale(app, call.request);
    // The version first: a page that is newer than it costs its reader a 412 at most, never a lost update.
    const auto article = article_of(app, call);
    auto response = article_response(app, call, article, resolve(app, call, article, locale));
    keep(app, call, response, {delivery::article_key(article.id)});
    return response;
}

http::Response show_page(App& app, const Call& call) {
    const auto store = store_of(app);
    const auto route = publishing::read_page(store, locale_of(call), call.request.param("slug"));
    if (const auto* redirect = std::get_if<publishing::Redirect>(&route)) {
        auto response =
            http::redirect(redirect->status, fmt::format("{}/api/v1/pages{}", base_url_of(app, call.request),
                                                         page_path(redirect->locale, redirect->slug)));
        keep(app, call, response, {std::string(delivery::routes_key)});
        return response;
    }
    if (const auto* nothing = std::get_if<publishing::Nothing>(&route)) {
        boost::json::array exists_in;
        for (const auto& other : nothing->exists_in)
            exists_in.push_back(boost::json::object{{"locale", other.locale.text()}, {"slug", other.slug}});
        throw Error(ErrorCode::not_found, "page", {}, {}, {{"exists_in", std::move(exists_in)}});
    }
    const auto& page = std::get<publishing::Page>(route);
    const auto article = editing::find_article(store, std::to_string(number(page.id)));
    if (!article) throw Error(ErrorCode::not_found, "page");
    auto response = article_response(app, call, *article, {page});
    keep(app, call, response, delivery::keys_of(*site_of(app), page, call.request.param("slug")));
    return response;
}

http::Response create_article(App& app, const Call& call) {
    const auto article = new_article_from(app, body_of(call.request));
    require(call, Action::edit_source, article.source_locale);
    const auto store = store_of(app, call);
    const auto created = editing::create_article(store, article, actor_of(call));
    const auto translation = editing::find_translation(store, created.id, article.source_locale);
    boost::json::object json{{"id", number(created.id)}, {"key", created.key}};
    if (translation) json["translation"] = translation_json(*translation);
    auto response = json_response(201, json);
    response.set("Location", fmt::format("{}/api/v1/articles/{}", base_url_of(app, call.request), number(created.id)));
    response.set("ETag", created.version.etag());
    return response;
}

http::Response patch_article(App& app, const Call& call) {
    const auto changes = article_changes_from(body_of(call.request));
    if (changes.source_locale) require(call, Action::edit_source, changes.source_locale);
    const auto before = article_of(app, call);
    // Before anything is written: a locale that cannot be shown.
    const auto locale = query_locale(app, call.request);
    (void)resolve(app, call, before, locale);
    editing::change_article(store_of(app, call), before.id, changes, expected_number(call.request), actor_of(call));
    const auto article = editing::find_article(store_of(app), std::to_string(number(before.id)));
    if (!article) throw Error(ErrorCode::not_found, "article");
    return article_response(app, call, *article, resolve(app, call, *article, locale));
}

http::Response delete_article(App& app, const Call& call) {
    editing::delete_article(store_of(app, call), article_of(app, call).id, expected_number(call.request),
                            actor_of(call));
    return {.status = 204};
}

http::Response restore_article(App& app, const Call& call) {
    const auto id = call.article.value().id;  // the permission has read it, deleted or not
    editing::restore_article(store_of(app, call), id, actor_of(call));
    const auto article = editing::find_article(store_of(app), std::to_string(number(id)));
    if (!article) throw Error(ErrorCode::not_found, "article");
    return article_response(app, call, *article, resolve(app, call, *article, article->source_locale));
}

}  // namespace stele::api
