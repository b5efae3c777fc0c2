// stele memory import|imports|remove|export: the translators' memory as TMX files.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/table.hpp"
#include "src/accounts/audit.hpp"
#include "src/base/sync.hpp"
#include "src/locale/catalog.hpp"
#include "src/memory/tmx.hpp"

namespace stele::cli {
namespace {

namespace fs = std::filesystem;

constexpr int imports_read = 100;

struct Request {
    CLI::App *import = nullptr, *export_ = nullptr, *imports = nullptr, *remove = nullptr;
    std::string file, source, target;
    std::int64_t id = 0;
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
        const auto name = fs::path(request.file).filename().string();
        const auto imported = memory::import_tmx(store_of(app), in, name, accounts::command_line);
        for (const auto& [language, count] : imported.languages)
            fmt::print(stderr, "{} units left out: \"{}\" is no language tag\n", count, language);
        fmt::print("{} added, {} known, {} left out\n", imported.added, imported.known, imported.left_out);
        return exit_done;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid) throw;
        const auto number = [&](const char* member) { return error.members().at(member).as_int64(); };
        auto said = fmt::format("{}: {}\nWhat stands before that is in the memory: {} added, {} known.", request.file,
                                words_of(app, error), number("added"), number("known"));
        if (number("added") > 0) said += fmt::format(" `stele memory remove {}` takes it out again.", number("import"));
        throw CommandError(said);
    }
}

int list_imports(App& app) {
    Table table({"IMPORT", "UNITS", "AT", "BY", "FILE"});
    std::optional<std::int64_t> after;
    for (bool more = true; more;) {
        const auto files = memory::list_imports(store_of(app), after, imports_read);
        for (const auto& file : files) {
            table.add({std::to_string(file.id), std::to_string(file.units), rfc3339(file.at), file.actor, file.name});
            after = file.id;
        }
        more = files.size() == size_t(imports_read);
    }
    table.print();
    return exit_done;
}

int remove(App& app, const Request& request) {
    try {
        const auto removed =
            memory::remove_import(store_of(app), request.id, std::chrono::hours(24), accounts::command_line);
        fmt::print("{} removed\n", removed.removed);
        return exit_done;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) throw;
        throw CommandError(fmt::format("There is no import {}. `stele memory imports` lists them.", request.id));
    }
}

memory::Selection selection_of(const Request& request) {
    memory::Selection selection;
    if (!request.source.empty()) selection.source = tag_of(request.source, "--source");
    if (!request.target.empty()) selection.target = tag_of(request.target, "--target");
    return selection;
}

// Absent: not to its end.
std::optional<std::int64_t> write_units(App& app, const memory::Selection& selection, std::FILE* file) {
    const auto write = [&](std::string_view piece) { std::fwrite(piece.data(), 1, piece.size(), file); };
    const auto units = memory::export_tmx(store_of(app), selection, write, accounts::command_line);
    return std::fflush(file) == 0 && std::ferror(file) == 0 ? std::optional(units) : std::nullopt;
}

std::optional<std::int64_t> write_to(App& app, const memory::Selection& selection, const fs::path& path,
                                     const std::string& name) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wb"), std::fclose);
    if (!file) throw CommandError(fmt::format("{} cannot be written. Name another file.", name));
    return write_units(app, selection, file.get());
}

// What is unfinished leaves nothing behind.
struct Part {
    fs::path path;
    ~Part() {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
};

// A file that is there stays as it is until the new one is whole. What is no file, a pipe, is written as it goes.
std::optional<std::int64_t> write_file(App& app, const memory::Selection& selection, const std::string& name) {
    std::error_code error;
    if (fs::exists(name, error) && !fs::is_regular_file(name, error)) return write_to(app, selection, name, name);
    const auto target = fs::weakly_canonical(name);
    const Part part{target.parent_path() / ("." + target.filename().string() + ".part")};
    const auto units = write_to(app, selection, part.path, name);
    if (!units || sync_to_disk(part.path) != 0) return std::nullopt;
    fs::rename(part.path, target, error);
    return error || sync_to_disk(target.parent_path()) != 0 ? std::nullopt : units;
}

// "-": standard output.
int export_units(App& app, const Request& request) {
    const auto selection = selection_of(request);
    const auto units =
        request.file == "-" ? write_units(app, selection, stdout) : write_file(app, selection, request.file);
    if (!units) throw CommandError(fmt::format("{} could not be written to its end. Is the disk full?", request.file));
    fmt::print(stderr, "{} units written\n", *units);
    return exit_done;
}

void set_up(CLI::App& app, Request& request) {
    app.require_subcommand(1);
    request.import = app.add_subcommand("import", "take the units of a TMX file into the memory");
    request.import->add_option("FILE", request.file)->required();
    request.imports = app.add_subcommand("imports", "list the files whose units are in the memory");
    request.remove = app.add_subcommand("remove", "take the units of a file out of the memory again");
    request.remove->add_option("IMPORT", request.id, "its number in the list")->required();
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
                if (request->imports->parsed()) return list_imports(*app);
                if (request->remove->parsed()) return remove(*app, *request);
                return request->import->parsed() ? import(*app, *request) : export_units(*app, *request);
            }};
}

}  // namespace stele::cli
