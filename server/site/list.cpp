// /{locale}/: everything that a reader of the locale gets, in its order, by type where asked for.
#include <set>

#include "server/delivery/shown.hpp"
#include "server/rows.hpp"
#include "server/site/answer.hpp"
#include "server/site/fields.hpp"
#include "server/site/frame.hpp"
#include "server/site/handlers.hpp"
#include "server/urls.hpp"
#include "src/content/markdown.hpp"

namespace stele::site {
namespace {

using publishing::ListItem;
using publishing::ListPage;
using publishing::ListQuery;

constexpr int items_per_page = 25;

// What is dated is news: what came last is read first. Everything else is looked for by its title.
publishing::Sort first_order(const App& app, const std::optional<std::string>& type) {
    const auto* found = type ? app.types.find(*type) : nullptr;
    const auto* date = found ? found->find("date") : nullptr;
    return date && date->kind == content::FieldKind::date ? publishing::Sort::published : publishing::Sort::title;
}

ListQuery query_of(const App& app, const locale::Tag& locale, const http::Request& request) {
    ListQuery query{
        .locale = locale, .type = request.query("type"), .limit = items_per_page, .after = request.query("after")};
    if (query.type && !app.types.find(*query.type)) throw Error(ErrorCode::not_found, "path");
    query.sort = first_order(app, query.type);
    if (const auto sort = request.query("sort")) {
        if (*sort != "title" && *sort != "published")
            throw Error(ErrorCode::malformed, "parameter", {{"name", "sort"}, {"value", *sort}});
        query.sort = *sort == "published" ? publishing::Sort::published : publishing::Sort::title;
    }
    return query;
}

// The date that the list is ordered by, if it is by one.
std::string date_of_item(const App& app, const ListItem& item, const ListQuery& query) {
    auto published = formatted_day(item.published_at, query.locale);
    if (query.sort == publishing::Sort::published) return published;
    const auto& type = app.types.find_or_page(item.type);
    if (auto date = date_of(type, item.shared, query.locale)) return *date;
    return range_of(type, item.shared, query.locale).value_or(published);
}

// The name of the language that the item is in, where it is not the reader's.
ViewData other_language(const ListItem& item, const locale::Tag& locale) {
    if (item.resolved_locale == locale) return ViewData(ViewData::type::bool_false);
    return text_view(locale::native_name(item.resolved_locale), item.resolved_locale, locale);
}

ViewData item_view(const App& app, const ListItem& item, const ListQuery& query) {
    const auto& locale = query.locale;
    auto view = view_object();
    put(view, "href", page_path(locale, item.here));
    put(view, "title", text_view(item.title.text, item.title.lang, locale));
    put(view, "summary", ViewData(ViewData::type::bool_false));
    if (item.summary) {
        auto summary = text_view("", item.summary->lang, locale);
        put(summary, "text_html", content::render_inline_html(item.summary->text));
        put(view, "summary", std::move(summary));
    }
    put(view, "page_type", type_view(app, item.type, locale));
    put(view, "date", date_of_item(app, item, query));
    put(view, "other", other_language(item, locale));
    return view;
}

std::string address(const App& app, const ListQuery& query, const std::optional<std::string>& after) {
    auto path = list_path(query.locale, query.type.value_or(""));
    const auto add = [&](std::string_view pair) { path += (path.ends_with('/') ? "?" : "&") + std::string(pair); };
    if (query.sort != first_order(app, query.type))
        add(query.sort == publishing::Sort::title ? "sort=title" : "sort=published");
    if (after) add("after=" + http::percent_encoded(*after));
    return path;
}

ViewData sorts_view(const App& app, const ListQuery& query) {
    auto views = view_list();
    for (const auto sort : {publishing::Sort::title, publishing::Sort::published}) {
        auto other = query;
        other.sort = sort;
        auto view = view_object();
        put(view, "href", address(app, other, std::nullopt));
        put(view, "label",
            app.catalog->text(query.locale,
                              sort == publishing::Sort::title ? "list.sort.title" : "list.sort.published"));
        put(view, "current", sort == query.sort);
        append(views, std::move(view));
    }
    return views;
}

std::string heading_of(const App& app, const ListQuery& query) {
    if (!query.type) return app.options.site_name;
    const auto key = "type." + *query.type + ".many";
    return app.catalog->has(key) ? app.catalog->text(query.locale, key) : *query.type;
}

Frame frame_of(const App& app, const std::string& base, const ListQuery& query, const storage::Site& site) {
    Frame frame{.locale = query.locale, .title = query.type ? heading_of(app, query) : ""};
    // One order is enough for those who collect addresses.
    auto first = query;
    first.sort = first_order(app, query.type);
    frame.links.canonical = base + (query.after ? address(app, query, query.after) : address(app, first, std::nullopt));
    frame.current = query.locale;
    frame.type = query.type;
    for (const auto& l : site.enabled()) {
        auto there = query;
        there.locale = l.tag;
        frame.languages.push_back({l.tag, address(app, there, std::nullopt)});
        there.sort = first.sort;
        if (!query.after) frame.links.alternates.emplace_back(l.tag.text(), base + address(app, there, std::nullopt));
    }
    if (!query.after && !query.type) frame.links.alternates.emplace_back("x-default", base + "/");
    return frame;
}

void put_list(const App& app, const ListQuery& query, const ListPage& list, ViewData& view) {
    auto items = view_list();
    for (const auto& item : list.items) append(items, item_view(app, item, query));
    put(view, "empty_label", ViewData(ViewData::type::bool_false));
    if (list.items.empty()) put(view, "empty_label", app.catalog->text(query.locale, "list.empty"));
    put(view, "articles", items_view(std::move(items)));
    put(view, "heading",
        text_view(heading_of(app, query), query.type ? app.catalog->interface_tag(query.locale) : query.locale,
                  query.locale));
    put(view, "count_label", ViewData(ViewData::type::bool_false));
    if (list.total) put(view, "count_label", app.catalog->text(query.locale, "list.count", {{"count", *list.total}}));
    put(view, "sorts", items_view(list.items.size() > 1 ? sorts_view(app, query) : view_list()));
    put(view, "next_href", ViewData(ViewData::type::bool_false));
    if (list.next) put(view, "next_href", address(app, query, list.next));
    put(view, "next_label", app.catalog->text(query.locale, "nav.next"));
}

std::string content_language(const ListPage& list, const locale::Tag& locale) {
    std::set<std::string> others;
    for (const auto& item : list.items) {
        others.insert(item.title.lang.text());
        if (item.summary) others.insert(item.summary->lang.text());
    }
    others.erase(locale.text());
    auto languages = locale.text();
    for (const auto& other : others) languages += ", " + other;
    return languages;
}

http::Response list_of(App& app, const Call& call) {
    const auto site = site_of(app);
    const auto& written = call.request.param("locale");
    const auto locale = enabled_locale(*site, written);
    if (!locale) throw Error(ErrorCode::not_found, "page");
    if (locale->text() != written)
        return moved(308, list_path(*locale) + call.request.target.substr(std::min(call.request.target.size(),
                                                                                   call.request.target.find('?'))));
    const auto query = query_of(app, *locale, call.request);
    ListPage list;
    try {
        list = publishing::list_articles(store_of(app), query);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::cursor_expired) throw;
        return moved(302, address(app, query, std::nullopt));  // the order is another one now: from its beginning
    }
    const auto frame = frame_of(app, base_url_of(app, call.request), query, *site);
    auto view = frame_view(app, frame);
    put_list(app, query, list, view);
    auto response = page_answer(call.request, app.views->render("theme/list", view));
    response.set("Content-Language", content_language(list, *locale));
    response.set("Link", link_field(frame.links));
    auto keys = delivery::keys_of(*site, *locale, list);
    keys.push_back(delivery::types_key(*locale));
    keep(app, response, std::move(keys));
    return response;
}

}  // namespace

// One snapshot, as for a page.
http::Response show_list(App& app, const Call& call) {
    return app.database->reading([&](db::Connection&) { return list_of(app, call); });
}

}  // namespace stele::site
