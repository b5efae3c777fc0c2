#include "tests/durability/two_sites.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/support/child.hpp"

namespace stele::testing {
namespace {

namespace fs = std::filesystem;

constexpr int rows = 600;

std::unique_ptr<db::Database> open(const fs::path& file) {
    return db::Database::open({.url = "sqlite:" + file.string(), .readers = 1});
}

void mark(db::Database& db, const std::string& name, int from, int to) {
    db.write([&](db::Transaction& t) {
        for (int i = from; i < to; ++i)
            t->run(
                "INSERT INTO change (position, at, kind, actor, detail) VALUES ($1, 0, $2, $2, $3) ON CONFLICT "
                "(position) DO UPDATE SET kind = $2",
                i, name, std::string(size_t(100 + i % 70), 'x'));
        t->run("INSERT INTO site (name, value) VALUES ('mark', $1) ON CONFLICT (name) DO UPDATE SET value = $1", name);
    });
}

}  // namespace

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const fs::path& file, const std::string& content) { std::ofstream(file, std::ios::binary) << content; }

TwoSites::TwoSites() : home_(db::Dialect::sqlite) {
    home_.close();
    const fs::path made = home_.url().substr(std::string_view("sqlite:").size());
    const auto home = made.parent_path();
    folder = home / "site";
    database = folder / "stele.db";
    backup = home / "new.backup";
    for (const auto* name : {"new.db", "old.db"}) fs::copy_file(made, home / name);
    const auto newer = open(home / "new.db");
    mark(*newer, "new", 0, rows);
    newer->backup_to(backup.string());
}

void TwoSites::put_old_database() const {
    fs::remove_all(folder);
    fs::create_directory(folder);
    const auto home = folder.parent_path();
    const auto older = open(home / "old.db");
    mark(*older, "old", 0, rows);
    // While it is open, as the files are when its process is killed.
    for (const auto* ending : {"", "-wal"})
        fs::copy_file((home / "old.db").string() + ending, database.string() + ending);
}

std::string TwoSites::whose() const {
    try {
        const auto db = open(database);
        return db->reading([](db::Connection& c) {
            std::string found;
            c.query("SELECT DISTINCT kind FROM change UNION SELECT value FROM site WHERE name = 'mark'", {},
                    [&](db::Row row) { found += (found.empty() ? "" : " ") + row.text(0); });
            c.query("PRAGMA integrity_check", {}, [&](db::Row row) {
                if (row.text(0) != "ok") found += " " + row.text(0);
            });
            return found;
        });
    } catch (const std::exception& error) {
        return error.what();
    }
}

std::vector<std::string> TwoSites::restore_command() const {
    return {STELE_BINARY, "--database", "sqlite:" + database.string(), "restore", backup.string(), "--force"};
}

int TwoSites::run(const std::vector<std::string>& arguments, std::string* said) const {
    const auto errors = (folder.parent_path() / "errors").string();
    fs::remove(errors);
    std::vector<std::string> command{STELE_BINARY, "--database", "sqlite:" + database.string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    test::Child child(command, {.errors = errors});
    child.output();
    const int code = child.wait();
    if (said) *said = content_of(errors);
    return code;
}

std::vector<std::string> TwoSites::files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace stele::testing
