#include "server/metrics/collect.hpp"

#include "server/delivery/cache.hpp"
#include "server/delivery/invalidation.hpp"
#include "server/http/server.hpp"
#include "server/metrics/process.hpp"
#include "server/version.hpp"
#include "src/content/state.hpp"
#include "src/storage/change_log.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::metrics {
namespace {

void add_front(const App& app, Families& families) {
    const auto& front = *app.front;
    add_requests(front.traffic(), *app.kinds, families);
    families.gauge("stele_http_connections", "Connections that are open.", double(front.connections()));
    families.gauge("stele_http_waiting_requests", "Requests that wait for a worker.", double(front.waiting()));
    families.counter("stele_http_refused_requests_total", "Requests that were answered 503 for want of a worker.",
                     double(front.refused()));
}

void add_cache(const delivery::Cache& cache, Families& families) {
    const auto counts = cache.counts();
    families.counter("stele_cache_hits_total", "Answers found ready.", double(counts.hits));
    families.counter("stele_cache_misses_total", "Answers that might have been kept and were not there.",
                     double(counts.misses));
    families.counter("stele_cache_kept_total", "Answers put into the cache.", double(counts.kept));
    families.counter("stele_cache_evictions_total", "Answers that went for want of room.", double(counts.evicted));
    families.counter("stele_cache_drops_total", "Keys dropped by changes.", double(counts.drops));
    families.gauge("stele_cache_entries", "Answers that are kept.", double(counts.entries));
    families.gauge("stele_cache_bytes", "Memory that they take.", double(counts.bytes));
    families.gauge("stele_cache_limit_bytes", "Memory that they may take.", double(counts.most_bytes));
}

void add_places(std::string_view use, const db::Activity::Places& places, Families& families) {
    const Labels labels{{"use", std::string(use)}};
    families.gauge("stele_db_connections_limit", "Connections to the database that there may be.", places.all, labels);
    families.gauge("stele_db_connections_in_use", "Those that are in use.", places.lent, labels);
    families.gauge("stele_db_connections_awaited", "Threads that wait for one.", places.waiting, labels);
    families.counter("stele_db_connections_refused_total", "Waits for one that were in vain.", double(places.refused),
                     labels);
}

void add_database(const db::Database& database, Families& families) {
    constexpr std::array<double, 9> writes{1, 2, 4, 8, 16, 32, 64, 128, 256};
    const auto activity = database.activity();
    add_places("read", activity.readers, families);
    if (activity.writers.all > 0) add_places("write", activity.writers, families);
    families.counter("stele_db_rows_written_total", "Rows that committed writes changed.",
                     double(database.rows_written()));
    families.gauge("stele_db_writes_waiting", "Writes that no transaction has taken yet.", double(activity.waiting));
    std::array<std::uint64_t, 9> commits{};
    std::copy(activity.commits_by_writes.begin(), activity.commits_by_writes.end(), commits.begin());
    families.histogram("stele_db_commit_writes", "Writes that one commit made durable.", writes, commits,
                       double(activity.writes));
    if (database.dialect() == db::Dialect::postgres) return;
    families.counter("stele_db_checkpoints_total", "Times that SQLite's log was moved into the database.",
                     double(activity.checkpoints));
    families.gauge("stele_db_wal_pages", "Pages of SQLite's log after the last commit.", double(activity.wal_pages));
}

void add_invalidation(const delivery::Invalidation& invalidation, Families& families) {
    const auto followed = invalidation.followed();
    families.counter("stele_follower_looks_total", "Looks at the log of changes.", double(followed.looks));
    families.counter("stele_follower_failures_total", "Looks that failed: then nothing is kept.",
                     double(followed.failures));
    families.counter("stele_follower_changes_total", "Changes found there.", double(followed.changes));
    families.gauge("stele_follower_position", "The change before which none is missing.", double(followed.settled));
    const auto purged = invalidation.purged();
    families.counter("stele_purge_delivered_total", "Messages that the purge hook delivered.",
                     double(purged.delivered));
    families.counter("stele_purge_failures_total", "Messages that it could not deliver yet.", double(purged.failed));
    families.gauge("stele_purge_waiting_keys", "Keys that wait to be delivered.", double(purged.waiting));
}

void add_newest_change(App& app, Families& families) {
    const auto newest = app.database->reading(storage::newest_position);
    families.gauge("stele_change_position", "The newest change of the log.", double(newest));
}

void add_editions(App& app, Families& families) {
    constexpr auto name = "stele_editions", help = "Articles in each language, by what is left to do.";
    for (const auto& coverage : worklist::coverage(store_of(app))) {
        const auto add = [&](std::string_view state, const worklist::StateTotal& total) {
            families.gauge(name, help, double(total.articles),
                           {{"locale", coverage.locale.text()}, {"state", std::string(state)}});
        };
        for (size_t i = 0; i < coverage.states.size(); ++i)
            add(content::name_of(content::State(i)), coverage.states[i]);
        add("source", coverage.source);
    }
}

// What has to be asked of the database.
void add_stored(App& app, Families& families) {
    bool up = true;
    try {
        add_newest_change(app, families);
        add_editions(app, families);
    } catch (const Error&) {
        up = false;
    }
    families.gauge("stele_db_up", "Whether the database answers.", up ? 1 : 0);
}

}  // namespace

std::string collect(App& app) {
    Families families;
    families.gauge("stele_build_info", "What is running.", 1, {{"version", std::string(version)}});
    if (app.front) add_front(app, families);
    if (app.cache) add_cache(*app.cache, families);
    if (app.invalidation) add_invalidation(*app.invalidation, families);
    add_database(*app.database, families);
    add_stored(app, families);
    add_process(families);
    return families.text();
}

}  // namespace stele::metrics
