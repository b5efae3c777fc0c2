// Durable saves (SQLite, synchronous FULL): how many a second, how long one takes, and what the number of locales
// adds. Beside it a plain connection per writer that commits alone. On the disk of TMPDIR, else /tmp.
#include <fmt/format.h>
#include <sqlite3.h>

#include <atomic>
#include <memory>
#include <stdexcept>

#include "tests/bench/support/filled_site.hpp"
#include "tests/bench/support/measure.hpp"

namespace {

using namespace stele;

constexpr int paragraphs = 8, many_clients = 64;
constexpr double seconds = 4;

struct Rate {
    double per_second = 0, p50 = 0, p99 = 0;  // µs
};

// Each client saves again and again: save(client, its how-many-eth).
Rate rate_of(int clients, const std::function<void(int, int)>& save) {
    std::vector<std::vector<double>> times(static_cast<size_t>(clients));
    const auto begin = bench::wall_micros();
    bench::on_threads(clients, [&](int client) {
        for (int n = 0; bench::wall_micros() - begin < seconds * 1e6; ++n) {
            const auto from = bench::wall_micros();
            save(client, n);
            times[size_t(client)].push_back(bench::wall_micros() - from);
        }
    });
    const auto took = bench::wall_micros() - begin;
    std::vector<double> all;
    for (const auto& mine : times) all.insert(all.end(), mine.begin(), mine.end());
    return {double(all.size()) / took * 1e6, bench::percentile(all, 50), bench::percentile(all, 99)};
}

// An article with its Norwegian for each client; one segment of it is what a client saves.
class Desk {
  public:
    Desk(const Store& store, int clients) : store_(store), seats_(static_cast<size_t>(clients)) {
        bench::on_threads(clients, [&](int client) {
            auto& seat = seats_[size_t(client)];
            seat.id = bench::add_article(store_, unsigned(client), paragraphs, true).id;
            seat.version = bench::translate(store_, seat.id, "nb", unsigned(client), paragraphs, true).version;
            for (const auto& s : editing::list_segments(store_, seat.id, bench::tag("nb")))
                if (s.field == "body" && s.kind == content::Kind::paragraph) seat.segment = s.id;
        });
    }
    void save(int client, int n) {
        auto& seat = seats_[size_t(client)];
        editing::Changes changes;
        changes.segments.push_back({seat.segment, fmt::format("{} {}.", bench::words(unsigned(n), 40), n)});
        const auto expected = editing::Expected::of(seat.version.translation, seat.version.source);
        seat.version = editing::save_translation(store_, seat.id, bench::tag("nb"), changes, expected, "bench").version;
    }

  private:
    struct Seat {
        ArticleId id{};
        editing::Version version;
        std::string segment;
    };
    Store store_;
    std::vector<Seat> seats_;
};

Rate segment_saves(size_t locales, int clients) {
    const bench::Folder folder;
    const auto app = bench::open_site(folder.path() + "/site.db", bench::locales(locales));
    Desk desk(store_of(*app), clients);
    return rate_of(clients, [&](int client, int n) { desk.save(client, n); });
}

// The first paragraph of the source, which becomes outdated in every locale.
bench::Cost source_save(size_t locales) {
    const bench::Folder folder;
    const auto tags = bench::locales(locales);
    const auto app = bench::open_site(folder.path() + "/site.db", tags);
    const auto store = store_of(*app);
    const auto article = bench::add_article(store, 1, paragraphs, true);
    for (size_t i = 1; i < tags.size(); ++i)
        bench::translate(store, article.id, tags[i], unsigned(i), paragraphs, false);
    auto version = article.version;
    return bench::cost_of(
        [&](int n) {
            editing::Changes changes;
            changes.body = fmt::format("Number {}: ", n) + bench::body(1, paragraphs);
            const auto expected = editing::Expected::of(version.translation, version.source);
            version =
                editing::save_translation(store, article.id, store.default_locale, changes, expected, "bench").version;
        },
        seconds);
}

// What the simplest program would do: a connection for each writer, a transaction for each save.
class Plain {
  public:
    explicit Plain(const std::string& file) {
        sqlite3* opened = nullptr;
        if (sqlite3_open(file.c_str(), &opened) != SQLITE_OK) throw std::runtime_error("sqlite3_open");
        db_.reset(opened);
        sqlite3_busy_timeout(opened, 60'000);
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = FULL");
        run("CREATE TABLE IF NOT EXISTS segment (id INTEGER PRIMARY KEY, text TEXT, version INTEGER)");
        run("CREATE TABLE IF NOT EXISTS revision (id INTEGER PRIMARY KEY, segment INTEGER, document TEXT)");
    }
    void save(int client, int n) {
        run("BEGIN IMMEDIATE");
        run(
            fmt::format("INSERT INTO segment VALUES ({0}, '{1}', 1) ON CONFLICT (id) DO UPDATE SET text = '{1}', "
                        "version = version + 1",
                        client, bench::words(unsigned(n), 40)));
        run(fmt::format("INSERT INTO revision (segment, document) VALUES ({}, '{}')", client, document_));
        run("COMMIT");
    }

  private:
    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close(db); }
    };
    void run(const std::string& sql) {
        if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_.get()));
    }
    std::unique_ptr<sqlite3, Close> db_;
    std::string document_ = bench::body(1, paragraphs);
};

Rate plain_saves(int clients) {
    const bench::Folder folder;
    std::vector<Plain> writers;
    for (int i = 0; i < clients; ++i) writers.emplace_back(folder.path() + "/plain.db");
    return rate_of(clients, [&](int client, int n) { writers[size_t(client)].save(client, n); });
}

void print(const bench::Table& table, const std::string& what, int clients, const Rate& rate) {
    table.row({what, std::to_string(clients), bench::figure(rate.per_second), bench::figure(rate.p50 / 1e3),
               bench::figure(rate.p99 / 1e3)});
}

}  // namespace

int main() {
    {
        const bench::Table table("durable saves of one segment", {"writer", "clients", "saves/s", "p50 ms", "p99 ms"});
        const auto few = segment_saves(4, 1), many = segment_saves(40, 1);
        print(table, "4 locales", 1, few);
        print(table, "40 locales", 1, many);
        print(table, "plain connection", 1, plain_saves(1));
        print(table, "4 locales", many_clients, segment_saves(4, many_clients));
        print(table, "40 locales", many_clients, segment_saves(40, many_clients));
        print(table, "plain connection each", many_clients, plain_saves(many_clients));
        table.row({"p50 of 40 locales / 4, one client", "", bench::ratio(many.p50, few.p50)});
    }
    const bench::Table table("a paragraph of the source, which outdates every translation, µs (median)",
                             {"locales", "wall", "cpu of the caller", "wall per locale"});
    for (const size_t locales : {4u, 40u}) {
        const auto cost = source_save(locales);
        table.row({std::to_string(locales), bench::figure(cost.wall), bench::figure(cost.cpu),
                   bench::figure(cost.wall / double(locales))});
    }
}
