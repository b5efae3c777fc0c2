#pragma once
// What keeps guessers out: failures are counted for what was tried and for where they come from, in the database, so
// that all nodes count together. Each is counted before it is known to be one, so that many at once are no way round.
//
// There are 65,536 places of each kind, and a keyed hash says which is whose: rows are bounded whatever is tried, and
// who reads them learns nothing. Two that share a place wait for each other, which nobody can bring about.
#include <string>
#include <string_view>
#include <vector>

#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::accounts {

// One of those that are counted. `free`: failures that cost nothing; after that the place is closed for `first`, twice
// as long at each further one, at most `longest`. Forgotten `memory` after the last.
struct Limit {
    int free = 5;
    std::chrono::seconds first{30};
    std::chrono::seconds longest{15 * 60};
    std::chrono::seconds memory{24 * 3600};
};
inline constexpr Limit account_limit{};
inline constexpr Limit address_limit{
    .free = 30, .first = std::chrono::seconds(10), .memory = std::chrono::seconds(3600)};
// Letters to one person.
inline constexpr Limit reset_limit{.free = 3, .first = std::chrono::seconds(15 * 60)};

struct Counted {
    std::int64_t place = 0;
    Limit limit;
};
// `secret`: the server's, the same on every node. `what`: "account:17", "name:kari".
Counted counted_account(std::string_view secret, std::string_view what, const Limit& limit = account_limit);
// By network where addresses are cheap (IPv6: /64). Empty where the address says nothing: then nothing is counted.
std::vector<Counted> counted_address(std::string_view secret, std::string_view address);

struct Gate {
    Time open_at{};               // later than now = closed, and nothing was counted
    std::vector<Counted> closed;  // which this failure closes
};
// Counts a failure at each, all or nothing.
Gate count_failure(db::Transaction& t, Time now, const std::vector<Counted>& places);
// It was none: forgets the failures of an account, takes this one back from an address.
void forgive(db::Transaction& t, const std::vector<Counted>& accounts, const std::vector<Counted>& addresses);
// What is older than any memory.
void forget_failures(db::Database& database, Time now);

}  // namespace stele::accounts
