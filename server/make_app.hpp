#pragma once
// The parts of an App that are the same for serve and for tests.
#include <map>
#include <string>

#include "server/app.hpp"

namespace stele {

// Content types, catalog and the API's description, from what is linked in and from options.overrides: its folders
// content-types/ and locales/ replace files by name. Throws std::runtime_error that names the file.
void load_parts(App& app);

// Files of a folder of the repository (linked in), each replaced by one of the same name below options.overrides.
// "locales/", ".json" → {"en": …, "nb": …}
std::map<std::string, std::string> files_of(const cli::Options& options, std::string_view embedded_folder,
                                            std::string_view override_folder, std::string_view ending);

}  // namespace stele
