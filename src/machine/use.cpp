#include "src/machine/use.hpp"

#include <algorithm>
#include <limits>

namespace stele::machine {
namespace {

std::int64_t month_of(Time now) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(now));
    return int(date.year()) * 100 + std::int64_t(unsigned(date.month()));
}

std::int64_t limit_of(const Budget& budget) {
    return budget.words_a_month > 0 ? budget.words_a_month : std::numeric_limits<std::int64_t>::max() / 2;
}

}  // namespace

Balance balance_of(db::Connection& c, const Budget& budget, const locale::Tag& locale, Time now) {
    const auto used = c.one(
        "SELECT words FROM machine_use WHERE locale = $1 AND month = $2", [](db::Row r) { return r.integer(0); },
        locale.text(), month_of(now));
    Balance balance{.used = used.value_or(0), .left = std::nullopt};
    if (budget.words_a_month > 0) balance.left = std::max<std::int64_t>(0, budget.words_a_month - balance.used);
    return balance;
}

bool take_words(db::Database& db, const Budget& budget, const locale::Tag& locale, Time now, std::int64_t words) {
    const auto limit = limit_of(budget);
    if (words > limit) return false;
    return db.writing([&](db::Transaction& t) {
        return t->run(
                   "INSERT INTO machine_use (locale, month, words) VALUES ($1, $2, $3) ON CONFLICT (locale, month) DO "
                   "UPDATE SET words = machine_use.words + excluded.words WHERE machine_use.words + excluded.words <= "
                   "$4",
                   locale.text(), month_of(now), words, limit) > 0;
    });
}

void give_back(db::Database& db, const locale::Tag& locale, Time now, std::int64_t words) {
    db.write([&](db::Transaction& t) {
        t->run("UPDATE machine_use SET words = words - $3 WHERE locale = $1 AND month = $2", locale.text(),
               month_of(now), words);
    });
}

}  // namespace stele::machine
