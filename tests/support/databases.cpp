#include "tests/support/databases.hpp"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include "tests/support/postgres_cluster.hpp"

namespace stele::testing {
namespace {

namespace fs = std::filesystem;

// In memory where there is room: every commit is synced, and a test does not lose power.
fs::path base_folder() {
    constexpr std::uintmax_t room = 256u << 20;
    std::error_code error;
    const auto space = fs::space("/dev/shm", error);
    return !error && space.available >= room && access("/dev/shm", W_OK) == 0 ? fs::path("/dev/shm")
                                                                              : fs::temp_directory_path();
}

std::string fresh_folder() {
    auto name = (base_folder() / "stele-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    return name;
}

struct Folder {
    std::string path = fresh_folder();
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

void migrate_at(const std::string& url) {
    db::Options options;
    options.url = url;
    const auto database = db::Database::open(options);
    db::migrate(*database);
}

// Migrated once per process; each test gets a copy.
fs::path sqlite_template() {
    static const Folder folder;
    static const fs::path file = [] {
        auto path = folder.path + "/template.db";
        migrate_at("sqlite:" + path);  // closed again, so that all of it is in the one file
        return path;
    }();
    return file;
}

const std::string& postgres_template() {
    static const std::string name = [] {
        PostgresCluster::instance().run("CREATE DATABASE stele_template");
        migrate_at(PostgresCluster::instance().url("stele_template"));
        return "stele_template";
    }();
    return name;
}

}  // namespace

Db::Db(db::Dialect dialect, Schema schema) : Db(dialect, schema, db::Options{}) {}

Db::Db(db::Dialect dialect, Schema schema, db::Options options) : dialect_(dialect), options_(std::move(options)) {
    make(schema);
    reopen();
}

Db::~Db() {
    database_.reset();
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
    try {
        if (!name_.empty()) PostgresCluster::instance().run("DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
    } catch (const std::exception& error) {
        BOOST_TEST_ERROR(error.what());
    }
}

void Db::make(Schema schema) {
    static std::atomic<int> made = 0;
    if (dialect_ == db::Dialect::sqlite) {
        folder_ = fresh_folder();
        const auto file = folder_ + "/stele.db";
        if (schema == Schema::migrated) fs::copy_file(sqlite_template(), file);
        url_ = "sqlite:" + file;
    } else {
        name_ = "test_" + std::to_string(++made);
        const auto from = schema == Schema::migrated ? postgres_template() : std::string("template0");
        PostgresCluster::instance().run("CREATE DATABASE " + name_ + " TEMPLATE " + from);
        url_ = PostgresCluster::instance().url(name_);
    }
}

void Db::reopen() { reopen(options_); }

void Db::reopen(const db::Options& options) {
    database_.reset();
    options_ = options;
    options_.url = url_;
    database_ = db::Database::open(options_);
}

bool is_selected(db::Dialect dialect) {
    const char* set = std::getenv("STELE_TEST_DATABASES");
    const std::string_view wanted = set && *set ? set : "both";
    if (wanted != "both" && wanted != "sqlite" && wanted != "postgres")
        throw std::runtime_error("STELE_TEST_DATABASES is sqlite, postgres or both");
    return wanted == "both" || wanted == (dialect == db::Dialect::sqlite ? "sqlite" : "postgres");
}

}  // namespace stele::testing
