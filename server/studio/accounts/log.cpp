// Settings: the log of changes, for administrators. The newest first, of one kind or of one person where asked.
#include <fmt/format.h>

#include "server/http/percent.hpp"
#include "server/studio/accounts/grants_form.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/accounts/audit.hpp"
#include "src/base/number.hpp"
#include "src/storage/change_kinds.hpp"

namespace stele::studio {
namespace {

constexpr int rows_per_page = 100;

std::string kind_word(const App& app, const Call& call, std::string_view kind) {
    return word(app, call, fmt::format("log.kind.{}", kind));
}

// Grants are said as everywhere; of what was planned and refused the reason is the name of an error.
std::string value_text(const App& app, const Call& call, std::string_view kind, std::string_view name,
                       const boost::json::value& value) {
    if (!value.is_string()) return boost::json::serialize(value);
    const std::string text(value.get_string());
    if (kind.starts_with("user-") || kind.starts_with("token-"))
        if (name == "grants" || name == "before") return grant_words(app, call, accounts::grants_from(text));
    if (name == "checks" && text == "overridden") return word(app, call, "log.checks-overridden");
    const auto reason = "log.reason." + text;
    return kind == "schedule-failed" && app.catalog->has(reason) ? word(app, call, reason) : text;
}

// What it was about, in short: whom, from where, what, and why.
std::string about(const App& app, const Call& call, const accounts::LogEntry& entry) {
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : " · ") + part;
    };
    for (const char* name :
         {"user", "account", "token", "purpose", "by", "grants", "address", "browser", "count", "added", "status",
          "text", "check", "checks", "before", "source", "target", "note", "reason"})
        if (const auto* value = entry.detail.if_contains(name)) add(value_text(app, call, entry.kind, name, *value));
    return text;
}

ViewData entry_view(const App& app, const Call& call, const accounts::LogEntry& entry) {
    auto row = view_object();
    put(row, "number", std::to_string(entry.position));
    put(row, "updated", time_view(app, call, entry.at));
    put(row, "kind_word", kind_word(app, call, entry.kind));
    put(row, "name", entry.actor);
    put(row, "href", entry.article_id ? ViewData(article_path(ArticleId(*entry.article_id))) : nothing());
    put(row, "article", entry.article_id ? ViewData(std::to_string(*entry.article_id)) : nothing());
    put(row, "locale", text_or_nothing(entry.locale));
    put(row, "about", text_or_nothing(about(app, call, entry)));
    return row;
}

accounts::LogQuery query_of(const Call& call) {
    accounts::LogQuery query{.kind = call.request.query("kind").value_or(""),
                             .actor = call.request.query("actor").value_or(""),
                             .before = std::nullopt,
                             .limit = rows_per_page};
    if (const auto text = call.request.query("before")) {
        query.before = number_from(*text);
        if (!query.before)
            throw Error(ErrorCode::malformed, "parameter", {{"name", "before"}}, {{"?before", "field.cursor", {}}});
    }
    return query;
}

}  // namespace

http::Response show_log(App& app, const Call& call) {
    const auto query = query_of(call);
    const auto found = accounts::read_log(store_of(app), query);
    auto data = view_object();
    auto rows = view_list();
    for (const auto& entry : found.entries) append(rows, entry_view(app, call, entry));
    put(data, "none", found.entries.empty());
    put(data, "rows", std::move(rows));
    put(data, "next_href", nothing());
    if (found.next)
        put(data, "next_href",
            fmt::format("/studio/settings/log?kind={}&actor={}&before={}", http::percent_encoded(query.kind),
                        http::percent_encoded(query.actor), *found.next));
    auto offered = view_list();
    for (const auto kind : storage::change_kinds) {
        auto one = view_object();
        put(one, "value", kind);
        put(one, "text", kind_word(app, call, kind));
        put(one, "chosen", query.kind == kind);
        append(offered, std::move(one));
    }
    put(data, "kinds", std::move(offered));
    put(data, "account_name", query.actor);
    put_settings(data, app, call);
    return page(app, call, "accounts/log", word(app, call, "settings.log"), std::move(data));
}

}  // namespace stele::studio
