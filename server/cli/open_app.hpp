#pragma once
// The App of a command: database, content types, catalog.
#include "server/app.hpp"
#include "server/cli/options.hpp"

namespace stele::cli {

// What to do with a database that has no tables yet.
enum class EmptyDatabase { migrate, refuse };

// Throws CommandError with the command to run where the schema is older than this binary's; conflict where it is newer.
std::unique_ptr<App> open_app(const Options& options, EmptyDatabase empty);

// What --locale takes, repeated, or another option. Throws UsageError.
std::vector<locale::Tag> tags_of(const std::vector<std::string>& texts);
locale::Tag tag_of(const std::string& text, std::string_view option = "--locale");

}  // namespace stele::cli
