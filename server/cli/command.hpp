#pragma once
// The subcommands: one file each, NAME.cpp, listed in main.cpp.
//
// `setup` adds the command's own options to its CLI::App; they and `run` share state that both closures own:
//
//     Command greet_command() {
//         auto name = std::make_shared<std::string>();
//         return {"greet", "say hello", [name](CLI::App& app) { app.add_option("NAME", *name)->required(); },
//                 [name](const Options& options) { … return exit_done; }};
//     }
//
// What goes wrong is thrown: UsageError for a mistake in the call, CommandError or stele::Error for what failed.
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/cli/options.hpp"
#include "src/base/error.hpp"

namespace CLI {
class App;
}

namespace stele::cli {

inline constexpr int exit_done = 0, exit_failed = 1, exit_misused = 2;

struct Command {
    std::string name;
    std::string help;
    std::function<void(CLI::App&)> setup;
    std::function<int(const Options&)> run;
};

// Words for the operator, with what to do about it. Exit code 1.
struct CommandError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Command serve_command();
Command import_command();
Command export_command();
Command migrate_command();
Command worklist_command();
Command coverage_command();
Command user_command();
Command token_command();
Command memory_command();
Command check_command();
Command backup_command();
Command restore_command();

// What an Error says to the operator, in English.
std::string describe(const Error& error);

// Parses, loads the options, runs one command, prints what it throws to standard error; the exit code.
int run_commands(int argc, const char* const* argv, const std::vector<Command>& commands);

}  // namespace stele::cli
