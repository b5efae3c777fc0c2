// The terms from one language into another.
#include <fmt/format.h>

#include <algorithm>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/http/percent.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/terms/asked.hpp"
#include "server/studio/terms/terms.hpp"
#include "src/base/number.hpp"
#include "src/terms/terms.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr int rows_per_page = 50;

std::string together(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += (all.empty() ? "" : " · ") + text;
    return all;
}

ViewData row_view(const App& app, const Call& call, const terms::Term& term, const Between& between) {
    auto row = view_object();
    put(row, "href",
        fmt::format("/studio/terms/{}{}", term.n, between.target ? "?target=" + between.target->text() : ""));
    put(row, "text", term.text);
    put_language(row, term.source_locale);
    put(row, "part", text_or_nothing(term.part));
    put(row, "note", text_or_nothing(term.note));
    const auto* said = between.target ? term.in(*between.target) : nullptr;
    put(row, "texts", said ? text_or_nothing(together(said->texts)) : nothing());
    put(row, "said_keep", said && said->keep);
    put(row, "said_note", said ? text_or_nothing(said->note) : nothing());
    const auto forbidden = said ? together(said->forbidden) : std::string();
    put(row, "forbidden",
        forbidden.empty() ? nothing() : ViewData(word(app, call, "studio.terms.not", {{"texts", forbidden}})));
    put_language(row, term.source_locale);
    const auto target = between.target.value_or(term.source_locale);
    put(row, "said_lang", target.text());
    put(row, "said_dir", locale::name_of(locale::direction_of(target)));
    return row;
}

ViewData empty_view(const App& app, const Call& call, const terms::Query& query, bool none) {
    if (!none) return nothing();
    const bool searched = !query.q.empty() || query.untranslated;
    auto view = view_object();
    put(view, "lead", word(app, call, searched ? "studio.terms.none-found" : "studio.terms.none"));
    put(view, "detail", searched ? nothing() : ViewData(word(app, call, "studio.terms.none-detail")));
    return view;
}

// What just happened to a term, and how to take it back.
ViewData undo_view(const App& app, const Call& call) {
    const auto n = call.request.query("deleted").value_or("");
    if (n.empty() || n.find_first_not_of("0123456789") != std::string::npos) return nothing();
    auto view = view_object();
    put(view, "action", "/studio/terms/" + n);
    put(view, "text", word(app, call, "studio.terms.deleted"));
    return view;
}

constexpr size_t most_mistakes = 20;

// What came of an import, or of the form of a term.
struct Said {
    std::string notice{};
    std::vector<std::string> mistakes{};
    int status = 200;
};

// With the row as a spreadsheet counts it, the head being the first.
std::string mistake_line(const App& app, const Call& call, const FieldError& mistake) {
    auto text = app.catalog->text(call.language, mistake.message, mistake.params);
    constexpr std::string_view rows = "/rows/";
    if (!mistake.pointer.starts_with(rows)) return text;
    const auto number = mistake.pointer.substr(rows.size(), mistake.pointer.find('/', rows.size()) - rows.size());
    return word(app, call, "studio.terms.import-row",
                {{"row", number_from(number).value_or(0) + 2}, {"mistake", text}});
}

ViewData mistakes_view(const std::vector<std::string>& mistakes) {
    auto items = view_list();
    for (const auto& mistake : mistakes) {
        auto item = view_object();
        put(item, "text", mistake);
        append(items, std::move(item));
    }
    auto view = view_object();
    put(view, "items", std::move(items));
    return view;
}

std::optional<locale::Tag> enabled(const std::vector<locale::Tag>& tags, const std::optional<std::string>& name) {
    const auto tag = name ? locale::Tag::parse(*name) : std::nullopt;
    return tag && std::ranges::find(tags, *tag) != tags.end() ? tag : std::nullopt;
}

}  // namespace

Between between_from(App& app, const Call& call, locale::Tag source, const std::optional<std::string>& target) {
    const auto tags = enabled_locales(app);
    Between between{std::move(source), enabled(tags, target)};
    if (between.target && *between.target != between.source) return between;
    between.target.reset();
    for (const auto& tag : tags) {
        if (tag == between.source) continue;
        const bool better = !between.target || (!accounts::can(call.caller, Action::translate, *between.target) &&
                                                accounts::can(call.caller, Action::translate, tag));
        if (better) between.target = tag;
    }
    return between;
}

Between between_of(App& app, const Call& call, const std::optional<std::string>& source,
                   const std::optional<std::string>& target) {
    const auto named = enabled(enabled_locales(app), source);
    return between_from(app, call, named.value_or(store_of(app).default_locale), target);
}

Between between_in(const Form& form) {
    const auto source = locale::Tag::parse(form.text("source"));
    const auto target = locale::Tag::parse(form.text("target"));
    if (!source || (!target && !form.text("target").empty())) throw Error(ErrorCode::malformed, "form");
    return {*source, target};
}

std::string terms_address(const Between& between) {
    return "/studio/terms?source=" + between.source.text() +
           (between.target ? "&target=" + between.target->text() : std::string());
}

namespace {

http::Response terms_page(App& app, const Call& call, const Between& between, const Said& said) {
    terms::Query query{.source = between.source, .target = between.target};
    query.q = call.request.query("q").value_or("");
    query.untranslated = call.request.query("untranslated") == "1";
    query.limit = rows_per_page;
    query.after = call.request.query("after");
    const auto found = terms::list(store_of(app), query);
    const auto languages = language_choices(call, enabled_locales(app));
    auto data = view_object();
    put(data, "sources", choices_view(languages, between.source.text()));
    put(data, "targets", choices_view(languages, between.target ? between.target->text() : std::string_view()));
    put(data, "query_text", query.q);
    put(data, "untranslated", query.untranslated);
    put(data, "results_line",
        found.total ? ViewData(word(app, call, "studio.terms.count", {{"count", *found.total}})) : nothing());
    put(data, "undo", undo_view(app, call));
    put(data, "notice", text_or_nothing(said.notice));
    put(data, "import_mistakes", said.mistakes.empty() ? nothing() : ViewData(mistakes_view(said.mistakes)));
    const bool can_import = between.target && accounts::can(call.caller, Action::translate, *between.target);
    put(data, "import_action", can_import ? ViewData("/studio/terms") : nothing());
    put(data, "source_tag", between.source.text());
    put(data, "target_tag", between.target.value_or(between.source).text());
    put(data, "import_hint",
        word(app, call, "studio.terms.import-detail",
             {{"source", language_name(call, between.source)},
              {"target", language_name(call, between.target.value_or(between.source))}}));
    put(data, "can_add", accounts::can(call.caller, Action::edit_source, between.source));
    put(data, "new_href",
        "/studio/terms/new" + terms_address(between).substr(std::string_view("/studio/terms").size()));
    put(data, "export_href",
        between.target
            ? ViewData("/api/v1/terms.csv?source=" + between.source.text() + "&target=" + between.target->text())
            : nothing());
    put(data, "target_word", between.target ? ViewData(language_name(call, *between.target)) : nothing());
    auto rows = view_list();
    for (const auto& term : found.items) append(rows, row_view(app, call, term, between));
    put(data, "rows", std::move(rows));
    put(data, "empty", empty_view(app, call, query, found.items.empty()));
    const auto rest = (query.q.empty() ? "" : "&q=" + http::percent_encoded(query.q)) +
                      std::string(query.untranslated ? "&untranslated=1" : "");
    put(data, "next", found.next ? ViewData(terms_address(between) + rest + "&after=" + *found.next) : nothing());
    return page(app, call, "terms/list", word(app, call, "studio.terms.title"), std::move(data), said.status);
}

// That which is no language of the site, or no more.
std::optional<locale::Tag> not_enabled(App& app, const Between& between) {
    const auto tags = enabled_locales(app);
    for (const auto& tag : {between.source, between.target.value_or(between.source)})
        if (std::ranges::find(tags, tag) == tags.end()) return tag;
    return std::nullopt;
}

}  // namespace

http::Response list_terms(App& app, const Call& call) {
    const auto between = between_of(app, call, call.request.query("source"), call.request.query("target"));
    const auto done = call.request.query("done") ? word(app, call, "studio.terms.saved") : std::string();
    return terms_page(app, call, between, {.notice = done});
}

http::Response import_terms(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto between = between_in(form);
    const auto target = between.target.value_or(between.source);
    require(call, Action::translate, target);
    if (const auto gone = not_enabled(app, between)) {
        const auto mistake =
            app.catalog->text(call.language, "field.not-enabled", {{"locale", language_name(call, *gone)}});
        const auto shown = between_of(app, call, form.text("source"), form.text("target"));
        return terms_page(app, call, shown, {.mistakes = {mistake}, .status = 422});
    }
    const auto* file = form.file("csv");
    if (!file) return terms_page(app, call, between, {.mistakes = {word(app, call, "studio.terms.import-none")}});
    try {
        const auto made =
            terms::from_csv(store_of(app, call), between.source, target, file->content,
                            accounts::can(call.caller, Action::edit_source, between.source), actor_of(call));
        const Params counts{{"created", made.created}, {"changed", made.changed}, {"unchanged", made.unchanged}};
        return terms_page(app, call, between, {.notice = word(app, call, "studio.terms.imported", counts)});
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid) throw;
        Said said{.status = status_of(error)};
        for (const auto& mistake : error.fields()) {
            if (said.mistakes.size() == most_mistakes) break;
            said.mistakes.push_back(mistake_line(app, call, mistake));
        }
        return terms_page(app, call, between, said);
    }
}

}  // namespace stele::studio
