#include "tests/support/postgres_cluster.hpp"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace stele::testing {
namespace {

// Debian keeps the programs of each version in a folder of their own, outside PATH.
constexpr const char* programs = "/usr/lib/postgresql/15/bin";

// The keeper's whole life. Its standard input ends when the tests do, be it by a crash: then the server stops and the
// folder goes; until then each line is a word of command. ICU's order is the default one of this cluster, as on many
// real servers, so that a text column without COLLATE "C" shows itself.
constexpr const char* keeper_script = R"(
    "$1/initdb" -D "$2/data" -U stele -A trust -E UTF8 --locale=C --locale-provider=icu --icu-locale=en \
        --no-sync --no-instructions --wal-segsize=4 >"$2/log" 2>&1 </dev/null || { rm -rf "$2/data"; exit 1; }
    start() {
        "$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c fsync=off -c full_page_writes=off \
            -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0 -c min_wal_size=16MB \
            -c max_wal_size=512MB -c max_connections=100 -c shared_buffers=64MB -c jit=off >>"$2/log" 2>&1 </dev/null &
        server=$!
    }
    stop() {
        kill -QUIT $server
        wait $server
    }
    start "$@"
    while read -r word; do $word "$@"; done
    stop
    rm -rf "$2"
)";

struct Account {
    uid_t user;
    gid_t group;
};

// PostgreSQL refuses to run as root.
Account unprivileged_account() {
    if (geteuid() != 0) return {geteuid(), getegid()};
    for (const char* name : {"postgres", "nobody"})
        if (const auto* entry = getpwnam(name)) return {entry->pw_uid, entry->pw_gid};
    throw std::runtime_error("neither a user postgres nor nobody to run PostgreSQL as");
}

// Between fork and exec in a process with threads: system calls only.
[[noreturn]] void become_keeper(const Account& account, int input, char* const arguments[]) {
    setsid();  // an interrupt from the terminal is for the tests; the keeper notices their end
    dup2(input, STDIN_FILENO);
    if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(account.group) != 0 || setuid(account.user) != 0))
        _exit(126);
    if (chdir("/") != 0) _exit(126);
    execv("/bin/sh", arguments);
    _exit(127);
}

}  // namespace

PostgresCluster& PostgresCluster::instance() {
    static PostgresCluster cluster;
    return cluster;
}

PostgresCluster::PostgresCluster() {
    if (access((std::string(programs) + "/postgres").c_str(), X_OK) != 0)
        throw std::runtime_error(std::string("no PostgreSQL 15 in ") + programs +
                                 ": install postgresql-15, or set STELE_TEST_DATABASES=sqlite");
    // Not TMPDIR: the path of a socket has at most 107 bytes.
    std::string name = "/tmp/stele-pg-XXXXXX";
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    folder_ = name;
    try {
        start_keeper();
        wait_until_it_answers();
    } catch (...) {
        stop();
        throw;
    }
}

PostgresCluster::~PostgresCluster() { stop(); }

void PostgresCluster::start_keeper() {
    const auto account = unprivileged_account();
    if (chown(folder_.c_str(), account.user, account.group) != 0) throw std::runtime_error("cannot chown " + folder_);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    const char* arguments[] = {"sh", "-c", keeper_script, "keeper", programs, folder_.c_str(), nullptr};
    keeper_ = fork();
    if (keeper_ == 0) become_keeper(account, ends[0], const_cast<char* const*>(arguments));
    close(ends[0]);
    lifeline_ = ends[1];
    if (keeper_ < 0) throw std::runtime_error("cannot fork");
}

void PostgresCluster::wait_until_it_answers() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (true) {
        auto* connection = PQconnectdb(url("postgres").c_str());
        if (PQstatus(connection) == CONNECTION_OK) {
            admin_ = connection;
            PQsetNoticeProcessor(
                connection, [](void*, const char*) {}, nullptr);
            return;
        }
        const std::string message = PQerrorMessage(connection);
        PQfinish(connection);
        const bool gone = waitpid(keeper_, nullptr, WNOHANG) == keeper_;
        if (gone) keeper_ = 0;
        if (gone || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("PostgreSQL did not start: " + message + "\n" + log());
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

void PostgresCluster::stop() noexcept {
    PQfinish(static_cast<PGconn*>(admin_));
    admin_ = nullptr;
    if (lifeline_ >= 0) close(lifeline_);
    lifeline_ = -1;
    if (keeper_ > 0) waitpid(keeper_, nullptr, 0);
    keeper_ = 0;
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void PostgresCluster::tell_keeper(const std::string& word) const {
    const auto line = word + "\n";
    if (write(lifeline_, line.data(), line.size()) != ssize_t(line.size())) throw std::runtime_error("no keeper");
}

void PostgresCluster::stop_server() {
    PQfinish(static_cast<PGconn*>(admin_));
    admin_ = nullptr;
    tell_keeper("stop");
    while (PQping(url("postgres").c_str()) != PQPING_NO_RESPONSE) std::this_thread::yield();
}

void PostgresCluster::start_server() {
    tell_keeper("start");
    wait_until_it_answers();
}

void PostgresCluster::run(const std::string& sql) {
    auto* connection = static_cast<PGconn*>(admin_);
    auto* result = PQexec(connection, sql.c_str());
    const auto status = PQresultStatus(result);
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(sql + ": " + PQerrorMessage(connection));
}

std::string PostgresCluster::url(const std::string& database) const {
    return "postgresql://stele@/" + database + "?host=" + folder_;
}

std::string PostgresCluster::log() const {
    std::ifstream file(folder_ + "/log");
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace stele::testing
