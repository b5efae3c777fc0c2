#pragma once
// Letters that wait in the database to be sent (server/mail sends them): written in the transaction of what they tell
// of, so that there is a letter exactly where the thing was done. Each is sent at least once, seldom twice: when a
// server dies between sending it and noting so. Where no mail is configured nobody should write any.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::mail {

// A one-time link of an account, made only when the letter is sent: none lies readable in the database. It stands
// where the text says {link}.
struct Link {
    std::int64_t account_id = 0;
    std::string purpose;  // accounts/links.hpp
};
struct Mail {
    std::string to;       // is_address()
    std::string subject;  // one line
    std::string text;     // plain, UTF-8
    std::chrono::hours useful_for{72};
    std::optional<Link> link{};
};

// One ASCII address of a person, as it may stand in SMTP: "kari@example.org". Quoted and literal forms are not taken.
bool is_address(std::string_view text);

inline constexpr int most_waiting = 10'000;
// False where so many letters are waiting that this one is not taken: then nothing was written.
bool enqueue(db::Transaction& t, Time now, const Mail& mail);

// Letters that are not to go any more: those that would make a link of that account, and those to an address that is
// nobody's now. At most most_waiting are looked through, seldom.
void drop_links_of(db::Transaction& t, std::int64_t account_id);
void drop_letters_to(db::Transaction& t, const std::string& address);

// ---- for who sends ----
struct Letter {
    std::int64_t id = 0;
    Mail mail;
    int attempts = 0;  // with this one
};
// The next one that is due, for this caller alone: for `lease` nobody else gets it. Letters that nobody needs any more
// are dropped on the way.
std::optional<Letter> take_due(db::Database& database, Time now, std::chrono::seconds lease);
void drop(db::Database& database, std::int64_t id);               // it was sent, or nobody needs it any more
void drop(db::Transaction& t, std::int64_t id);                   // where something is said of it, too
void put_off(db::Database& database, std::int64_t id, Time due);  // it could not be sent now
std::int64_t count_waiting(db::Connection& c);                    // at most most_waiting

}  // namespace stele::mail
