#pragma once
// An open transaction as a Database: what is read through it sees the transaction, what is written joins it. So the
// use-cases, which each open a transaction, can be made parts of a larger one.
//
// Each write is all or nothing for itself (a savepoint): when its body throws, what it wrote is undone, its exception
// is rethrown, and the transaction goes on. Not so after a failed statement, which ends the whole transaction as ever.
// For the thread and the time of that transaction only.
#include "src/db/db.hpp"

namespace stele::db {

class Joined final : public Database {
  public:
    Joined(Database& outer, Transaction& transaction) : outer_(outer), transaction_(transaction) {}

    Dialect dialect() const override { return outer_.dialect(); }
    const Options& options() const override { return outer_.options(); }
    void read(const std::function<void(Connection&)>& body) override { body(*transaction_); }
    // Nothing is committed yet.
    Moment write(const std::function<void(Transaction&)>& body) override;
    // Throws Error(internal, "nested-write"): a transaction is no place for it.
    void backup_to(const std::string& file) override;
    // Without those of this transaction.
    std::int64_t rows_written() const override { return outer_.rows_written(); }
    std::unique_ptr<News> news() override { return outer_.news(); }

  private:
    void undo(size_t actions);

    Database& outer_;
    Transaction& transaction_;
};

}  // namespace stele::db
