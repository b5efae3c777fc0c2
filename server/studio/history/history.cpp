// The revisions of one text: what happened, what differs between any two, and back to one of them.
#include <fmt/format.h>

#include "server/form.hpp"
#include "server/studio/diff_view.hpp"
#include "server/studio/editor/seen.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/studio/workflow/views.hpp"
#include "server/urls.hpp"
#include "src/base/number.hpp"
#include "src/locale/format.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr int rows_per_page = 50;

std::optional<std::int64_t> number_in(const std::string& text) {
    const auto n = number_from(text);
    return n && *n >= 1 ? n : std::nullopt;
}

std::optional<std::int64_t> asked(const Call& call, std::string_view name) {
    return number_in(call.request.query(name).value_or(""));
}

std::string shown_number(const App& app, const Call& call, std::int64_t n) {
    return word(app, call, "history.version", {{"number", locale::format_number(n, call.language)}});
}

// Every action has its word; one of a later version of the product says its name.
std::string action_word(const App& app, const Call& call, const std::string& action) {
    const auto key = "history.action." + action;
    return app.catalog->has(key) ? word(app, call, key) : action;
}

struct Compared {
    std::int64_t from = 0, to = 0;
};

// What is asked for, else the newest and the one before it.
std::optional<Compared> compared(const Call& call, const std::vector<editing::Revision>& entries) {
    const auto from = asked(call, "from"), to = asked(call, "to");
    if (from && to) return Compared{std::min(*from, *to), std::max(*from, *to)};
    if (entries.size() < 2) return std::nullopt;
    return Compared{entries[1].n, entries[0].n};
}

ViewData entries_view(const App& app, const Call& call, const std::vector<editing::Revision>& entries,
                      const std::optional<Compared>& chosen) {
    auto list = view_list();
    for (const auto& entry : entries) {
        auto row = view_object();
        put(row, "n", std::to_string(entry.n));
        put(row, "number", shown_number(app, call, entry.n));
        put(row, "action", action_word(app, call, entry.action));
        put(row, "actor", entry.actor);
        put(row, "updated", time_view(app, call, entry.at));
        put(row, "from_choice", chosen && chosen->from == entry.n);
        put(row, "to_choice", chosen && chosen->to == entry.n);
        append(list, std::move(row));
    }
    return list;
}

// Texts by the name of their field, in the order in which they are shown.
std::vector<std::pair<std::string, std::string>> texts_of(const App& app, const Call& call,
                                                          const editing::RevisionText& text) {
    std::vector<std::pair<std::string, std::string>> texts = {
        {word(app, call, "studio.field.title"), text.title},
        {word(app, call, "studio.field.slug"), text.slug},
        {word(app, call, "studio.field.summary"), text.summary},
        {word(app, call, "studio.field.body"), text.body},
    };
    for (const auto& [name, value] : text.fields) texts.emplace_back(name, value);
    return texts;
}

std::string text_named(const std::vector<std::pair<std::string, std::string>>& texts, const std::string& name) {
    for (const auto& [label, text] : texts)
        if (label == name) return text;
    return {};
}

ViewData fields_view(const App& app, const Call& call, const editing::RevisionText& from,
                     const editing::RevisionText& to, const locale::Tag& locale) {
    const auto before = texts_of(app, call, from), after = texts_of(app, call, to);
    auto names = after;
    for (const auto& one : before)
        if (std::ranges::find(names, one.first, &std::pair<std::string, std::string>::first) == names.end())
            names.push_back(one);
    auto list = view_list();
    for (const auto& [name, unused] : names) {
        const auto old_text = text_named(before, name), new_text = text_named(after, name);
        if (old_text == new_text) continue;
        auto field = view_object();
        put(field, "label", name);
        put(field, "diff", diff_view(old_text, new_text, locale));
        append(list, std::move(field));
    }
    return list;
}

struct Text {
    editing::Article article;
    locale::Tag locale;
    editing::Translation now;
};

Text text_of(App& app, const Call& call) {
    const auto article = article_of(app, call);
    const auto locale = locale_of(call);
    const auto now = editing::find_translation(store_of(app), article.id, locale);
    if (!now) throw Error(ErrorCode::not_found, "translation");
    return {article, locale, *now};
}

void put_comparison(ViewData& data, App& app, const Call& call, const Text& text,
                    const std::optional<Compared>& chosen) {
    put(data, "compare", chosen.has_value());
    if (!chosen) return;
    const auto store = store_of(app);
    const auto from = editing::find_revision(store, text.article.id, text.locale, chosen->from);
    const auto to = editing::find_revision(store, text.article.id, text.locale, chosen->to);
    if (!from || !to) throw Error(ErrorCode::not_found, "revision");
    const auto shown = [&](std::int64_t n) { return locale::format_number(n, call.language); };
    put(data, "differences",
        word(app, call, "history.differences", {{"from", shown(chosen->from)}, {"to", shown(chosen->to)}}));
    auto fields = fields_view(app, call, *from, *to, text.locale);
    const bool differ = fields.is_non_empty_list();
    put(data, "differ", differ);
    put(data, "fields", std::move(fields));
    put(data, "target_lang", text.locale.text());
    put(data, "target_dir", name_of(locale::direction_of(text.locale)));
    const bool is_source = text.locale == text.article.source_locale;
    // Where the text was deleted, the last revision is what it was then, and any of them brings it back.
    const bool is_gone = text.now.version.translation == 0;
    put(data, "can_restore",
        accounts::can(call.caller, is_source ? Action::edit_source : Action::translate, text.locale) &&
            (is_gone || (chosen->from != text.now.version.translation && differ)));
    put(data, "from", std::to_string(chosen->from));
    put(data, "version", fmt::format("{}.{}", text.now.version.translation, text.now.version.source));
    put(data, "restore_n", word(app, call, "history.restore", {{"number", shown(chosen->from)}}));
}

http::Response history_page(App& app, const Call& call, const std::string& mistake, int status) {
    const auto text = text_of(app, call);
    auto entries =
        editing::list_revisions(store_of(app), text.article.id, text.locale, rows_per_page + 1, asked(call, "before"));
    const bool more = entries.size() > rows_per_page;
    if (more) entries.pop_back();
    const auto chosen = compared(call, entries);

    auto data = view_object();
    const bool own_title = !text.now.title.empty();
    put(data, "article", own_title ? text.now.title : text.article.key);
    put(data, "article_lang", own_title ? text.locale.text() : call.language.text());
    put(data, "article_dir", name_of(locale::direction_of(own_title ? text.locale : call.language)));
    put(data, "lead", word(app, call, "history.of", {{"language", language_name(call, text.locale)}}));
    put(data, "back_href", text_path(text.article.id, text.locale));
    const auto restored = asked(call, "restored");
    put(data, "notice",
        restored ? ViewData(word(app, call, "history.restored",
                                 {{"number", locale::format_number(*restored, call.language)}}))
                 : nothing());
    put(data, "mistake", text_or_nothing(mistake));
    put(data, "empty", entries.empty());
    put_comparison(data, app, call, text, chosen);
    put(data, "entries", entries_view(app, call, entries, chosen));
    put(data, "steps", review_steps_view(app, call, text.article.id, text.locale));
    put(data, "next",
        more ? ViewData(target_with(call.request, "before", std::to_string(entries.back().n))) : nothing());
    return page(app, call, "history/history",
                word(app, call, "history.of", {{"language", language_name(call, text.locale)}}), std::move(data),
                status);
}

}  // namespace

http::Response show_history(App& app, const Call& call) { return history_page(app, call, {}, 200); }

http::Response restore_text(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto n = number_in(form.text("n"));
    if (!n) throw Error(ErrorCode::malformed, "form");
    const auto id = article_of(app, call).id;
    const auto locale = locale_of(call);
    try {
        editing::restore_revision(store_of(app, call), id, locale, *n, seen_in(form.text("seen")), actor_of(call));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::version_conflict) throw;
        return history_page(app, call, word(app, call, "history.moved"), 409);
    }
    return see_other(fmt::format("{}/history?restored={}", text_path(id, locale), *n));
}

}  // namespace stele::studio
