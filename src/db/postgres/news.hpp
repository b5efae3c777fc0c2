#pragma once
// LISTEN on a connection of its own. Nothing here waits for the server but wait(): a connection is made step by step,
// so that whoever waits can be woken at any time.
#include <libpq-fe.h>

#include "src/db/postgres/connection.hpp"

namespace stele::db::postgres {

class PgNews final : public News {
  public:
    explicit PgNews(const std::string& url);
    ~PgNews() override;
    PgNews(const PgNews&) = delete;
    PgNews& operator=(const PgNews&) = delete;

    Word wait(std::chrono::milliseconds at_most) override;
    void wake() override;

  private:
    enum class State { away, connecting, listening };

    void connect();
    void go_on_connecting();
    void close();
    Word read();
    short awaited_events() const;
    bool is_woken();

    const ConnectParameters parameters_;
    State state_ = State::away;
    PostgresPollingStatusType step_ = PGRES_POLLING_WRITING;
    Moment connect_until_, connect_again_;
    PGconn* connection_ = nullptr;
    int bell_ = -1;  // eventfd
};

}  // namespace stele::db::postgres
