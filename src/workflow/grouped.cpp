#include "src/workflow/grouped.hpp"

#include <algorithm>

#include "src/workflow/paging.hpp"

namespace stele::workflow {
namespace {

constexpr int read_at_once = 50, looked_through = 1'000;

bool is_of_many(Kind kind) { return kind == Kind::assigned || kind == Kind::unassigned; }

// One act has one time.
bool belongs(const Notification& group, const Notification& one) {
    return is_of_many(one.kind) && group.kind == one.kind && group.at == one.at && group.actor == one.actor &&
           group.locale == one.locale;
}

void add(Notification& group, const Notification& one) {
    ++group.texts;
    if (!one.read_at) group.read_at.reset();
}

}  // namespace

NotificationPage list_grouped(const Store& store, std::int64_t account, const NotificationQuery& query) {
    const auto limit = size_t(std::clamp(query.limit, 1, 200));
    NotificationPage page;
    NotificationQuery rows{.unread = query.unread, .limit = read_at_once, .after = query.after};
    std::optional<ListPlace> last;
    for (int looked = 0; looked < looked_through; looked += read_at_once) {
        const auto part = list_notifications(store, account, rows);
        for (const auto& one : part.items) {
            if (!page.items.empty() && belongs(page.items.back(), one)) {
                add(page.items.back(), one);
            } else if (page.items.size() == limit) {
                page.next = cursor_after(*last, list_name(account, query.unread));
                return page;
            } else {
                page.items.push_back(one);
            }
            last = ListPlace{micros(one.at), one.id};
        }
        rows.after = part.next;
        if (!rows.after) return page;
    }
    page.next = rows.after;
    return page;
}

std::int64_t unread_groups(const Store& store, std::int64_t account) {
    return store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT COUNT(*) FROM (SELECT DISTINCT at, kind, actor, locale, CASE WHEN kind IN ('assigned', "
                "'unassigned') THEN 0 ELSE article_id END AS article_id FROM (SELECT at, kind, actor, locale, "
                "article_id FROM notification WHERE account_id = $1 AND unread = 1 ORDER BY at DESC, id DESC LIMIT "
                "$2) latest LIMIT $3) found",
                [](db::Row r) { return r.integer(0); }, account, std::int64_t(looked_through), most_counted)
            .value_or(0);
    });
}

void read_assigned_in(const Store& store, std::int64_t account, const locale::Tag& locale) {
    const auto latest = store.db.reading([&](db::Connection& c) {
        return c.one(
            "SELECT at FROM notification WHERE account_id = $1 AND unread = 1 AND kind = 'assigned' AND locale = $2 "
            "ORDER BY at DESC LIMIT 1",
            [](db::Row r) { return r.integer(0); }, account, locale.text());
    });
    if (!latest) return;
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        t->run(
            "UPDATE notification SET unread = 0, read_at = $3 WHERE account_id = $1 AND unread = 1 AND kind = "
            "'assigned' AND locale = $2 AND at <= $4",
            account, locale.text(), now, *latest);
    });
}

}  // namespace stele::workflow
