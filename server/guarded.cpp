#include "server/guarded.hpp"

namespace stele {
namespace {

class Guarded final : public db::Database {
  public:
    Guarded(db::Database& database, Ask ask, const Written& written)
        : database_(database), ask_(std::move(ask)), written_(written) {}

    db::Dialect dialect() const override { return database_.dialect(); }
    const db::Options& options() const override { return database_.options(); }
    void read(const std::function<void(db::Connection&)>& body) override { database_.read(body); }
    db::Moment write(const std::function<void(db::Transaction&)>& body) override {
        try {
            const auto committed = database_.write([&](db::Transaction& t) {
                ask_(*t);
                body(t);
            });
            if (written_) written_(committed);
            return committed;
        } catch (const Error& error) {
            if (written_ && error.code() == ErrorCode::outcome_unknown) written_(std::chrono::steady_clock::now());
            throw;
        }
    }
    void backup_to(const std::string& file) override { database_.backup_to(file); }
    std::int64_t rows_written() const override { return database_.rows_written(); }
    std::unique_ptr<db::News> news() override { return database_.news(); }

  private:
    db::Database& database_;
    const Ask ask_;
    const Written& written_;
};

}  // namespace

std::shared_ptr<db::Database> guarded(db::Database& database, Ask ask, const Written& written) {
    return std::make_shared<Guarded>(database, std::move(ask), written);
}

}  // namespace stele
