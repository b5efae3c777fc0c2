#include "src/exchange/new_files.hpp"

#include <fstream>

#include "src/base/error.hpp"
#include "src/base/sync.hpp"

namespace stele::exchange {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const fs::path& path) {
    throw Error(ErrorCode::storage_unavailable, "export", {{"path", path.string()}});
}

void sync(const fs::path& path, const fs::path& because_of) {
    if (sync_to_disk(path) != 0) cannot_write(because_of);
}

}  // namespace

NewFiles::~NewFiles() {
    std::error_code ignored;
    for (const auto& file : files_) fs::remove(file.part, ignored);
}

void NewFiles::add(const std::string& path, const std::string& bytes) {
    const auto name = folder_ / path;
    std::error_code error;
    fs::create_directories(name.parent_path(), error);
    note_folders(name.parent_path());
    files_.push_back({name.parent_path() / ("." + name.filename().string() + ".part"), name});
    std::ofstream out(files_.back().part, std::ios::binary | std::ios::trunc);
    out.write(bytes.data(), std::streamsize(bytes.size()));
    out.close();
    if (!out) cannot_write(name);
}

// Those above it, too, as far as the folder itself: they may have been made just now.
void NewFiles::note_folders(fs::path folder) {
    while (folders_.insert(folder).second && folder != folder_) folder = folder.parent_path();
}

// A name must not come to the disk before what it names (and a rename may): files first, then their folders.
void NewFiles::finish() {
    for (const auto& file : files_) sync(file.part, file.name);
    for (; !files_.empty(); files_.pop_back()) {
        std::error_code error;
        fs::rename(files_.back().part, files_.back().name, error);
        if (error) cannot_write(files_.back().name);
    }
    for (const auto& folder : folders_) sync(folder, folder);
    folders_.clear();
}

}  // namespace stele::exchange
