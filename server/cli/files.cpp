#include "server/cli/files.hpp"

#include <fmt/format.h>

#include <cstring>

#include "server/cli/command.hpp"
#include "src/base/sync.hpp"

namespace stele::cli {
namespace fs = std::filesystem;

fs::path free_name(const fs::path& wanted) {
    auto name = wanted;
    for (int n = 2; fs::exists(name); ++n) name = fmt::format("{}-{}", wanted.string(), n);
    return name;
}

void sync_path(const fs::path& path) {
    if (const int why = sync_to_disk(path))
        throw CommandError(fmt::format("{} cannot be written to disk: {}.", path.string(), std::strerror(why)));
}

std::string size_text(const fs::path& file) {
    const auto bytes = double(fs::file_size(file));
    if (bytes < 1e6) return fmt::format("{:.0f} KB", bytes / 1e3);
    return fmt::format("{:.1f} MB", bytes / 1e6);
}

}  // namespace stele::cli
