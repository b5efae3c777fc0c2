// stele check: is the database whole, can every text in it be read, and do the editions follow from the texts?
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <random>
#include <set>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "src/editing/editing.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/many.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::cli {
namespace {

using Lines = std::vector<std::string>;

struct Request {
    bool editions = false;
    std::optional<int> sample;  // so many articles, chosen at random
    std::optional<std::uint64_t> seed;
};

void check_file(db::Database& database, Lines& lines) {
    if (database.dialect() != db::Dialect::sqlite) return;
    const auto found = database.reading(
        [](db::Connection& c) { return c.all("PRAGMA integrity_check", [](db::Row row) { return row.text(0); }); });
    for (const auto& line : found)
        if (line != "ok") lines.push_back("the database file: " + line);
}

std::vector<ArticleId> articles_after(db::Connection& c, ArticleId last, int limit) {
    return c.all(
        "SELECT id FROM article WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT $2",
        [](db::Row row) { return ArticleId(row.integer(0)); }, last, limit);
}

// For each number the first article behind it, where there is one.
std::vector<ArticleId> articles_next_to(db::Connection& c, const std::vector<db::Value>& numbers) {
    std::vector<ArticleId> found;
    storage::query_many(
        c,
        {"SELECT (SELECT id FROM article WHERE id > column1 AND deleted_at IS NULL ORDER BY id LIMIT 1) "
         "FROM (VALUES ",
         "(CAST(? AS BIGINT))", ") AS drawn"},
        numbers, [&](db::Row row) {
            if (const auto id = row.optional_integer(0)) found.push_back(ArticleId(*id));
        });
    return found;
}

// Fewer than asked for where the site has no more, or where the numbers of deleted articles were drawn often.
std::vector<ArticleId> sample_of(db::Database& database, int size, std::uint64_t seed) {
    return database.reading([&](db::Connection& c) {
        const auto last = c.one("SELECT COALESCE(MAX(id), 0) FROM article", [](db::Row r) { return r.integer(0); });
        std::mt19937_64 random(seed);
        std::set<ArticleId> drawn;
        const auto wanted = size_t(size);
        for (int tries = 4; tries > 0 && drawn.size() < wanted; --tries) {
            std::vector<db::Value> numbers;
            while (numbers.size() < wanted)
                numbers.emplace_back(std::int64_t(random() % std::uint64_t(std::max<std::int64_t>(*last, 1))));
            for (const auto id : articles_next_to(c, numbers))
                if (drawn.size() < wanted) drawn.insert(id);
        }
        return std::vector<ArticleId>(drawn.begin(), drawn.end());
    });
}

// Composes every working text and every page of the article, which reads all of its skeletons and segments.
void check_texts(const Store& store, ArticleId id, Lines& lines) {
    for (const auto& item : worklist::editions_of(store, id)) {
        const auto& locale = item.edition.locale;
        try {
            editing::find_translation(store, id, locale);
            if (item.edition.published && !publishing::find_page(store, id, locale))
                lines.push_back(fmt::format("{} {}: is published, but there is no page", item.key, locale.text()));
        } catch (const std::exception& error) {
            lines.push_back(fmt::format("{} {}: cannot be read: {}", item.key, locale.text(), error.what()));
        }
    }
}

void take(Lines& lines, Lines more) {
    for (auto& line : more) lines.push_back(std::move(line));
}

std::string check_all(const Store& store, bool editions, Lines& lines) {
    check_file(store.db, lines);
    const auto next = [&](ArticleId last) {
        return store.db.reading([&](db::Connection& c) { return articles_after(c, last, 500); });
    };
    std::int64_t articles = 0;
    for (auto ids = next(ArticleId{0}); !ids.empty(); ids = next(ids.back())) {
        for (const auto id : ids) check_texts(store, id, lines);
        articles += std::int64_t(ids.size());
    }
    if (editions) take(lines, worklist::check_editions(store));
    return fmt::format("{} articles checked", articles);
}

// A look at a site that is too large to be read whole: neither the file's pages nor the counters.
std::string check_sample(const Store& store, const Request& request, Lines& lines) {
    const auto seed = request.seed.value_or(std::random_device{}());
    const auto ids = sample_of(store.db, *request.sample, seed);
    for (const auto id : ids) check_texts(store, id, lines);
    if (request.editions) take(lines, worklist::check_editions(store, ids));
    return fmt::format("{} articles checked, chosen at random (--seed {})", ids.size(), seed);
}

int run(const Options& options, const Request& request) {
    const auto app = open_app(options, EmptyDatabase::refuse);
    const auto store = store_of(*app);
    Lines lines;
    const auto done = request.sample ? check_sample(store, request, lines) : check_all(store, request.editions, lines);
    for (const auto& line : lines) fmt::print("{}\n", line);
    fmt::print("{}, {}\n", done, lines.empty() ? "no difference found" : fmt::format("{} found", lines.size()));
    return lines.empty() ? exit_done : exit_failed;
}

}  // namespace

Command check_command() {
    auto request = std::make_shared<Request>();
    return {"check", "look for damage; prints what is wrong and exits with 1 when there is any",
            [request](CLI::App& app) {
                app.add_flag("--editions", request->editions,
                             "also recompute every edition, list and counter from the texts");
                auto* sample = app.add_option("--sample", request->sample,
                                              "only so many articles, chosen at random; not the file, nor the counters")
                                   ->check(CLI::Range(1, 1'000'000));
                app.add_option("--seed", request->seed, "choose the same articles again")->needs(sample);
            },
            [request](const Options& options) { return run(options, *request); }};
}

}  // namespace stele::cli
