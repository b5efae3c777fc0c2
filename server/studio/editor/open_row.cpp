#include "server/studio/editor/open_row.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "server/studio/editor/findings_view.hpp"
#include "server/studio/editor/workflow_view.hpp"
#include "server/studio/shell.hpp"
#include "src/content/prose.hpp"
#include "src/locale/format.hpp"
#include "src/memory/memory.hpp"

namespace stele::studio {
namespace {

constexpr size_t most_suggestions = 3;

std::string text_of(const Typed& typed, const editing::SegmentView& segment) {
    const auto mine = typed.texts.find(segment.id);
    return mine == typed.texts.end() ? segment.target.value_or("") : mine->second.text;
}

void put_suggestions(const Making& m, ViewData& data, const editing::SegmentView& segment) {
    auto list = view_list();
    auto found = memory::suggest_for(store_of(m.app), m.article.id, m.locale, segment.id);
    if (found.size() > most_suggestions) found.resize(most_suggestions);
    for (const auto& one : found) {
        auto view = view_object();
        put(view, "text", one.text);
        put(view, "score",
            one.context ? word(m.app, m.call, "script.same-text")
                        : locale::format_percent(one.score / 100.0, m.call.language));
        put(view, "made_from", one.score < 100 ? ViewData(one.source) : nothing());
        put(view, "does", fmt::format("insert {} {}", segment.id, print_of(one.text)));
        append(list, std::move(view));
    }
    put(data, "has_hits", !found.empty());
    put(data, "hits", std::move(list));
}

ViewData term_view(const Making& m, const terms::Term& term) {
    const auto* said = term.in(m.locale);
    std::string texts;
    if (said && said->keep) texts = word(m.app, m.call, "script.term-keep");
    if (said)
        for (const auto& text : said->texts) texts += (texts.empty() ? "" : " · ") + text;
    if (texts.empty()) texts = word(m.app, m.call, "script.term-none");
    auto view = view_object();
    put(view, "text", term.text);
    put(view, "said", texts);
    put(view, "note", text_or_nothing(said && !said->note.empty() ? said->note : term.note));
    return view;
}

void put_terms(const Making& m, ViewData& data, const editing::SegmentView& segment) {
    auto list = view_list();
    std::set<std::int64_t> shown;
    for (const auto& match : checks::terms_of_segment(store_of(m.app), m.article.id, m.locale, segment.id))
        if (shown.insert(match.term.n).second) append(list, term_view(m, match.term));
    put(data, "has_terms", !shown.empty());
    put(data, "terms", std::move(list));
}

ViewData finding_view(const Making& m, const std::string& segment, const checks::Finding& finding) {
    const auto id = checks::id_of(finding);
    auto view = view_object();
    put(view, "name", checks::name_of(finding.severity));
    put(view, "text", finding_text(m.app, m.call, finding));
    put(view, "does", fmt::format("dismiss {} {}", segment, id));
    put(view, "mend", nothing());
    if (finding.mend) {
        auto mend = view_object();
        put(mend, "text", m.app.catalog->text(m.call.language, finding.mend->label, finding.mend->params));
        put(mend, "does", fmt::format("mend {} {}", segment, id));
        put(view, "mend", std::move(mend));
    }
    return view;
}

void put_findings(const Making& m, ViewData& data, const editing::SegmentView& segment) {
    const auto found = checks::check_segment(store_of(m.app), m.app.checks, m.article.id, m.locale, segment.id,
                                             text_of(m.typed, segment));
    auto list = view_list();
    bool any = false;
    for (const auto& one : found.findings) {
        if (one.dismissed) continue;  // told with all that were, below the rows
        append(list, finding_view(m, segment.id, one.finding));
        any = true;
    }
    put(data, "findings", std::move(list));
    put(data, "has_findings", any);
}

// "insert ID PRINT"
struct Button {
    std::string what, segment, which;
};
Button button_from(const std::string& action) {
    Button button;
    std::istringstream(action) >> button.what >> button.segment >> button.which;
    return button;
}

std::optional<std::string> suggested(const Store& store, ArticleId id, const locale::Tag& locale,
                                     const Button& button) {
    for (auto& one : memory::suggest_for(store, id, locale, button.segment))
        if (print_of(one.text) == button.which) return std::move(one.text);
    return std::nullopt;
}

std::optional<std::string> mended(const App& app, const Store& store, ArticleId id, const locale::Tag& locale,
                                  const Button& button, const std::string& text) {
    for (const auto& one : checks::check_segment(store, app.checks, id, locale, button.segment, text).findings)
        if (const auto& mend = one.finding.mend; mend && checks::id_of(one.finding) == button.which)
            return content::replaced(text, mend->range, mend->text);
    return std::nullopt;
}

}  // namespace

ViewData open_row_view(const Making& m, const editing::SegmentView& segment) {
    if (!m.can_write || m.remarks.open != segment.id) return nothing();
    auto view = view_object();
    put_suggestions(m, view, segment);
    put_terms(m, view, segment);
    put_findings(m, view, segment);
    const auto reason = m.remarks.entered.find("reason");
    put(view, "reason", reason == m.remarks.entered.end() ? std::string() : reason->second);
    const auto mistake = m.remarks.mistakes.find("reason");
    put(view, "reason_mistake", mistake == m.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
    return view;
}

bool is_look(const std::string& action) {
    const auto what = action.substr(0, action.find(' '));
    return what == "look" || what == "copy" || what == "insert" || what == "mend";
}

Remarks look(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale, const Form& form,
             Typed& typed) {
    const auto button = button_from(form.text("action"));
    const auto store = store_of(app);
    Remarks remarks;
    remarks.open = button.segment;
    if (!form.text("note").empty()) keep_entered("review-", form, remarks);
    if (button.what == "look") return remarks;
    const auto segments = editing::list_segments(store, article.id, locale);
    const auto segment = std::ranges::find(segments, button.segment, &editing::SegmentView::id);
    if (segment == segments.end()) return remarks;
    auto text = button.what == "copy"     ? std::optional(segment->source)
                : button.what == "insert" ? suggested(store, article.id, locale, button)
                                          : mended(app, store, article.id, locale, button, text_of(typed, *segment));
    if (!text) return remarks;
    typed.texts[button.segment] = {std::move(*text), form.text("was." + button.segment)};
    typed.keeps.erase(button.segment);
    remarks.notice = word(app, call, "editor.in-field");
    return remarks;
}

}  // namespace stele::studio
