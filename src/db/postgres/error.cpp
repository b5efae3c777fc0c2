#include "src/db/postgres/error.hpp"

namespace stele::db::postgres {
namespace {

// Empty: not the storage but the statement is at fault.
std::string_view reason_of(std::string_view state) {
    if (state == "53100") return "disk-full";
    if (state == read_only_transaction) return "read-only";
    if (state == "40001" || state == "40P01" || state == "55P03" || state == "53300") return "busy";
    if (state == "57014") return "timeout";
    if (state.starts_with("58") || state.starts_with("XX")) return "io";
    if (state == "08P01") return "";  // the number of values is not that of the parameters
    if (state.starts_with("08") || state.starts_with("57P") || state.starts_with("53")) return "unreachable";
    return "";
}

// What the server says of a statement, without what it says of the values: DETAIL quotes whole rows, and the message of
// a data exception (class 22) or a broken constraint (class 23) the value (PostgreSQL, appendix A).
std::string message_of(const PGresult* result, std::string_view state) {
    const auto field = [&](int code) {
        const char* text = PQresultErrorField(result, code);
        return std::string(text ? text : "");
    };
    if (!state.starts_with("22") && !state.starts_with("23")) return field(PG_DIAG_MESSAGE_PRIMARY);
    return field(PG_DIAG_TABLE_NAME) + " " + field(PG_DIAG_COLUMN_NAME) + " " + field(PG_DIAG_CONSTRAINT_NAME);
}

}  // namespace

std::string sqlstate_of(const PGresult* result) {
    const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    return state ? state : "";
}

bool is_worth_another_try(std::string_view sqlstate) {
    // 23505: another transaction added the row after this one had looked for it; looked for again, it is found, and the
    // caller hears who has it.
    return sqlstate == "40001" || sqlstate == "40P01" || sqlstate == "23505";
}

Error unreachable(PGconn* connection) {
    return Error(ErrorCode::storage_unavailable, "unreachable",
                 {{"message", connection ? PQerrorMessage(connection) : "out of memory"}});
}

Error error_from(PGconn* connection, const PGresult* result, std::string_view sql) {
    if (PQstatus(connection) != CONNECTION_OK) return unreachable(connection);
    const auto state = sqlstate_of(result);
    Params params{{"sqlstate", state},
                  {"message", result ? message_of(result, state) : PQerrorMessage(connection)},
                  {"sql", std::string(sql)}};
    const auto reason = reason_of(state);
    if (reason.empty()) return Error(ErrorCode::internal, "statement", std::move(params));
    return Error(ErrorCode::storage_unavailable, std::string(reason), std::move(params));
}

}  // namespace stele::db::postgres
