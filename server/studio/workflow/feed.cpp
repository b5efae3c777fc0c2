// The worklist of a locale as an Atom feed (RFC 4287): what came last into it.
#include "src/workflow/feed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/http/conditional.hpp"
#include "server/site/answer.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/workflow/workflow.hpp"
#include "server/urls.hpp"
#include "src/base/xml.hpp"

namespace stele::studio {
namespace {

constexpr int entries_shown = 50;
constexpr std::string_view ending = ".atom";

workflow::Person reader_of(App& app, const Call& call) {
    std::string_view token = call.request.param("token");
    if (token.ends_with(ending)) {
        token.remove_suffix(ending.size());
        if (auto person = workflow::find_feed_reader(store_of(app), token)) return *person;
    }
    throw Error(ErrorCode::not_found, "path");
}

ViewData entry_view(const App& app, const locale::Tag& language, const std::string& base,
                    const worklist::WorkItem& item) {
    const auto& e = item.edition;
    auto entry = view_object();
    const auto href = base + text_path(e.article_id, e.locale);
    put(entry, "href", href);
    // What comes back into the list later is another entry.
    put(entry, "id", fmt::format("{}#{}", href, micros(e.since)));
    put(entry, "text", for_xml(e.title));  // titles have no control characters
    put(entry, "lang", e.title_locale.text());
    put(entry, "iso", rfc3339(e.updated_at));
    put(entry, "detail",
        app.catalog->text(language, "notifications.feed.entry",
                          {{"state", app.catalog->text(language, fmt::format("state.{}", content::name_of(e.state)))},
                           {"missing", e.words.missing},
                           {"outdated", e.words.outdated}}));
    return entry;
}

}  // namespace

http::Response show_feed(App& app, const Call& call) {
    static const auto english = locale::Tag::stored("en");
    const auto person = reader_of(app, call);
    if (!accounts::can(person.known.grants, accounts::Action::read_drafts, std::nullopt))
        throw Error(ErrorCode::not_found, "path");
    const auto locale = locale_of(call);
    const auto language = app.catalog->interface_tag(person.interface_locale.value_or(english));
    const auto items = workflow::newest_work(store_of(app), locale, entries_shown);
    const auto base = base_url_of(app, call.request);
    const auto list = base + worklist_path(locale);
    Time updated{};
    auto rows = view_list();
    for (const auto& item : items) {
        updated = std::max(updated, item.edition.updated_at);
        append(rows, entry_view(app, language, base, item));
    }
    auto data = view_object();
    put(data, "lang", language.text());
    put(data, "feed_id", list);
    put(data, "title",
        for_xml(app.catalog->text(
            language, "notifications.feed.title",
            {{"site", app.options.site_name}, {"language", locale::display_name(locale, language)}})));
    put(data, "updated_iso", rfc3339(updated));
    put(data, "self", base + call.request.path);
    put(data, "href", list);
    put(data, "site_name", for_xml(app.options.site_name));
    put(data, "rows", std::move(rows));
    auto text = app.views->render("studio/workflow/feed", data);
    const auto etag = "\"" + site::hash_of(text) + "\"";
    http::Response response;
    if (http::not_modified(call.request, http::parse_entity_tag(etag).value()))
        response.status = 304;
    else
        response = http::text_response(200, "application/atom+xml; charset=utf-8", std::move(text));
    response.set("ETag", etag);
    response.set("Cache-Control", "private, no-cache");
    response.set("X-Robots-Tag", "noindex");
    return response;
}

}  // namespace stele::studio
