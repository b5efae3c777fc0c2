// stele memory import|export: the translators' memory as TMX files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "src/locale/catalog.hpp"
#include "src/memory/tmx.hpp"

namespace stele::cli {
namespace {

struct Request {
    CLI::App *import = nullptr, *export_ = nullptr;
    std::string file, source, target;
};

// The mistake that the file was refused for, with its line.
std::string words_of(const App& app, const Error& error) {
    const auto en = locale::Tag::stored("en");
    if (error.fields().empty()) return error.what();
    const auto& mistake = error.fields().front();
    return app.catalog->text(en, mistake.message, mistake.params);
}

int import(App& app, const Request& request) {
    std::ifstream in(request.file, std::ios::binary);
    if (!in) throw CommandError(fmt::format("{} cannot be read. Name a TMX file.", request.file));
    try {
        const auto imported = memory::import_tmx(store_of(app), in, "import");
        for (const auto& [language, count] : imported.languages)
            fmt::print(stderr, "{} units left out: \"{}\" is no language tag\n", count, language);
        fmt::print("{} added, {} known, {} left out\n", imported.added, imported.known, imported.left_out);
        return exit_done;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid) throw;
        throw CommandError(
            fmt::format("{}: {}\nWhat stands before that is in the memory.", request.file, words_of(app, error)));
    }
}

// "-": standard output.
int export_units(App& app, const Request& request) {
    const bool to_file = request.file != "-";
    std::FILE* file = to_file ? std::fopen(request.file.c_str(), "wb") : stdout;
    if (!file) throw CommandError(fmt::format("{} cannot be written. Name another file.", request.file));
    memory::Selection selection;
    if (!request.source.empty()) selection.source = tag_of(request.source);
    if (!request.target.empty()) selection.target = tag_of(request.target);
    const auto units = memory::export_tmx(
        store_of(app), selection, [&](std::string_view piece) { std::fwrite(piece.data(), 1, piece.size(), file); });
    const bool whole = std::fflush(file) == 0 && std::ferror(file) == 0;
    if (to_file && std::fclose(file) != 0) return exit_failed;
    if (!whole) throw CommandError(fmt::format("{} could not be written to its end. Is the disk full?", request.file));
    fmt::print(stderr, "{} units written\n", units);
    return exit_done;
}

void set_up(CLI::App& app, Request& request) {
    app.require_subcommand(1);
    request.import = app.add_subcommand("import", "take the units of a TMX file into the memory");
    request.import->add_option("FILE", request.file)->required();
    request.export_ = app.add_subcommand("export", "write the memory as a TMX file");
    request.export_->add_option("FILE", request.file, "- for standard output")->required();
    request.export_->add_option("--source", request.source, "only what was translated from this language");
    request.export_->add_option("--target", request.target, "only what was translated into this language");
}

}  // namespace

Command memory_command() {
    auto request = std::make_shared<Request>();
    return {"memory", "import and export the translators' memory (TMX)",
            [request](CLI::App& app) { set_up(app, *request); },
            [request](const Options& options) {
                const auto app = open_app(options, EmptyDatabase::migrate);
                return request->import->parsed() ? import(*app, *request) : export_units(*app, *request);
            }};
}

}  // namespace stele::cli
