#include "src/storage/tallies.hpp"

#include <map>
#include <tuple>

#include "src/base/error.hpp"
#include "src/storage/many.hpp"

namespace stele::storage {
namespace {

Scope scope_named(std::string_view name) {
    for (const auto scope : {Scope::work, Scope::source, Scope::read})
        if (name == name_of(scope)) return scope;
    throw Error(ErrorCode::internal, "tally-scope");
}

// PostgreSQL's SUM of BIGINT is NUMERIC.
constexpr std::string_view sums =
    "SELECT locale, scope, generation, slot, type, CAST(SUM(articles) AS BIGINT), CAST(SUM(words_total) AS BIGINT), "
    "CAST(SUM(words_missing) AS BIGINT), CAST(SUM(words_outdated) AS BIGINT) FROM tally ";

}  // namespace

std::string_view name_of(Scope scope) {
    switch (scope) {
        case Scope::work:
            return "work";
        case Scope::source:
            return "source";
        case Scope::read:
            return "read";
    }
    return "";
}

Tally tally_from(const db::Row& row) {
    return Tally{.locale = locale::Tag::stored(row.text(0)),
                 .scope = scope_named(row.text_view(1)),
                 .generation = row.integer(2),
                 .slot = static_cast<int>(row.integer(3)),
                 .type = row.text(4),
                 .articles = row.integer(5),
                 .words = {row.integer(6), row.integer(7), row.integer(8)}};
}

Tally tally_of(const content::Edition& edition, int sign) {
    return Tally{.locale = edition.locale,
                 .scope = edition.is_source ? Scope::source : Scope::work,
                 .slot = edition.bucket(),
                 .type = {},
                 .articles = sign,
                 .words = {sign * edition.words.total, sign * edition.words.missing, sign * edition.words.outdated}};
}

void append_tallies(db::Connection& c, const std::vector<Tally>& tallies) {
    using Counter = std::tuple<std::string, std::string_view, std::int64_t, int, std::string>;
    std::map<Counter, std::array<std::int64_t, 4>> merged;
    for (const auto& t : tallies) {
        auto& sum = merged[Counter{t.locale.text(), name_of(t.scope), t.generation, t.slot, t.type}];
        sum[0] += t.articles;
        sum[1] += t.words.total;
        sum[2] += t.words.missing;
        sum[3] += t.words.outdated;
    }
    std::vector<db::Value> values;
    for (const auto& [counter, sum] : merged) {
        if (sum == std::array<std::int64_t, 4>{}) continue;
        std::apply([&](const auto&... part) { (values.push_back(db::to_value(part)), ...); }, counter);
        for (const auto number : sum) values.emplace_back(number);
    }
    run_many(c,
             {"INSERT INTO tally (locale, scope, generation, slot, type, articles, words_total, words_missing, "
              "words_outdated) VALUES ",
              "(?, ?, ?, ?, ?, ?, ?, ?, ?)", ""},
             values);
}

std::array<std::int64_t, 10> count_editions(db::Connection& c, const locale::Tag& locale) {
    std::array<std::int64_t, 10> counts{};
    const std::vector<db::Value> values{locale.text()};
    c.query(
        "SELECT slot, CAST(SUM(articles) AS BIGINT) FROM tally "
        "WHERE locale = $1 AND scope IN ('work', 'source') AND generation = 0 GROUP BY slot",
        values, [&](db::Row row) { counts.at(static_cast<size_t>(row.integer(0))) = row.integer(1); });
    return counts;
}

std::int64_t count_listed(db::Connection& c, const locale::Tag& locale, std::int64_t generation, bool own,
                          std::string_view type) {
    std::string sql =
        "SELECT CAST(COALESCE(SUM(articles), 0) AS BIGINT) FROM tally "
        "WHERE locale = $1 AND scope = 'read' AND generation = $2 AND slot >= $3";
    std::vector<db::Value> values{locale.text(), generation, std::int64_t{own}};
    if (!type.empty()) {
        sql += " AND type = $4";
        values.emplace_back(std::string(type));
    }
    std::int64_t count = 0;
    c.query(sql, values, [&](db::Row row) { count = row.integer(0); });
    return count;
}

std::vector<Tally> sum_editions(db::Connection& c) {
    return c.all(std::string(sums) + "WHERE scope IN ('work', 'source') GROUP BY locale, scope, generation, slot, type",
                 tally_from);
}

std::vector<Tally> sum_tallies(db::Connection& c) {
    return c.all(std::string(sums) + "GROUP BY locale, scope, generation, slot, type", tally_from);
}

}  // namespace stele::storage
