#include "src/base/sync.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace stele {

int sync_to_disk(const std::filesystem::path& path) noexcept {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return errno;
    const int error = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    return error;
}

}  // namespace stele
