#include "server/cli/command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "server/version.hpp"
#include "src/base/embedded.hpp"
#include "src/base/error.hpp"
#include "src/locale/catalog.hpp"

namespace stele::cli {
namespace {

locale::Catalog catalog() {
    std::map<std::string, std::string> files;
    constexpr std::string_view folder = "locales/", ending = ".json";
    for (const auto& file : embedded::list(folder)) {
        auto name = file.name.substr(folder.size());
        if (!name.ends_with(ending)) continue;
        name.remove_suffix(ending.size());
        files.emplace(name, file.text);
    }
    return locale::Catalog(files);
}

int failed(const std::string& text, int code) {
    fmt::print(stderr, "stele: {}\n", text);
    return code;
}

struct Line {
    std::map<std::string, std::string> values;  // option -> value as written; nodes stay put while CLI11 points at them
    std::string config;
    bool print_config = false;
};

void add_options(CLI::App& app, Line& line) {
    app.add_option("--config", line.config, "TOML file with any of the options below")->envname("STELE_CONFIG");
    app.add_flag("--print-config", line.print_config, "print all options as a TOML file, and nothing else");
    for (const auto& row : option_table()) {
        auto& value = line.values[std::string(row.name)];
        app.add_option(command_line_name(row), value, help_text(row))->type_name(row.unit.empty() ? "TEXT" : "NUMBER");
    }
}

Options options_of(const CLI::App& app, const Line& line) {
    std::map<std::string, std::string> given;
    for (const auto& row : option_table())
        if (app.count(command_line_name(row))) given.emplace(row.name, line.values.at(std::string(row.name)));
    std::optional<std::string> file;
    if (!line.config.empty()) file = line.config;
    return load_options(given, process_environment(), file);
}

int run(const CLI::App& app, const Line& line, const std::vector<Command>& commands) {
    const auto options = options_of(app, line);
    if (line.print_config) {
        fmt::print("{}", to_toml(options));
        return exit_done;
    }
    for (const auto& command : commands)
        if (app.got_subcommand(command.name)) return command.run(options);
    throw UsageError("no command given. stele --help lists them.");
}

// What the system says of which file: an operator, other than a client of the API, may know.
std::string about_file(const Error& error) {
    std::string message, file;
    for (const auto& param : error.params()) {
        if (param.name == "message") message = std::get<std::string>(param.value);
        if (param.name == "file") file = std::get<std::string>(param.value);
    }
    return message.empty() || file.empty() ? std::string() : fmt::format("\n  {}: {}", file, message);
}

}  // namespace

// The words that a client of the API would get, in English as all of the command line, where they say what happened;
// else what the log would say, which an operator can use and a client must not see.
std::string describe(const Error& error) {
    const auto words = catalog();
    const auto english = locale::Tag::stored("en");
    const auto reason = error.reason().empty() ? "" : "." + error.reason();
    const auto key = fmt::format("error.{}{}.detail", name_of(error.code()), reason);
    const bool has_words = error.code() != ErrorCode::internal && words.has(key);
    auto text = has_words ? words.text(english, key, error.params()) : std::string(error.what());
    if (has_words) text += about_file(error);
    for (const auto& field : error.fields())
        text += fmt::format("\n  {}: {}", field.pointer, words.text(english, field.message, field.params));
    return text;
}

int run_commands(int argc, const char* const* argv, const std::vector<Command>& commands) {
    CLI::App app{"Stele: a multilingual content management backend", "stele"};
    Line line;
    app.set_version_flag("--version", fmt::format("stele {}", version));
    app.fallthrough();  // options of the table are understood after the command, too
    app.require_subcommand(0, 1);
    app.footer("Exit codes: 0 done, 1 failed, 2 misused.");
    add_options(app, line);
    for (const auto& command : commands) {
        auto* sub = app.add_subcommand(command.name, command.help);
        sub->footer("stele --help lists the options that every command takes.");
        command.setup(*sub);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? exit_done : exit_misused;
    }
    try {
        return run(app, line, commands);
    } catch (const UsageError& e) {
        return failed(e.what(), exit_misused);
    } catch (const Error& e) {
        return failed(describe(e), exit_failed);
    } catch (const std::exception& e) {
        return failed(e.what(), exit_failed);
    }
}

}  // namespace stele::cli
