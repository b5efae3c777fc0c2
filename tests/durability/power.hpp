#pragma once
// A machine whose power is cut: a VFS under SQLite that knows, of each file in one folder, what has been synced and
// what has only been written since. At the cut, any part of the latter is on the disk and any part is not, in pieces of
// a sector of 512 bytes, whatever the order in which it was written; a name that was made or removed, too, until the
// folder has been synced. From then on nothing can be written and nothing is synced.
//
// What is assumed of a disk: a sector is written whole or not at all, and nothing changes beside what is written
// (SQLITE_IOCAP_POWERSAFE_OVERWRITE, which SQLite's own VFS assumes); fsync of a file makes its content durable, fsync
// of a folder the names in it. SQLite syncs the folder at the first sync of a new log (os_unix.c, UNIXFILE_DIRSYNC).
#include <sqlite3.h>

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace stele::testing {

class Machine {
  public:
    enum class Disk {
        honest,
        no_sync_at_commit,  // as under PRAGMA synchronous = NORMAL: the log is synced by checkpoints alone
        no_sync             // as under PRAGMA synchronous = OFF
    };

    // From here on SQLite's default VFS. The power is cut at the `cut_at`-th change of a file: a write, a truncation, a
    // sync, a removal.
    Machine(std::filesystem::path folder, Disk disk, int cut_at, std::uint64_t seed);
    ~Machine();
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    void cut();
    // The disk says that it cannot sync, and syncs nothing, until it can again.
    void fail_syncs(bool failing);
    bool is_off() const;
    int changes() const;
    // Puts what is on the disk after the cut into another folder.
    void leave(const std::filesystem::path& folder);

  private:
    struct Change {
        sqlite3_int64 at = 0;
        std::optional<std::string> bytes;  // absent: the file is cut off there
    };
    struct Node {
        std::string synced;
        std::vector<Change> since;
    };
    using Nodes = std::vector<std::shared_ptr<Node>>;  // null: the name does not exist
    struct File;
    struct Calls;

    // False when there is no power, or none from this change on.
    bool change();
    void load();
    std::shared_ptr<Node> open(const std::string& path, bool create);
    int write(File& file, const void* bytes, int count, sqlite3_int64 at);
    int truncate(File& file, sqlite3_int64 size);
    int sync(File& file, int flags);
    int remove(const char* path, int sync_folder);
    bool is_ours(const char* path) const;
    std::string remains(const Node& node, int percent);
    bool chance(int percent) { return int(random_() % 100) < percent; }

    const std::filesystem::path folder_;
    const Disk disk_;
    const int cut_at_;
    std::mt19937_64 random_;
    sqlite3_vfs* const real_;
    sqlite3_vfs vfs_{};
    mutable std::mutex mutex_;
    // Every node that the name has meant since the folder was synced; the last one is what it means now.
    std::map<std::string, Nodes> names_;
    int changes_ = 0;
    bool off_ = false, sync_fails_ = false;
};

}  // namespace stele::testing
