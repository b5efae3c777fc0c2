#pragma once
// A site and files in memory, for import and export.
#include <filesystem>
#include <fstream>
#include <random>

#include "src/exchange/exchange.hpp"
#include "tests/support/content_site.hpp"

namespace stele::testing {

// A folder of its own, gone with this object.
struct TemporaryFolder {
    TemporaryFolder() {
        auto name = (std::filesystem::temp_directory_path() / "stele-exchange-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path path;
};

inline exchange::MemoryFiles read_folder(const std::filesystem::path& folder) {
    exchange::MemoryFiles files;
    const exchange::FolderFiles disk(folder);
    for (const auto& path : disk.list()) files.files[path] = disk.read(path).value();
    return files;
}

inline void write_folder(const std::filesystem::path& folder, const exchange::MemoryFiles& files) {
    for (const auto& [path, bytes] : files.files) {
        std::filesystem::create_directories((folder / path).parent_path());
        std::ofstream(folder / path, std::ios::binary) << bytes;
    }
}

inline exchange::MemoryFiles exported(const Store& store) {
    const TemporaryFolder folder;
    const auto report = exchange::export_files(store, folder.path, {});
    for (const auto& w : report.warnings) BOOST_TEST_MESSAGE("export: " << w.path << ": " << w.text);
    return read_folder(folder.path);
}

inline exchange::ImportReport import(const Store& store, const exchange::FileSource& files,
                                     const exchange::ImportOptions& options = {}) {
    return exchange::import_files(store, files, options);
}

// "" where nothing went wrong.
inline std::string mistakes(const exchange::ImportReport& report) {
    std::string text;
    for (const auto& r : report.bad) {
        text += "bad " + r.path + ":" + std::to_string(r.line) + " " + r.text + (r.error ? r.error->what() : "") + "\n";
        if (r.error)
            for (const auto& f : r.error->fields()) text += "  " + f.pointer + " " + f.message + "\n";
    }
    for (const auto& c : report.conflicts)
        text += "conflict " + c.path + " " + c.place + ": " + c.file + " | " + c.database + "\n";
    for (const auto& w : report.warnings) text += "warning " + w.path + " " + w.text + "\n";
    return text;
}

}  // namespace stele::testing
