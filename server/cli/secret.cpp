#include "server/cli/secret.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iterator>

#include "server/cli/command.hpp"
#include "src/accounts/secrets.hpp"

namespace stele::cli {
namespace {

constexpr size_t least_bytes = 32;

std::string read_secret(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.size() < least_bytes)
        throw CommandError(fmt::format("{} has to hold at least {} bytes of secret. Remove it to have a new one made.",
                                       file, least_bytes));
    return text;
}

}  // namespace

std::string load_secret(const std::string& file) {
    // O_EXCL: of two processes that start at once, one makes it and the other reads it.
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST) return read_secret(file);
    if (fd < 0)
        throw CommandError(
            fmt::format("{} cannot be made: {}. Name another with --secret-file.", file, std::strerror(errno)));
    auto secret = accounts::make_secret();
    const auto line = secret + "\n";
    const bool written = ::write(fd, line.data(), line.size()) == ssize_t(line.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!written) throw CommandError(fmt::format("{} could not be written", file));
    return secret;
}

}  // namespace stele::cli
