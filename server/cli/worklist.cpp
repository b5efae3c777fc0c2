// stele worklist: what translators of a locale still have to do.
#include "src/worklist/worklist.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "server/api/answer.hpp"
#include "server/api/encode.hpp"
#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/table.hpp"

namespace stele::cli {
namespace {

struct Request {
    std::string locale, states, sort = "title", format = "table";
    int limit = 25;
    bool all = false, pending = false;
};

constexpr int largest_page = 200;

worklist::Query query_of(const Request& request) {
    worklist::Query query{.locale = tag_of(request.locale)};
    for (const auto& name : api::split(request.states)) {
        const auto state = content::state_named(name);
        if (!state) throw UsageError("--state " + name + ": one of untranslated, incomplete, outdated, ready, current");
        query.states.push_back(*state);
    }
    if (request.pending) query.pending = true;
    query.sort = worklist::sort_named(request.sort).value_or(worklist::Sort::title);
    query.limit = request.all ? largest_page : request.limit;
    return query;
}

worklist::Page read_page(App& app, const Request& request) {
    auto query = query_of(request);
    auto page = worklist::list(store_of(app), query);
    while (request.all && page.next) {
        query.after = page.next;
        auto more = worklist::list(store_of(app), query);
        page.items.insert(page.items.end(), more.items.begin(), more.items.end());
        page.next = more.next;
    }
    return page;
}

std::vector<std::string> cells_of(const worklist::WorkItem& item) {
    const auto& e = item.edition;
    return {item.key,
            std::string(content::name_of(e.state)),
            fmt::format("{}", e.segments.missing),
            fmt::format("{}", e.segments.outdated),
            fmt::format("{}", e.segments.total),
            fmt::format("{}", e.words.missing + e.words.outdated),
            fmt::format("{}", e.priority),
            item.source_locale.text(),
            e.title};
}

void print_table(const worklist::Page& page) {
    Table table({"KEY", "STATE", "MISSING", "OUTDATED", "OF", "WORDS", "PRIORITY", "SOURCE", "TITLE"});
    for (const auto& item : page.items) table.add(cells_of(item));
    table.print();
    const auto shown = page.items.size();
    if (page.next && page.total)
        fmt::print("{} of {}; --all shows the others\n", shown, *page.total);
    else
        fmt::print("{} {}\n", shown, shown == 1 ? "article" : "articles");
}

void print_csv(const worklist::Page& page) {
    fmt::print("{}",
               csv_line({"key", "state", "missing", "outdated", "segments", "words", "priority", "source", "title"}));
    for (const auto& item : page.items) fmt::print("{}", csv_line(cells_of(item)));
}

void print_json(const worklist::Page& page) {
    boost::json::array items;
    for (const auto& item : page.items) items.push_back(api::edition_json(item));
    fmt::print("{}\n", boost::json::serialize(api::list_json(std::move(items), page.next, page.total)));
}

int run(const Options& options, const Request& request) {
    const auto app = open_app(options, EmptyDatabase::refuse);
    const auto page = read_page(*app, request);
    if (request.format == "json")
        print_json(page);
    else if (request.format == "csv")
        print_csv(page);
    else
        print_table(page);
    return exit_done;
}

void set_up(CLI::App& app, Request& request) {
    app.add_option("--locale", request.locale, "whose list")->required();
    app.add_option("--state", request.states, "comma-separated; untranslated,incomplete,outdated without it");
    app.add_flag("--pending", request.pending, "only what differs from what is published");
    app.add_option("--sort", request.sort)
        ->check(CLI::IsMember({"title", "words", "age", "priority"}))
        ->capture_default_str();
    app.add_option("--limit", request.limit)->check(CLI::Range(1, largest_page))->capture_default_str();
    app.add_flag("--all", request.all, "no limit");
    app.add_option("--format", request.format)->check(CLI::IsMember({"table", "json", "csv"}))->capture_default_str();
}

}  // namespace

Command worklist_command() {
    auto request = std::make_shared<Request>();
    return {"worklist", "list what a locale lacks", [request](CLI::App& app) { set_up(app, *request); },
            [request](const Options& options) { return run(options, *request); }};
}

}  // namespace stele::cli
