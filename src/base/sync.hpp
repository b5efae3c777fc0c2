#pragma once
#include <filesystem>

namespace stele {

// fsync(2) of a file; of a folder, so that the names in it last: a rename is not on the disk before that. Symbolic
// links are followed. 0, or the errno of what failed.
int sync_to_disk(const std::filesystem::path& path) noexcept;

}  // namespace stele
