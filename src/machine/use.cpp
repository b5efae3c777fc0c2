#include "src/machine/use.hpp"

#include <algorithm>
#include <limits>

#include "src/base/number.hpp"

namespace stele::machine {
namespace {

std::int64_t month_of(Time now) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(now));
    return int(date.year()) * 100 + std::int64_t(unsigned(date.month()));
}

std::int64_t limit_of(const Budget& budget, const locale::Tag& locale) {
    const auto words = budget.of(locale);
    return words > 0 ? words : std::numeric_limits<std::int64_t>::max() / 2;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

// "20000" or "nb=50000"
bool read_part(std::string_view part, Budget& budget) {
    constexpr std::int64_t most = 1'000'000'000'000;
    const auto equals = part.find('=');
    const auto words = number_from(trimmed(equals == part.npos ? part : part.substr(equals + 1)));
    if (!words || *words < 0 || *words > most) return false;
    if (equals == part.npos) {
        budget.words_a_month = *words;
        return true;
    }
    const auto tag = locale::Tag::parse(trimmed(part.substr(0, equals)));
    if (!tag) return false;
    budget.of_locale[*tag] = *words;
    return true;
}

}  // namespace

std::int64_t Budget::of(const locale::Tag& locale) const {
    const auto own = of_locale.find(locale);
    return own == of_locale.end() ? words_a_month : own->second;
}

std::optional<Budget> Budget::parse(std::string_view text, std::string& mistake) {
    Budget budget;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const auto part = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (part.empty() || read_part(part, budget)) continue;
        mistake = part;
        return std::nullopt;
    }
    return budget;
}

Balance balance_of(db::Connection& c, const Budget& budget, const locale::Tag& locale, Time now) {
    const auto used = c.one(
        "SELECT words FROM machine_use WHERE locale = $1 AND month = $2", [](db::Row r) { return r.integer(0); },
        locale.text(), month_of(now));
    Balance balance{.used = used.value_or(0), .left = std::nullopt};
    if (const auto words = budget.of(locale); words > 0) balance.left = std::max<std::int64_t>(0, words - balance.used);
    return balance;
}

bool take_words(db::Database& db, const Budget& budget, const locale::Tag& locale, Time now, std::int64_t words) {
    const auto limit = limit_of(budget, locale);
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
