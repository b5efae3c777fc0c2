#include "server/guarded.hpp"

namespace stele {
namespace {

class Guarded final : public db::Database {
  public:
    Guarded(db::Database& database, std::function<void(db::Connection&)> ask)
        : database_(database), ask_(std::move(ask)) {}

    db::Dialect dialect() const override { return database_.dialect(); }
    const db::Options& options() const override { return database_.options(); }
    void read(const std::function<void(db::Connection&)>& body) override { database_.read(body); }
    void write(const std::function<void(db::Transaction&)>& body) override {
        database_.write([&](db::Transaction& t) {
            ask_(*t);
            body(t);
        });
    }
    void backup_to(const std::string& file) override { database_.backup_to(file); }
    std::int64_t rows_written() const override { return database_.rows_written(); }

  private:
    db::Database& database_;
    std::function<void(db::Connection&)> ask_;
};

}  // namespace

std::shared_ptr<db::Database> guarded(db::Database& database, std::function<void(db::Connection&)> ask) {
    return std::make_shared<Guarded>(database, std::move(ask));
}

}  // namespace stele
