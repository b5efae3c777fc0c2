#include "server/studio/editor/translation_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/editor/findings_view.hpp"
#include "server/studio/editor/making.hpp"
#include "server/studio/editor/workflow_view.hpp"
#include "server/studio/scripts.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/worklist_place.hpp"
#include "server/urls.hpp"
#include "src/locale/digits.hpp"
#include "src/locale/format.hpp"
#include "src/locale/text.hpp"
#include "src/publishing/publishing.hpp"
#include "src/workflow/comments.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

std::vector<Mistake> mistakes_of(const Making& m, const std::map<std::string, std::string>& places) {
    std::vector<Mistake> mistakes;
    const auto add = [&](const std::string& id, const std::string& text) {
        if (auto of_workflow = workflow_mistake(m.app, m.call, id, text))
            return mistakes.push_back(std::move(*of_workflow));
        if (id == "reason") return mistakes.push_back({id, word(m.app, m.call, "script.reason"), text});
        const auto place = places.find(id);
        const bool is_slug = id == "slug";
        mistakes.push_back({is_slug ? id : "s-" + id,
                            is_slug                 ? word(m.app, m.call, "studio.field.slug")
                            : place == places.end() ? word(m.app, m.call, "segment.kind.body")
                                                    : place->second,
                            text});
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

void put_remarks(const Making& m, ViewData& data, const std::map<std::string, std::string>& places) {
    put(data, "mistakes", mistakes_view(m.app, m.call, mistakes_of(m, places)));
    put(data, "detail",
        m.remarks.conflicts.empty() ? nothing() : ViewData(word(m.app, m.call, "studio.conflict.detail")));
    put(data, "what", m.remarks.mistake.empty() ? nothing() : ViewData(m.remarks.mistake));
    put(data, "notice", m.remarks.notice.empty() ? nothing() : ViewData(m.remarks.notice));
    put(data, "ask", m.remarks.ask_incomplete && m.can_publish);
    put(data, "ask_unread", m.remarks.ask_unread && m.can_publish);
    put(data, "ask_checks", m.remarks.ask_checks && m.can_publish);
    put(data, "ask_review", m.remarks.ask_review);
    put(data, "ask_action", m.remarks.publish_anyway);
    put(data, "offer", nothing());
    if (!m.remarks.offer || !m.can_write) return;
    auto offer = view_object();
    put(offer, "text", m.remarks.offer->text);
    put(offer, "does", m.remarks.offer->action);
    put(offer, "label", m.remarks.offer->label);
    put(data, "offer", std::move(offer));
}

void put_counts(const Making& m, ViewData& data) {
    const auto& segments = m.translation.segments;
    const auto count = [&](std::string_view key, std::int64_t n) {
        return n == 0 ? nothing() : ViewData(word(m.app, m.call, key, {{"count", n}}));
    };
    put(data, "outdated_text", count("editor.outdated", segments.outdated));
    put(data, "missing_text", count("editor.missing", segments.missing));
    put(data, "state", state_view(m.app, m.call, m.translation.state));
    put(data, "progress", progress_view(m.app, m.call, segments, m.translation.words));
}

// A text may be sent to review half done; then it is said, with the places.
void put_left(const Making& m, ViewData& data, const std::map<std::string, std::string>& places) {
    constexpr int most = 20;
    const auto& counts = m.translation.segments;
    put(data, "review_left", nothing());
    if (!m.remarks.tell_left || counts.missing + counts.outdated == 0) return;
    auto items = view_list();
    int n = 0;
    for (const auto& segment : m.segments) {
        const auto place = places.find(segment.id);
        if (segment.state == editing::SegmentView::State::current || place == places.end() || n++ >= most) continue;
        auto item = view_object();
        put(item, "anchor", "s-" + segment.id);
        put(item, "where", place->second);
        append(items, std::move(item));
    }
    auto view = view_object();
    put(view, "lead", word(m.app, m.call, "editor.review-left"));
    put(view, "text", left_text(m.app, m.call, counts));
    put(view, "items", std::move(items));
    put(data, "review_left", std::move(view));
}

// Who changed the text of the source last, and when, for as long as something is outdated by it.
ViewData source_change(const Making& m) {
    constexpr int looked_at = 20;  // others published it since, at most
    if (m.translation.segments.outdated == 0) return nothing();
    const auto last =
        editing::list_revisions(store_of(m.app), m.article.id, m.article.source_locale, looked_at, std::nullopt);
    const auto at = std::ranges::find_if(
        last, [](const auto& one) { return one.action != "publish" && one.action != "unpublish"; });
    if (at == last.end()) return nothing();
    auto view = time_view(m.app, m.call, at->at);
    put(view, "by",
        word(m.app, m.call, "editor.source-changed",
             {{"name", at->actor}, {"time", locale::format_relative(at->at, m.app.now(), m.call.language)}}));
    return view;
}

// What a machine made and nobody has confirmed: how much, and where.
void put_unread(const Making& m, ViewData& data, const std::map<std::string, std::string>& places) {
    constexpr std::int64_t most = 20;
    auto items = view_list();
    std::int64_t n = 0;
    for (const auto& segment : m.segments) {
        const auto place = places.find(segment.id);
        if (segment.origin != "machine" || !segment.target || place == places.end() || n++ >= most) continue;
        auto item = view_object();
        put(item, "anchor", "s-" + segment.id);
        put(item, "where", place->second);
        if (n == 1) put(data, "first_unread", "s-" + segment.id);
        append(items, std::move(item));
    }
    if (n == 0) put(data, "first_unread", nothing());
    put(data, "unread_text", n == 0 ? nothing() : ViewData(word(m.app, m.call, "script.unread", {{"count", n}})));
    put(data, "unread", std::move(items));
}

void put_languages(const Making& m, ViewData& data) {
    const auto& source = m.article.source_locale;
    put(data, "source_name", language_name(m.call, source));
    put(data, "source_lang", source.text());
    put(data, "source_dir", locale::name_of(locale::direction_of(source)));
    put(data, "target_name", language_name(m.call, m.locale));
    put(data, "target_lang", m.locale.text());
    put(data, "target_dir", locale::name_of(locale::direction_of(m.locale)));
}

void put_head(const Making& m, ViewData& data) {
    const auto& t = m.translation;
    put(data, "type", type_name(m.app, m.call, m.article.type));
    put(data, "key", m.article.key);
    put(data, "pending", t.pending);
    put(data, "published", t.published);
    put(data, "is_independent", t.mode == content::Mode::independent);
    put(data, "source_updated", source_change(m));
    put(data, "edit_href", text_path(m.article.id, m.article.source_locale));
    put(data, "article_href", article_path(m.article.id));
    const auto list = worklist_query(m.call);
    put(data, "action", with_query(text_path(m.article.id, m.locale), list));
    put(data, "next_href",
        with_query(worklist_path(m.locale) + "/next",
                   fmt::format("after={}{}{}", number(m.article.id), list.empty() ? "" : "&", list)));
    put(data, "preview_href", text_path(m.article.id, m.locale) + "/preview");
    put(data, "history_href", text_path(m.article.id, m.locale) + "/history");
    put(data, "comments_href", text_path(m.article.id, m.locale) + "/comments");
    put(data, "view_href", false);
    if (t.published)
        if (const auto page = publishing::find_page(store_of(m.app), m.article.id, m.locale))
            put(data, "view_href", page_path(m.locale, page->slug));
}

// What people talk about and have not settled: how often at each segment, and in the head how often at all.
boost::json::object put_talks(const Making& m, ViewData& data) {
    boost::json::object segments;
    std::int64_t all = 0;
    for (const auto& [segment, threads] : workflow::count_open_threads(store_of(m.app), m.article.id, m.locale)) {
        segments[segment] = threads;
        all += threads;
    }
    put(data, "talk_text", all == 0 ? nothing() : ViewData(word(m.app, m.call, "script.talks", {{"count", all}})));
    return segments;
}

// What the scripts have to know that the page does not say otherwise.
void put_scripts(const Making& m, ViewData& data) {
    const boost::json::object config{
        {"api", fmt::format("/api/v1/articles/{}/translations/{}", number(m.article.id), m.locale.text())},
        {"article", number(m.article.id)},
        {"locale", m.locale.text()},
        {"page", text_path(m.article.id, m.locale)},
        {"version", text_of(m.translation.version)},
        {"account", m.call.caller ? m.call.caller->name : std::string()},
        {"csrf", m.call.session ? m.call.session->csrf : std::string()},
        {"digits", locale::digits_of(m.call.language)},
        {"can_write", m.can_write},
        {"talks", put_talks(m, data)},
        {"can_keep", m.can_keep}};
    put(data, "config_html", in_page(config));
    put(data, "words_html", script_words(m.app, m.call));
    put(data, "editor_script", script_address("editor.mjs"));
    put(data, "editor_style", script_address("editor.css"));
}

void put_title(const Making& m, ViewData& data) {
    const bool own = !m.translation.title.empty();
    const auto& tag = own ? m.locale : m.article.source_locale;
    std::string title = m.translation.title;
    for (const auto& segment : m.segments)
        if (!own && segment.id == content::title_id) title = segment.source;
    put(data, "article", title);
    put(data, "article_lang", tag.text());
    put(data, "article_dir", locale::name_of(locale::direction_of(tag)));
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
                   accounts::can(call.caller, Action::publish, locale),
                   editing::list_segments(store_of(app), article.id, locale)};
    auto data = view_object();
    // What was refused stays as it was sent, and so does what its writer had seen; a conflict shows what is there now.
    const bool same = !remarks.mistakes.empty() || !remarks.open.empty();
    const bool retry = !typed.empty() && !remarks.stale && same;
    put(data, "version", text_of(retry ? typed.version : translation->version));
    put(data, "can_write", m.can_write);
    put(data, "insert_word", word(app, call, "script.insert"));
    put(data, "reason_word", word(app, call, "script.reason"));
    put(data, "dismiss_word", word(app, call, "script.dismiss-send"));
    put(data, "none_word", word(app, call, "script.no-suggestions"));
    put(data, "can_machine", !app.options.machine_provider.empty() && !app.options.machine_url.empty());
    put(data, "can_publish", m.can_publish);
    put(data, "can_keep", m.can_keep);
    put_title(m, data);
    put_head(m, data);
    put_languages(m, data);
    put_counts(m, data);
    put_slug(m, data);
    put_workflow({app, call, article.id, locale, remarks, true, !translation->published || translation->pending}, data);
    const auto places = put_rows(m, data);
    put_remarks(m, data, places);
    put_left(m, data, places);
    put_dismissed(m, data, places);
    put_unread(m, data, places);
    put_told(m, data, places);
    put_scripts(m, data);
    const auto title = data["article"].string_value();
    return page(app, call, "editor/translation", title, std::move(data), status);
}

}  // namespace stele::studio
