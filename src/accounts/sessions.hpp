#pragma once
// Sessions of the studio: a cookie's secret, kept as its hash, and what shows their owner which is which.
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/audit.hpp"
#include "src/accounts/users.hpp"

namespace stele::accounts {

inline constexpr std::chrono::hours session_lifetime{14 * 24};
inline constexpr int most_sessions = 50;  // of an account; the oldest end

// Where somebody comes from.
struct Visit {
    std::string address{};  // the client's, as the front sees it
    std::string browser{};  // in short: "Firefox, Linux"
};
// Of a User-Agent: the name of the browser and of the system, where they are known; else its first word.
std::string browser_from(std::string_view user_agent);

struct Session {
    User user;
    std::string csrf;  // what a form or X-CSRF-Token must repeat
    Time expires_at{};
    Time seen_at{};
    Known known() const { return {.name = user.name, .grants = user.grants}; }
};
struct Opened {
    std::string secret;  // the cookie's value
    Session session;
};
// Inside the transaction that found out who it is; `by`: "password" or "link", for the log.
struct NewSession {
    std::string secret, csrf;
    Visit visit;
};
NewSession new_session(const Visit& visit);
Opened open_session(db::Transaction& t, Time now, const User& user, const NewSession& session, std::string_view by);

// `now` is when the request began.
std::optional<Session> find_session(db::Connection& c, std::string_view secret, Time now);
void end_session(const Store& store, std::string_view secret);

struct ListedSession {
    std::string handle;  // names it among those of its account, and opens nothing
    Visit visit;
    Time created_at{}, seen_at{};
    bool current = false;  // the one of `secret`
};
// The latest first.
std::vector<ListedSession> list_sessions(const Store& store, std::int64_t account_id, std::string_view secret);
// False where it has ended already.
bool revoke_session(const Store& store, const User& user, std::string_view handle, const Actor& by);
// All of that account but the one of `secret`; their number.
std::int64_t end_sessions(db::Transaction& t, std::int64_t account_id, std::string_view but_secret);
std::int64_t revoke_other_sessions(const Store& store, const User& user, std::string_view secret, const Actor& by);

// Sessions, links and failures that expired more than an hour ago are removed; called now and then.
void forget_expired(const Store& store);

// Who was there, to some minutes: collected in memory, so that a request that reads writes nothing, and written by
// whoever looks after the server from time to time.
class Sightings {
  public:
    static constexpr std::chrono::minutes grain{10};
    enum class Kind { session, token };
    // `seen_at`: what the row said.
    void see(Kind kind, std::string_view secret, Time seen_at, Time now);
    void write(db::Database& database);

  private:
    static constexpr size_t most = 10'000;
    std::mutex mutex_;
    std::map<std::pair<Kind, std::string>, Time> seen_;  // by hash
};

}  // namespace stele::accounts
