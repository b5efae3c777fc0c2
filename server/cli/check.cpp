// stele check: is the database whole, can every text in it be read, and do the editions follow from the texts?
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "src/editing/editing.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::cli {
namespace {

using Lines = std::vector<std::string>;

void check_file(db::Database& database, Lines& lines) {
    if (database.dialect() != db::Dialect::sqlite) return;
    const auto found = database.reading(
        [](db::Connection& c) { return c.all("PRAGMA integrity_check", [](db::Row row) { return row.text(0); }); });
    for (const auto& line : found)
        if (line != "ok") lines.push_back("the database file: " + line);
}

std::vector<ArticleId> articles_after(db::Database& database, ArticleId last) {
    return database.reading([&](db::Connection& c) {
        return c.all(
            "SELECT id FROM article WHERE id > $1 AND deleted_at IS NULL ORDER BY id LIMIT 500",
            [](db::Row row) { return ArticleId(row.integer(0)); }, last);
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

int run(const Options& options, bool editions) {
    const auto app = open_app(options, EmptyDatabase::refuse);
    const auto store = store_of(*app);
    Lines lines;
    check_file(*app->database, lines);
    std::int64_t articles = 0;
    for (auto ids = articles_after(*app->database, ArticleId{0}); !ids.empty();
         ids = articles_after(*app->database, ids.back())) {
        for (const auto id : ids) check_texts(store, id, lines);
        articles += std::int64_t(ids.size());
    }
    if (editions)
        for (auto& line : worklist::check_editions(store)) lines.push_back(std::move(line));
    for (const auto& line : lines) fmt::print("{}\n", line);
    if (lines.empty()) fmt::print("{} articles checked, no difference found\n", articles);
    return lines.empty() ? exit_done : exit_failed;
}

}  // namespace

Command check_command() {
    auto editions = std::make_shared<bool>(false);
    return {"check", "look for damage; prints what is wrong and exits with 1 when there is any",
            [editions](CLI::App& app) {
                app.add_flag("--editions", *editions, "also recompute every edition, list and counter from the texts");
            },
            [editions](const Options& options) { return run(options, *editions); }};
}

}  // namespace stele::cli
