#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "src/base/embedded.hpp"
#include "src/exchange/exchange.hpp"
#include "src/locale/text.hpp"

namespace stele::exchange {
namespace {

struct Descriptor {
    int fd;
    ~Descriptor() {
        if (fd >= 0) close(fd);
    }
};

// Each part of the path is opened without following links, so that nothing outside of the folder is read.
int open_below(const std::string& folder, const std::string& path) {
    int at = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (size_t from = 0; at >= 0;) {
        const auto slash = path.find('/', from);
        const bool last = slash == std::string::npos;
        const auto part = path.substr(from, last ? std::string::npos : slash - from);
        const Descriptor above{at};
        if (part.empty() || part == "." || part == "..") return -1;
        at = openat(above.fd, part.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | (last ? 0 : O_DIRECTORY));
        if (last) return at;
        from = slash + 1;
    }
    return -1;
}

}  // namespace

FolderFiles::FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::error_code unknown;
    if (!std::filesystem::is_directory(folder_, unknown))
        throw Error(ErrorCode::not_found, "folder", {{"folder", folder_.string()}});
}

std::vector<std::string> FolderFiles::names(const std::function<bool(std::filesystem::file_type)>& wanted) const {
    std::vector<std::string> names;
    using Walk = std::filesystem::recursive_directory_iterator;  // it does not follow links
    for (auto at = Walk(folder_, std::filesystem::directory_options::skip_permission_denied); at != Walk(); ++at) {
        const auto name = at->path().filename().string();
        if (name.starts_with('.')) {  // hidden: version control and editors
            at.disable_recursion_pending();
            continue;
        }
        if (wanted(at->symlink_status().type()))
            names.push_back(at->path().lexically_relative(folder_).generic_string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<std::string> FolderFiles::list() const {
    return names([](auto type) { return type == std::filesystem::file_type::regular; });
}

std::vector<std::string> FolderFiles::left_out() const {
    using enum std::filesystem::file_type;
    return names([](auto type) { return type != regular && type != directory; });
}

std::optional<std::string> FolderFiles::place() const {
    std::error_code unknown;
    const auto path = std::filesystem::canonical(folder_, unknown).string();
    return unknown || !locale::is_utf8(path) ? std::nullopt : std::optional(path);
}

std::optional<std::string> FolderFiles::read(const std::string& path) const {
    const Descriptor file{open_below(folder_.string(), path)};
    struct stat status {};
    if (file.fd < 0 || fstat(file.fd, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    if (size_t(status.st_size) > max_file_bytes) return std::nullopt;
    std::string bytes(size_t(status.st_size), '\0');
    size_t have = 0;
    while (have < bytes.size()) {
        const auto n = ::read(file.fd, bytes.data() + have, bytes.size() - have);
        if (n < 0) return std::nullopt;
        if (n == 0) break;
        have += size_t(n);
    }
    bytes.resize(have);
    return bytes;
}

MemoryFiles MemoryFiles::embedded(std::string_view prefix) {
    MemoryFiles files;
    for (const auto& file : embedded::list(prefix)) files.files.emplace(file.name.substr(prefix.size()), file.text);
    return files;
}

std::vector<std::string> MemoryFiles::list() const {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) names.push_back(name);
    return names;
}

std::optional<std::string> MemoryFiles::read(const std::string& path) const {
    const auto at = files.find(path);
    return at == files.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace stele::exchange
