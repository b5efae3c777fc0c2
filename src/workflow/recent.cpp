#include "src/workflow/recent.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "src/storage/change_log.hpp"

namespace stele::workflow {
namespace {

using accounts::Action;

constexpr std::chrono::minutes visit_lasts{30}, noted_each{5};
constexpr int looked_at = 1'000;
constexpr size_t actors_named = 3;

struct Visit {
    std::int64_t seen_before = 0, seen = 0;
    Time at{};
};

std::optional<Visit> find_visit(db::Connection& c, std::int64_t account) {
    return c.one(
        "SELECT seen_before, seen, visited_at FROM attention WHERE account_id = $1",
        [](db::Row r) {
            return Visit{r.integer(0), r.integer(1), time_of(r.integer(2))};
        },
        account);
}

void write(const Store& store, std::int64_t account, const Visit& visit) {
    store.db.write([&](db::Transaction& t) {
        t->run(
            "INSERT INTO attention (account_id, digest, digest_at, seen_before, seen, visited_at) VALUES ($1, 1, 0, "
            "$2, $3, $4) ON CONFLICT (account_id) DO UPDATE SET seen_before = excluded.seen_before, seen = "
            "excluded.seen, visited_at = excluded.visited_at",
            account, visit.seen_before, visit.seen, visit.at);
    });
}

constexpr std::array<std::string_view, 10> shown_kinds{"save",      "create", "restore", "import", "publish",
                                                       "unpublish", "keep",   "review",  "assign", "comment"};

bool is_shown(std::string_view kind) { return std::ranges::find(shown_kinds, kind) != shown_kinds.end(); }

struct Entry {
    RecentChange change;
    std::string actor;
};

std::vector<Entry> read_entries(db::Connection& c, std::int64_t position) {
    return c.all(
        "SELECT l.position, l.kind, l.article_id, a.key, l.locale, a.source_locale, l.actor, l.at FROM (SELECT "
        "position, kind, article_id, locale, actor, at FROM change WHERE position > $1 ORDER BY position DESC LIMIT "
        "$2) l JOIN article a ON a.id = l.article_id WHERE l.locale IS NOT NULL AND a.deleted_at IS NULL ORDER BY "
        "l.position DESC",
        [](db::Row r) {
            Entry entry{.change = {.position = r.integer(0),
                                   .kind = r.text(1),
                                   .article_id = ArticleId(r.integer(2)),
                                   .key = r.text(3),
                                   .locale = locale::Tag::stored(r.text(4)),
                                   .is_source = r.text_view(4) == r.text_view(5),
                                   .title = {},
                                   .title_locale = locale::Tag::stored(r.text(4)),
                                   .at = time_of(r.integer(7))},
                        .actor = r.text(6)};
            return entry;
        },
        position, looked_at);
}

bool concerns(const accounts::Known& caller, const Entry& entry) {
    if (entry.actor == caller.name || !is_shown(entry.change.kind)) return false;
    return entry.change.is_source || accounts::can(caller.grants, Action::translate, entry.change.locale);
}

void put_title(db::Connection& c, RecentChange& change) {
    c.query("SELECT title, title_locale FROM edition WHERE article_id = $1 AND locale = $2",
            std::vector<db::Value>{db::to_value(change.article_id), db::to_value(change.locale.text())},
            [&](db::Row r) {
                change.title = r.text(0);
                change.title_locale = locale::Tag::stored(r.text(1));
            });
}

void add(std::vector<RecentChange>& items, std::map<std::string, size_t>& places, Entry entry) {
    auto& change = entry.change;
    const auto name =
        change.kind + ' ' + std::to_string(number(change.article_id)) + ' ' + std::string(change.locale.text());
    const auto [at, fresh] = places.emplace(name, items.size());
    if (fresh) {
        items.push_back(std::move(change));
        items.back().actors.push_back(std::move(entry.actor));
        return;
    }
    auto& item = items[at->second];
    ++item.times;
    if (item.actors.size() < actors_named && std::ranges::find(item.actors, entry.actor) == item.actors.end())
        item.actors.push_back(std::move(entry.actor));
}

}  // namespace

std::int64_t begin_visit(const Store& store, std::int64_t account) {
    const Time now = store.now();
    const auto [visit, newest] = store.db.reading(
        [&](db::Connection& c) { return std::pair(find_visit(c, account), storage::newest_position(c)); });
    if (!visit) {
        write(store, account, {0, newest, now});
        return 0;
    }
    if (now - visit->at > visit_lasts) {
        write(store, account, {visit->seen, newest, now});
        return visit->seen;
    }
    if (now - visit->at > noted_each) write(store, account, {visit->seen_before, newest, now});
    return visit->seen_before;
}

RecentChanges changes_since(const Store& store, const accounts::Known& caller, std::int64_t position, size_t limit) {
    return store.db.reading([&](db::Connection& c) {
        RecentChanges recent;
        std::map<std::string, size_t> places;
        auto entries = read_entries(c, position);
        recent.more = entries.size() >= size_t(looked_at);
        for (auto& entry : entries)
            if (concerns(caller, entry)) add(recent.items, places, std::move(entry));
        if (recent.items.size() > limit) {
            recent.items.erase(recent.items.begin() + std::ptrdiff_t(limit), recent.items.end());
            recent.more = true;
        }
        for (auto& item : recent.items) put_title(c, item);
        return recent;
    });
}

}  // namespace stele::workflow
