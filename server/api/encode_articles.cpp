#include <set>

#include "server/api/encode.hpp"
#include "server/rows.hpp"
#include "server/urls.hpp"

namespace stele::api {
namespace {

namespace json = boost::json;

json::object text_json(const publishing::Text& text) { return api::text_json(text.text, text.lang); }

json::value optional_text(const std::optional<publishing::Text>& text) {
    return text ? json::value(text_json(*text)) : json::value();
}

json::object dates_json(const Shown& shown, const std::string& type, const json::object& shared,
                        const locale::Tag& locale, std::optional<Time> published_at, Time updated_at) {
    json::object dates;
    for (auto& [name, text] : formatted_dates(shown.app.types.find_or_page(type), shared, locale)) dates[name] = text;
    if (published_at) dates["published_at"] = formatted_day(*published_at, locale);
    dates["updated_at"] = formatted_day(updated_at, locale);
    return dates;
}

// Every part says its language, also where it is the page's.
json::object body_json(const publishing::Page& page) {
    json::array parts;
    for (const auto& part : page.parts)
        if (part.text) parts.push_back(api::text_json(*part.text, part.lang.value_or(page.resolved_locale)));
    return {{"html", content::render_html(page.skeleton, page.parts, page.resolved_locale)},
            {"lang", page.resolved_locale.text()},
            {"dir", name_of(locale::direction_of(page.resolved_locale))},
            {"parts", std::move(parts)}};
}

json::object fields_json(const Shown& shown, const publishing::Page& page) {
    auto fields = ordered_fields(shown.app.types.find_or_page(page.type), page.shared, page.locale);
    for (const auto& [name, text] : page.localized_fields) fields.insert_or_assign(name, text_json(text));
    return fields;
}

}  // namespace

json::object article_json(const Shown& shown, const publishing::Page& page, bool published) {
    json::object article{{"id", number(page.id)},
                         {"key", page.key},
                         {"type", page.type},
                         {"locale", page.locale.text()},
                         {"resolved_locale", page.resolved_locale.text()},
                         {"source_locale", page.source_locale.text()}};
    article["url"] =
        published ? json::value(shown.base_url + page_path(page.resolved_locale, page.slug)) : json::value();
    article["slug"] = page.slug;
    article["title"] = text_json(page.title);
    article["summary"] = optional_text(page.summary);
    article["body"] = body_json(page);
    article["fields"] = fields_json(shown, page);
    article["dates"] = dates_json(shown, page.type, page.shared, page.locale,
                                  published ? std::optional(page.published_at) : std::nullopt, page.updated_at);
    json::array alternates;
    for (const auto& other : page.alternates)
        alternates.push_back(json::object{{"locale", other.locale.text()},
                                          {"slug", other.slug},
                                          {"url", shown.base_url + page_path(other.locale, other.slug)}});
    article["alternates"] = std::move(alternates);
    article["published_at"] = published ? json::value(rfc3339(page.published_at)) : json::value();
    article["updated_at"] = rfc3339(page.updated_at);
    return article;
}

json::object article_json(const Shown& shown, const publishing::ListItem& item, const locale::Tag& locale) {
    return {{"id", number(item.id)},
            {"key", item.key},
            {"type", item.type},
            {"locale", locale.text()},
            {"resolved_locale", item.resolved_locale.text()},
            {"source_locale", item.source_locale.text()},
            {"url", shown.base_url + page_path(item.resolved_locale, item.slug)},
            {"slug", item.slug},
            {"title", text_json(item.title)},
            {"summary", optional_text(item.summary)},
            {"fields", ordered_fields(shown.app.types.find_or_page(item.type), item.shared, locale)},
            {"dates", dates_json(shown, item.type, item.shared, locale, item.published_at, item.updated_at)},
            {"published_at", rfc3339(item.published_at)},
            {"updated_at", rfc3339(item.updated_at)}};
}

std::string languages_of(const publishing::Page& page) {
    std::set<std::string> others;
    others.insert(page.title.lang.text());
    if (page.summary) others.insert(page.summary->lang.text());
    for (const auto& [name, text] : page.localized_fields) others.insert(text.lang.text());
    for (const auto& part : page.parts)
        if (part.text && part.lang) others.insert(part.lang->text());
    others.erase(page.resolved_locale.text());
    std::string languages = page.resolved_locale.text();
    for (const auto& other : others) languages += ", " + other;
    return languages;
}

}  // namespace stele::api
