// A row for each segment: the source, or what changed in it, and the text, side by side.
#include <algorithm>
#include <set>

#include "server/studio/diff_view.hpp"
#include "server/studio/editor/labels.hpp"
#include "server/studio/editor/making.hpp"
#include "server/studio/editor/open_row.hpp"
#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"

namespace stele::studio {
namespace {

using editing::SegmentView;
using State = SegmentView::State;

// Where the browser cannot fit a field to its text by itself (CSS field-sizing): lines of about 60 characters.
std::string lines_for(const std::string& text) {
    std::int64_t lines = 0, line = 0;
    for (const char c : text + "\n") {
        if (c == '\n') {
            lines += 1 + line / 60;
            line = 0;
        } else if ((c & 0xC0) != 0x80) {
            ++line;
        }
    }
    return std::to_string(std::clamp<std::int64_t>(lines, 1, 24));
}

void put_source(const Making& m, ViewData& row, const SegmentView& segment) {
    const bool outdated = segment.state == State::outdated && segment.basis;
    put(row, "source_text", outdated ? nothing() : ViewData(segment.source));
    put(row, "source_now", outdated ? ViewData(segment.source) : nothing());
    put(row, "source_print", print_of(segment.source));
    put(row, "diff", outdated ? diff_view(*segment.basis, segment.source, m.article.source_locale) : nothing());
    put(row, "old", outdated ? ViewData(*segment.basis) : nothing());
}

void put_conflict(const Making& m, ViewData& row, const std::string& id) {
    const auto conflict = m.remarks.conflicts.find(id);
    put(row, "theirs", false);
    put(row, "theirs_by", false);
    if (conflict == m.remarks.conflicts.end()) return;
    const auto& [text, actor, at] = conflict->second;
    put(row, "theirs", text);
    if (!at) return;
    put(row, "theirs_by",
        word(m.app, m.call, "studio.conflict.by",
             {{"name", actor}, {"time", locale::format_relative(*at, m.app.now(), m.call.language)}}));
}

void put_target(const Making& m, ViewData& row, const SegmentView& segment) {
    const auto now = segment.target.value_or("");
    const auto typed = m.typed.texts.find(segment.id);
    const bool mine = typed != m.typed.texts.end();
    const auto& text = mine ? typed->second.text : now;
    put(row, "target", text);
    // A text that was in conflict has been seen now: the next save of it replaces that one.
    const bool seen = !mine || m.remarks.conflicts.contains(segment.id);
    put(row, "print", seen ? print_of(now) : typed->second.print);
    put(row, "lines", lines_for(text.empty() ? segment.source : text));
    put(row, "keep", m.typed.keeps.contains(segment.id));
    const auto mistake = m.remarks.mistakes.find(segment.id);
    put(row, "mistake", mistake == m.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
    const bool made = segment.target && segment.origin != "human";
    const auto origin = "editor.origin." + segment.origin;
    put(row, "confirm", m.typed.confirms.contains(segment.id));
    put(row, "made_by", made ? segment.origin : std::string());
    put(row, "origin", made && m.app.catalog->has(origin) ? ViewData(word(m.app, m.call, origin)) : nothing());
    put_conflict(m, row, segment.id);
}

ViewData row_view(const Making& m, const SegmentView& segment, const std::string& number, const std::string& kind) {
    auto row = view_object();
    put(row, "id", segment.id);
    put(row, "number", number);
    put(row, "kind", segment.field == content::body_id ? std::string(content::name_of(segment.kind)) : segment.id);
    put(row, "kind_name", kind);
    put(row, "is_missing", segment.state == State::missing);
    put(row, "is_outdated", segment.state == State::outdated);
    put(row, "can_keep", m.can_keep && segment.state == State::outdated);
    put(row, "kept", segment.kept);
    put(row, "may_keep", m.can_keep);
    put_source(m, row, segment);
    put_target(m, row, segment);
    put(row, "help", open_row_view(m, segment));
    return row;
}

// Texts that were typed for places which the source has no more: nothing shows them in the list of segments.
ViewData orphans_view(const Making& m, const std::map<std::string, std::string>& places) {
    auto orphans = view_list();
    bool any = false;
    for (const auto& [id, field] : m.typed.texts) {
        if (places.contains(id)) continue;
        orphans << ViewData(field.text);
        any = true;
    }
    return any ? orphans : nothing();
}

ViewData former_view(const SegmentView& segment) {
    auto former = view_object();
    put(former, "source_text", segment.basis.value_or(segment.source));
    put(former, "former", segment.target.value_or(""));
    return former;
}

}  // namespace

std::map<std::string, std::string> put_rows(const Making& m, ViewData& data) {
    auto places = place_labels(m.app, m.call, m.segments);
    auto rows = view_list(), retired = view_list();
    std::int64_t n = 0;
    bool any = false;
    for (const auto& segment : m.segments) {
        if (segment.retired) {
            append(retired, former_view(segment));
            any = true;
            continue;
        }
        const auto number = locale::format_number(++n, m.call.language);
        append(rows, row_view(m, segment, number, kind_label(m.app, m.call, segment)));
    }
    put(data, "orphans", orphans_view(m, places));
    put(data, "rows", std::move(rows));
    put(data, "retired", std::move(retired));
    put(data, "has_retired", any);
    return places;
}

}  // namespace stele::studio
