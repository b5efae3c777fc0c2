#include "server/cli/secret.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
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

[[noreturn]] void fail(const std::string& file) {
    throw CommandError(
        fmt::format("{} cannot be made: {}. Name another with --secret-file.", file, std::strerror(errno)));
}

bool write_whole(int fd, const std::string& text) {
    const bool written = ::write(fd, text.data(), text.size()) == ssize_t(text.size()) && ::fsync(fd) == 0;
    ::close(fd);
    return written;
}

}  // namespace

std::string load_secret(const std::string& file) {
    if (::access(file.c_str(), F_OK) == 0) return read_secret(file);
    const auto secret = accounts::make_secret();
    auto made = file + ".XXXXXX";
    const int fd = ::mkostemp(made.data(), O_CLOEXEC);
    if (fd < 0) fail(file);
    // It gets its name when it is whole. Of two processes that start at once one gives it, and the other takes that.
    const bool named = write_whole(fd, secret + "\n") && ::link(made.c_str(), file.c_str()) == 0;
    const int error = errno;
    ::unlink(made.c_str());
    errno = error;
    if (!named && error != EEXIST) fail(file);
    return named ? secret : read_secret(file);
}

}  // namespace stele::cli
