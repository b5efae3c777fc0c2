// The translators' memory with 1,000,000 units: how fast it fills, and how soon a suggestion is there for a text that
// is in it, for one like it, for one that is not, and for a phrase. On SQLite, then (fewer units) on PostgreSQL.
// STELE_BENCH_UNITS and STELE_BENCH_POSTGRES_UNITS ask for other sizes; STELE_BENCH_SITES=DIR keeps the SQLite file.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "src/memory/memory.hpp"
#include "src/memory/units.hpp"
#include "tests/bench/support/measure.hpp"
#include "tests/support/postgres_cluster.hpp"

namespace {

using namespace stele;

constexpr int vocabulary = 60'000, units_a_write = 1'000, questions = 400;
const auto source_locale = locale::Tag::stored("en"), target_locale = locale::Tag::stored("nb");

int number_of(const char* name, int usual) {
    const char* set = std::getenv(name);
    return set ? std::atoi(set) : usual;
}

// Made-up words by rank: frequent ones are short, as in every language.
std::vector<std::string> make_words() {
    constexpr std::string_view syllables[] = {"ka", "lo", "mi", "ren", "sta", "ver", "di", "on", "pu", "tra",
                                              "ge", "sh", "ol", "um",  "fi",  "bra", "ne", "qu", "yo", "ex"};
    std::vector<std::string> words;
    for (int rank = 0; rank < vocabulary; ++rank) {
        std::string word;
        for (int rest = rank + 1; rest > 0; rest /= int(std::size(syllables)))
            word += syllables[size_t(rest % int(std::size(syllables)))];
        words.push_back(word);
    }
    return words;
}

// Sentences of 4 to 24 words, by Zipf's law.
class Texts {
  public:
    std::string sentence(std::uint64_t seed, int changed_percent = 0) const {
        std::mt19937_64 random(seed), change(seed + 1);
        std::string text;
        const auto length = 4 + int(random() % 21);
        for (int i = 0; i < length; ++i) {
            auto rank = rank_of(random);
            if (int(change() % 100) < changed_percent) rank = rank_of(change);
            text += (i > 0 ? " " : "") + words_[rank];
            if (random() % 25 == 0) text += " " + std::to_string(random() % 2000);
        }
        return text + ".";
    }
    // A word that some hundreds of the units have.
    std::string word(std::uint64_t seed) const { return words_[2'000 + seed * 37 % 5'000]; }

  private:
    static size_t rank_of(std::mt19937_64& random) {
        // The inverse of the harmonic distribution.
        const double u = double(random() >> 11) / double(1ull << 53);
        return std::min<size_t>(vocabulary - 1, size_t(std::pow(double(vocabulary), u)) - 1);
    }
    std::vector<std::string> words_ = make_words();
};

const Texts& texts() {
    static const Texts all;
    return all;
}

// The same seeds for the same units: even ones are in the memory, odd ones are not.
std::uint64_t seed_of(int unit) { return 1'000'003ull * std::uint64_t(unit) * 2; }

void fill(db::Database& db, int units) {
    double computing = 0, writing = 0;
    for (int from = 0; from < units; from += units_a_write) {
        auto at = bench::wall_micros();
        std::vector<memory::NewUnit> some;
        for (int i = from; i < std::min(units, from + units_a_write); ++i) {
            some.push_back(memory::unit_of(source_locale, target_locale, texts().sentence(seed_of(i)),
                                           texts().sentence(seed_of(i) + 2)));
            some.back().article_id = ArticleId(1 + i / 10);
            some.back().segment_id = "b" + std::to_string(i % 10);
        }
        computing += bench::wall_micros() - at;
        at = bench::wall_micros();
        db.write([&](db::Transaction& t) {
            memory::hold(t);
            memory::add_units(t, some);
        });
        writing += bench::wall_micros() - at;
    }
    const bench::Table table("filling", {"units", "units/s", "µs to compute one", "µs to write one"});
    table.row({std::to_string(units), bench::figure(units / (computing + writing) * 1e6),
               bench::figure(computing / units), bench::figure(writing / units)});
}

struct Asked {
    std::vector<double> times;
    int found = 0;
};

template <class Ask>
void ask(const bench::Table& table, const std::string& what, const Ask& one) {
    Asked asked;
    for (int i = 0; i < questions; ++i) {
        const auto at = bench::wall_micros();
        asked.found += one(i) ? 1 : 0;
        asked.times.push_back(bench::wall_micros() - at);
    }
    table.row({what, bench::figure(bench::percentile(asked.times, 50) / 1e3),
               bench::figure(bench::percentile(asked.times, 99) / 1e3),
               bench::figure(bench::percentile(asked.times, 100) / 1e3),
               fmt::format("{} of {}", asked.found, questions)});
}

void ask_all(db::Database& db, int units) {
    const content::ContentTypes types = content::ContentTypes::built_in();
    const Store store{db, types, source_locale};
    const auto suggest = [&](const std::string& text) {
        return db.reading([&](db::Connection& c) {
            return memory::suggest(c, {.source_locale = source_locale, .target_locale = target_locale, .text = text});
        });
    };
    const auto any = [&](int i) { return seed_of(int(std::int64_t(i) * 7'919 % units)); };
    const bench::Table table("asking, ms", {"for", "p50", "p99", "most", "found"});
    for (const auto* round : {"at first", "again"}) {
        ask(table, fmt::format("a text that is in it, {}", round),
            [&](int i) { return !suggest(texts().sentence(any(i))).empty(); });
        for (const int percent : {10, 20})
            ask(table, fmt::format("one with {} % other words, {}", percent, round), [&](int i) {
                const auto wanted = texts().sentence(any(i));
                const auto found = suggest(texts().sentence(any(i), percent));
                return std::ranges::any_of(found, [&](const auto& s) { return s.source == wanted; });
            });
        ask(table, fmt::format("one that is not in it, {}", round),
            [&](int i) { return !suggest(texts().sentence(any(i) + 1)).empty(); });
        ask(table, fmt::format("a word in its sentences, {}", round), [&](int i) {
            return !memory::find_phrase(store, source_locale, target_locale, texts().word(std::uint64_t(i)), 25)
                        .empty();
        });
    }
}

void on_sqlite(int units) {
    const bench::Folder folder;
    const char* kept = std::getenv("STELE_BENCH_SITES");
    const auto file = fmt::format("{}/memory-{}.db", kept ? std::string(kept) : folder.path(), units);
    const bool there = std::filesystem::exists(file);
    if (!there) {
        const auto db = db::Database::open({.url = "sqlite:" + file, .cache_bytes = 1u << 30});
        db::migrate(*db);
        fill(*db, units);
    }
    const auto db = db::Database::open({.url = "sqlite:" + file});
    fmt::print("SQLite, {} units, {} MB\n", units, std::filesystem::file_size(file) >> 20);
    ask_all(*db, units);
}

void on_postgres(int units) {
    auto& cluster = testing::PostgresCluster::instance();
    cluster.run("CREATE DATABASE memory");
    const auto db = db::Database::open({.url = cluster.url("memory")});
    db::migrate(*db);
    fill(*db, units);
    db->write([](db::Transaction& t) { t->run("ANALYZE"); });
    fmt::print("PostgreSQL, {} units\n", units);
    ask_all(*db, units);
}

}  // namespace

int main() {
    if (const int units = number_of("STELE_BENCH_UNITS", 1'000'000); units > 0) on_sqlite(units);
    if (const int units = number_of("STELE_BENCH_POSTGRES_UNITS", 200'000); units > 0) on_postgres(units);
}
