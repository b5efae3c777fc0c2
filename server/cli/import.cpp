// stele import DIR: content files into the database.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command.hpp"
#include "server/cli/exchange_report.hpp"
#include "server/cli/open_app.hpp"
#include "src/exchange/exchange.hpp"

namespace stele::cli {
namespace {

struct Request {
    std::string folder;
    bool draft = false, theirs = false, dry_run = false;
};

int import_folder(const Options& options, const Request& request) {
    if (!std::filesystem::is_directory(request.folder))
        throw CommandError(fmt::format("{} is no folder. Name the one that has the files.", request.folder));
    const auto app = open_app(options, EmptyDatabase::migrate);
    const auto report = exchange::import_files(store_of(*app), exchange::FolderFiles(request.folder),
                                               {.draft = request.draft,
                                                .theirs = request.theirs,
                                                .dry_run = request.dry_run,
                                                .progress = progress_on_terminal("imported")});
    print_remarks("warnings", report.warnings);
    print_conflicts(report.conflicts);
    print_remarks("not imported", report.bad);
    print_skipped(report.skipped);
    fmt::print("{}{} created, {} changed, {} unchanged, {} skipped, {} conflicts, {} bad\n",
               request.dry_run ? "would be: " : "", report.created, report.changed, report.unchanged,
               report.skipped.size(), report.conflicts.size(), report.bad.size());
    return report.clean() ? exit_done : exit_failed;
}

}  // namespace

Command import_command() {
    auto request = std::make_shared<Request>();
    return {"import", "read content files: KEY.LOCALE.md or LOCALE/PATH.md",
            [request](CLI::App& app) {
                app.add_option("DIR", request->folder, "the folder with the files")->required();
                app.add_flag("--draft", request->draft, "publish nothing");
                app.add_flag("--theirs", request->theirs, "where file and database both changed, take the file's");
                app.add_flag("--dry-run", request->dry_run, "only say what would be done");
            },
            [request](const Options& options) { return import_folder(options, *request); }};
}

}  // namespace stele::cli
