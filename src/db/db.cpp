#include "src/db/db.hpp"

#include "src/db/driver.hpp"
#include "src/db/row.hpp"

namespace stele::db {

bool Row::is_null(int column) const { return impl_->is_null(column); }
std::int64_t Row::integer(int column) const { return impl_->integer(column); }
double Row::real(int column) const { return impl_->real(column); }
std::string Row::text(int column) const { return std::string(impl_->text(column)); }
std::string Row::bytes(int column) const { return std::string(impl_->bytes(column)); }
std::string_view Row::text_view(int column) const { return impl_->text(column); }

std::optional<std::int64_t> Row::optional_integer(int column) const {
    if (is_null(column)) return std::nullopt;
    return integer(column);
}

std::optional<std::string> Row::optional_text(int column) const {
    if (is_null(column)) return std::nullopt;
    return text(column);
}

std::optional<std::string> Row::optional_bytes(int column) const {
    if (is_null(column)) return std::nullopt;
    return bytes(column);
}

void wrong_column(int column, std::string_view wanted) {
    throw Error(ErrorCode::internal, "column", {{"column", std::int64_t(column)}, {"wanted", std::string(wanted)}});
}

void Connection::query(std::string_view sql, std::span<const Value> values, const std::function<void(Row)>& each) {
    refuse_what_cannot_run(sql, values);
    do_query(sql, values, each);
}

std::int64_t Connection::execute(std::string_view sql, std::span<const Value> values) {
    refuse_what_cannot_run(sql, values);
    return do_execute(sql, values);
}

void Connection::fail(Error error) {
    failure_ = std::make_exception_ptr(error);
    throw error;
}

// PostgreSQL ends a transaction at its first error and has no NUL in text. Both hold for SQLite too, so that what works
// in a test on one works on the other.
void Connection::refuse_what_cannot_run(std::string_view sql, std::span<const Value> values) {
    if (failure_) throw Error(ErrorCode::internal, "transaction-ended", {{"sql", std::string(sql)}});
    for (const auto& value : values)
        if (const auto* text = std::get_if<std::string>(&value); text && text->find('\0') != std::string::npos)
            fail(Error(ErrorCode::internal, "nul-in-text", {{"sql", std::string(sql)}}));
}

namespace {
thread_local const Database* writing_now = nullptr;
thread_local const InsideRead* reading_now = nullptr;
}  // namespace

InsideWrite::InsideWrite(const Database& database) : before_(writing_now) { writing_now = &database; }
InsideWrite::~InsideWrite() { writing_now = before_; }

void refuse_nested_write(const Database& database) {
    if (writing_now == &database) throw Error(ErrorCode::internal, "nested-write");
}

InsideRead::InsideRead(const Database& database, Connection& connection)
    : before_(reading_now), database_(database), connection_(connection) {
    reading_now = this;
}
InsideRead::~InsideRead() { reading_now = before_; }

Connection* InsideRead::connection_of(const Database& database) {
    return reading_now && &reading_now->database_ == &database ? &reading_now->connection_ : nullptr;
}

void run_all(const std::vector<std::function<void()>>& actions) {
    std::exception_ptr first;
    for (const auto& action : actions) {
        try {
            action();
        } catch (...) {
            if (!first) first = std::current_exception();
        }
    }
    if (first) std::rethrow_exception(first);
}

std::unique_ptr<Database> Database::open(const Options& options) {
    if (options.url.starts_with("sqlite:")) return open_sqlite(options);
    if (options.url.starts_with("postgresql:") || options.url.starts_with("postgres:")) return open_postgres(options);
    throw Error(ErrorCode::internal, "database-url", {{"expected", "sqlite:PATH or postgresql://…"}});
}

}  // namespace stele::db
