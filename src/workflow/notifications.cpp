#include "src/workflow/notifications.hpp"

#include <algorithm>
#include <array>

#include "src/base/error.hpp"
#include "src/storage/rows.hpp"
#include "src/storage/tidy.hpp"
#include "src/workflow/paging.hpp"

namespace stele::workflow {
namespace {

struct Named {
    Kind kind;
    std::string_view name;
};
constexpr std::array names{Named{Kind::assigned, "assigned"},
                           Named{Kind::unassigned, "unassigned"},
                           Named{Kind::source_changed, "source-changed"},
                           Named{Kind::review_requested, "review-requested"},
                           Named{Kind::changes_requested, "changes-requested"},
                           Named{Kind::approved, "approved"},
                           Named{Kind::review_withdrawn, "review-withdrawn"},
                           Named{Kind::comment, "comment"},
                           Named{Kind::mention, "mention"},
                           Named{Kind::conflict, "conflict"},
                           Named{Kind::schedule_failed, "schedule-failed"}};

constexpr std::chrono::hours kept_when_read{90 * 24}, kept{365 * 24};

Notification notification_from(const db::Row& r) {
    Notification n{.id = r.integer(0),
                   .kind = kind_named(r.text_view(1)).value_or(Kind::assigned),
                   .article_id = ArticleId(r.integer(2)),
                   .key = r.text(8),
                   .locale = locale::Tag::stored(r.text(3)),
                   .title = r.optional_text(9).value_or(""),
                   .title_locale = locale::Tag::stored(r.optional_text(10).value_or(r.text(3))),
                   .actor = r.text(4),
                   .detail = boost::json::parse(r.text(5)).as_object(),
                   .times = r.integer(6),
                   .texts = 1,
                   .at = time_of(r.integer(7)),
                   .read_at = {}};
    if (const auto at = r.optional_integer(11)) n.read_at = time_of(*at);
    return n;
}

// The page first, then what it shows of each. The title is missing where the locale is not enabled any more.
std::string list_sql(bool unread, bool after) {
    std::string page = "SELECT id, kind, article_id, locale, actor, detail, times, at, read_at FROM notification ";
    page += "WHERE account_id = $1";
    if (unread) page += " AND unread = 1";
    if (after) page += " AND (at, id) < ($3, $4)";
    page += " ORDER BY at DESC, id DESC LIMIT $2";
    return "SELECT n.id, n.kind, n.article_id, n.locale, n.actor, n.detail, n.times, n.at, a.key, e.title, "
           "e.title_locale, n.read_at FROM (" +
           page +
           ") n JOIN article a ON a.id = n.article_id LEFT JOIN edition e ON e.article_id = n.article_id AND e.locale "
           "= n.locale ORDER BY n.at DESC, n.id DESC";
}

}  // namespace

std::string_view name_of(Kind kind) {
    for (const auto& named : names)
        if (named.kind == kind) return named.name;
    return {};
}

std::optional<Kind> kind_named(std::string_view name) {
    for (const auto& named : names)
        if (named.name == name) return named.kind;
    return std::nullopt;
}

std::string list_name(std::int64_t account, bool unread) {
    return "notifications " + std::to_string(account) + (unread ? " unread" : "");
}

NotificationPage list_notifications(const Store& store, std::int64_t account, const NotificationQuery& query) {
    const auto name = list_name(account, query.unread);
    const auto limit = std::clamp(query.limit, 1, 200);
    return store.db.reading([&](db::Connection& c) {
        NotificationPage page;
        if (query.after) {
            const auto after = place_after(*query.after, name);
            page.items =
                c.all(list_sql(query.unread, true), notification_from, account, limit + 1, after.key, after.id);
        } else {
            page.items = c.all(list_sql(query.unread, false), notification_from, account, limit + 1);
        }
        if (page.items.size() > size_t(limit)) {
            page.items.pop_back();
            const auto& last = page.items.back();
            page.next = cursor_after({micros(last.at), last.id}, name);
        }
        return page;
    });
}

std::int64_t unread_count(const Store& store, std::int64_t account) {
    return store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT COUNT(*) FROM (SELECT 1 FROM notification WHERE account_id = $1 AND unread = 1 LIMIT $2) "
                "n",
                [](db::Row r) { return r.integer(0); }, account, most_counted)
            .value_or(0);
    });
}

void read_notifications(const Store& store, std::int64_t account, const std::vector<std::int64_t>& ids) {
    if (ids.empty()) return;
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        for (const auto id : ids)
            t->run("UPDATE notification SET unread = 0, read_at = $3 WHERE id = $1 AND account_id = $2 AND unread = 1",
                   id, account, now);
    });
}

void read_all_notifications(const Store& store, std::int64_t account, Time up_to) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        t->run("UPDATE notification SET unread = 0, read_at = $3 WHERE account_id = $1 AND unread = 1 AND at <= $2",
               account, up_to, now);
    });
}

bool has_unread_about(const Store& store, std::int64_t account, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT 1 FROM notification WHERE account_id = $1 AND article_id = $2 AND locale = $3 AND unread = 1 "
                "LIMIT 1",
                [](db::Row) { return true; }, account, id, locale.text())
            .has_value();
    });
}

void read_notifications_about(db::Transaction& t, std::int64_t account, ArticleId id, const locale::Tag& locale,
                              Time now) {
    // What came since is news again.
    t->run(
        "UPDATE notification SET unread = 0, read_at = $4 WHERE account_id = $1 AND article_id = $2 AND locale = $3 "
        "AND unread = 1 AND at <= $4",
        account, id, locale.text(), now);
}

void tell_conflict(const Store& store, std::int64_t account, ArticleId id, const locale::Tag& locale,
                   const Actor& other) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) { tell(t, {Kind::conflict, id, locale, other, {}, now}, {account}); });
}

void forget_notifications(const Store& store) {
    const Time now = store.now();
    storage::delete_old(store.db, {"notification", "id", "unread = 0 AND at < $1"}, now - kept_when_read);
    storage::delete_old(store.db, {"notification", "id", "unread = 1 AND at < $1"}, now - kept);
}

void tell(db::Transaction& t, const Telling& what, std::vector<std::int64_t> accounts,
          std::optional<std::int64_t> but) {
    // In one order, so that two transactions that tell the same people wait for each other and not in a circle.
    std::ranges::sort(accounts);
    accounts.erase(std::unique(accounts.begin(), accounts.end()), accounts.end());
    if (but) std::erase(accounts, *but);
    if (accounts.empty()) return;
    storage::Rows rows("notification", "account_id, kind, article_id, locale, actor, detail, times, at, unread",
                       "ON CONFLICT (account_id, article_id, locale, kind) WHERE unread = 1 DO UPDATE SET times = "
                       "notification.times + 1, at = excluded.at, actor = excluded.actor, detail = excluded.detail");
    const auto detail = boost::json::serialize(what.detail);
    for (const auto account : accounts)
        rows.add(account, name_of(what.kind), what.article_id, what.locale.text(), what.actor, detail, std::int64_t(1),
                 what.at, std::int64_t(1));
    rows.write(t);
}

}  // namespace stele::workflow
