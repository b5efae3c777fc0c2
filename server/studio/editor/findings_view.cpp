#include "server/studio/editor/findings_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"

namespace stele::studio {
namespace {

ViewData dismissed_view(const Making& m, const std::string& segment, const checks::Shown& one,
                        const std::map<std::string, std::string>& places) {
    const auto place = places.find(segment);
    auto view = view_object();
    put(view, "anchor", "s-" + segment);
    put(view, "where", place == places.end() ? word(m.app, m.call, "segment.kind.body") : place->second);
    put(view, "text", finding_text(m.app, m.call, one.finding));
    put(view, "reason", one.dismissed->reason);
    put(view, "by",
        word(m.app, m.call, "editor.dismissed-by",
             {{"name", one.dismissed->actor},
              {"time", locale::format_relative(one.dismissed->at, m.app.now(), m.call.language)}}));
    put(view, "undo", fmt::format("undo-finding {} {}", segment, checks::id_of(one.finding)));
    return view;
}

}  // namespace

std::string finding_text(const App& app, const Call& call, const checks::Finding& finding) {
    auto params = finding.params;
    // A parameter "language" is a tag; people read its name.
    for (auto& param : params)
        if (auto* tag = std::get_if<std::string>(&param.value); tag && param.name == "language")
            *tag = language_name(call, locale::Tag::stored(*tag));
    return word(app, call, finding.message, params);
}

void put_dismissed(const Making& m, ViewData& data, const std::map<std::string, std::string>& places) {
    auto items = view_list();
    std::int64_t count = 0;
    for (const auto& [segment, findings] :
         checks::find_dismissed(store_of(m.app), m.app.checks, m.article.id, m.locale))
        for (const auto& one : findings) {
            append(items, dismissed_view(m, segment, one, places));
            ++count;
        }
    put(data, "dismissed", nothing());
    if (count == 0) return;
    auto view = view_object();
    put(view, "lead", word(m.app, m.call, "editor.dismissed", {{"count", count}}));
    put(view, "items", std::move(items));
    put(data, "dismissed", std::move(view));
}

void put_told(const Making& m, ViewData& data, const std::map<std::string, std::string>& places) {
    constexpr int most = 20;
    auto items = view_list();
    int n = 0;
    if (m.remarks.tell_found)
        for (const auto& [segment, findings] :
             checks::check_translation(store_of(m.app), m.app.checks, m.article.id, m.locale)) {
            const auto worst = std::ranges::find_if(findings, [](const checks::Shown& one) {
                return !one.dismissed && one.finding.severity != checks::Severity::note;
            });
            const auto place = places.find(segment);
            if (worst == findings.end() || place == places.end() || n++ >= most) continue;
            auto item = view_object();
            put(item, "anchor", "s-" + segment);
            put(item, "where", place->second);
            put(item, "text", finding_text(m.app, m.call, worst->finding));
            append(items, std::move(item));
        }
    put(data, "told_findings", n > 0);
    put(data, "told", std::move(items));
}

bool add_errors(App& app, const Call& call, ArticleId id, const locale::Tag& locale, Remarks& remarks) {
    const auto all = checks::find_errors(store_of(app), app.checks, id, locale);
    for (const auto& [segment, findings] : all) {
        auto& text = remarks.mistakes[segment];
        for (const auto& one : findings) text += (text.empty() ? "" : " ") + finding_text(app, call, one.finding);
    }
    return !all.empty();
}

std::string first_errors(App& app, const Call& call, ArticleId id, const locale::Tag& locale) {
    constexpr int most = 2;
    int n = 0;
    std::string text;
    for (const auto& [segment, findings] : checks::find_errors(store_of(app), app.checks, id, locale))
        for (const auto& one : findings)
            if (n++ < most) text += (text.empty() ? "" : " ") + finding_text(app, call, one.finding);
    return text;
}

}  // namespace stele::studio
