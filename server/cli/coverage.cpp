// stele coverage: how far every locale is.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/api/encode.hpp"
#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/table.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::cli {
namespace {

const std::vector<std::string> heading{"LOCALE",  "UNTRANSLATED", "INCOMPLETE", "OUTDATED",  "READY",
                                       "CURRENT", "SOURCE",       "WORDS",      "WORDS LEFT"};

std::vector<std::string> cells_of(const worklist::Coverage& coverage) {
    std::vector<std::string> cells{coverage.locale.text()};
    std::int64_t words = 0, left = 0;
    for (const auto& state : coverage.states) {
        cells.push_back(fmt::format("{}", state.articles));
        words += state.words.total;
        left += state.words.missing + state.words.outdated;
    }
    cells.push_back(fmt::format("{}", coverage.source.articles));
    cells.push_back(fmt::format("{}", words));
    cells.push_back(fmt::format("{}", left));
    return cells;
}

int run(const Options& options, const std::string& format) {
    const auto app = open_app(options, EmptyDatabase::refuse);
    const auto all = worklist::coverage(store_of(*app));
    if (format == "json") {
        boost::json::array items;
        for (const auto& one : all) items.push_back(api::coverage_json(one));
        fmt::print("{}\n", boost::json::serialize(boost::json::object{{"items", std::move(items)}}));
    } else if (format == "csv") {
        fmt::print("{}", csv_line(heading));
        for (const auto& one : all) fmt::print("{}", csv_line(cells_of(one)));
    } else {
        Table table(heading);
        for (const auto& one : all) table.add(cells_of(one));
        table.print();
    }
    return exit_done;
}

}  // namespace

Command coverage_command() {
    auto format = std::make_shared<std::string>("table");
    return {
        "coverage", "count articles and words in each state, by locale",
        [format](CLI::App& app) {
            app.add_option("--format", *format)->check(CLI::IsMember({"table", "json", "csv"}))->capture_default_str();
        },
        [format](const Options& options) { return run(options, *format); }};
}

}  // namespace stele::cli
