#pragma once
// Files that must not be lost: the names beside a database, and renames that survive a power cut.
#include <filesystem>
#include <string>

namespace stele::cli {

// `wanted`, else "wanted-2", "wanted-3" …: the first that nothing has.
std::filesystem::path free_name(const std::filesystem::path& wanted);
// fsync of a file, or of a folder after a rename in it. Throws CommandError.
void sync_path(const std::filesystem::path& path);
// "1.2 MB", for a summary.
std::string size_text(const std::filesystem::path& file);

}  // namespace stele::cli
