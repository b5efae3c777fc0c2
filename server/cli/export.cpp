// stele export DIR: the working texts as content files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command.hpp"
#include "server/cli/exchange_report.hpp"
#include "server/cli/open_app.hpp"
#include "src/exchange/exchange.hpp"

namespace stele::cli {
namespace {

int export_folder(const Options& options, const std::string& folder) {
    const auto app = open_app(options, EmptyDatabase::refuse);
    const auto report = exchange::export_files(store_of(*app), folder, {.progress = progress_on_terminal("exported")});
    print_remarks("warnings", report.warnings);
    print_remarks("files that nothing is written to any more", report.former);
    print_remarks("not written", report.conflicts);
    fmt::print("{} written, {} unchanged, {} not written\n", report.written, report.unchanged, report.conflicts.size());
    return report.clean() ? exit_done : exit_failed;
}

}  // namespace

Command export_command() {
    auto folder = std::make_shared<std::string>();
    return {"export", "write content files, as they were imported where nothing changed",
            [folder](CLI::App& app) { app.add_option("DIR", *folder, "the folder to write to")->required(); },
            [folder](const Options& options) { return export_folder(options, *folder); }};
}

}  // namespace stele::cli
