#pragma once
#include <filesystem>

#include "src/db/driver.hpp"
#include "src/db/pool.hpp"
#include "src/db/sqlite/checkpointer.hpp"
#include "src/db/sqlite/writer.hpp"

namespace stele::db::sqlite {

// A folder with the database of "sqlite::memory:", gone when the database is closed. A file and not SQLite's own
// :memory:, because only a file in WAL mode lets readers and the writer work at the same time, as in production.
class TemporaryFolder {
  public:
    TemporaryFolder() = default;
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path make();

  private:
    std::filesystem::path path_;
};

class SqliteDatabase final : public Database {
  public:
    explicit SqliteDatabase(const Options& options);
    ~SqliteDatabase() override;

    Dialect dialect() const override { return Dialect::sqlite; }
    const Options& options() const override { return options_; }
    void read(const std::function<void(Connection&)>& body) override;
    Moment write(const std::function<void(Transaction&)>& body) override;
    void backup_to(const std::string& file) override;
    std::int64_t rows_written() const override { return writer_.rows_written(); }
    Activity activity() const override;
    std::unique_ptr<News> news() override;
    size_t writes_waiting() const { return writer_.waiting(); }

  private:
    void read_with(SqliteConnection& connection, const std::function<void(Connection&)>& body) const;
    Place place_of(const std::string& url);

    const Options options_;
    TemporaryFolder temporary_;
    const Place place_;
    // The writer tells the checkpointer what it has committed, the checkpointer asks the writer for a moment's rest.
    // Neither does before the first write or after the destructor has stopped them.
    Writer writer_;
    Checkpointer checkpointer_;
    Pool<SqliteConnection> readers_;
};

}  // namespace stele::db::sqlite
