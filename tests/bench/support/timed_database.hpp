#pragma once
// A database that keeps count of what its writes take: in all, in SQL, and around it.
#include <atomic>
#include <memory>

#include "src/db/db.hpp"

namespace stele::bench {

struct WriteTimes {
    std::atomic<std::int64_t> transactions = 0, statements = 0;
    // µs, summed: the time of whole calls of write(); the CPU of their bodies, and of the statements in these.
    std::atomic<std::int64_t> calls = 0, bodies = 0, sql = 0;
};

class TimedDatabase final : public db::Database {
  public:
    explicit TimedDatabase(std::unique_ptr<db::Database> inner) : inner_(std::move(inner)) {}

    const WriteTimes& times() const { return times_; }

    db::Dialect dialect() const override { return inner_->dialect(); }
    const db::Options& options() const override { return inner_->options(); }
    void read(const std::function<void(db::Connection&)>& body) override { inner_->read(body); }
    db::Moment write(const std::function<void(db::Transaction&)>& body) override;
    void backup_to(const std::string& file) override { inner_->backup_to(file); }
    std::int64_t rows_written() const override { return inner_->rows_written(); }
    std::unique_ptr<db::News> news() override { return inner_->news(); }

  private:
    std::unique_ptr<db::Database> inner_;
    WriteTimes times_;
};

}  // namespace stele::bench
