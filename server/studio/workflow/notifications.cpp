// What the account has been told, and how it is told.
#include <fmt/format.h>

#include "server/digest_letter.hpp"
#include "server/form.hpp"
#include "server/mail/sender.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/workflow/workflow.hpp"
#include "server/urls.hpp"
#include "src/locale/format.hpp"
#include "src/workflow/digest.hpp"
#include "src/workflow/feed.hpp"
#include "src/workflow/grouped.hpp"

namespace stele::studio {
namespace {

constexpr int rows_per_page = 50;
constexpr std::string_view address = "/studio/notifications";

std::int64_t account_of(const Call& call) { return call.session->user.id; }

ViewData filters_view(const App& app, const Call& call, bool unread) {
    auto filters = view_list();
    const auto add = [&](std::string_view key, bool only_unread) {
        auto one = view_object();
        put(one, "href", std::string(address) + (only_unread ? "?unread=1" : ""));
        put(one, "text", word(app, call, key));
        put(one, "current", only_unread == unread);
        append(filters, std::move(one));
    };
    add("notifications.all", false);
    add("notifications.only-unread", true);
    return filters;
}

ViewData row_view(const App& app, const Call& call, const workflow::Notification& n) {
    auto row = view_object();
    put(row, "unread", !n.read_at);
    put(row, "href", address_of(n, call.session->user.name));
    put(row, "text", sentence_of(app, call.language, n));
    put(row, "since", time_view(app, call, n.at));
    return row;
}

// `secret`: of the feeds, where it has just been made.
ViewData feeds_view(App& app, const Call& call, const std::string& secret) {
    if (secret.empty()) return nothing();
    auto items = view_list();
    for (const auto& tag : enabled_locales(app)) {
        auto item = view_object();
        put(item, "where", language_label(call, tag));
        put(item, "href",
            fmt::format("{}/feeds/worklist/{}/{}.atom", base_url_of(app, call.request), tag.text(), secret));
        append(items, std::move(item));
    }
    auto feeds = view_object();
    put(feeds, "items", std::move(items));
    return feeds;
}

http::Response show(App& app, const Call& call, const std::string& secret) {
    const auto store = store_of(app);
    const bool unread = call.request.query("unread") == "1";
    const auto list = workflow::list_grouped(
        store, account_of(call), {.unread = unread, .limit = rows_per_page, .after = call.request.query("after")});
    auto data = view_object();
    put(data, "filters", filters_view(app, call, unread));
    auto rows = view_list();
    bool any = false;
    for (const auto& n : list.items) {
        any = any || !n.read_at;
        append(rows, row_view(app, call, n));
    }
    put(data, "rows", std::move(rows));
    put(data, "empty", list.items.empty());
    put(data, "up_to", any ? ViewData(rfc3339(list.items.front().at)) : nothing());
    put(data, "next", list.next ? ViewData(target_with(call.request, "after", *list.next)) : nothing());
    const bool sends = mail::is_configured(app.options), has_address = call.session->user.mail.has_value();
    put(data, "can_mail", sends && has_address);
    put(data, "no_mail", word(app, call, sends ? "notifications.no-mail" : "notifications.mail-off"));
    put(data, "wants_digest", workflow::wants_digest(store, account_of(call)));
    put(data, "feeds", feeds_view(app, call, secret));
    const auto made = workflow::find_feed_token(store, account_of(call));
    put(data, "feed_since",
        made ? ViewData(word(app, call, "notifications.feed.since",
                             {{"ago", locale::format_relative(*made, app.now(), call.language)}}))
             : nothing());
    return page(app, call, "workflow/notifications", word(app, call, "notifications.title"), std::move(data));
}

}  // namespace

http::Response show_notifications(App& app, const Call& call) { return show(app, call, {}); }

http::Response read_all(App& app, const Call& call) {
    const auto up_to = parse_rfc3339(form_of(call.request).text("up_to"));
    if (!up_to) throw Error(ErrorCode::malformed, "form");
    workflow::read_all_notifications(store_of(app, call), account_of(call), *up_to);
    return see_other(std::string(address));
}

http::Response set_digest(App& app, const Call& call) {
    workflow::set_digest(store_of(app, call), account_of(call), form_of(call.request).has("digest"));
    return see_other(std::string(address));
}

http::Response change_feed(App& app, const Call& call) {
    if (form_of(call.request).text("action") == "revoke") {
        workflow::revoke_feed_token(store_of(app, call), account_of(call));
        return see_other(std::string(address));
    }
    return show(app, call, workflow::renew_feed_token(store_of(app, call), account_of(call)));
}

}  // namespace stele::studio
