// Settings: the log of changes, for administrators. The newest first, of one kind or of one person where asked.
#include <fmt/format.h>

#include "server/http/percent.hpp"
#include "server/studio/accounts/log_words.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/accounts/audit.hpp"
#include "src/base/number.hpp"
#include "src/storage/change_kinds.hpp"

namespace stele::studio {
namespace {

constexpr int rows_per_page = 100;

// The title in the reader's language, else the source's; of what is deleted its key, of what is gone its number.
void put_article(ViewData& row, const App& app, const Call& call, std::int64_t id, const accounts::LogPage& page) {
    const auto at = page.articles.find(id);
    const bool known = at != page.articles.end();
    const bool deleted = known && at->second.deleted;
    auto article = view_object();
    put(article, "text",
        !known                     ? word(app, call, "log.number", {{"number", std::to_string(id)}})
        : at->second.title.empty() ? at->second.key
                                   : at->second.title);
    put_language(article, known && at->second.title_locale ? *at->second.title_locale : call.language);
    put(article, "href", nothing());
    if (known) put(article, "href", deleted ? removal_path(ArticleId(id)) : article_path(ArticleId(id)));
    put(article, "deleted", deleted ? ViewData(word(app, call, "log.deleted")) : nothing());
    put(row, "article", std::move(article));
}

std::string log_path(const std::string& kind, const std::string& actor) {
    return fmt::format("/studio/settings/log?kind={}&actor={}", http::percent_encoded(kind),
                       http::percent_encoded(actor));
}

ViewData entry_view(const App& app, const Call& call, const accounts::LogEntry& entry, const accounts::LogPage& page) {
    auto row = view_object();
    put(row, "updated", time_view(app, call, entry.at));
    put(row, "kind_word", kind_word(app, call, entry.kind));
    put(row, "name", actor_word(app, call, entry.actor));
    put(row, "actor_href", log_path({}, entry.actor));
    put(row, "article", nothing());
    if (entry.article_id) put_article(row, app, call, *entry.article_id, page);
    const auto locale = locale::Tag::parse(entry.locale);
    put(row, "where", locale ? ViewData(language_label(call, *locale)) : nothing());
    put(row, "about", text_or_nothing(about(app, call, entry)));
    return row;
}

accounts::LogQuery query_of(App& app, const Call& call) {
    accounts::LogQuery query{.kind = call.request.query("kind").value_or(""),
                             .actor = call.request.query("actor").value_or(""),
                             .titles_in = titles_in(app, call, enabled_locales(app)),
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
    const auto query = query_of(app, call);
    const auto found = accounts::read_log(store_of(app), query);
    auto data = view_object();
    auto rows = view_list();
    for (const auto& entry : found.entries) append(rows, entry_view(app, call, entry, found));
    put(data, "none", found.entries.empty());
    put(data, "rows", std::move(rows));
    put(data, "next_href", nothing());
    if (found.next) put(data, "next_href", fmt::format("{}&before={}", log_path(query.kind, query.actor), *found.next));
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
