// One article in all its languages, and new ones.
#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

ViewData edition_view(const App& app, const Call& call, const worklist::WorkItem& item) {
    const auto& e = item.edition;
    auto row = view_object();
    put(row, "href", text_path(e.article_id, e.locale));
    put(row, "where", language_label(call, e.locale));
    put(row, "locale", e.locale.text());
    put(row, "is_source", e.is_source);
    put(row, "state", state_view(app, call, e.state));
    put(row, "published", e.published);
    put(row, "pending", e.pending);
    put(row, "progress", e.is_source ? nothing() : progress_view(app, call, e.segments, e.words));
    put(row, "updated", time_view(app, call, e.updated_at));
    const bool is_there = !e.is_source && e.state != content::State::untranslated;
    const bool may = accounts::can(call.caller, e.published ? Action::publish : Action::translate, e.locale);
    put(row, "action", nothing());
    if (is_there && may) put(row, "action", removal_path(e.article_id) + "?locale=" + e.locale.text());
    put(row, "label", fmt::format("{}: {}", word(app, call, "articles.delete-text"), language_name(call, e.locale)));
    return row;
}

struct NewTexts {
    std::string key, type = "page", locale, title, body;
};

http::Response new_page(App& app, const Call& call, const NewTexts& texts, const Remarks& remarks, int status) {
    auto tags = enabled_locales(app);
    std::erase_if(tags, [&](const auto& tag) { return !accounts::can(call.caller, Action::edit_source, tag); });
    auto data = view_object();
    put(data, "types", choices_view(type_choices(app, call), texts.type));
    put(data, "locales", choices_view(language_choices(call, tags), texts.locale));
    put(data, "key", texts.key);
    put(data, "article", texts.title);
    put(data, "body", texts.body);
    put(data, "what", text_or_nothing(remarks.mistake));
    for (const auto* name : {"notice", "detail"}) put(data, name, nothing());
    std::vector<Mistake> mistakes;
    for (const auto& [name, text] : remarks.mistakes) {
        const auto label = "studio.field." + name;
        mistakes.push_back({"f-" + name, app.catalog->has(label) ? word(app, call, label) : name, text});
    }
    put(data, "mistakes", mistakes_view(app, call, mistakes));
    return page(app, call, "new", word(app, call, "studio.new-article"), std::move(data), status);
}

// Pointers of a new article's text stand without the member that holds it.
Remarks without_member(Remarks remarks) {
    std::map<std::string, std::string> mistakes;
    constexpr std::string_view member = "translation/";
    for (const auto& [place, text] : remarks.mistakes)
        mistakes[place.starts_with(member) ? place.substr(member.size()) : place] = text;
    remarks.mistakes = std::move(mistakes);
    return remarks;
}

}  // namespace

http::Response show_article(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    if (const auto found = editing::find_article(store_of(app), call.request.param("id"), true);
        found && found->deleted)
        return see_other(removal_path(found->id));
    const auto article = article_of(app, call);
    const auto source = editing::find_translation(store_of(app), article.id, article.source_locale);
    auto data = view_object();
    put(data, "article", source ? source->title : article.key);
    put(data, "article_lang", article.source_locale.text());
    put(data, "article_dir", name_of(locale::direction_of(article.source_locale)));
    put(data, "type", type_name(app, call, article.type));
    put(data, "key", article.key);
    put(data, "edit_href", text_path(article.id, article.source_locale));
    put(data, "can_write", accounts::can(call.caller, Action::edit_source, article.source_locale));
    put(data, "action", removal_path(article.id));
    auto editions = view_list();
    for (const auto& item : worklist::editions_of(store_of(app), article.id)) editions << edition_view(app, call, item);
    put(data, "editions", editions);
    return page(app, call, "article", source ? source->title : article.key, std::move(data));
}

http::Response show_new(App& app, const Call& call) {
    if (!accounts::can_somewhere(call.caller, Action::edit_source)) require(call, Action::edit_source, std::nullopt);
    return new_page(app, call, {.locale = app.options.default_locale}, {}, 200);
}

http::Response create_article(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const NewTexts texts{form.text("key"), form.text("type"), form.text("source_locale"), form.text("title"),
                         form.text("body")};
    const auto locale = locale::Tag::parse(texts.locale);
    if (!locale) throw Error(ErrorCode::malformed, "form");
    require(call, Action::edit_source, *locale);
    editing::NewArticle article{.key = texts.key, .type = texts.type, .source_locale = *locale};
    article.translation.title = texts.title;
    article.translation.body = texts.body;
    try {
        const auto created = editing::create_article(store_of(app, call), article, actor_of(call));
        return see_other(text_path(created.id, *locale) + "?done=created");
    } catch (const Error& error) {
        if (!is_about_texts(error)) throw;
        return new_page(app, call, texts, without_member(remarks_of(app, call, error, {})), status_of(error));
    }
}

}  // namespace stele::studio
