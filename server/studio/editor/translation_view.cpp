#include "server/studio/editor/translation_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/diff_view.hpp"
#include "server/studio/shell.hpp"
#include "server/urls.hpp"
#include "src/locale/format.hpp"
#include "src/locale/text.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using editing::SegmentView;

struct Making {
    App& app;
    const Call& call;
    const editing::Article& article;
    const locale::Tag& locale;
    const editing::Translation& translation;
    const Typed& typed;
    const Remarks& remarks;
    bool can_write, can_keep, can_publish;
};

std::string kind_key(const SegmentView& segment) {
    if (segment.id == content::title_id || segment.id == content::summary_id) return "segment.kind." + segment.id;
    if (segment.field != content::body_id) return "segment.kind.field";
    if (segment.id == content::body_id || segment.kind == content::Kind::block) return "segment.kind.body";
    return fmt::format("segment.kind.{}", content::name_of(segment.kind));
}

// Its name where the field has no name in the interface's words.
std::string kind_name(const Making& m, const SegmentView& segment) {
    auto name = word(m.app, m.call, kind_key(segment));
    if (segment.field.starts_with("fields.")) name += ": " + segment.field.substr(7);
    return name;
}

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
    const bool outdated = segment.state == SegmentView::State::outdated && segment.basis;
    put(row, "source_text", outdated ? nothing() : ViewData(segment.source));
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
    put_conflict(m, row, segment.id);
}

ViewData row_view(const Making& m, const SegmentView& segment, int number) {
    using State = SegmentView::State;
    auto row = view_object();
    put(row, "id", segment.id);
    put(row, "number", locale::format_number(std::int64_t(number), m.call.language));
    put(row, "kind", segment.field == content::body_id ? std::string(content::name_of(segment.kind)) : segment.id);
    put(row, "kind_name", kind_name(m, segment));
    put(row, "is_missing", segment.state == State::missing);
    put(row, "is_outdated", segment.state == State::outdated);
    put(row, "can_keep", m.can_keep && segment.state == State::outdated);
    put(row, "kept", segment.kept);
    put_source(m, row, segment);
    put_target(m, row, segment);
    return row;
}

// Texts that were typed for places which the source has no more: nothing shows them in the list of segments.
ViewData orphans_view(const Making& m, const std::set<std::string>& shown) {
    auto orphans = view_list();
    bool any = false;
    for (const auto& [id, field] : m.typed.texts) {
        if (shown.contains(id)) continue;
        orphans << ViewData(field.text);
        any = true;
    }
    return any ? orphans : nothing();
}

void put_rows(const Making& m, ViewData& data) {
    std::set<std::string> shown;
    auto rows = view_list(), retired = view_list();
    int number = 0;
    bool any = false;
    for (const auto& segment : editing::list_segments(store_of(m.app), m.article.id, m.locale)) {
        if (!segment.retired) {
            rows << row_view(m, segment, ++number);
            shown.insert(segment.id);
            continue;
        }
        auto former = view_object();
        put(former, "source_text", segment.basis.value_or(segment.source));
        put(former, "former", segment.target.value_or(""));
        retired << former;
        any = true;
    }
    put(data, "rows", rows);
    put(data, "retired", retired);
    put(data, "has_retired", any);
    put(data, "orphans", orphans_view(m, shown));
}

std::string place_name(const Making& m, const std::string& id) {
    if (id == "slug") return word(m.app, m.call, "studio.field.slug");
    if (id == content::title_id || id == content::summary_id) return word(m.app, m.call, "segment.kind." + id);
    return id.starts_with("fields.") ? id.substr(7) : id;
}

std::vector<Mistake> mistakes_of(const Making& m) {
    std::vector<Mistake> mistakes;
    const auto add = [&](const std::string& id, const std::string& text) {
        mistakes.push_back({id == "slug" ? id : "s-" + id, place_name(m, id), text});
    };
    for (const auto& [id, text] : m.remarks.mistakes) add(id, text);
    for (const auto& [id, theirs] : m.remarks.conflicts) add(id, word(m.app, m.call, "studio.conflict.title"));
    return mistakes;
}

void put_slug(const Making& m, ViewData& data) {
    const auto& typed = m.typed.slug;
    put(data, "slug", typed ? typed->text : m.translation.slug);
    const bool seen = !typed || m.remarks.conflicts.contains("slug");
    put(data, "slug_print", seen ? print_of(m.translation.slug) : typed->print);
    const auto mistake = m.remarks.mistakes.find("slug");
    put(data, "slug_mistake", mistake == m.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
    const auto conflict = m.remarks.conflicts.find("slug");
    put(data, "slug_theirs", conflict == m.remarks.conflicts.end() ? nothing() : ViewData(conflict->second.text));
}

void put_remarks(const Making& m, ViewData& data) {
    put(data, "mistakes", mistakes_view(m.app, m.call, mistakes_of(m)));
    put(data, "detail",
        m.remarks.conflicts.empty() ? nothing() : ViewData(word(m.app, m.call, "studio.conflict.detail")));
    put(data, "what", m.remarks.mistake.empty() ? nothing() : ViewData(m.remarks.mistake));
    put(data, "notice", m.remarks.notice.empty() ? nothing() : ViewData(m.remarks.notice));
    put(data, "ask", m.remarks.ask_incomplete && m.can_publish);
}

void put_head(const Making& m, ViewData& data) {
    const auto& t = m.translation;
    put(data, "source_name", language_name(m.call, m.article.source_locale));
    put(data, "source_lang", m.article.source_locale.text());
    put(data, "source_dir", locale::name_of(locale::direction_of(m.article.source_locale)));
    put(data, "target_name", language_name(m.call, m.locale));
    put(data, "target_lang", m.locale.text());
    put(data, "target_dir", locale::name_of(locale::direction_of(m.locale)));
    put(data, "type", type_name(m.app, m.call, m.article.type));
    put(data, "key", m.article.key);
    put(data, "state", state_view(m.app, m.call, t.state));
    put(data, "pending", t.pending);
    put(data, "published", t.published);
    put(data, "progress", progress_view(m.app, m.call, t.segments, t.words));
    put(data, "updated", t.version.translation > 0 ? time_view(m.app, m.call, t.updated_at) : nothing());
    put(data, "edit_href", text_path(m.article.id, m.article.source_locale));
    put(data, "article_href", article_path(m.article.id));
    put(data, "action", text_path(m.article.id, m.locale));
    put(data, "preview_href", text_path(m.article.id, m.locale) + "/preview");
    put(data, "view_href", false);
    if (t.published)
        if (const auto page = publishing::find_page(store_of(m.app), m.article.id, m.locale))
            put(data, "view_href", page_path(m.locale, page->slug));
}

}  // namespace

http::Response translation_page(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                                const Typed& typed, const Remarks& remarks, int status) {
    // The version first: a text that is newer than it costs a remark at most, never a lost one.
    const auto translation = editing::find_translation(store_of(app), article.id, locale);
    if (!translation) throw Error(ErrorCode::not_found, "article");
    const Making m{app,
                   call,
                   article,
                   locale,
                   *translation,
                   typed,
                   remarks,
                   accounts::can(call.caller, Action::translate, locale),
                   accounts::can(call.caller, Action::keep, locale),
                   accounts::can(call.caller, Action::publish, locale)};
    auto data = view_object();
    // What was refused stays as it was sent, and so does what its writer had seen; a conflict shows what is there now.
    const bool retry = !typed.empty() && !remarks.stale && !remarks.mistakes.empty();
    put(data, "version", text_of(retry ? typed.version : translation->version));
    put(data, "can_write", m.can_write);
    put(data, "can_publish", m.can_publish);
    put_head(m, data);
    put_slug(m, data);
    put_remarks(m, data);
    put_rows(m, data);
    const auto title = translation->title.empty()
                           ? editing::find_translation(store_of(app), article.id, article.source_locale).value().title
                           : translation->title;
    put(data, "article", title);
    put(data, "article_lang", (translation->title.empty() ? article.source_locale : locale).text());
    put(data, "article_dir",
        locale::name_of(locale::direction_of(translation->title.empty() ? article.source_locale : locale)));
    return page(app, call, "editor/translation", title, std::move(data), status);
}

}  // namespace stele::studio
