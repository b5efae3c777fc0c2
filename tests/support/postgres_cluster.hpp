#pragma once
// A throwaway PostgreSQL 15 for one test process: made on first use, on a unix socket in a temporary folder, without
// fsync, stopped and removed when the process ends in whatever way.
#include <string>

namespace stele::testing {

class PostgresCluster {
  public:
    // The one of this process. Throws std::runtime_error, with the server's log, when it cannot be started.
    static PostgresCluster& instance();

    // Runs one statement outside a transaction, as the superuser, in the database "postgres".
    void run(const std::string& sql);
    // "postgresql://…", as STELE_DATABASE takes it.
    std::string url(const std::string& database) const;
    // The file of its socket.
    std::string socket() const { return folder_ + "/.s.PGSQL.5432"; }

    // At once, as by a power cut: nobody is told, and it recovers when it is started again. Both wait until it is so.
    void stop_server();
    void start_server();

    PostgresCluster(const PostgresCluster&) = delete;
    PostgresCluster& operator=(const PostgresCluster&) = delete;

  private:
    PostgresCluster();
    ~PostgresCluster();
    void start_keeper();
    void tell_keeper(const std::string& word) const;
    void wait_until_it_answers();
    void stop() noexcept;
    std::string log() const;

    std::string folder_;
    int keeper_ = 0;         // process id
    int lifeline_ = -1;      // the keeper ends when this end of its pipe is closed
    void* admin_ = nullptr;  // PGconn
};

}  // namespace stele::testing
