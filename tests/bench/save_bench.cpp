// Durable saves (SQLite, synchronous FULL): how many a second, how long one takes, and what the number of locales
// adds. Beside it a plain connection per writer that commits alone. On the disk of TMPDIR, else /tmp.
#include <fmt/format.h>
#include <sqlite3.h>

#include <atomic>
#include <boost/json.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

#include "src/accounts/tokens.hpp"
#include "tests/bench/support/filled_site.hpp"
#include "tests/bench/support/load.hpp"
#include "tests/bench/support/measure.hpp"
#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"

namespace {

using namespace stele;

constexpr int paragraphs = 8, many_clients = 64, large_segments = 10'000;
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

    struct Seat {
        ArticleId id{};
        editing::Version version;
        std::string segment;
    };
    const Seat& seat(int client) const { return seats_[size_t(client)]; }

  private:
    Store store_;
    std::vector<Seat> seats_;
};

Rate segment_saves(size_t locales, int clients) {
    const bench::Folder folder;
    const auto app = bench::open_site(folder.path() + "/site.db", bench::locales(locales));
    Desk desk(store_of(*app), clients);
    return rate_of(clients, [&](int client, int n) { desk.save(client, n); });
}

// The same through the real server: from the request's first byte to the answer's last, over kept connections. Beside
// them two readers, who each ask a hundred times a second: one for a page, which is kept ready, and one for a working
// text, which is read and made each time.
struct Readers {
    double kept = 0, made = 0;  // µs, median
};
struct Served {
    Rate saves;
    Readers busy, quiet;
    double cpu = 0;  // µs of the server's for each save
};
struct Read {
    std::uint16_t port;
    std::string token, page, text;
};

double reader_median(const Read& read, const std::string& path, const std::atomic<bool>& done) {
    test::HttpClient reader(read.port);
    if (path == read.text) reader.with("Authorization", "Bearer " + read.token);
    std::vector<double> times;
    for (auto next = std::chrono::steady_clock::now(); !done; next += std::chrono::milliseconds(10)) {
        const auto from = bench::wall_micros();
        if (reader.get(path).status != 200) throw std::runtime_error("the page was not served");
        times.push_back(bench::wall_micros() - from);
        std::this_thread::sleep_until(next);
    }
    return bench::percentile(times, 50);
}

template <class F>
Readers readers_beside(const Read& read, const F& body) {
    std::atomic<bool> done = false;
    auto kept = std::async(std::launch::async, [&] { return reader_median(read, read.page, done); });
    auto made = std::async(std::launch::async, [&] { return reader_median(read, read.text, done); });
    body();
    done = true;
    return {kept.get(), made.get()};
}

std::string patch_of(const Desk::Seat& seat, const std::string& token, std::uint16_t port, std::string_view etag,
                     int n) {
    const auto body = fmt::format(R"({{"segments":[{{"id":"{}","text":"{} {}."}}]}})", seat.segment,
                                  bench::words(unsigned(n), 40), n);
    return fmt::format(
        "PATCH /api/v1/articles/{}/translations/nb HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n"
        "If-Match: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        number(seat.id), port, token, etag, body.size(), body);
}

std::string etag_of(const std::string& answer) {
    constexpr std::string_view field = "\r\nETag: ";
    const auto at = answer.find(field) + field.size();
    return answer.substr(at, answer.find("\r\n", at) - at);
}

// The real server on the database in `folder`.
test::Child serve(const bench::Folder& folder) {
    return test::Child({STELE_BINARY, "serve"},
                       {.environment = {{"STELE_DATABASE", "sqlite:" + folder.path() + "/site.db"},
                                        {"STELE_LISTEN", "127.0.0.1:0"},
                                        {"STELE_MAX_REQUESTS_PER_CONNECTION", "0"}}});
}

Served served_saves(int clients) {
    const bench::Folder folder;
    auto app = bench::open_site(folder.path() + "/site.db", bench::locales(4));
    const Desk desk(store_of(*app), clients);
    const auto token = accounts::create_token(store_of(*app), {.name = "bench", .grants = {{accounts::Role::admin}}});
    const auto page = "/en/" + editing::find_translation(store_of(*app), desk.seat(0).id, bench::tag("en"))->slug;
    app.reset();
    auto server = serve(folder);
    const auto port = server.port();
    Served served;
    const Read read{port, token, page, fmt::format("/api/v1/articles/{}/translations/en", number(desk.seat(0).id))};
    served.quiet = readers_beside(read, [] { std::this_thread::sleep_for(std::chrono::seconds(2)); });
    std::vector<int> sent(size_t(clients), 0);
    const auto next = [&](int client, const std::string& answer) {
        const auto& seat = desk.seat(client);
        return patch_of(seat, token, port, answer.empty() ? seat.version.etag() : etag_of(answer),
                        ++sent[size_t(client)]);
    };
    const auto cpu = server.cpu_micros();
    bench::Load load;
    served.busy = readers_beside(read, [&] { load = bench::load(port, next, 200, clients, seconds); });
    const auto saves = double(load.times.size());
    served.cpu = (server.cpu_micros() - cpu) / saves;
    served.saves = {saves / load.seconds, bench::percentile(load.times, 50), bench::percentile(load.times, 99)};
    return served;
}

// The largest article that there may be, as one client saves it through the API: all at once, and one segment of it.
class LargeArticle {
  public:
    LargeArticle() : secret_(made(folder_)), server_(serve(folder_)), client_(server_.port(), std::chrono::minutes(1)) {
        client_.with("Authorization", "Bearer " + secret_).with("Content-Type", "application/json");
    }

    void run(const bench::Table& table) {
        const boost::json::object article{{"key", "large"}, {"translation", whole("en", 0)}};
        table.row({"POST of the source", time("POST", "/api/v1/articles", article)});
        for (const std::string locale : {"nb", "en"}) {
            path_ = "/api/v1/articles/large/translations/" + locale;
            etag_ = client_.get(path_).header("ETag");
            table.row({locale + ": PUT, all", time("PUT", path_, whole(locale, 1))});
            const auto ids = segments();
            table.row({locale + ": PATCH, all", time("PATCH", path_, patch(locale, ids, 2))});
            table.row({locale + ": PATCH, one", time("PATCH", path_, patch(locale, {ids[5'000]}, 3))});
            table.row({locale + ": PUT, one changed", time("PUT", path_, whole(locale, 2))});
        }
    }

  private:
    // An empty site; the secret of who may do everything there.
    static std::string made(const bench::Folder& folder) {
        const auto app = bench::open_site(folder.path() + "/site.db", bench::locales(4));
        return accounts::create_token(store_of(*app), {.name = "bench", .grants = {{accounts::Role::admin}}});
    }
    static std::string paragraph(const std::string& locale, int n, int round) {
        return fmt::format("{} {}, {}, {}.", bench::words(unsigned(n), 8), n, locale, round);
    }
    static boost::json::object whole(const std::string& locale, int round) {
        std::string body;
        for (int n = 0; n < large_segments; ++n) body += paragraph(locale, n, round) + "\n\n";
        return {{"title", "Large " + locale}, {"body", body}};
    }
    static boost::json::object patch(const std::string& locale, const std::vector<std::string>& ids, int round) {
        boost::json::array segments;
        for (int n = 0; n < int(ids.size()); ++n)
            segments.push_back(boost::json::object{{"id", ids[size_t(n)]}, {"text", paragraph(locale, n, round)}});
        return {{"segments", std::move(segments)}};
    }
    std::vector<std::string> segments() {
        std::vector<std::string> ids;
        const auto answer = boost::json::parse(client_.get(path_ + "/segments").body);
        for (const auto& item : answer.at("items").as_array())
            if (item.at("field") == "body") ids.emplace_back(item.at("id").as_string());
        return ids;
    }
    std::string time(std::string_view method, const std::string& path, const boost::json::object& body) {
        const auto text = boost::json::serialize(body);
        test::Headers headers;
        if (!etag_.empty()) headers.emplace_back("If-Match", etag_);
        const auto from = bench::wall_micros();
        const auto answer = client_.request(method, path, headers, text);
        const auto took = bench::wall_micros() - from;
        if (answer.status / 100 != 2) throw std::runtime_error(answer.body);
        etag_ = answer.header("ETag");
        return bench::figure(took / 1e3);
    }

    bench::Folder folder_;
    std::string secret_;
    test::Child server_;
    test::HttpClient client_;
    std::string path_, etag_;
};

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

void library_part() {
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

void api_part() {
    const bench::Table table("the same through the API, and two readers beside it: of a page that is kept, of a text",
                             {"clients", "saves/s", "p50 ms", "p99 ms", "server cpu µs/save", "page p50 µs", "quiet",
                              "page / quiet", "text p50 µs", "quiet", "text / quiet"});
    for (const int clients : {1, many_clients}) {
        const auto served = served_saves(clients);
        table.row({std::to_string(clients), bench::figure(served.saves.per_second),
                   bench::figure(served.saves.p50 / 1e3), bench::figure(served.saves.p99 / 1e3),
                   bench::figure(served.cpu), bench::figure(served.busy.kept), bench::figure(served.quiet.kept),
                   bench::ratio(served.busy.kept, served.quiet.kept), bench::figure(served.busy.made),
                   bench::figure(served.quiet.made), bench::ratio(served.busy.made, served.quiet.made)});
    }
}

void large_part() {
    const bench::Table table("an article of 10,000 segments, through the API", {"save", "ms"});
    LargeArticle().run(table);
}

void source_part() {
    const bench::Table table("a paragraph of the source, which outdates every translation, µs (median)",
                             {"locales", "wall", "cpu of the caller", "wall per locale"});
    for (const size_t locales : {4u, 40u}) {
        const auto cost = source_save(locales);
        table.row({std::to_string(locales), bench::figure(cost.wall), bench::figure(cost.cpu),
                   bench::figure(cost.wall / double(locales))});
    }
}

}  // namespace

// Without an argument all parts, else one of them: library, api, large, source.
int main(int count, char** arguments) {
    const std::string_view part = count > 1 ? arguments[1] : "";
    if (part.empty() || part == "library") library_part();
    if (part.empty() || part == "api") api_part();
    if (part.empty() || part == "large") large_part();
    if (part.empty() || part == "source") source_part();
}
