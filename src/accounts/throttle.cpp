#include "src/accounts/throttle.hpp"

#include <algorithm>
#include <array>

#include "src/accounts/secrets.hpp"
#include "src/storage/tidy.hpp"

namespace stele::accounts {
namespace {

struct Failures {
    std::int64_t count = 0;
    Time last{};
    Time closed_until{};
};

std::int64_t number_of(std::string_view secret, std::string_view what) {
    std::string text(secret);
    text += '\0';
    text += what;
    const auto hash = hash_of(text).value;
    return static_cast<unsigned char>(hash[0]) * 256 + static_cast<unsigned char>(hash[1]);
}

std::chrono::seconds closed_for(const Limit& limit, std::int64_t failures) {
    if (failures <= limit.free) return std::chrono::seconds(0);
    auto time = limit.first;
    for (auto n = failures - limit.free; n > 1 && time < limit.longest; --n) time *= 2;
    return std::min(time, limit.longest);
}

Failures read_failures(db::Connection& c, const Counted& counted, Time now) {
    const auto found = c.one(
        "SELECT failures, failed_at, closed_until FROM attempt WHERE place = $1",
        [](db::Row row) {
            return Failures{row.integer(0), time_of(row.integer(1)), time_of(row.integer(2))};
        },
        counted.place);
    if (!found || found->last + counted.limit.memory <= now) return {};
    return *found;
}

// "2001:db8:1:2:…" -> its first four groups.
std::string network_of(std::string_view address) {
    if (address.find(':') == std::string_view::npos) return std::string(address);
    // RFC 4291 section 2.2: "::" stands for as many zeros as are missing.
    std::array<std::string, 8> groups;
    groups.fill("0");
    const auto gap = address.find("::");
    const auto fill = [&](std::string_view text, bool from_end) {
        std::vector<std::string> parts;
        for (size_t from = 0; from < text.size();) {
            const auto end = std::min(text.find(':', from), text.size());
            parts.emplace_back(text.substr(from, end - from));
            from = end + 1;
        }
        for (size_t i = 0; i < parts.size() && i < groups.size(); ++i)
            groups[from_end ? groups.size() - std::min(parts.size(), groups.size()) + i : i] = parts[i];
    };
    fill(address.substr(0, gap), false);
    if (gap != std::string_view::npos) fill(address.substr(gap + 2), true);
    return groups[0] + ":" + groups[1] + ":" + groups[2] + ":" + groups[3];
}

}  // namespace

Counted counted_account(std::string_view secret, std::string_view what, const Limit& limit) {
    return {.place = 2 * number_of(secret, what), .limit = limit};
}

std::vector<Counted> counted_address(std::string_view secret, std::string_view address) {
    if (address.empty() || address == "unix") return {};
    return {{.place = 2 * number_of(secret, network_of(address)) + 1, .limit = address_limit}};
}

Gate count_failure(db::Transaction& t, Time now, const std::vector<Counted>& places) {
    // In one order, so that two who try at once do not wait for each other's; the first write holds the row, so that
    // on PostgreSQL what is read next is still so when it is written.
    auto sorted = places;
    std::sort(sorted.begin(), sorted.end(), [](const Counted& a, const Counted& b) { return a.place < b.place; });
    for (const auto& one : sorted)
        t->run(
            "INSERT INTO attempt (place, failures, failed_at, closed_until) VALUES ($1, 0, 0, 0) "
            "ON CONFLICT (place) DO UPDATE SET place = $1",
            one.place);
    Gate gate;
    std::vector<Failures> found;
    for (const auto& one : sorted) {
        found.push_back(read_failures(*t, one, now));
        if (found.back().closed_until > now) gate.open_at = std::max(gate.open_at, found.back().closed_until);
    }
    if (gate.open_at > now) return gate;
    for (size_t i = 0; i < sorted.size(); ++i) {
        const auto count = found[i].count + 1;
        const auto closed = closed_for(sorted[i].limit, count);
        if (closed.count() > 0) gate.closed.push_back(sorted[i]);
        t->run("UPDATE attempt SET failures = $1, failed_at = $2, closed_until = $3 WHERE place = $4", count, now,
               now + closed, sorted[i].place);
    }
    return gate;
}

void forgive(db::Transaction& t, const std::vector<Counted>& accounts, const std::vector<Counted>& addresses) {
    for (const auto& one : accounts) t->run("DELETE FROM attempt WHERE place = $1", one.place);
    for (const auto& one : addresses)
        t->run("UPDATE attempt SET failures = failures - 1, closed_until = 0 WHERE place = $1 AND failures > 0",
               one.place);
}

void forget_failures(db::Database& database, Time now) {
    const auto longest = std::max({account_limit.memory, address_limit.memory, reset_limit.memory});
    storage::delete_old(database, {"attempt", "place", "failed_at <= $1"}, now - longest);
}

}  // namespace stele::accounts
