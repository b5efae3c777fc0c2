#pragma once
// A database that remembers what it is asked, for tests that look at the plans of the statements as they are.
#include <string>
#include <vector>

#include "src/db/db.hpp"

namespace stele::testing {

struct Asked {
    std::string sql;
    std::vector<db::Value> values;
};

class RecordingConnection final : public db::Connection {
  public:
    RecordingConnection(db::Connection& inner, std::vector<Asked>& asked) : inner_(inner), asked_(asked) {}
    db::Dialect dialect() const override { return inner_.dialect(); }

  private:
    void do_query(std::string_view sql, std::span<const db::Value> values,
                  const std::function<void(db::Row)>& each) override {
        asked_.push_back({std::string(sql), {values.begin(), values.end()}});
        inner_.query(sql, values, each);
    }
    std::int64_t do_execute(std::string_view sql, std::span<const db::Value> values) override {
        asked_.push_back({std::string(sql), {values.begin(), values.end()}});
        return inner_.execute(sql, values);
    }
    db::Connection& inner_;
    std::vector<Asked>& asked_;
};

// What is read by reads of its own; writes are not looked at.
class RecordingDatabase final : public db::Database {
  public:
    explicit RecordingDatabase(db::Database& inner) : inner_(inner) {}
    db::Dialect dialect() const override { return inner_.dialect(); }
    const db::Options& options() const override { return inner_.options(); }
    void read(const std::function<void(db::Connection&)>& body) override {
        inner_.read([&](db::Connection& c) {
            RecordingConnection recording(c, asked);
            body(recording);
        });
    }
    db::Moment write(const std::function<void(db::Transaction&)>& body) override { return inner_.write(body); }
    void backup_to(const std::string& file) override { inner_.backup_to(file); }
    std::int64_t rows_written() const override { return inner_.rows_written(); }
    std::unique_ptr<db::News> news() override { return inner_.news(); }

    std::vector<Asked> asked;

  private:
    db::Database& inner_;
};

}  // namespace stele::testing
