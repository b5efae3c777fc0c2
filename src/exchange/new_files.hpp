#pragma once
// Inside export: files that come into a folder whole and to stay.
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace stele::exchange {

// Several at a time: a reader sees the old file or the new one, never a part, and after finish() it is the new one,
// even when the power is cut. What is not finished leaves nothing behind.
//
// Throws Error(storage_unavailable, "export") where the folder cannot be written.
class NewFiles {
  public:
    explicit NewFiles(const std::filesystem::path& folder) : folder_((folder / "x").parent_path()) {}
    ~NewFiles();
    NewFiles(const NewFiles&) = delete;
    NewFiles& operator=(const NewFiles&) = delete;

    void add(const std::string& path, const std::string& bytes);
    void finish();
    size_t size() const { return files_.size(); }

  private:
    struct File {
        std::filesystem::path part, name;
    };
    void note_folders(std::filesystem::path folder);

    const std::filesystem::path folder_;
    std::vector<File> files_;
    std::set<std::filesystem::path> folders_;  // of names that are new since finish()
};

}  // namespace stele::exchange
