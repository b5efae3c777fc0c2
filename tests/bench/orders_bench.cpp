// Orders that are made anew while 16 readers page through lists and 4 writers save titles: a locale that is enabled, a
// chain that changes, another ICU. How long each takes, and what readers and writers notice of it, beside the same
// readers and writers while nothing changes. SQLite, on the disk of TMPDIR. STELE_BENCH_ARTICLES asks for another size.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <random>

#include "src/base/error.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/bench/support/bulk_site.hpp"
#include "tests/bench/support/filled_site.hpp"
#include "tests/bench/support/measure.hpp"

namespace {

using namespace stele;

constexpr int readers = 16, writers = 4;
constexpr double quiet_seconds = 10, fold_seconds = 5;

int articles() {
    const auto* set = std::getenv("STELE_BENCH_ARTICLES");
    return set ? std::atoi(set) : 100'000;
}

double resident_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

// What one person did, µs each.
struct Times {
    std::vector<double> all;
    void measure(const std::function<void()>& body) {
        const auto begin = bench::wall_micros();
        body();
        all.push_back(bench::wall_micros() - begin);
    }
};

std::vector<double> together(const std::vector<Times>& people) {
    std::vector<double> all;
    for (const auto& one : people) all.insert(all.end(), one.all.begin(), one.all.end());
    return all;
}

// Pages of 25 to the end of a list, then the next list.
class Reader {
  public:
    Reader(const Store& store, int who) : store_(store), random_(unsigned(who)) {}

    void read_page(Times& times, std::atomic<int>& expired) {
        try {
            times.measure([&] { after_ = list_ % 2 == 0 ? articles_page() : work_page(); });
        } catch (const Error& error) {
            if (error.code() != ErrorCode::cursor_expired) throw;
            ++expired;
            after_.reset();
        }
        if (!after_ || random_() % 200 == 0) {
            after_.reset();
            list_ = random_();
        }
    }

  private:
    locale::Tag locale() const { return bench::tag(std::array{"en", "nb", "de", "ar"}[list_ / 16 % 4]); }
    std::optional<std::string> articles_page() const {
        publishing::ListQuery query{.locale = locale(), .after = after_};
        query.sort = list_ & 2 ? publishing::Sort::title : publishing::Sort::published;
        query.fallback = (list_ & 4) != 0;
        if (list_ & 8) query.type = "news";
        return publishing::list_articles(store_, query).next;
    }
    std::optional<std::string> work_page() const {
        using enum content::State;
        worklist::Query query{.locale = locale(), .after = after_};
        query.sort = std::array{worklist::Sort::title, worklist::Sort::words, worklist::Sort::age,
                                worklist::Sort::priority}[list_ / 2 % 4];
        if (list_ & 8) query.states = {untranslated, incomplete, outdated, ready, current};
        return worklist::list(store_, query).next;
    }

    const Store store_;
    std::mt19937 random_;
    std::uint32_t list_ = 0;
    std::optional<std::string> after_;
};

// Other titles of translations and sources, some of them published.
void write_once(const Store& store, std::mt19937& random, Times& times) {
    const ArticleId id{1 + std::int64_t(random() % unsigned(articles()))};
    const auto locale = bench::tag(random() % 2 ? "nb" : "en");
    const auto now = editing::find_translation(store, id, locale);
    if (!now || now->version.translation == 0) return;
    editing::Changes changes;
    changes.title = fmt::format("{} {}", random() % 1'000'000, bench::words(random(), 3));
    const auto expected = editing::Expected::of(now->version.translation, now->version.source);
    try {
        editing::Version version;
        times.measure(
            [&] { version = editing::save_translation(store, id, locale, changes, expected, "bench").version; });
        if (random() % 4 == 0)
            publishing::publish(store, id, locale, {.incomplete = true},
                                editing::Expected::of(version.translation, version.source), "bench");
    } catch (const Error& error) {  // two of the writers on one article
        if (error.code() != ErrorCode::version_conflict) throw;
    }
}

// `change` returns when it is in force; all others work until then.
void work_during(const bench::Table& table, const std::string& what, const Store& store,
                 const std::function<void()>& change) {
    std::atomic<bool> done = false;
    std::atomic<int> expired = 0;
    std::vector<Times> read(readers), written(writers);
    double took = 0, most = 0;
    bench::on_threads(readers + writers + 1, [&](int who) {
        if (who == readers + writers) {
            const auto begin = bench::wall_micros();
            change();
            took = (bench::wall_micros() - begin) / 1e6;
            most = resident_megabytes();
            done = true;
        } else if (who < readers) {
            for (Reader reader(store, who); !done;) reader.read_page(read[size_t(who)], expired);
        } else {
            std::mt19937 random(unsigned(who) + std::random_device()());
            while (!done) write_once(store, random, written[size_t(who - readers)]);
        }
    });
    const auto r = together(read), w = together(written);
    table.row({what, bench::figure(took), bench::figure(double(r.size()) / took),
               bench::figure(bench::percentile(r, 50) / 1e3), bench::figure(bench::percentile(r, 99) / 1e3),
               bench::figure(double(w.size()) / took), bench::figure(bench::percentile(w, 50) / 1e3),
               bench::figure(bench::percentile(w, 99) / 1e3), std::to_string(expired), bench::figure(most)});
}

// As the server does it: it folds the counters now and then.
void fill(const Store& store) {
    auto folded = bench::wall_micros();
    worklist::fill_orders(store, [&](auto, auto) {
        if (bench::wall_micros() - folded > fold_seconds * 1e6) {
            worklist::fold_tallies(store);
            folded = bench::wall_micros();
        }
        return true;
    });
    worklist::fold_tallies(store);
}

void change_locale(const Store& store, const std::string& tag, std::optional<std::vector<locale::Tag>> fallback) {
    const auto before = store.db.reading([&](db::Connection& c) {
        const auto* found = storage::read_site(c, store)->find(bench::tag(tag));
        return found ? std::optional(found->version) : std::nullopt;
    });
    worklist::LocaleChange change{.enabled = true};
    if (fallback) change.fallback = std::move(fallback);
    worklist::change_locale(store, bench::tag(tag), change, before, "bench");
}

void rest(const Store& store) {
    const auto end = bench::wall_micros() + quiet_seconds * 1e6;
    while (bench::wall_micros() < end) {
        ::usleep(1'000'000);
        worklist::fold_tallies(store);
    }
}

}  // namespace

int main() {
    const bench::Folder folder;
    const auto file = folder.path() + "/site.db";
    bench::fill_in_bulk(store_of(*bench::open_site(file, bench::locales(4), bench::Use::filling)),
                        {.articles = articles()});
    const auto app = bench::open_site(file, bench::locales(4));
    const auto store = store_of(*app);
    const Store upgraded{store.db, store.types, store.default_locale, store.now, {"999.1", "kn-true"}};
    const bench::Table table(fmt::format("orders made anew on {} articles in 4 locales, {} readers, {} writers",
                                         articles(), readers, writers),
                             {"change", "took s", "pages/s", "page p50 ms", "p99 ms", "titles/s", "save p50 ms",
                              "p99 ms", "cursors expired", "resident MB"});
    work_during(table, "none", store, [&] { rest(store); });
    work_during(table, "a locale enabled", store, [&] {
        change_locale(store, "da", std::nullopt);
        fill(store);
    });
    work_during(table, "a chain changed", store, [&] {
        change_locale(store, "de", std::vector{bench::tag("nb")});
        fill(store);
    });
    work_during(table, "another ICU, all locales", upgraded, [&] { fill(upgraded); });
    work_during(table, "none", upgraded, [&] { rest(upgraded); });
    for (const auto& line : worklist::check_editions(upgraded)) fmt::print("{}\n", line);
}
