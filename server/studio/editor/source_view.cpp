#include "server/studio/editor/source_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/diff_view.hpp"
#include "server/studio/editor/labels.hpp"
#include "server/studio/editor/workflow_view.hpp"
#include "server/studio/scripts.hpp"
#include "server/studio/shell.hpp"
#include "server/urls.hpp"
#include "src/content/content_type.hpp"
#include "src/locale/digits.hpp"
#include "src/locale/format.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

struct Making {
    App& app;
    const Call& call;
    const editing::Article& article;
    const editing::Translation& source;
    const SourceTyped& typed;
    const Remarks& remarks;
};

// One line, several lines, or a choice of numbers; `is_content`: in the source's language, else in nobody's.
enum class Input { line, area, body, date };
struct Shape {
    Input input = Input::area;
    bool is_content = true;
    std::string hint;
};

ViewData field_view(const Making& m, const std::string& name, const std::string& label, const std::string& now,
                    const Shape& shape) {
    const auto typed = m.typed.fields.find(name);
    const bool mine = typed != m.typed.fields.end();
    const auto conflict = m.remarks.conflicts.find(name);
    const bool in_conflict = conflict != m.remarks.conflicts.end();
    auto view = view_object();
    put(view, "id", name);
    put(view, "label", label);
    put(view, "value", mine ? typed->second.text : plain_lines(now));
    put(view, "saved", mine ? ViewData(plain_lines(now)) : nothing());
    put(view, "print", mine && !in_conflict ? typed->second.print : print_of(now));
    put(view, "area", shape.input == Input::area || shape.input == Input::body);
    put(view, "body", shape.input == Input::body);
    put(view, "input", shape.input == Input::date ? "date" : "text");
    put(view, "lang", shape.is_content ? m.source.locale.text() : std::string("zxx"));
    put(view, "dir", shape.is_content ? name_of(locale::direction_of(m.source.locale)) : std::string_view("ltr"));
    put(view, "hint", text_or_nothing(shape.hint));
    const auto mistake = m.remarks.mistakes.find(name);
    put(view, "mistake", mistake == m.remarks.mistakes.end() ? nothing() : ViewData(mistake->second));
    put(view, "theirs", in_conflict ? ViewData(conflict->second.text) : nothing());
    put(view, "theirs_by", nothing());
    if (in_conflict && conflict->second.at)
        put(view, "theirs_by",
            word(m.app, m.call, "studio.conflict.by",
                 {{"name", conflict->second.actor},
                  {"time", locale::format_relative(*conflict->second.at, m.app.now(), m.call.language)}}));
    return view;
}

Shape shape_of(const Making& m, const content::Field& field) {
    using content::FieldKind;
    switch (field.kind) {
        case FieldKind::date:
            return {Input::date, false, {}};
        case FieldKind::number:
            return {Input::line, false, {}};
        case FieldKind::list:
            return {Input::area, false, word(m.app, m.call, "studio.field.list.hint")};
        case FieldKind::rows:
        case FieldKind::date_range:
            return {Input::area, false, word(m.app, m.call, "studio.field.json.hint")};
        case FieldKind::text:
            return {Input::line, false, {}};
        case FieldKind::markdown:
            break;
    }
    return {Input::area, false, {}};
}

ViewData fields_view(const Making& m) {
    const auto& s = m.source;
    auto fields = view_list();
    const auto add = [&](const std::string& name, const std::string& now, const Shape& shape) {
        fields << field_view(m, name, word(m.app, m.call, "studio.field." + name), now, shape);
    };
    add("title", s.title, {Input::line, true, {}});
    add("slug", s.slug, {Input::line, false, {}});
    add("summary", s.summary, {Input::area, true, {}});
    const auto& type = m.app.types.find_or_page(m.article.type);
    for (const auto& field : type.fields) {
        if (!field.localized) continue;
        const auto value = s.fields.find(field.name);
        fields << field_view(m, "fields." + field.name, field_label(m.app, m.call, field.name),
                             value == s.fields.end() ? "" : value->second,
                             {field.kind == content::FieldKind::text ? Input::line : Input::area, true, {}});
    }
    add("body", s.body, {Input::body, true, {}});
    for (const auto& field : type.fields)
        if (!field.localized && !field.derived())
            fields << field_view(m, "shared." + field.name, field_label(m.app, m.call, field.name),
                                 shared_text(field, m.article.shared), shape_of(m, field));
    return fields;
}

ViewData priorities_view(const Making& m) {
    const auto typed = m.typed.fields.find("priority");
    const auto now = std::to_string(m.article.priority);
    const auto& chosen = typed == m.typed.fields.end() ? now : typed->second.text;
    auto list = view_list();
    for (int n = 0; n <= 9; ++n) {
        auto one = view_object();
        put(one, "value", std::to_string(n));
        put(one, "text", locale::format_number(std::int64_t{n}, m.call.language));
        put(one, "chosen", std::to_string(n) == chosen);
        list << one;
    }
    const auto conflict = m.remarks.conflicts.find("priority");
    const bool in_conflict = conflict != m.remarks.conflicts.end();
    auto view = view_object();
    put(view, "items", list);
    put(view, "print", typed == m.typed.fields.end() || in_conflict ? print_of(now) : typed->second.print);
    put(view, "theirs", in_conflict ? ViewData(conflict->second.text) : nothing());
    return view;
}

std::vector<Mistake> mistakes_of(const Making& m) {
    std::vector<Mistake> mistakes;
    const auto label = [&](const std::string& name) {
        const auto key = "studio.field." + name;
        return m.app.catalog->has(key) ? word(m.app, m.call, key)
                                       : field_label(m.app, m.call, name.substr(name.find('.') + 1));
    };
    for (const auto& [name, text] : m.remarks.mistakes) {
        auto of_workflow = workflow_mistake(m.app, m.call, name, text);
        mistakes.push_back(of_workflow ? std::move(*of_workflow) : Mistake{"f-" + name, label(name), text});
    }
    for (const auto& [name, theirs] : m.remarks.conflicts)
        mistakes.push_back({"f-" + name, label(name), word(m.app, m.call, "studio.conflict.title")});
    return mistakes;
}

void put_head(const Making& m, ViewData& data) {
    const auto& s = m.source;
    const auto action = text_path(m.article.id, s.locale);
    put(data, "article", s.title);
    put(data, "article_lang", s.locale.text());
    put(data, "article_dir", name_of(locale::direction_of(s.locale)));
    put(data, "source_name", language_name(m.call, s.locale));
    put(data, "type", type_name(m.app, m.call, m.article.type));
    put(data, "key", m.article.key);
    put(data, "state", state_view(m.app, m.call, s.state));
    put(data, "published", s.published);
    put(data, "pending", s.pending);
    put(data, "updated", time_view(m.app, m.call, s.updated_at));
    put(data, "action", action);
    put(data, "article_href", article_path(m.article.id));
    put(data, "preview_href", action + "/preview");
    put(data, "view_href", s.published ? ViewData(page_path(s.locale, s.slug)) : nothing());
    put(data, "can_write", accounts::can(m.call.caller, Action::edit_source, s.locale));
    put(data, "can_publish", accounts::can(m.call.caller, Action::publish, s.locale));
    put(data, "can_keep", accounts::can(m.call.caller, Action::keep, std::nullopt));
    put(data, "history_href", action + "/history");
    put(data, "comments_href", action + "/comments");
}

void put_scripts(const Making& m, ViewData& data) {
    boost::json::object names;  // a browser's own leave out private use: nb-x-easy is not nb
    for (const auto& tag : enabled_locales(m.app)) names[tag.text()] = language_name(m.call, tag);
    const boost::json::object config{
        {"names", std::move(names)},
        {"digits", locale::digits_of(m.call.language)},
        {"api", fmt::format("/api/v1/articles/{}/translations/{}", number(m.article.id), m.source.locale.text())},
        {"article", number(m.article.id)},
        {"locale", m.source.locale.text()},
        {"dir", name_of(locale::direction_of(m.source.locale))},
        {"page", text_path(m.article.id, m.source.locale)},
        {"version", text_of(m.source.version)},
        {"account", m.call.caller ? m.call.caller->name : std::string()},
        {"csrf", m.call.session ? m.call.session->csrf : std::string()}};
    put(data, "config_html", in_page(config));
    put(data, "words_html", script_words(m.app, m.call));
    put(data, "editor_script", script_address("source.mjs"));
    put(data, "editor_style", script_address("editor.css"));
}

ViewData changes_view(const editing::Consequences& consequences, const locale::Tag& tag) {
    using What = editing::Consequences::Segment::What;
    auto list = view_list();
    for (const auto& segment : consequences.segments) {
        auto view = view_object();
        put(view, "whole_added", segment.what == What::added ? ViewData(segment.after) : nothing());
        put(view, "whole_removed", segment.what == What::removed ? ViewData(segment.before) : nothing());
        put(view, "diff", segment.what == What::changed ? diff_view(segment.before, segment.after, tag) : nothing());
        list << view;
    }
    return list;
}

ViewData locales_view(const App& app, const Call& call, const editing::Consequences& consequences) {
    auto list = view_list();
    for (const auto& one : consequences.locales) {
        auto view = view_object();
        put(view, "text",
            word(app, call, "studio.confirm.outdated",
                 {{"count", one.segments}, {"language", language_name(call, one.locale)}}));
        put(view, "words", word(app, call, "studio.worklist.words", {{"count", one.words}}));
        list << view;
    }
    return list;
}

ViewData hidden_view(const Form& form) {
    auto list = view_list();
    for (const auto& [name, value] : form.items()) {
        if (name == "csrf" || name == "action") continue;
        auto one = view_object();
        put(one, "id", name);
        put(one, "value", plain_lines(value));
        list << one;
    }
    return list;
}

}  // namespace

http::Response source_page(App& app, const Call& call, const editing::Article& article, const SourceTyped& typed,
                           const Remarks& remarks, int status) {
    const auto source = editing::find_translation(store_of(app), article.id, article.source_locale);
    if (!source) throw Error(ErrorCode::not_found, "article");
    const Making m{app, call, article, *source, typed, remarks};
    auto data = view_object();
    // As in the form of a translation: a conflict has been seen when its page is shown, a mistake has changed nothing.
    const bool retry = !typed.fields.empty() && !remarks.stale;
    put(data, "version", text_of(retry ? typed.version : source->version));
    put(data, "article_version", std::to_string(retry ? typed.article_version : article.version));
    put_head(m, data);
    put_scripts(m, data);
    put(data, "fields", fields_view(m));
    put(data, "priorities", priorities_view(m));
    put_workflow({app, call, article.id, article.source_locale, remarks}, data);
    put(data, "mistakes", mistakes_view(app, call, mistakes_of(m)));
    put(data, "detail", remarks.conflicts.empty() ? nothing() : ViewData(word(app, call, "studio.conflict.detail")));
    put(data, "what", text_or_nothing(remarks.mistake));
    put(data, "notice", text_or_nothing(remarks.notice));
    return page(app, call, "editor/source", source->title, std::move(data), status);
}

http::Response consequences_page(App& app, const Call& call, const editing::Article& article, const Form& form,
                                 const SourceTyped& typed, const editing::Consequences& consequences) {
    const auto source = editing::find_translation(store_of(app), article.id, article.source_locale);
    if (!source) throw Error(ErrorCode::not_found, "article");
    const Remarks none;
    const Making m{app, call, article, *source, typed, none};
    auto data = view_object();
    put_head(m, data);
    put(data, "has_changes", !consequences.segments.empty());
    put(data, "has_locales", !consequences.locales.empty());
    put(data, "changes", changes_view(consequences, source->locale));
    put(data, "locales", locales_view(app, call, consequences));
    const auto added = std::count_if(consequences.segments.begin(), consequences.segments.end(), [](const auto& s) {
        return s.what == editing::Consequences::Segment::What::added;
    });
    put(data, "missing",
        added == 0 ? nothing() : ViewData(word(app, call, "studio.confirm.added", {{"count", std::int64_t{added}}})));
    put(data, "keepable", !consequences.locales.empty() && accounts::can(call.caller, Action::keep, std::nullopt));
    put(data, "hidden", hidden_view(form));
    return page(app, call, "editor/consequences", word(app, call, "studio.confirm.title"), std::move(data));
}

}  // namespace stele::studio
