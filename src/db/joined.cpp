#include "src/db/joined.hpp"

namespace stele::db {

Moment Joined::write(const std::function<void(Transaction&)>& body) {
    const auto actions = transaction_.actions().size();
    transaction_->run("SAVEPOINT joined_write");
    try {
        body(transaction_);
    } catch (...) {
        const auto reason = std::current_exception();
        undo(actions);
        std::rethrow_exception(reason);
    }
    transaction_->run("RELEASE SAVEPOINT joined_write");
    return std::chrono::steady_clock::now();
}

// Writes inside writes have savepoints of the same name: both databases mean the last of them.
void Joined::undo(size_t actions) {
    try {
        transaction_->run("ROLLBACK TO SAVEPOINT joined_write");
        transaction_->run("RELEASE SAVEPOINT joined_write");
        transaction_.actions().resize(actions);
    } catch (const Error&) {
        // A statement had failed: nothing runs any more, and whoever opened the transaction undoes all of it.
    }
}

void Joined::backup_to(const std::string&) { throw Error(ErrorCode::internal, "nested-write"); }

}  // namespace stele::db
