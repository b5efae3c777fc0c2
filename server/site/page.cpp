// /{locale}/{slug}: one article as a reader of the locale gets it.
#include "server/site/page.hpp"

#include <algorithm>
#include <set>

#include "server/delivery/shown.hpp"
#include "server/site/answer.hpp"
#include "server/site/fields.hpp"
#include "server/site/frame.hpp"
#include "server/site/handlers.hpp"
#include "server/urls.hpp"
#include "src/content/markdown.hpp"
#include "src/locale/format.hpp"

namespace stele::site {
namespace {

using publishing::Page;

// The languages of the texts, without that of the page itself.
std::set<locale::Tag> other_languages(const Page& page) {
    std::set<locale::Tag> others{page.title.lang};
    if (page.summary) others.insert(page.summary->lang);
    for (const auto& [name, text] : page.localized_fields) others.insert(text.lang);
    for (const auto& part : page.parts)
        if (part.text && part.lang) others.insert(*part.lang);
    others.erase(page.resolved_locale);
    return others;
}

std::string content_language(const Page& page) {
    auto others = other_languages(page);
    auto list = page.locale.text();
    if (page.locale != page.resolved_locale) list += ", " + page.resolved_locale.text();
    others.erase(page.locale);
    for (const auto& other : others) list += ", " + other.text();
    return list;
}

// A reader whose language the page is not in yet keeps the way back to what is: each language leads to this page where
// it has it, else to its list.
std::vector<Language> languages_around(const storage::Site& site, const Page& page) {
    std::vector<Language> languages;
    for (const auto& l : site.enabled()) {
        const auto same = std::find_if(page.alternates.begin(), page.alternates.end(),
                                       [&](const auto& a) { return a.locale == l.tag; });
        languages.push_back(
            {l.tag, same == page.alternates.end() ? list_path(l.tag) : page_path(same->locale, same->slug)});
    }
    return languages;
}

Frame frame_of(const storage::Site& site, const std::string& base, const Page& page, bool preview) {
    Frame frame{.locale = page.locale, .title = page.title.text};
    frame.description = page.summary ? std::optional(content::visible_text(page.summary->text)) : std::nullopt;
    frame.index = !preview;
    frame.links = links_of(base, page);
    if (preview) frame.links.canonical.clear();
    if (page.locale != page.resolved_locale) {
        frame.languages = languages_around(site, page);
        return frame;
    }
    for (const auto& a : page.alternates) frame.languages.push_back({a.locale, page_path(a.locale, a.slug)});
    frame.current = page.locale;
    return frame;
}

std::string in_words(const App& app, const locale::Tag& of, const locale::Tag& reader) {
    return locale::display_name(of, app.catalog->interface_tag(reader));
}

// A page in another language than the reader's says so, and where the real one is.
ViewData fallback_notice(const App& app, const Page& page) {
    if (page.locale == page.resolved_locale) return ViewData(ViewData::type::bool_false);
    const auto shown = in_words(app, page.resolved_locale, page.locale);
    auto view = view_object();
    put(view, "text",
        app.catalog->text(page.locale, "page.fallback-notice",
                          {{"language", in_words(app, page.locale, page.locale)}, {"shown", shown}}));
    put(view, "notice_link", app.catalog->text(page.locale, "page.fallback-link", {{"language", shown}}));
    put(view, "href", page_path(page.resolved_locale, page.slug));
    put(view, "hreflang", page.resolved_locale.text());
    return view;
}

void put_notices(const App& app, const Page& page, bool preview, ViewData& view) {
    put(view, "notice", fallback_notice(app, page));
    put(view, "partial_notice", false);
    if (const auto others = other_languages(page); !others.empty())
        put(view, "partial_notice",
            app.catalog->text(page.locale, "page.partial-notice",
                              {{"language", in_words(app, *others.begin(), page.locale)}}));
    put(view, "preview_notice", false);
    if (preview) put(view, "preview_notice", app.catalog->text(page.locale, "page.preview-notice"));
}

void put_text(const Page& page, ViewData& view) {
    const auto& lang = page.resolved_locale;
    put(view, "title", text_view(page.title.text, page.title.lang, page.locale));
    put(view, "summary", false);
    if (page.summary) {
        auto summary = text_view("", page.summary->lang, page.locale);
        put(summary, "text_html", content::render_inline_html(page.summary->text));
        put(view, "summary", std::move(summary));
    }
    put(view, "mark", mark_view(lang, page.locale));
    put(view, "body_html", content::render_html(page.skeleton, page.parts, lang));
}

}  // namespace

http::Response page_response(App& app, const Call& call, const Page& page, bool preview) {
    const auto frame = frame_of(*site_of(app), base_url_of(app, call.request), page, preview);
    auto view = frame_view(app, frame);
    put_text(page, view);
    put_notices(app, page, preview, view);
    put_fields(app, page, view);
    const auto updated = formatted_updated(page);
    put(view, "updated", false);
    if (updated) put(view, "updated", app.catalog->text(page.locale, "page.updated", {{"date", *updated}}));
    auto response = page_answer(call.request, app.views->render("theme/page", view), std::to_string(page.number));
    response.set("Content-Language", content_language(page));
    if (!preview) response.set("Link", link_field(frame.links));
    if (preview) response.set("Cache-Control", "no-store");
    return response;
}

namespace {

http::Response kept(const App& app, http::Response response, delivery::Keys keys) {
    keep(app, response, std::move(keys));
    return response;
}

http::Response page_at(App& app, const Call& call) {
    const auto site = site_of(app);
    const auto& written = call.request.param("locale");
    const auto& slug = call.request.param("slug");
    const auto locale = enabled_locale(*site, written);
    if (!locale) throw Error(ErrorCode::not_found, "path");
    if (locale->text() != written) return moved(308, page_path(*locale, slug));
    const auto route = publishing::read_page(store_of(app), *locale, slug);
    if (const auto* to = std::get_if<publishing::Redirect>(&route))
        return kept(app, moved(to->status, page_path(to->locale, to->slug)), {std::string(delivery::routes_key)});
    if (const auto* page = std::get_if<Page>(&route)) {
        auto keys = delivery::keys_of(*site, *page, slug);
        keys.push_back(delivery::types_key(*locale));  // the site's navigation
        return kept(app, page_response(app, call, *page, false), std::move(keys));
    }
    throw nothing_here(std::get<publishing::Nothing>(route));
}

}  // namespace

// One snapshot: no page says two versions, and a transaction costs as much as some look-ups.
http::Response show_page(App& app, const Call& call) {
    return app.database->reading([&](db::Connection&) { return page_at(app, call); });
}

Error nothing_here(const publishing::Nothing& nothing) {
    boost::json::array exists_in;
    for (const auto& other : nothing.exists_in)
        exists_in.push_back(boost::json::object{{"locale", other.locale.text()}, {"slug", other.slug}});
    return Error(ErrorCode::not_found, "page", {}, {}, {{"exists_in", std::move(exists_in)}});
}

http::Response without_slash(App&, const Call& call) {
    const auto& target = call.request.target;
    const auto path = target.substr(0, target.find('?'));
    return moved(308, path.substr(0, path.find_last_not_of('/') + 1) + target.substr(path.size()));
}

}  // namespace stele::site
