#include "server/site/frame.hpp"

#include <algorithm>

#include "server/delivery/invalidation.hpp"
#include "server/http/percent.hpp"
#include "server/site/theme.hpp"
#include "server/urls.hpp"

namespace stele::site {
namespace {

ViewData item(std::string_view label, std::string_view href, bool current) {
    auto view = view_object();
    put(view, "label", label);
    put(view, "href", href);
    put(view, "current", current);
    return view;
}

using Types = delivery::ListedTypes::Types;

// Looked up for every page they would cost as much as the article's own texts.
std::shared_ptr<const Types> listed_types(App& app, const locale::Tag& locale) {
    if (app.invalidation)
        if (auto known = app.invalidation->listed_types(locale)) return known;
    auto types = publishing::listed_types(store_of(app), locale);
    std::sort(types.begin(), types.end());
    return std::make_shared<const Types>(std::move(types));
}

// The types of which readers of the locale get anything; with one type alone there is nothing to choose.
ViewData nav_view(App& app, const Frame& frame) {
    const auto types = listed_types(app, frame.locale);
    auto views = view_list();
    if (types->size() < 2) return views;
    for (const auto& type : *types) {
        const auto key = "type." + type + ".many";
        const auto label = app.catalog->has(key) ? app.catalog->text(frame.locale, key) : type;
        append(views, item(label, list_path(frame.locale, type), frame.type == type));
    }
    return views;
}

ViewData languages_view(const Frame& frame) {
    auto views = view_list();
    for (const auto& language : frame.languages) {
        auto view = item(locale::native_name(language.tag), language.href, frame.current == language.tag);
        put(view, "lang", language.tag.text());
        put(view, "dir", locale::name_of(locale::direction_of(language.tag)));
        append(views, std::move(view));
    }
    return views;
}

ViewData alternates_view(const Frame& frame) {
    auto views = view_list();
    for (const auto& [hreflang, href] : frame.links.alternates) {
        auto view = view_object();
        put(view, "hreflang", hreflang);
        put(view, "href", href);
        append(views, std::move(view));
    }
    return views;
}

void put_words(App& app, const Frame& frame, ViewData& view) {
    auto words = view_object();
    put(words, "mark", mark_view(app.catalog->interface_tag(frame.locale), frame.locale));
    put(view, "words", std::move(words));
    put(view, "skip_label", app.catalog->text(frame.locale, "nav.skip"));
    put(view, "main_label", app.catalog->text(frame.locale, "nav.main"));
    put(view, "language_label", app.catalog->text(frame.locale, "page.languages"));
}

void put_or_false(ViewData& view, const std::string& name, std::string_view text) {
    if (text.empty())
        put(view, name, false);
    else
        put(view, name, text);
}

}  // namespace

std::shared_ptr<const storage::Site> site_of(App& app) {
    const auto default_locale = locale::Tag::stored(app.options.default_locale);
    return app.database->reading([&](db::Connection& c) { return storage::read_site(c, default_locale); });
}

std::optional<locale::Tag> enabled_locale(const storage::Site& site, std::string_view segment) {
    auto tag = locale::Tag::parse(segment);
    if (!tag || !site.find_enabled(*tag)) return std::nullopt;
    return tag;
}

ViewData mark_view(const locale::Tag& lang, const locale::Tag& around) {
    if (lang == around) return ViewData(ViewData::type::bool_false);
    auto mark = view_object();
    put(mark, "lang", lang.text());
    put(mark, "dir", locale::name_of(locale::direction_of(lang)));
    return mark;
}

ViewData text_view(std::string_view text, const locale::Tag& lang, const locale::Tag& around) {
    auto view = view_object();
    put(view, "text", text);
    put(view, "mark", mark_view(lang, around));
    return view;
}

ViewData items_view(ViewData list) {
    if (list.is_empty_list()) return ViewData(ViewData::type::bool_false);
    auto view = view_object();
    put(view, "items", std::move(list));
    return view;
}

std::string document_title(const App& app, std::string_view title) {
    return title.empty() ? app.options.site_name : std::string(title) + " · " + app.options.site_name;
}

std::string list_path(const locale::Tag& locale, std::string_view type) {
    const auto path = "/" + locale.text() + "/";
    return type.empty() ? path : path + "?type=" + http::percent_encoded(type);
}

ViewData frame_view(App& app, const Frame& frame, bool bare) {
    auto view = view_object();
    put(view, "lang", frame.locale.text());
    put(view, "dir", locale::name_of(locale::direction_of(frame.locale)));
    put(view, "document_title", document_title(app, frame.title));
    put_or_false(view, "description", frame.description.value_or(""));
    put(view, "noindex", !frame.index);
    put_or_false(view, "canonical", frame.links.canonical);
    put(view, "alternates", alternates_view(frame));
    put(view, "css_href", app.theme->address("site.css"));
    put(view, "icon_href", app.theme->address("icon.svg"));
    put(view, "site_name", app.options.site_name);
    put(view, "home_href", bare ? "/" : list_path(frame.locale));
    put(view, "nav", items_view(bare ? view_list() : nav_view(app, frame)));
    put(view, "languages", items_view(languages_view(frame)));
    put_words(app, frame, view);
    return view;
}

}  // namespace stele::site
