#include "src/db/seal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "src/base/error.hpp"

namespace stele::db {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "\nstele backup ";
constexpr size_t chunk_bytes = 1u << 20;

[[noreturn]] void fail(const fs::path& path) {
    const int code = errno;
    const bool full = code == ENOSPC || code == EDQUOT;
    const bool forbidden = code == EROFS || code == EACCES || code == EPERM;
    throw Error(ErrorCode::storage_unavailable,
                full        ? "disk-full"
                : forbidden ? "read-only"
                            : "io",
                {{"file", path.string()}, {"message", std::generic_category().message(code)}});
}

class File {
  public:
    File(const fs::path& path, int flags) : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
        if (file_ < 0) fail(path_);
    }
    ~File() { ::close(file_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    // As many as there are, `bytes` at most.
    std::string_view read(std::vector<char>& room, size_t bytes) {
        size_t filled = 0;
        while (filled < bytes) {
            const auto got = ::read(file_, room.data() + filled, bytes - filled);
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) fail(path_);
            if (got == 0) break;
            filled += size_t(got);
        }
        return {room.data(), filled};
    }
    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto written = ::write(file_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(path_);
            bytes.remove_prefix(size_t(written));
        }
    }

  private:
    const fs::path path_;
    const int file_;
};

class Hash {
  public:
    Hash() { XXH3_128bits_reset(state_.get()); }
    void add(std::string_view bytes) {
        XXH3_128bits_update(state_.get(), bytes.data(), bytes.size());
        bytes_ += bytes.size();
    }
    std::string line() const {
        const auto hash = XXH3_128bits_digest(state_.get());
        return fmt::format("{}1: {:020} bytes, {:016x}{:016x}\n", mark, bytes_, hash.high64, hash.low64);
    }

  private:
    struct Free {
        void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
    };
    std::unique_ptr<XXH3_state_t, Free> state_{XXH3_createState()};
    std::uint64_t bytes_ = 0;
};

size_t line_bytes() {
    static const size_t bytes = Hash().line().size();
    return bytes;
}

}  // namespace

void seal(const fs::path& database) {
    File file(database, O_RDWR);
    std::vector<char> room(chunk_bytes);
    Hash hash;
    for (auto chunk = file.read(room, chunk_bytes); !chunk.empty(); chunk = file.read(room, chunk_bytes))
        hash.add(chunk);
    file.write(hash.line());  // reading has come to the end
}

Seal copy_sealed(const fs::path& backup, const fs::path& copy) {
    const auto size = fs::file_size(backup);
    File from(backup, O_RDONLY), to(copy, O_WRONLY | O_CREAT | O_EXCL);
    if (size < line_bytes()) return Seal::missing;
    std::vector<char> room(chunk_bytes);
    Hash hash;
    for (auto left = size - line_bytes(); left > 0;) {
        const auto chunk = from.read(room, std::min(left, std::uintmax_t(chunk_bytes)));
        if (chunk.empty()) return Seal::missing;  // it shrinks while it is read
        hash.add(chunk);
        to.write(chunk);
        left -= chunk.size();
    }
    const auto line = from.read(room, chunk_bytes);
    if (line == hash.line()) return Seal::whole;
    return line.starts_with(mark) ? Seal::broken : Seal::missing;
}

}  // namespace stele::db
