#include "server/studio/shell.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/routes.hpp"
#include "server/site/answer.hpp"
#include "server/studio/accounts/names.hpp"
#include "server/studio/editor/names.hpp"
#include "server/studio/frame_names.hpp"
#include "server/studio/scripts.hpp"
#include "server/studio/settings/memory_names.hpp"
#include "server/studio/studio.hpp"
#include "server/studio/terms/names.hpp"
#include "server/studio/workflow/names.hpp"
#include "src/base/embedded.hpp"
#include "src/locale/format.hpp"
#include "src/storage/site.hpp"
#include "src/workflow/grouped.hpp"

namespace stele::studio {
namespace {

// Words without arguments that templates may name.
constexpr std::string_view word_groups[] = {"memory.",        "studio.",  "state.",    "segment.", "nav.",
                                            "role.",          "editor.",  "shell.",    "home.",    "board.",
                                            "worklist.",      "history.", "articles.", "locales.", "settings.",
                                            "notifications.", "account.", "reviews.",  "comments."};

constexpr std::string_view data_names = R"(
    title site_name lang dir style user name role csrf here href text current count locale native interfaces tag
    can_create notice mistakes items where anchor sent code used tabs sorts filters rows next empty key type
    source state shape word pending published segments words ago at iso since priority progress done outdated
    missing left is_source article article_lang article_dir version source_name source_lang source_dir
    target_name target_lang target_dir id kind kind_name number source_text diff same added removed former old
    target print source_print lines keep kept can_keep can_write can_publish mistake theirs theirs_by orphans
    retired has_retired slug slug_print ask edit_href preview_href view_href article_href action is_missing
    is_outdated label value hint fields area input chosen hidden changes what locales keepable types priorities
    body article_version slug_mistake slug_theirs has_sent whole_added whole_removed has_changes
    has_locales detail lead updated editions
)";

std::string mangled(std::string_view key) {
    std::string name(key);
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return name;
}

bool is_page_word(const locale::Catalog& catalog, const std::string& key) {
    const bool ours = std::any_of(std::begin(word_groups), std::end(word_groups),
                                  [&](std::string_view group) { return key.starts_with(group); });
    return ours && catalog.arguments("en", key).empty();
}

ViewData words_of(const App& app, const Call& call) {
    auto words = view_object();
    for (const auto& key : app.catalog->keys("en"))
        if (is_page_word(*app.catalog, key)) put(words, mangled(key), app.catalog->text(call.language, key));
    return words;
}

// The pages that stand in the frame of every page; `key` goes there after "g".
struct FramePage {
    std::string_view path, label, key;
};
constexpr FramePage frame_pages[] = {
    {"/studio", "home.title", "h"},        {"/studio/worklist", "studio.worklist", "w"},
    {"/studio/board", "board.title", "b"}, {"/studio/articles", "articles.title", "a"},
    {"/studio/terms", "shell.terms", "t"}, {"/studio/settings", "settings.title", "s"},
};
constexpr std::string_view notifications_path = "/studio/notifications";
constexpr std::string_view account_path = "/studio/account";

bool is_within(std::string_view path, std::string_view page) {
    if (page == "/studio") return path == page;
    return path == page || (path.starts_with(page) && path[page.size()] == '/');
}

ViewData nav_view(const App& app, const Call& call) {
    auto nav = view_list();
    for (const auto& one : frame_pages) {
        if (!is_served(one.path)) continue;
        auto item = view_object();
        put(item, "href", one.path);
        put(item, "text", word(app, call, one.label));
        put(item, "key", one.key);
        put(item, "current", is_within(call.request.path, one.path));
        append(nav, std::move(item));
    }
    return nav;
}

ViewData bell_view(App& app, const Call& call) {
    if (!is_served(notifications_path)) return nothing();
    const auto unread = workflow::unread_groups(store_of(app), call.session->user.id);
    auto bell = view_object();
    put(bell, "href", notifications_path);
    put(bell, "text",
        unread == 0 ? word(app, call, "shell.notifications") : word(app, call, "shell.unread", {{"count", unread}}));
    put(bell, "count", unread == 0 ? nothing() : ViewData(locale::format_number(unread, call.language)));
    return bell;
}

ViewData user_view(App& app, const Call& call) {
    if (!call.session) return nothing();
    auto user = view_object();
    put(user, "nav", nav_view(app, call));
    put(user, "bell", bell_view(app, call));
    put(user, "account_href", is_served(account_path) ? ViewData(std::string(account_path)) : nothing());
    put(user, "shell_script", script_address("shell.mjs"));
    put(user, "name", call.session->user.name);
    put(user, "role",
        word(app, call, fmt::format("role.{}", accounts::name_of(accounts::leading_role(call.session->user.grants)))));
    put(user, "csrf", call.session->csrf);
    put(user, "can_create", accounts::can_somewhere(call.session->known(), accounts::Action::edit_source));
    put(user, "here", call.request.method == "GET" ? call.request.target : std::string("/studio"));
    auto interfaces = view_list();
    for (const auto& text : app.catalog->tags()) {
        const auto tag = locale::Tag::stored(text);
        auto one = view_object();
        put(one, "tag", text);
        put(one, "native", locale::native_name(tag));
        put_language(one, tag);
        put(one, "current", tag == call.language);
        interfaces << one;
    }
    put(user, "interfaces", interfaces);
    return user;
}

std::string style_address() {
    static const auto hash = site::hash_of(embedded::find("server/studio/studio.css").value_or(""));
    return "/studio/studio.css?v=" + hash;
}

void set_headers(http::Response& response, const Call& call) {
    response.set("Cache-Control", "no-store");
    response.set("Content-Language", call.language.text());
    response.set("X-Robots-Tag", "noindex");
    response.set("X-Content-Type-Options", "nosniff");
    // A sign-in link's address is a secret.
    response.set("Referrer-Policy", "same-origin");
    response.set("Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
                 "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
}

}  // namespace

std::string view_names(const locale::Catalog& catalog) {
    std::string names(data_names);
    names += frame_names;
    names += editor_names;
    names += account_names;
    names += term_names;
    names += workflow_names;
    names += memory_names;
    for (const auto& key : catalog.keys("en"))
        if (is_page_word(catalog, key)) names += " t." + mangled(key);
    return names;
}

bool is_served(std::string_view path) {
    return routes().find("GET", path).pattern == path;  // and not an address of the site
}

http::Response page(App& app, const Call& call, const std::string& name, std::string_view title, ViewData data,
                    int status) {
    put(data, "title", title);
    put(data, "site_name", app.options.site_name);
    put_language(data, call.language);
    put(data, "style", style_address());
    put(data, "t", words_of(app, call));
    put(data, "user", user_view(app, call));
    auto response = http::text_response(status, "text/html; charset=utf-8", app.views->render("studio/" + name, data));
    set_headers(response, call);
    return response;
}

http::Response see_other(std::string location) {
    auto response = http::redirect(303, std::move(location));
    response.set("Cache-Control", "no-store");
    return response;
}

std::string word(const App& app, const Call& call, std::string_view key, const Params& params) {
    return app.catalog->text(call.language, key, params);
}

std::string language_name(const Call& call, const locale::Tag& tag) { return locale::display_name(tag, call.language); }

std::string type_name(const App& app, const Call& call, std::string_view type) {
    const auto key = fmt::format("type.{}", type);
    return app.catalog->has(key) ? word(app, call, key) : std::string(type);
}

void put_language(ViewData& data, const locale::Tag& tag) {
    put(data, "lang", tag.text());
    put(data, "dir", locale::name_of(locale::direction_of(tag)));
}

ViewData time_view(const App& app, const Call& call, Time t) {
    auto time = view_object();
    put(time, "ago", locale::format_relative(t, app.now(), call.language));
    put(time, "at", locale::format_time(t, call.language));
    // HTML takes three digits of a second at most, and nobody reads them.
    put(time, "iso", rfc3339(std::chrono::floor<std::chrono::seconds>(t)));
    return time;
}

ViewData state_view(const App& app, const Call& call, content::State state) {
    const auto key = fmt::format("state.{}", content::name_of(state));
    auto view = view_object();
    put(view, "name", content::name_of(state));
    put(view, "shape", word(app, call, key + ".shape"));
    put(view, "word", word(app, call, key));
    return view;
}

ViewData mistakes_view(const App& app, const Call& call, const std::vector<Mistake>& mistakes) {
    if (mistakes.empty()) return nothing();
    auto items = view_list();
    for (const auto& mistake : mistakes) {
        auto item = view_object();
        put(item, "anchor", mistake.anchor);
        put(item, "where", mistake.where);
        put(item, "text", mistake.text);
        items << item;
    }
    auto view = view_object();
    put(view, "lead", word(app, call, "studio.errors.title", {{"count", std::int64_t(mistakes.size())}}));
    put(view, "items", items);
    return view;
}

ViewData progress_view(const App& app, const Call& call, const content::Counts& segments,
                       const content::Counts& words) {
    const auto done = segments.total - segments.missing - segments.outdated;
    const auto share = [&](std::int64_t n) {
        return fmt::format("{:.1f}", segments.total ? 100.0 * double(n) / double(segments.total) : 0.0);
    };
    auto view = view_object();
    put(view, "done", share(done));
    put(view, "outdated", share(segments.outdated + done));
    put(view, "segments",
        word(app, call, "studio.worklist.segments",
             {{"done", locale::format_number(done, call.language)}, {"total", segments.total}}));
    const auto left = words.missing + words.outdated;
    put(view, "left", left == 0 ? nothing() : ViewData(word(app, call, "studio.words-left", {{"count", left}})));
    return view;
}

std::string left_text(const App& app, const Call& call, const content::Counts& segments) {
    std::string text;
    if (segments.missing > 0) text = word(app, call, "editor.missing", {{"count", segments.missing}});
    if (segments.outdated > 0)
        text += (text.empty() ? "" : " · ") + word(app, call, "editor.outdated", {{"count", segments.outdated}});
    return text;
}

std::string removal_path(ArticleId id) { return fmt::format("/studio/deleted/{}", number(id)); }

std::string article_path(ArticleId id) { return fmt::format("/studio/articles/{}", number(id)); }
std::string text_path(ArticleId id, const locale::Tag& locale) { return article_path(id) + "/" + locale.text(); }
std::string worklist_path(const locale::Tag& locale) { return "/studio/worklist/" + locale.text(); }

std::vector<locale::Tag> enabled_locales(App& app) {
    const auto store = store_of(app);
    const auto site = store.db.reading([&](db::Connection& c) { return storage::read_site(c, store.default_locale); });
    std::vector<locale::Tag> tags;
    for (const auto& one : site->locales)
        if (site->find_enabled(one.tag)) tags.push_back(one.tag);
    return tags;
}

std::string plain_lines(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            plain += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            plain += '\n';  // browsers make a line end of a lone CR as well (HTML, "newline normalization")
        }
    }
    return plain;
}

std::string print_of(std::string_view text) { return site::hash_of(plain_lines(text)); }

}  // namespace stele::studio
