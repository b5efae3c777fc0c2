#pragma once
// Content as files: one Markdown file per article and locale, with YAML front matter; rows may lie beside as CSV.
//
// The content of each file as last imported or exported is kept for each place, and is the base of a three-way merge:
// what only the file changed is applied, what only the database changed stays, what both changed is a conflict.
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"
#include "src/storage/store.hpp"

namespace stele::exchange {

inline constexpr size_t max_file_bytes = 4 << 20;

// Where files are read. Paths are below one folder, with '/', in byte order.
class FileSource {
  public:
    virtual ~FileSource() = default;
    virtual std::vector<std::string> list() const = 0;
    // What is there besides: links, pipes, devices. None of it is ever opened.
    virtual std::vector<std::string> left_out() const { return {}; }
    // Where they lie, as an export and an import name the same folder. Absent: nowhere that is known again.
    virtual std::optional<std::string> place() const { return std::nullopt; }
    // Absent: no such regular file (links are not followed), not readable, or over max_file_bytes. Used by several
    // threads at once.
    virtual std::optional<std::string> read(const std::string& path) const = 0;
};

// Throws Error(not_found, "folder") where there is no such folder.
class FolderFiles : public FileSource {
  public:
    explicit FolderFiles(std::filesystem::path folder);
    std::vector<std::string> list() const override;
    std::vector<std::string> left_out() const override;
    std::optional<std::string> place() const override;
    std::optional<std::string> read(const std::string& path) const override;

  private:
    std::vector<std::string> names(const std::function<bool(std::filesystem::file_type)>& wanted) const;

    std::filesystem::path folder_;
};

// Files in memory: those that are linked into the binary, and tests.
class MemoryFiles : public FileSource {
  public:
    MemoryFiles() = default;
    explicit MemoryFiles(std::map<std::string, std::string> given) : files(std::move(given)) {}
    // Embedded files below `prefix` ("config/demo/"), named without it.
    static MemoryFiles embedded(std::string_view prefix);
    std::vector<std::string> list() const override;
    std::optional<std::string> read(const std::string& path) const override;

    std::map<std::string, std::string> files;
};

// done and total count files of articles.
using Progress = std::function<void(size_t done, size_t total)>;

struct ImportOptions {
    bool draft = false;    // publish nothing
    bool theirs = false;   // in a conflict the file's is taken
    bool dry_run = false;  // report, write nothing
    Actor actor = "import";
    Progress progress = {};
};

// What kept a file from being imported, or what was odd about it. In English, as the command line is.
struct Remark {
    std::string path;
    int line = 0;  // 0: the file as a whole
    std::string text;
    std::string remedy;
    std::optional<Error> error = std::nullopt;  // what the product itself refused; its words are in the catalog
};
// Changed in the file and in the database. The database's stays, unless `theirs`.
struct Conflict {
    std::string path;
    std::string place;  // "title", "slug", "fields.NAME", "body 3" (segment of the file, from 1), "shared.NAME" …
    std::string file, database;
};

struct ImportReport {
    int created = 0;                   // translations that did not exist
    int changed = 0;                   // that were written, or published
    int unchanged = 0;                 // nothing differed
    std::vector<std::string> skipped;  // files that are not content: no front matter, or no locale in the name
    std::vector<Conflict> conflicts;
    std::vector<Remark> bad;
    std::vector<Remark> warnings;
    bool clean() const { return conflicts.empty() && bad.empty(); }
};
ImportReport import_files(const Store& store, const FileSource& files, const ImportOptions& options);

struct ExportReport {
    int written = 0;  // files that are new or differ
    int unchanged = 0;
    std::vector<Remark> conflicts;  // changed on disk since the last import or export: not overwritten
    std::vector<Remark> former;     // files of translations or articles that are deleted: left as they are
    std::vector<Remark> warnings;
    bool clean() const { return conflicts.empty(); }
};
struct ExportOptions {
    Progress progress = {};  // done and total count articles
};
// Throws Error(storage_unavailable, "export") where the folder cannot be written.
ExportReport export_files(const Store& store, const std::filesystem::path& folder, const ExportOptions& options);

}  // namespace stele::exchange
