// Deleting an article or one of its translations, which is asked first, and bringing deleted articles back. Who may is
// as in the API: an article is the editors' of its source, a translation its translators', a published one the
// editors'.
#include <fmt/format.h>

#include "server/form.hpp"
#include "server/http/percent.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/editor/seen.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/urls.hpp"
#include "src/base/number.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/deleted.hpp"
#include "src/workflow/review.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr int rows_per_page = 50;

editing::Article found(App& app, const Call& call) {
    auto article = editing::find_article(store_of(app), call.request.param("id"), true);
    if (!article) throw Error(ErrorCode::not_found, "article");
    return std::move(*article);
}

// What readers lose, each page in the name of its language.
ViewData pages_view(App& app, const Call& call, ArticleId id, const std::vector<worklist::WorkItem>& editions) {
    auto items = view_list();
    bool any = false;
    for (const auto& item : editions) {
        if (!item.edition.published) continue;
        const auto page = publishing::find_page(store_of(app), id, item.edition.locale);
        auto view = view_object();
        put(view, "href", page ? page_path(item.edition.locale, page->here) : text_path(id, item.edition.locale));
        put(view, "text", language_label(call, item.edition.locale));
        append(items, std::move(view));
        any = true;
    }
    if (!any) return nothing();
    auto view = view_object();
    put(view, "items", std::move(items));
    return view;
}

bool has_text(const content::Edition& e) { return e.is_source || e.state != content::State::untranslated; }

ViewData frame_of(const editing::Article& article, const std::string& title) {
    auto data = view_object();
    put(data, "article", title.empty() ? article.key : title);
    put(data, "article_lang", article.source_locale.text());
    put(data, "article_dir", name_of(locale::direction_of(article.source_locale)));
    put(data, "key", article.key);
    put(data, "action", removal_path(article.id));
    put(data, "back_href", article_path(article.id));
    for (const auto* name : {"notice", "locale", "editions"}) put(data, name, nothing());
    put(data, "ask", true);
    return data;
}

std::string source_title(App& app, const editing::Article& article) {
    const auto source = editing::find_translation(store_of(app), article.id, article.source_locale);
    return source ? source->title : std::string();
}

// ---- asking ----

http::Response ask_for_article(App& app, const Call& call, const editing::Article& article, int status) {
    const auto editions = worklist::editions_of(store_of(app), article.id);
    const auto languages = std::ranges::count_if(editions, [](const auto& item) { return has_text(item.edition); });
    auto data = frame_of(article, source_title(app, article));
    put(data, "lead", word(app, call, "articles.delete-lead", {{"count", std::int64_t(languages)}}));
    put(data, "editions", pages_view(app, call, article.id, editions));
    put(data, "detail", word(app, call, "articles.delete-detail"));
    put(data, "can_write", accounts::can(call.caller, Action::edit_source, article.source_locale));
    put(data, "version", std::to_string(article.version));
    put(data, "value", "delete");
    put(data, "weight", "grave");
    put(data, "label", word(app, call, "articles.delete"));
    if (status == 412) put(data, "notice", word(app, call, "articles.delete-changed"));
    return page(app, call, "removal", word(app, call, "articles.delete-title"), std::move(data), status);
}

bool may_delete(const Call& call, const editing::Translation& text) {
    return accounts::can(call.caller, text.published ? Action::publish : Action::translate, text.locale);
}

http::Response ask_for_text(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                            int status) {
    const auto text = editing::find_translation(store_of(app), article.id, locale);
    if (!text || text->version.translation == 0 || locale == article.source_locale)
        throw Error(ErrorCode::not_found, "translation");
    auto data = frame_of(article, text->title.empty() ? source_title(app, article) : text->title);
    if (!text->title.empty()) {
        put(data, "article_lang", locale.text());
        put(data, "article_dir", name_of(locale::direction_of(locale)));
    }
    put(data, "lead",
        word(app, call, text->published ? "articles.delete-text-published" : "articles.delete-text-lead",
             {{"language", language_name(call, locale)}}));
    put(data, "detail", word(app, call, "articles.delete-text-detail"));
    put(data, "can_write", may_delete(call, *text));
    put(data, "version", fmt::format("{}.{}", text->version.translation, text->version.source));
    put(data, "locale", locale.text());
    put(data, "value", "delete-text");
    put(data, "weight", "grave");
    put(data, "label", word(app, call, "articles.delete-text"));
    if (status == 412) put(data, "notice", word(app, call, "articles.delete-changed"));
    return page(app, call, "removal", word(app, call, "articles.delete-text-title"), std::move(data), status);
}

http::Response ask_to_restore(App& app, const Call& call, const editing::Article& article) {
    auto data = frame_of(article, {});
    put(data, "lead", word(app, call, "articles.restore-lead"));
    put(data, "detail", word(app, call, "articles.restore-detail"));
    put(data, "can_write", accounts::can(call.caller, Action::edit_source, article.source_locale));
    put(data, "version", std::to_string(article.version));
    put(data, "value", "restore");
    put(data, "weight", "primary");
    put(data, "label", word(app, call, "articles.restore"));
    put(data, "back_href", "/studio/deleted");
    return page(app, call, "removal", word(app, call, "articles.restore-title"), std::move(data));
}

// ---- doing ----

http::Response delete_it(App& app, const Call& call, const editing::Article& article, const Form& form) {
    require(call, Action::edit_source, article.source_locale);
    try {
        editing::delete_article(store_of(app, call), article.id, number_from(form.text("version")).value_or(0),
                                actor_of(call));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::version_conflict) throw;
        return ask_for_article(app, call, found(app, call), 412);
    }
    return see_other("/studio/deleted?done=deleted");
}

http::Response delete_text(App& app, const Call& call, const editing::Article& article, const Form& form) {
    const auto locale = locale::Tag::parse(form.text("locale"));
    const auto seen = seen_in(form.text("version"));
    if (!locale) throw Error(ErrorCode::malformed, "form");
    require(call, Action::translate, *locale);
    const auto text = editing::find_translation(store_of(app), article.id, *locale);
    if (text && text->published) require(call, Action::publish, *locale);
    try {
        workflow::delete_translation(store_of(app, call), article.id, *locale, seen, actor_of(call));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::version_conflict) throw;
        return ask_for_text(app, call, article, *locale, 412);
    }
    return see_other(text_path(article.id, *locale) + "/history");
}

std::string cursor_of(const storage::DeletedArticle& row) {
    return fmt::format("{}.{}", micros(*row.article.deleted_at), number(row.article.id));
}

std::optional<storage::DeletedPlace> place_in(const Call& call) {
    const auto text = call.request.query("after");
    if (!text) return std::nullopt;
    const auto dot = text->find('.');
    const auto at = number_from(text->substr(0, dot));
    const auto id = dot == std::string::npos ? std::nullopt : number_from(text->substr(dot + 1));
    if (!at || !id)
        throw Error(ErrorCode::malformed, "parameter", {{"name", "after"}}, {{"?after", "field.cursor", {}}});
    return storage::DeletedPlace{time_of(*at), ArticleId(*id)};
}

}  // namespace

http::Response show_removal(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    const auto article = found(app, call);
    if (article.deleted) return ask_to_restore(app, call, article);
    const auto text = call.request.query("locale");
    if (!text) return ask_for_article(app, call, article, 200);
    const auto locale = locale::Tag::parse(*text);
    if (!locale) throw Error(ErrorCode::not_found, "translation");
    return ask_for_text(app, call, article, *locale, 200);
}

http::Response change_removal(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    const auto form = form_of(call.request);
    const auto article = found(app, call);
    const auto action = form.text("action");
    if (action == "restore") {
        require(call, Action::edit_source, article.source_locale);
        editing::restore_article(store_of(app, call), article.id, actor_of(call));
        return see_other(article_path(article.id));
    }
    if (article.deleted) return see_other(removal_path(article.id));
    if (action == "delete") return delete_it(app, call, article, form);
    if (action == "delete-text") return delete_text(app, call, article, form);
    throw Error(ErrorCode::malformed, "form");
}

http::Response list_deleted(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    const auto after = place_in(call);
    auto found =
        store_of(app).db.reading([&](db::Connection& c) { return storage::find_deleted(c, after, rows_per_page + 1); });
    auto data = view_object();
    put(data, "next", nothing());
    if (found.size() > size_t(rows_per_page)) {
        found.pop_back();
        put(data, "next", "/studio/deleted?after=" + http::percent_encoded(cursor_of(found.back())));
    }
    auto rows = view_list();
    for (const auto& row : found) {
        auto view = view_object();
        put(view, "href", removal_path(row.article.id));
        put(view, "text", row.title.empty() ? row.article.key : row.title);
        put_language(view, row.article.source_locale);
        put(view, "key", row.article.key);
        put(view, "type", type_name(app, call, row.article.type));
        put(view, "source", language_label(call, row.article.source_locale));
        put(view, "updated", time_view(app, call, *row.article.deleted_at));
        append(rows, std::move(view));
    }
    put(data, "empty", found.empty());
    put(data, "rows", std::move(rows));
    put(data, "notice", call.request.query("done") ? ViewData(word(app, call, "articles.deleted-done")) : nothing());
    return page(app, call, "deleted", word(app, call, "articles.deleted"), std::move(data));
}

}  // namespace stele::studio
