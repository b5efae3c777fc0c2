#pragma once
#include <string>

namespace stele::cli {

// What preview links are signed with: the file's content, made (readable by its owner alone) where there is none.
// Throws CommandError.
std::string load_secret(const std::string& file);

}  // namespace stele::cli
