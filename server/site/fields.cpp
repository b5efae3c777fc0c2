#include "server/site/fields.hpp"

#include <array>

#include "server/rows.hpp"
#include "server/site/frame.hpp"
#include "server/urls.hpp"
#include "src/content/markdown.hpp"
#include "src/locale/format.hpp"

namespace stele::site {
namespace {

namespace json = boost::json;
using content::ContentType;
using content::Field;
using content::FieldKind;
using publishing::Page;

ViewData nothing() { return ViewData(ViewData::type::bool_false); }

// Words for the built-in fields; a field of a site's own type is called as its file calls it, or by "field-name.NAME"
// of an overriding catalog.
std::string label_of(const App& app, const Field& field, const locale::Tag& locale) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> known = {
        {{"event_dates", "page.when"},
         {"event_place", "page.place"},
         {"contacts", "page.contacts"},
         {"signatories", "page.signatories"},
         {"related", "page.related"}}};
    for (const auto& [name, key] : known)
        if (field.name == name) return app.catalog->text(locale, key);
    if (const auto key = "field-name." + field.name; app.catalog->has(key)) return app.catalog->text(locale, key);
    auto label = field.name;
    std::replace(label.begin(), label.end(), '_', ' ');
    if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
    return label;
}

// The end points of an interval are shown by it, and "date" stands above the title.
bool is_shown_elsewhere(const ContentType& type, const Field& field) {
    if (field.kind == FieldKind::date && field.name == "date") return true;
    return std::any_of(type.fields.begin(), type.fields.end(),
                       [&](const Field& f) { return f.from == field.name || f.to == field.name; });
}

std::optional<std::string> text_in(const json::value* value, const locale::Tag& locale) {
    if (!value) return std::nullopt;
    if (value->is_string()) return std::string(value->get_string());
    if (value->is_int64()) return locale::format_number(value->get_int64(), locale);
    if (value->is_double()) return locale::format_number(value->get_double(), locale);
    return std::nullopt;
}

std::string html_of(const std::string& markdown, const locale::Tag& lang) {
    const auto body = content::segments_of(markdown);
    std::vector<content::Part> parts;
    for (const auto& leaf : body.leaves) parts.push_back({leaf.text, std::nullopt});
    return content::render_html(body.skeleton, parts, lang);
}

// A fact's value: text with its language, or HTML of it.
ViewData value_view(const Field& field, const std::string& text, const locale::Tag& lang, const locale::Tag& around) {
    auto view = text_view(text, lang, around);
    put(view, "text_html", false);
    if (field.kind == FieldKind::markdown) put(view, "text_html", html_of(text, lang));
    return view;
}

std::optional<ViewData> fact_view(const ContentType& type, const Field& field, const Page& page) {
    if (field.localized) {
        const auto text = page.localized_fields.find(field.name);
        if (text == page.localized_fields.end()) return std::nullopt;
        return value_view(field, text->second.text, text->second.lang, page.locale);
    }
    if (field.kind == FieldKind::date || field.kind == FieldKind::date_range) {
        const auto dates = formatted_dates(type, page.shared, page.locale);
        const auto date = dates.find(field.name);
        if (date == dates.end()) return std::nullopt;
        return value_view(field, date->second, page.locale, page.locale);
    }
    const auto* value = page.shared.if_contains(field.name);
    if (field.kind == FieldKind::list && value && value->is_array() && field.name != "related") {
        std::vector<std::string> items;
        for (const auto& item : value->get_array())
            if (auto text = text_in(&item, page.locale)) items.push_back(*text);
        if (items.empty()) return std::nullopt;
        return value_view(field, locale::format_list(items, page.locale), page.locale, page.locale);
    }
    const auto text = text_in(value, page.locale);
    if (!text || text->empty()) return std::nullopt;
    // Shared texts have no language of their own (law 6 lets none be guessed): they are isolated, not marked.
    return value_view(field, *text, page.locale, page.locale);
}

std::string member(const json::value& row, std::string_view name) {
    const auto* object = row.if_object();
    const auto* value = object ? object->if_contains(name) : nullptr;
    return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void put_or_false(ViewData& view, const std::string& name, const std::string& text) {
    if (text.empty())
        put(view, name, nothing());
    else
        put(view, name, text);
}

ViewData person_view(const json::value& row) {
    auto view = view_object();
    put(view, "name", row_name(row));
    put_or_false(view, "role", member(row, "role"));
    put_or_false(view, "email", member(row, "email"));
    auto phone = member(row, "phone");
    put_or_false(view, "phone", phone);
    std::erase_if(phone, [](char c) { return (c < '0' || c > '9') && c != '+'; });
    put(view, "href", "tel:" + phone);
    return view;
}

bool is_people(const Field& field) {
    return std::find(field.columns.begin(), field.columns.end(), "email") != field.columns.end();
}

// What else a row says, beside the name it is listed by.
ViewData name_view(const json::value& row) {
    auto view = view_object();
    const auto name = row_name(row);
    put(view, "name", name);
    std::string more;
    if (const auto* object = row.if_object())
        for (const auto& cell : *object) {
            if (cell.key() == "listed_as" || !cell.value().is_string()) continue;
            const std::string text(cell.value().get_string());
            if (!text.empty() && text != name) more += (more.empty() ? "" : ", ") + text;
        }
    put_or_false(view, "more", more);
    return view;
}

ViewData rows_view(const App& app, const Field& field, const json::array& rows, const locale::Tag& locale) {
    auto items = view_list();
    for (const auto& row : ordered_rows(rows, locale))
        append(items, is_people(field) ? person_view(row) : name_view(row));
    auto view = view_object();
    put(view, "label", label_of(app, field, locale));
    const auto key = field.name == "signatories" ? "rows.signatories" : "rows.count";
    put(view, "count", app.catalog->text(locale, key, {{"count", std::int64_t(rows.size())}}));
    put(view, "items", std::move(items));
    return view;
}

// Keys of articles as links; one that is not published for this reader is left out.
ViewData related_view(App& app, const Field& field, const Page& page) {
    const auto* keys = page.shared.if_contains(field.name);
    if (!keys || !keys->is_array()) return nothing();
    auto items = view_list();
    const auto store = store_of(app);
    for (const auto& key : keys->get_array()) {
        if (!key.is_string()) continue;
        const auto article = editing::find_article(store, std::string(key.get_string()));
        const auto other = article ? publishing::find_page(store, article->id, page.locale) : std::nullopt;
        if (!other) continue;
        auto item = text_view(other->title.text, other->title.lang, page.locale);
        put(item, "href", page_path(page.locale, other->here));
        append(items, std::move(item));
    }
    if (items.is_empty_list()) return nothing();
    auto view = view_object();
    put(view, "label", label_of(app, field, page.locale));
    put(view, "items", std::move(items));
    return view;
}

}  // namespace

std::optional<std::string> date_of(const ContentType& type, const json::object& shared, const locale::Tag& locale) {
    for (const auto& field : type.fields) {
        if (field.kind != FieldKind::date || field.name != "date") continue;
        const auto text = text_in(shared.if_contains(field.name), locale);
        if (const auto date = text ? parse_date(*text) : std::nullopt) return locale::format_date(*date, locale);
    }
    return std::nullopt;
}

std::optional<std::string> range_of(const ContentType& type, const json::object& shared, const locale::Tag& locale) {
    const auto dates = formatted_dates(type, shared, locale);
    for (const auto& field : type.fields)
        if (field.kind == FieldKind::date_range)
            if (const auto range = dates.find(field.name); range != dates.end()) return range->second;
    return std::nullopt;
}

std::optional<std::string> formatted_updated(const Page& page) {
    const auto day = [](Time t) { return std::chrono::floor<std::chrono::days>(t); };
    if (day(page.published_at) == day(page.updated_at)) return std::nullopt;
    return formatted_day(page.updated_at, page.locale);
}

ViewData type_view(const App& app, const std::string& type, const locale::Tag& locale) {
    const auto key = "type." + type;
    if (type == "page") return nothing();
    return ViewData(app.catalog->has(key) ? app.catalog->text(locale, key) : type);
}

void put_fields(App& app, const Page& page, ViewData& view) {
    const auto& type = app.types.find_or_page(page.type);
    auto facts = view_list(), people = view_list(), rows = view_list(), related = view_list();
    for (const auto& field : type.fields) {
        if (is_shown_elsewhere(type, field)) continue;
        const auto* value = page.shared.if_contains(field.name);
        if (field.kind == FieldKind::rows) {
            if (value && value->is_array() && !value->get_array().empty())
                append(is_people(field) ? people : rows, rows_view(app, field, value->get_array(), page.locale));
        } else if (field.kind == FieldKind::list && field.name == "related") {
            if (auto links = related_view(app, field, page); !links.is_false()) append(related, std::move(links));
        } else if (auto fact = fact_view(type, field, page)) {
            put(*fact, "label", label_of(app, field, page.locale));
            append(facts, std::move(*fact));
        }
    }
    put(view, "page_type", type_view(app, page.type, page.locale));
    // Without a date of its own it has the one that lists show; an interval stands among the facts.
    auto date = date_of(type, page.shared, page.locale);
    if (!date && !range_of(type, page.shared, page.locale)) date = formatted_day(page.published_at, page.locale);
    put(view, "page_date", date ? ViewData(*date) : nothing());
    put(view, "facts", items_view(std::move(facts)));
    put(view, "people", std::move(people));
    put(view, "rows", std::move(rows));
    put(view, "related", std::move(related));
}

}  // namespace stele::site
