#include "src/db/postgres/connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>

#include "src/db/postgres/error.hpp"

namespace stele::db::postgres {
namespace {

constexpr size_t statements_kept = 512;
constexpr std::chrono::seconds most_for_the_way{5};  // of a question and its answer, beside the time of the statement

// "postgresql:host=/run/postgresql dbname=stele" is libpq's list of keywords, "postgresql://…" its URI.
std::string conninfo_of(const std::string& url) {
    const auto after = url.find(':') + 1;
    return url.compare(after, 2, "//") == 0 ? url : url.substr(after);
}

// PQcmdTuples counts the rows of a SELECT too.
std::int64_t changed_rows(PGresult* result) {
    const std::string_view tag = PQcmdStatus(result);
    if (!tag.starts_with("INSERT") && !tag.starts_with("UPDATE") && !tag.starts_with("DELETE")) return 0;
    const std::string_view digits = PQcmdTuples(result);
    std::int64_t count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

// A NULL fits whatever type was declared.
bool fits(const std::vector<Oid>& types, const Parameters& parameters) {
    if (types.size() != parameters.types.size()) return false;
    for (size_t i = 0; i < types.size(); ++i)
        if (parameters.values[i] && types[i] != parameters.types[i]) return false;
    return true;
}

bool succeeded(const Result& result) {
    const auto status = PQresultStatus(result.get());
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

}  // namespace

ConnectParameters::ConnectParameters(const std::string& url) : conninfo(conninfo_of(url)) {}

PgConnection::PgConnection(const Options& options) : options_(options), statements_(statements_kept) { connect(); }
PgConnection::~PgConnection() { close(); }

void PgConnection::close() {
    PQfinish(connection_);
    connection_ = nullptr;
    statements_.clear();
}

void PgConnection::connect() {
    close();
    const ConnectParameters parameters(options_.url);
    connection_ = PQconnectdbParams(parameters.keys, parameters.values, 1);
    if (PQstatus(connection_) != CONNECTION_OK) {
        auto error = unreachable(connection_);
        close();
        throw Error(std::move(error));
    }
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);  // or libpq prints them on standard error
    PQsetnonblocking(connection_, 1);
    const auto timeout = "SET statement_timeout = " + std::to_string(options_.statement_timeout_ms);
    const auto result = run(timeout.c_str());
    if (succeeded(result)) return;
    auto error = error_from(connection_, result.get(), timeout);
    close();
    throw Error(std::move(error));
}

Result PgConnection::run(const char* sql) { return answer(PQsendQuery(connection_, sql)); }

// The server ends a statement that takes too long. Where it is the server, or the way to it, that has gone without a
// word, nobody does, and TCP may take hours to notice.
Result PgConnection::answer(int sent) {
    using Clock = std::chrono::steady_clock;
    const std::chrono::milliseconds timeout(options_.statement_timeout_ms);
    const auto deadline = Clock::now() + timeout + std::min<std::chrono::milliseconds>(timeout, most_for_the_way);
    Result last;
    while (sent) {
        const int unsent = PQflush(connection_);
        if ((unsent == 0 && !PQisBusy(connection_)) || PQstatus(connection_) != CONNECTION_OK) {
            Result next(PQgetResult(connection_));
            if (!next) break;
            last = std::move(next);
            continue;
        }
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
        pollfd socket{PQsocket(connection_), short(POLLIN | (unsent ? POLLOUT : 0)), 0};
        const int ready = left > 0 ? ::poll(&socket, 1, int(left)) : 0;
        // From then on it is a lost connection like any other.
        if (ready == 0) ::shutdown(PQsocket(connection_), SHUT_RDWR);
        PQconsumeInput(connection_);
    }
    return last;
}

void PgConnection::begin(const char* sql) {
    failure_ = nullptr;
    worth_another_try_ = false;
    for (const bool last : {false, true}) {
        const auto result = run(sql);
        if (succeeded(result)) return;
        if (last || (connection_ && PQstatus(connection_) == CONNECTION_OK))
            throw error_from(connection_, result.get(), sql);
        connect();
    }
}

void PgConnection::commit() {
    if (failure_) std::rethrow_exception(failure_);
    const auto result = run("COMMIT");
    if (PQstatus(connection_) != CONNECTION_OK)
        throw Error(ErrorCode::outcome_unknown, {}, {{"message", PQerrorMessage(connection_)}});
    must_succeed(result, "COMMIT");
    if (std::string_view(PQcmdStatus(result.get())) != "COMMIT")
        throw Error(ErrorCode::internal, "transaction-ended", {{"tag", PQcmdStatus(result.get())}});
}

void PgConnection::roll_back() noexcept {
    if (PQstatus(connection_) == CONNECTION_OK && PQtransactionStatus(connection_) != PQTRANS_IDLE) run("ROLLBACK");
}

bool PgConnection::usable() const {
    return PQstatus(connection_) == CONNECTION_OK && PQtransactionStatus(connection_) == PQTRANS_IDLE && !read_only_;
}

void PgConnection::must_succeed(const Result& result, std::string_view sql) {
    if (succeeded(result)) return;
    const auto state = sqlstate_of(result.get());
    worth_another_try_ = is_worth_another_try(state);
    read_only_ |= state == read_only_transaction;
    fail(error_from(connection_, result.get(), sql));
}

const std::string& PgConnection::prepared(std::string_view sql, const Parameters& parameters) {
    auto statement = statements_.find(sql);
    if (!statement) {
        if (const auto evicted = statements_.last_when_full())
            for (const auto& variant : evicted->variants) run(("DEALLOCATE " + variant.name).c_str());
        statement = std::make_shared<Statement>();
        statements_.put(sql, statement);
    }
    for (const auto& variant : statement->variants)
        if (fits(variant.types, parameters)) return variant.name;
    Statement::Variant variant{parameters.types, "s" + std::to_string(++prepared_so_far_)};
    must_succeed(answer(PQsendPrepare(connection_, variant.name.c_str(), std::string(sql).c_str(), parameters.count(),
                                      parameters.types.data())),
                 sql);
    statement->variants.push_back(std::move(variant));
    return statement->variants.back().name;
}

Result PgConnection::run_prepared(std::string_view sql, std::span<const Value> values) {
    const Parameters parameters(values);
    const auto& name = prepared(sql, parameters);
    constexpr int binary_result = 1;
    auto result = answer(PQsendQueryPrepared(connection_, name.c_str(), parameters.count(), parameters.values.data(),
                                             parameters.lengths.data(), parameters.formats.data(), binary_result));
    must_succeed(result, sql);
    rows_written_ += changed_rows(result.get());
    return result;
}

void PgConnection::do_query(std::string_view sql, std::span<const Value> values, const std::function<void(Row)>& each) {
    const auto result = run_prepared(sql, values);
    ResultRow row(result.get());
    for (int i = 0; i < PQntuples(result.get()); ++i) {
        row.move_to(i);
        each(Row(row));
    }
}

std::int64_t PgConnection::do_execute(std::string_view sql, std::span<const Value> values) {
    return changed_rows(run_prepared(sql, values).get());
}

}  // namespace stele::db::postgres
