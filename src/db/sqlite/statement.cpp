#include "src/db/sqlite/statement.hpp"

#include <string>

#include "src/db/sqlite/error.hpp"

namespace stele::db::sqlite {
namespace {

Error wrong_statement(std::string_view sql, std::string why) {
    return Error(ErrorCode::internal, "statement", {{"message", std::move(why)}, {"sql", std::string(sql)}});
}

std::vector<int> parameter_indexes(sqlite3_stmt* statement, std::string_view sql) {
    const int count = sqlite3_bind_parameter_count(statement);
    std::vector<int> indexes;
    for (int n = 1; n <= count; ++n) {
        const int index = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(n)).c_str());
        // PostgreSQL refuses a gap too: it cannot know the type of a parameter that is not there.
        if (index == 0) throw wrong_statement(sql, "no parameter $" + std::to_string(n));
        indexes.push_back(index);
    }
    return indexes;
}

}  // namespace

Statement::Statement(sqlite3* db, std::string_view sql) : db_(db) {
    const char* tail = nullptr;
    const int code =
        sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &statement_, &tail);
    if (code != SQLITE_OK) throw error_from(db, code, sql);
    try {
        const auto rest = sql.substr(static_cast<size_t>(tail - sql.data()));
        if (!statement_) throw wrong_statement(sql, "empty");
        if (rest.find_first_not_of(" \t\r\n;") != std::string_view::npos) throw wrong_statement(sql, "more than one");
        index_of_ = parameter_indexes(statement_, sql);
    } catch (...) {
        sqlite3_finalize(statement_);
        throw;
    }
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind(std::span<const Value> values) {
    if (values.size() != index_of_.size())
        throw wrong_statement(sql(), std::to_string(values.size()) + " values for " + std::to_string(index_of_.size()));
    in_use_ = true;
    for (size_t i = 0; i < values.size(); ++i) bind_one(index_of_[i], values[i]);
}

void Statement::bind_one(int index, const Value& value) {
    struct Binder {
        sqlite3_stmt* statement;
        int index;
        int operator()(Null) const { return sqlite3_bind_null(statement, index); }
        int operator()(std::int64_t v) const { return sqlite3_bind_int64(statement, index, v); }
        int operator()(double v) const { return sqlite3_bind_double(statement, index, v); }
        int operator()(const std::string& v) const {
            return sqlite3_bind_text64(statement, index, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
        int operator()(const Bytes& v) const {
            // data() is never null, so that no bytes do not become NULL.
            return sqlite3_bind_blob64(statement, index, v.value.data(), v.value.size(), SQLITE_STATIC);
        }
    };
    const int code = std::visit(Binder{statement_, index}, value);
    if (code != SQLITE_OK) throw error_from(db_, code, sql());
}

bool Statement::step() {
    in_use_ = true;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw error_from(db_, code, sql());
}

void Statement::reset() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);  // they point into values that are gone
    in_use_ = false;
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

void Statement::check_type(int column, int type, std::string_view wanted) const {
    if (column < 0 || column >= sqlite3_data_count(statement_) || sqlite3_column_type(statement_, column) != type)
        wrong_column(column, wanted);
}

std::int64_t Statement::integer(int column) const {
    check_type(column, SQLITE_INTEGER, "integer");
    return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
    if (sqlite3_column_type(statement_, column) != SQLITE_INTEGER) check_type(column, SQLITE_FLOAT, "real");
    return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
    check_type(column, SQLITE_TEXT, "text");
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Statement::bytes(int column) const {
    check_type(column, SQLITE_BLOB, "bytes");
    const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<size_t>(sqlite3_column_bytes(statement_, column))};
}

}  // namespace stele::db::sqlite
