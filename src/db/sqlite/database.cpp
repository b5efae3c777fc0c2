#include "src/db/sqlite/database.hpp"

#include <cstdlib>

#include "src/db/sqlite/backup.hpp"
#include "src/db/sqlite/error.hpp"

namespace stele::db {

std::unique_ptr<Database> open_sqlite(const Options& options) {
    // SQLite else counts its memory under one mutex of the whole process. Without effect, as without harm, where
    // somebody has begun to use SQLite before.
    static const int not_counting = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(not_counting);
    return std::make_unique<sqlite::SqliteDatabase>(options);
}

namespace sqlite {
namespace {

class NoNews final : public News {
  public:
    Word wait(std::chrono::milliseconds at_most) override {
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, at_most, [this] { return is_woken_; });
        is_woken_ = false;
        return Word::none;
    }
    void wake() override {
        {
            const std::lock_guard lock(mutex_);
            is_woken_ = true;
        }
        woken_.notify_one();
    }

  private:
    std::mutex mutex_;
    std::condition_variable woken_;
    bool is_woken_ = false;
};

}  // namespace

std::filesystem::path TemporaryFolder::make() {
    auto name = (std::filesystem::temp_directory_path() / "stele-XXXXXX").string();
    if (!mkdtemp(name.data())) throw Error(ErrorCode::storage_unavailable, "unreachable", {{"folder", name}});
    return path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Place SqliteDatabase::place_of(const std::string& url) {
    auto path = url.substr(std::string_view("sqlite:").size());
    if (path == ":memory:") return {(temporary_.make() / "stele.db").string(), false};
    if (path.starts_with("//")) path.erase(0, 2);  // sqlite:///srv/stele.db
    return {path, true};
}

SqliteDatabase::SqliteDatabase(const Options& options)
    : options_(options),
      place_(place_of(options.url)),
      writer_(*this, place_, options_, [this](int pages) { checkpointer_.notice(pages); }),
      checkpointer_(place_, options_,
                    [this] {
                        writer_.between_batches(
                            [this](SqliteConnection& writer) { truncate_wal(writer, options_.busy_timeout_ms); });
                    }),
      readers_(options_.readers, std::chrono::milliseconds(options_.busy_timeout_ms), [this] {
          return std::make_unique<SqliteConnection>(place_, SqliteConnection::Role::reader, options_);
      }) {}

// The last connection to close moves the rest of the WAL into the database and removes it; that is the writer's.
SqliteDatabase::~SqliteDatabase() {
    readers_.clear();
    checkpointer_.stop();
    writer_.stop();
}

void SqliteDatabase::read(const std::function<void(Connection&)>& body) {
    if (auto* outer = InsideRead::connection_of(*this)) return body(*outer);
    auto connection = readers_.lend();
    try {
        read_with(*connection, body);
    } catch (const Error& error) {
        if (wants_new_connection(error)) connection.discard();
        throw;
    }
}

void SqliteDatabase::read_with(SqliteConnection& connection, const std::function<void(Connection&)>& body) const {
    struct End {
        SqliteConnection& connection;
        ~End() { connection.roll_back(); }
    };
    connection.forget_failure();
    connection.control("BEGIN");  // deferred: the snapshot is that of the first statement
    const End end{connection};
    {
        const InsideRead inside(*this, connection);
        body(connection);
    }
    if (connection.failure()) std::rethrow_exception(connection.failure());
    connection.control("COMMIT");
}

Moment SqliteDatabase::write(const std::function<void(Transaction&)>& body) {
    refuse_nested_write(*this);
    const auto committed = writer_.write(body);
    run_all(committed.actions);
    return committed.at;
}

Activity SqliteDatabase::activity() const {
    Activity activity;
    activity.readers = readers_.places();
    writer_.add_to(activity);
    checkpointer_.add_to(activity);
    return activity;
}

std::unique_ptr<News> SqliteDatabase::news() { return std::make_unique<NoNews>(); }

void SqliteDatabase::backup_to(const std::string& file) { back_up(place_, file, options_); }

}  // namespace sqlite
}  // namespace stele::db
