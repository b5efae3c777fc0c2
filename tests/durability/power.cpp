#include "tests/durability/power.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <new>
#include <utility>

namespace stele::testing {
namespace {

namespace fs = std::filesystem;

constexpr size_t sector = 512;
constexpr sqlite3_int64 log_header = 32;  // sqlite.org/fileformat2.html, section 4.1

void put(std::string& content, size_t at, std::string_view bytes) {
    if (content.size() < at + bytes.size()) content.resize(at + bytes.size(), '\0');
    std::copy(bytes.begin(), bytes.end(), content.begin() + std::ptrdiff_t(at));
}

}  // namespace

// What SQLite has in its hands: ours first, behind it the real one.
struct Machine::File : sqlite3_file {
    Machine* machine;
    std::shared_ptr<Node> node;  // null: not a file that is to last
    bool is_log;
    bool folder_to_sync;
    bool committing = false;  // written to since the last sync
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

// The functions of the VFS: ours where something changes, else those of the real one.
struct Machine::Calls {
    static File& file(sqlite3_file* f) { return *static_cast<File*>(f); }
    static sqlite3_file* real(sqlite3_file* f) { return file(f).real(); }
    static Machine& machine(sqlite3_vfs* v) { return *static_cast<Machine*>(v->pAppData); }
    static sqlite3_vfs* real(sqlite3_vfs* v) { return machine(v).real_; }

    static int close(sqlite3_file* f) {
        const int code = real(f)->pMethods->xClose(real(f));
        file(f).~File();
        return code;
    }
    static int write(sqlite3_file* f, const void* bytes, int count, sqlite3_int64 at) {
        return file(f).machine->write(file(f), bytes, count, at);
    }
    static int truncate(sqlite3_file* f, sqlite3_int64 size) { return file(f).machine->truncate(file(f), size); }
    static int sync(sqlite3_file* f, int flags) { return file(f).machine->sync(file(f), flags); }

    template <auto Method, class... A>
    static int pass_on(sqlite3_file* f, A... a) {
        return (real(f)->pMethods->*Method)(real(f), a...);
    }
    static void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }

    static int open(sqlite3_vfs* v, const char* name, sqlite3_file* f, int flags, int* out) {
        auto& m = machine(v);
        constexpr int lasting = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
        constexpr int logs = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
        auto* made = new (f) File{};
        made->machine = &m;
        if ((flags & lasting) && m.is_ours(name)) made->node = m.open(name, flags & SQLITE_OPEN_CREATE);
        made->is_log = flags & SQLITE_OPEN_WAL;
        made->folder_to_sync = (flags & SQLITE_OPEN_CREATE) && (flags & logs);
        const int code = m.real_->xOpen(m.real_, name, made->real(), flags, out);
        made->pMethods = made->real()->pMethods ? methods() : nullptr;
        return code;
    }
    static int remove(sqlite3_vfs* v, const char* path, int sync_folder) {
        return machine(v).remove(path, sync_folder);
    }
    static const sqlite3_io_methods* methods();
};

const sqlite3_io_methods* Machine::Calls::methods() {
    using M = sqlite3_io_methods;
    static const M made = {
        .iVersion = 2,  // no xFetch: nothing is mapped into memory
        .xClose = close,
        .xRead = pass_on<&M::xRead, void*, int, sqlite3_int64>,
        .xWrite = write,
        .xTruncate = truncate,
        .xSync = sync,
        .xFileSize = pass_on<&M::xFileSize, sqlite3_int64*>,
        .xLock = pass_on<&M::xLock, int>,
        .xUnlock = pass_on<&M::xUnlock, int>,
        .xCheckReservedLock = pass_on<&M::xCheckReservedLock, int*>,
        .xFileControl = pass_on<&M::xFileControl, int, void*>,
        .xSectorSize = pass_on<&M::xSectorSize>,
        .xDeviceCharacteristics = pass_on<&M::xDeviceCharacteristics>,
        .xShmMap = pass_on<&M::xShmMap, int, int, int, void volatile**>,
        .xShmLock = pass_on<&M::xShmLock, int, int, int>,
        .xShmBarrier = shm_barrier,
        .xShmUnmap = pass_on<&M::xShmUnmap, int>,
        .xFetch = nullptr,
        .xUnfetch = nullptr,
    };
    return &made;
}

Machine::Machine(fs::path folder, Disk disk, int cut_at, std::uint64_t seed)
    : folder_(std::move(folder)), disk_(disk), cut_at_(cut_at), random_(seed), real_(sqlite3_vfs_find(nullptr)) {
    load();
    vfs_ = *real_;
    vfs_.szOsFile = int(sizeof(File)) + real_->szOsFile;
    vfs_.zName = "stele-test-power";
    vfs_.pNext = nullptr;
    vfs_.pAppData = this;
    vfs_.xOpen = Calls::open;
    vfs_.xDelete = Calls::remove;
    // The others get the real VFS where they look into it.
    vfs_.xAccess = [](sqlite3_vfs* v, const char* path, int flags, int* out) {
        return Calls::real(v)->xAccess(Calls::real(v), path, flags, out);
    };
    vfs_.xFullPathname = [](sqlite3_vfs* v, const char* path, int size, char* out) {
        return Calls::real(v)->xFullPathname(Calls::real(v), path, size, out);
    };
    sqlite3_vfs_register(&vfs_, 1);
}

Machine::~Machine() {
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_, 1);
}

// What is there when the machine is made has long been synced.
void Machine::load() {
    for (const auto& entry : fs::directory_iterator(folder_)) {
        std::ifstream in(entry.path(), std::ios::binary);
        auto node = std::make_shared<Node>();
        node->synced.assign(std::istreambuf_iterator<char>(in), {});
        names_[entry.path().string()] = {std::move(node)};
    }
}

bool Machine::is_ours(const char* path) const { return path && fs::path(path).parent_path() == folder_; }

bool Machine::is_off() const {
    std::lock_guard lock(mutex_);
    return off_;
}
int Machine::changes() const {
    std::lock_guard lock(mutex_);
    return changes_;
}
void Machine::cut() {
    std::lock_guard lock(mutex_);
    off_ = true;
}

bool Machine::change() {
    if (!off_ && ++changes_ >= cut_at_) off_ = true;
    return !off_;
}

std::shared_ptr<Machine::Node> Machine::open(const std::string& path, bool create) {
    std::lock_guard lock(mutex_);
    auto& nodes = names_[path];
    if (nodes.empty()) nodes.push_back(nullptr);
    if (!nodes.back() && create && !off_) nodes.push_back(std::make_shared<Node>());
    return nodes.back();
}

int Machine::write(File& file, const void* bytes, int count, sqlite3_int64 at) {
    if (file.node) {
        std::lock_guard lock(mutex_);
        if (off_) return SQLITE_IOERR_WRITE;
        file.node->since.push_back({at, std::string(static_cast<const char*>(bytes), size_t(count))});
        file.committing = file.committing || at >= log_header;
        if (!change()) return SQLITE_IOERR_WRITE;
    }
    return file.real()->pMethods->xWrite(file.real(), bytes, count, at);
}

int Machine::truncate(File& file, sqlite3_int64 size) {
    if (file.node) {
        std::lock_guard lock(mutex_);
        if (off_) return SQLITE_IOERR_TRUNCATE;
        file.node->since.push_back({size, std::nullopt});
        if (!change()) return SQLITE_IOERR_TRUNCATE;
    }
    return file.real()->pMethods->xTruncate(file.real(), size);
}

void Machine::fail_syncs(bool failing) {
    const std::lock_guard lock(mutex_);
    sync_fails_ = failing;
}

int Machine::sync(File& file, int flags) {
    if (!file.node) return file.real()->pMethods->xSync(file.real(), flags);
    std::lock_guard lock(mutex_);
    if (off_ || sync_fails_ || !change()) return SQLITE_IOERR_FSYNC;
    const bool commit = std::exchange(file.committing, false);
    if (disk_ == Disk::no_sync || (disk_ == Disk::no_sync_at_commit && file.is_log && commit)) return SQLITE_OK;
    for (const auto& change : file.node->since) {
        if (change.bytes)
            put(file.node->synced, size_t(change.at), *change.bytes);
        else
            file.node->synced.resize(size_t(change.at));
    }
    file.node->since.clear();
    if (std::exchange(file.folder_to_sync, false))
        for (auto& [path, nodes] : names_) nodes.erase(nodes.begin(), nodes.end() - 1);
    return SQLITE_OK;
}

int Machine::remove(const char* path, int sync_folder) {
    if (is_ours(path)) {
        std::lock_guard lock(mutex_);
        if (off_) return SQLITE_IOERR_DELETE;
        if (const auto found = names_.find(path); found != names_.end()) {
            if (!change()) return SQLITE_IOERR_DELETE;
            found->second.push_back(nullptr);
            if (sync_folder)
                for (auto& [name, nodes] : names_) nodes.erase(nodes.begin(), nodes.end() - 1);
        }
    }
    return real_->xDelete(real_, path, sync_folder);
}

// A sector of what was not synced is there with this probability. A file may also have grown without its content.
std::string Machine::remains(const Node& node, int percent) {
    auto content = node.synced;
    for (const auto& change : node.since) {
        const auto at = size_t(change.at);
        if (!change.bytes) {
            if (chance(percent)) content.resize(at);
            continue;
        }
        for (size_t from = 0; from < change.bytes->size();) {
            const auto piece = std::min(change.bytes->size() - from, sector - (at + from) % sector);
            if (chance(percent)) put(content, at + from, std::string_view(*change.bytes).substr(from, piece));
            from += piece;
        }
        if (chance(10) && content.size() < at + change.bytes->size()) content.resize(at + change.bytes->size(), '\0');
    }
    return content;
}

void Machine::leave(const fs::path& folder) {
    constexpr int percents[] = {0, 30, 70, 95, 100};
    std::lock_guard lock(mutex_);
    for (const auto& [path, nodes] : names_) {
        const auto& node = nodes[random_() % nodes.size()];
        if (!node) continue;
        const auto content = remains(*node, percents[random_() % std::size(percents)]);
        std::ofstream(folder / fs::path(path).filename(), std::ios::binary) << content;
    }
}

}  // namespace stele::testing
