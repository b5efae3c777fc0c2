// The form of a term: the term itself for editors of its language, what it is in another one for that one's
// translators.
#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/terms/asked.hpp"
#include "server/studio/terms/terms.hpp"
#include "src/base/number.hpp"
#include "src/terms/terms.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::string as_lines(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : "\n") + text;
    return all;
}

bool is_new(const Call& call) { return call.request.param("n") == "new"; }

terms::Term term_of(App& app, const Call& call) {
    auto term = terms::find(store_of(app), number_from(call.request.param("n")).value_or(0));
    if (!term) throw Error(ErrorCode::not_found, "term");
    return *term;
}

struct Sheet {
    Between between;
    terms::Term term;  // n 0: new
    terms::Translation said;
    FieldErrors mistakes{};
    std::string mistake{};
    int status = 200;
};

ViewData mistake_of(const App& app, const Call& call, const Sheet& sheet, std::string_view pointer) {
    for (const auto& mistake : sheet.mistakes)
        if (mistake.pointer == pointer || mistake.pointer.starts_with(std::string(pointer) + "/"))
            return ViewData(app.catalog->text(call.language, mistake.message, mistake.params));
    return nothing();
}

http::Response show(App& app, const Call& call, const Sheet& sheet) {
    const auto& [between, term, said, mistakes, mistake, status] = sheet;
    const auto target = between.target.value_or(between.source);
    auto data = view_object();
    put(data, "action", term.n == 0 ? "/studio/terms/new" : fmt::format("/studio/terms/{}", term.n));
    put(data, "is_new", term.n == 0);
    put(data, "version", std::to_string(term.version));
    put(data, "source_tag", between.source.text());
    put(data, "target_tag", between.target ? between.target->text() : std::string());
    put(data, "source", language_name(call, between.source));
    put(data, "target_word", between.target ? ViewData(language_name(call, target)) : nothing());
    put(data, "can_edit", accounts::can(call.caller, Action::edit_source, between.source));
    const bool can_say = between.target && accounts::can(call.caller, Action::translate, target);
    put(data, "can_say", can_say);
    put(data, "can_save", can_say || accounts::can(call.caller, Action::edit_source, between.source));
    put(data, "term_lang", between.source.text());
    put(data, "term_dir", locale::name_of(locale::direction_of(between.source)));
    put(data, "said_lang", target.text());
    put(data, "said_dir", locale::name_of(locale::direction_of(target)));
    put(data, "term_text", term.text);
    put(data, "term_part", term.part);
    put(data, "term_note", term.note);
    put(data, "said_texts", as_lines(said.texts));
    put(data, "said_forbidden", as_lines(said.forbidden));
    put(data, "said_keep", said.keep);
    put(data, "said_note", said.note);
    const auto there = "/translations/" + target.text();
    put(data, "term_mistake", mistake_of(app, call, sheet, "/text"));
    put(data, "part_mistake", mistake_of(app, call, sheet, "/part"));
    put(data, "note_mistake", mistake_of(app, call, sheet, "/note"));
    put(data, "texts_mistake", mistake_of(app, call, sheet, there + "/texts"));
    put(data, "forbidden_mistake", mistake_of(app, call, sheet, there + "/forbidden"));
    put(data, "said_note_mistake", mistake_of(app, call, sheet, there + "/note"));
    put(data, "stale", text_or_nothing(mistake));
    put(data, "back_href", terms_address(between));
    const auto title = word(app, call, term.n == 0 ? "studio.terms.new" : "studio.terms.edit");
    return page(app, call, "terms/term", title, std::move(data), status);
}

// What was typed, on top of what is there; what the caller may not write is left alone.
Sheet typed(const Call& call, const Form& form, Between between, terms::Term term) {
    const bool can_edit = accounts::can(call.caller, Action::edit_source, term.source_locale);
    if (can_edit) {
        term.text = form.text("text");
        term.part = form.text("part");
        term.note = form.text("note");
    }
    terms::Translation said{lines_of(form.text("texts")), form.has("keep"), lines_of(form.text("forbidden")),
                            form.text("said-note")};
    return {.between = std::move(between), .term = std::move(term), .said = std::move(said)};
}

bool says(const Call& call, const Sheet& sheet) {
    return sheet.between.target && accounts::can(call.caller, Action::translate, *sheet.between.target);
}

void save(App& app, const Call& call, const Sheet& sheet) {
    const auto store = store_of(app, call);
    const auto& term = sheet.term;
    if (term.n == 0) {
        require(call, Action::edit_source, term.source_locale);
        terms::NewTerm wanted{term.source_locale, term.text, term.part, term.note, {}};
        if (says(call, sheet)) wanted.translations.emplace(*sheet.between.target, sheet.said);
        terms::create(store, wanted, actor_of(call));
        return;
    }
    terms::TermChanges changes;
    if (accounts::can(call.caller, Action::edit_source, term.source_locale)) {
        changes.text = term.text;
        changes.part = term.part;
        changes.note = term.note;
    }
    if (says(call, sheet)) changes.translations[*sheet.between.target] = sheet.said;
    if (!changes.text && changes.translations.empty())
        require(call, Action::translate, sheet.between.target.value_or(term.source_locale));
    terms::change(store, term.n, changes, term.version, actor_of(call));
}

http::Response save_or_show(App& app, const Call& call, Sheet sheet) {
    try {
        save(app, call, sheet);
        return see_other(terms_address(sheet.between) + "&done=1");
    } catch (const Error& error) {
        sheet.status = status_of(error);
        switch (error.code()) {
            case ErrorCode::invalid:
            case ErrorCode::taken:
                sheet.mistakes = error.fields();
                if (error.code() == ErrorCode::taken) sheet.mistake = fault_of(app, error, call.language).detail;
                break;
            case ErrorCode::version_conflict:
                sheet.mistake = word(app, call, "studio.terms.changed");
                sheet.term.version = term_of(app, call).version;
                break;
            default:
                throw;
        }
        return show(app, call, sheet);
    }
}

}  // namespace

http::Response show_term(App& app, const Call& call) {
    const auto target = call.request.query("target");
    if (is_new(call)) {
        auto between = between_of(app, call, call.request.query("source"), target);
        require(call, Action::edit_source, between.source);
        terms::Term term{.source_locale = between.source};
        return show(app, call, {.between = std::move(between), .term = std::move(term), .said = {}});
    }
    const auto term = term_of(app, call);
    if (term.deleted) throw Error(ErrorCode::not_found, "term");
    auto between = between_of(app, call, term.source_locale.text(), target);
    between.source = term.source_locale;
    const auto at = between.target ? term.translations.find(*between.target) : term.translations.end();
    const auto said = at == term.translations.end() ? terms::Translation{} : at->second;
    return show(app, call, {.between = std::move(between), .term = term, .said = said});
}

http::Response change_term(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto what = form.text("do");
    if (is_new(call)) {
        const auto between = between_of(app, call, form.text("source"), form.text("target"));
        return save_or_show(app, call, typed(call, form, between, {.source_locale = between.source}));
    }
    auto term = term_of(app, call);
    auto between = between_of(app, call, term.source_locale.text(), form.text("target"));
    between.source = term.source_locale;
    if (what == "restore") {
        require(call, Action::edit_source, term.source_locale);
        terms::restore(store_of(app, call), term.n, actor_of(call));
        return see_other(terms_address(between) + "&done=1");
    }
    if (what == "delete") {
        require(call, Action::edit_source, term.source_locale);
        // Of whatever version: it can be brought back.
        terms::remove(store_of(app, call), term.n, term.version, actor_of(call));
        return see_other(terms_address(between) + fmt::format("&deleted={}", term.n));
    }
    term.version = number_from(form.text("version")).value_or(0);
    return save_or_show(app, call, typed(call, form, between, std::move(term)));
}

}  // namespace stele::studio
