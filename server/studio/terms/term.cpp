// The form of a term: the term itself for editors of its language, what it is in another one for that one's
// translators.
#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/terms/asked.hpp"
#include "server/studio/terms/terms.hpp"
#include "src/base/lines.hpp"
#include "src/base/number.hpp"
#include "src/terms/terms.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

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

// What the form is made of, or was sent as.
struct Sheet {
    Between between;
    terms::Term now;   // as it is kept; n 0: new
    terms::Term term;  // as it stands in the form
    terms::Translation said;
    terms::TermChanges changes{};  // what differs from the texts that the form was made with
    FieldErrors mistakes{};
    std::string mistake{};
    boost::json::array conflicts{};  // where somebody else changed the same (terms.hpp, change)
    int status = 200;
};

terms::Translation said_in(const terms::Term& term, const std::optional<locale::Tag>& target) {
    const auto at = target ? term.translations.find(*target) : term.translations.end();
    return at == term.translations.end() ? terms::Translation{} : at->second;
}

std::string print_of(const terms::Translation& said) {
    return studio::print_of(as_lines(said.texts) + (said.keep ? "\n+\n" : "\n-\n") + as_lines(said.forbidden) +
                            "\n-\n" + said.note);
}

// As a line of words: what is said in the other language is a form of its own.
std::string line_of(const App& app, const Call& call, const boost::json::value& value) {
    const bool nothing_said = value.is_null() || (value.is_string() && value.as_string().empty());
    if (nothing_said) return word(app, call, "studio.terms.nothing-said");
    if (value.is_string()) return std::string(value.as_string());
    const auto& said = value.as_object();
    std::string line = said.at("keep").as_bool() ? word(app, call, "studio.terms.keep") : std::string();
    const auto add = [&](std::string_view text) { line.append(line.empty() ? "" : " · ").append(text); };
    std::string forbidden;
    for (const auto& text : said.at("texts").as_array()) add(text.as_string());
    for (const auto& text : said.at("forbidden").as_array())
        forbidden.append(forbidden.empty() ? "" : " · ").append(text.as_string());
    if (!forbidden.empty()) add(word(app, call, "studio.terms.not", {{"texts", forbidden}}));
    if (const auto& note = said.at("note").as_string(); !note.empty()) add(note);
    return line;
}

ViewData theirs_at(const App& app, const Call& call, const Sheet& sheet, std::string_view part) {
    for (const auto& conflict : sheet.conflicts) {
        if (conflict.at("pointer").as_string() != part) continue;
        auto view = view_object();
        put(view, "text", line_of(app, call, conflict.at("theirs")));
        put(view, "by", std::string(conflict.at("actor").as_string()));
        return view;
    }
    return nothing();
}

// Mistakes in the languages themselves, one of which may have been taken from the site meanwhile.
std::string languages_mistake(const App& app, const Call& call, const Between& between, const FieldErrors& mistakes) {
    const auto target = between.target ? "/translations/" + between.target->text() : std::string();
    for (const auto& mistake : mistakes)
        if (mistake.pointer == "/source_locale" || mistake.pointer == target)
            return app.catalog->text(call.language, mistake.message, mistake.params);
    return {};
}

ViewData mistake_of(const App& app, const Call& call, const Sheet& sheet, std::string_view pointer) {
    for (const auto& mistake : sheet.mistakes)
        if (mistake.pointer == pointer || mistake.pointer.starts_with(std::string(pointer) + "/"))
            return ViewData(app.catalog->text(call.language, mistake.message, mistake.params));
    return nothing();
}

http::Response show(App& app, const Call& call, const Sheet& sheet) {
    const auto& between = sheet.between;
    const auto& term = sheet.term;
    const auto& said = sheet.said;
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
    put(data, "was_text", studio::print_of(sheet.now.text));
    put(data, "was_part", studio::print_of(sheet.now.part));
    put(data, "was_note", studio::print_of(sheet.now.note));
    put(data, "was_said", print_of(said_in(sheet.now, between.target)));
    put(data, "stale", text_or_nothing(sheet.mistake));
    put(data, "term_theirs", theirs_at(app, call, sheet, "/text"));
    put(data, "part_theirs", theirs_at(app, call, sheet, "/part"));
    put(data, "note_theirs", theirs_at(app, call, sheet, "/note"));
    put(data, "said_theirs", theirs_at(app, call, sheet, there));
    put(data, "back_href", terms_address(between));
    const auto title = word(app, call, term.n == 0 ? "studio.terms.new" : "studio.terms.edit");
    return page(app, call, "terms/term", title, std::move(data), sheet.status);
}

bool can_say(const Call& call, const Between& between) {
    return between.target && accounts::can(call.caller, Action::translate, *between.target);
}

// What was typed, on top of what is there now; what the caller may not write is left alone.
Sheet typed(const Call& call, const Form& form, Between between, terms::Term term) {
    Sheet sheet{.between = std::move(between), .now = term, .term = std::move(term), .said = {}};
    sheet.said = said_in(sheet.now, sheet.between.target);
    const auto take = [&](const char* name, std::string& text, std::optional<std::string>& change) {
        const auto now = plain_lines(form.text(name));
        if (studio::print_of(now) == form.text(std::string("was-") + name)) return;
        change = text = now;
    };
    if (accounts::can(call.caller, Action::edit_source, sheet.term.source_locale)) {
        take("text", sheet.term.text, sheet.changes.text);
        take("part", sheet.term.part, sheet.changes.part);
        take("note", sheet.term.note, sheet.changes.note);
    }
    if (!can_say(call, sheet.between)) return sheet;
    terms::Translation said{lines_of(form.text("texts")), form.has("keep"), lines_of(form.text("forbidden")),
                            form.text("said-note")};
    if (print_of(said) != form.text("was-said"))
        sheet.changes.translations[*sheet.between.target] = sheet.said = std::move(said);
    return sheet;
}

void save(App& app, const Call& call, const Sheet& sheet, std::int64_t seen) {
    const auto store = store_of(app, call);
    const auto& term = sheet.term;
    if (term.n == 0) {
        require(call, Action::edit_source, term.source_locale);
        terms::NewTerm wanted{term.source_locale, term.text, term.part, term.note, {}};
        if (can_say(call, sheet.between)) wanted.translations.emplace(*sheet.between.target, sheet.said);
        terms::create(store, wanted, actor_of(call));
        return;
    }
    if (!accounts::can(call.caller, Action::edit_source, term.source_locale))
        require(call, Action::translate, sheet.between.target.value_or(term.source_locale));
    terms::change(store, term.n, sheet.changes, seen, actor_of(call));
}

// `seen`: the version that the form showed.
http::Response save_or_show(App& app, const Call& call, Sheet sheet, std::int64_t seen) {
    try {
        save(app, call, sheet, seen);
        return see_other(terms_address(sheet.between) + "&done=1");
    } catch (const Error& error) {
        sheet.status = status_of(error);
        switch (error.code()) {
            case ErrorCode::invalid:
            case ErrorCode::taken:
                sheet.mistakes = error.fields();
                sheet.mistake = error.code() == ErrorCode::taken
                                    ? fault_of(app, error, call.language).detail
                                    : languages_mistake(app, call, sheet.between, sheet.mistakes);
                break;
            case ErrorCode::version_conflict:
                if (const auto* conflicts = error.members().if_contains("conflicts"))
                    sheet.conflicts = conflicts->as_array();
                sheet.mistake = word(app, call, "studio.terms.changed");
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
        return show(app, call, {.between = std::move(between), .now = term, .term = term, .said = {}});
    }
    const auto term = term_of(app, call);
    if (term.deleted) throw Error(ErrorCode::not_found, "term");
    auto between = between_from(app, call, term.source_locale, target);
    const auto said = said_in(term, between.target);
    return show(app, call, {.between = std::move(between), .now = term, .term = term, .said = said});
}

http::Response change_term(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto what = form.text("do");
    if (is_new(call)) {
        auto between = between_in(form);
        terms::Term term{.source_locale = between.source};
        return save_or_show(app, call, typed(call, form, std::move(between), std::move(term)), 0);
    }
    auto term = term_of(app, call);
    const auto shown = between_from(app, call, term.source_locale, form.text("target"));
    if (what == "restore") {
        require(call, Action::edit_source, term.source_locale);
        terms::restore(store_of(app, call), term.n, actor_of(call));
        return see_other(terms_address(shown) + "&done=1");
    }
    if (what == "delete") {
        require(call, Action::edit_source, term.source_locale);
        // Of whatever version: it can be brought back.
        terms::remove(store_of(app, call), term.n, term.version, actor_of(call));
        return see_other(terms_address(shown) + fmt::format("&deleted={}", term.n));
    }
    const auto seen = number_from(form.text("version"));
    if (!seen) throw Error(ErrorCode::malformed, "form");
    auto between = between_in(form);
    between.source = term.source_locale;
    return save_or_show(app, call, typed(call, form, std::move(between), std::move(term)), *seen);
}

}  // namespace stele::studio
