#include "server/site/answer.hpp"
#include "server/site/frame.hpp"
#include "server/site/handlers.hpp"
#include "server/urls.hpp"

namespace stele::site {
namespace {

struct Reader {
    locale::Tag locale;
    bool negotiated;
};

// The language of the address, else the reader's own.
Reader reader_of(const storage::Site& site, const http::Request& request) {
    const auto segment = request.path.substr(std::min<size_t>(1, request.path.size()), request.path.find('/', 1) - 1);
    if (const auto locale = enabled_locale(site, segment)) return {*locale, false};
    return {locale::negotiate(request.header_list("Accept-Language"), site.enabled(), site.default_locale).locale,
            true};
}

std::shared_ptr<const storage::Site> site_if_there(App& app) {
    try {
        return site_of(app);
    } catch (const Error&) {
        return nullptr;
    }
}

// "not-found" and the like; a page that is not there has words of its own.
std::string words_of(const App& app, const locale::Tag& locale, const Error& error, std::string_view part) {
    if (error.code() == ErrorCode::not_found)
        return app.catalog->text(locale, "page.not-found." + std::string(part), error.params());
    const auto code = "error." + std::string(name_of(error.code())) + ".";
    const auto precise = code + error.reason() + "." + std::string(part);
    return app.catalog->text(locale, app.catalog->has(precise) ? precise : code + std::string(part), error.params());
}

ViewData exists_view(const Error& error) {
    auto views = view_list();
    const auto* exists = error.members().if_contains("exists_in");
    if (!exists || !exists->is_array()) return views;
    for (const auto& other : exists->get_array()) {
        const auto tag = locale::Tag::stored(std::string(other.at("locale").as_string()));
        auto view = view_object();
        put(view, "href", page_path(tag, std::string(other.at("slug").as_string())));
        put(view, "lang", tag.text());
        put(view, "dir", locale::name_of(locale::direction_of(tag)));
        put(view, "label", locale::native_name(tag));
        views.push_back(std::move(view));
    }
    return views;
}

std::string html_of(App& app, const Error& error, const storage::Site* site, const locale::Tag& locale) {
    Frame frame{.locale = locale, .title = words_of(app, locale, error, "title")};
    frame.index = false;
    if (site)
        for (const auto& l : site->enabled()) frame.languages.push_back({l.tag, list_path(l.tag)});
    auto view = frame_view(app, frame, !site);
    put(view, "heading", text_view(frame.title, app.catalog->interface_tag(locale), locale));
    put(view, "detail", words_of(app, locale, error, "detail"));
    put(view, "exists", items_view(exists_view(error)));
    put(view, "exists_label", app.catalog->text(locale, "page.not-found.other-languages"));
    put(view, "home_label", app.catalog->text(locale, "page.not-found.home"));
    return app.views->render("theme/error", view);
}

}  // namespace

http::Response error_page(App& app, const Call& call, const Error& error) {
    const auto site = site_if_there(app);
    const auto reader = site ? reader_of(*site, call.request) : Reader{call.language, true};
    std::string html;
    try {
        html = html_of(app, error, site.get(), reader.locale);
    } catch (const Error&) {  // the database went away in between
        html = html_of(app, error, nullptr, reader.locale);
    }
    auto response = html_response(std::move(html));
    response.set("Content-Language", reader.locale.text());
    response.set("Cache-Control", "no-cache");
    if (reader.negotiated) response.set("Vary", "Accept-Language");
    return response;
}

}  // namespace stele::site
