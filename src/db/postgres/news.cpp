#include "src/db/postgres/news.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace stele::db::postgres {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds most_for_a_connection{5}, between_tries{1};

}  // namespace

PgNews::PgNews(const std::string& url) : parameters_(url), bell_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (bell_ < 0) throw Error(ErrorCode::storage_unavailable, "unreachable", {{"message", "no descriptor is left"}});
}

PgNews::~PgNews() {
    close();
    ::close(bell_);
}

void PgNews::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(bell_, &one, sizeof one);
}

bool PgNews::is_woken() {
    std::uint64_t count = 0;
    return ::read(bell_, &count, sizeof count) > 0;
}

void PgNews::close() {
    PQfinish(connection_);
    connection_ = nullptr;
    state_ = State::away;
    connect_again_ = Clock::now() + between_tries;
}

void PgNews::connect() {
    connection_ = PQconnectStartParams(parameters_.keys, parameters_.values, 1);
    if (PQstatus(connection_) == CONNECTION_BAD) return close();
    PQsetNoticeProcessor(
        connection_, [](void*, const char*) {}, nullptr);
    state_ = State::connecting;
    step_ = PGRES_POLLING_WRITING;  // as libpq's manual has it: until the first PQconnectPoll
    connect_until_ = Clock::now() + most_for_a_connection;
}

void PgNews::go_on_connecting() {
    step_ = PQconnectPoll(connection_);
    if (step_ == PGRES_POLLING_FAILED) return close();
    if (step_ != PGRES_POLLING_OK) return;
    // Sent at once: a line fits into any buffer. Its answer comes with what is read.
    if (PQsetnonblocking(connection_, 1) != 0 || !PQsendQuery(connection_, "LISTEN stele_change")) return close();
    PQflush(connection_);
    state_ = State::listening;
}

News::Word PgNews::read() {
    bool told = false;
    bool failed = !PQconsumeInput(connection_) || PQstatus(connection_) != CONNECTION_OK;
    while (!failed && !PQisBusy(connection_)) {
        const Result result(PQgetResult(connection_));
        if (!result) break;
        failed = PQresultStatus(result.get()) != PGRES_COMMAND_OK;
    }
    while (PGnotify* notify = PQnotifies(connection_)) {
        told = true;
        PQfreemem(notify);
    }
    if (failed) {
        close();
        return Word::lost;
    }
    return told ? Word::changed : Word::none;
}

short PgNews::awaited_events() const {
    return state_ == State::connecting && step_ == PGRES_POLLING_WRITING ? POLLOUT : POLLIN;
}

News::Word PgNews::wait(std::chrono::milliseconds at_most) {
    const auto until = Clock::now() + at_most;
    while (true) {
        const auto now = Clock::now();
        if (state_ == State::away && now >= connect_again_) connect();
        if (state_ == State::connecting && now >= connect_until_) close();
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
        std::array<pollfd, 2> entries{{{bell_, POLLIN, 0}, {PQsocket(connection_), awaited_events(), 0}}};
        const int ready = ::poll(entries.data(), state_ == State::away ? 1 : 2, int(std::max<std::int64_t>(left, 0)));
        if (is_woken()) return Word::none;
        if (ready > 0 && entries[1].revents != 0) {
            if (state_ == State::connecting)
                go_on_connecting();
            else if (const auto word = read(); word != Word::none)
                return word;
        }
        if (left <= 0) return Word::none;
    }
}

}  // namespace stele::db::postgres
