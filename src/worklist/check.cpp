#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "src/storage/tallies.hpp"
#include "src/storage/title_words.hpp"
#include "src/worklist/facts.hpp"
#include "src/worklist/locales.hpp"

namespace stele::worklist {
namespace {

using Lines = std::vector<std::string>;
// locale, generation, article
using OrderKey = std::tuple<locale::Tag, std::int64_t, ArticleId>;

struct Title {
    int bucket = 0;
    std::string sort_key;
    friend bool operator==(const Title&, const Title&) = default;
};
struct Listing {
    std::string type;
    bool own = false;
    locale::Tag resolved;
    std::string title, sort_key;
    Time published_at{};
    friend bool operator==(const Listing&, const Listing&) = default;
};

struct Rows {
    Editions editions;
    std::map<OrderKey, Title> titles;
    std::map<OrderKey, Listing> listings;
};

constexpr int batch_articles = 200;

template <class Each>
void read_orders(db::Connection& c, std::string_view columns, std::string_view table, const storage::SiteLocale& l,
                 std::int64_t after, std::int64_t last, Each each) {
    const auto sql = fmt::format(
        "SELECT article_id, {} FROM {} WHERE locale = $1 AND generation = $2 AND article_id > $3 AND article_id <= $4",
        columns, table);
    c.query(sql, std::vector<db::Value>{l.tag.text(), l.active->number, after, last}, [&](db::Row row) {
        each(OrderKey{l.tag, l.active->number, ArticleId(row.integer(0))}, row);
    });
}

Rows stored_rows(db::Connection& c, const storage::Site& site, std::int64_t after, std::int64_t last) {
    Rows rows;
    for (auto& [key, edition] : read_editions(c, after, last)) {
        const auto* l = site.find(key.second);
        if (l && l->active) rows.editions.emplace(key, edition);
    }
    for (const auto& l : site.locales) {
        if (!l.active) continue;
        read_orders(c, "bucket, sort_key", "work_title", l, after, last, [&](const OrderKey& key, const db::Row& row) {
            rows.titles.emplace(key, Title{static_cast<int>(row.integer(1)), row.bytes(2)});
        });
        read_orders(c, "type, own, resolved_locale, title, sort_key, published_at", "listing", l, after, last,
                    [&](const OrderKey& key, const db::Row& row) {
                        rows.listings.emplace(
                            key, Listing{row.text(1), row.boolean(2), locale::Tag::stored(row.text(3)), row.text(4),
                                         row.bytes(5), time_of(row.integer(6))});
                    });
    }
    return rows;
}

void expect_article(Rows& rows, const ArticleFacts& article, const storage::Site& site, const storage::SiteLocale& l) {
    const OrderKey key{l.tag, l.active->number, article.id};
    const auto edition = article.edition(l.tag);
    rows.titles.emplace(key, Title{edition.bucket(), site.collation.sort_key(edition.title, l.tag)});
    rows.editions.emplace(std::pair{article.id, l.tag}, edition);
    const auto published = article.published();
    const auto resolved = storage::resolve(published, l.active->chain);
    if (!resolved) return;
    const auto& publication = published.at(*resolved);
    rows.listings.emplace(key, Listing{article.type, *resolved == l.tag, *resolved, publication.title,
                                       site.collation.sort_key(publication.title, l.tag), publication.published_at});
}

Rows expected_rows(db::Connection& c, const storage::Site& site, std::int64_t after, std::int64_t last) {
    Rows rows;
    for (const auto& [id, article] : read_facts(c, after, last))
        for (const auto& l : site.locales)
            if (l.active) expect_article(rows, article, site, l);
    return rows;
}

// Keys of another ICU than ours cannot be made here: such rows are checked without.
void leave_keys_out(Rows& rows, const storage::Site& site, const std::set<OrderKey>& placed) {
    const auto leave_out = [&](auto& order) {
        for (auto& [key, row] : order)
            if (!site.has_keys_of_active(*site.find(std::get<0>(key))) || placed.contains(key)) row.sort_key.clear();
    };
    leave_out(rows.titles);
    leave_out(rows.listings);
}

std::set<OrderKey> placed_rows(db::Connection& c, const storage::Site& site, std::int64_t after, std::int64_t last) {
    std::set<OrderKey> placed;
    for (const auto& l : site.locales) {
        if (!l.active) continue;
        c.query(
            "SELECT article_id FROM placed WHERE locale = $1 AND generation = $2 AND article_id > $3 AND "
            "article_id <= $4",
            std::vector<db::Value>{l.tag.text(), l.active->number, after, last},
            [&](db::Row row) { placed.emplace(l.tag, l.active->number, ArticleId(row.integer(0))); });
    }
    return placed;
}

// Texts do not tell these two times.
bool same(const content::Edition& expected, content::Edition stored) {
    stored.since = expected.since;
    stored.updated_at = expected.updated_at;
    return expected == stored;
}
template <class T>
bool same(const T& expected, const T& stored) {
    return expected == stored;
}

std::string describe(const content::Edition& e) {
    return fmt::format(
        "source {}, {}, published {}, pending {}, \"{}\" ({}), segments {}/{}/{}, words {}/{}/{}, priority {}",
        e.is_source, content::name_of(e.state), e.published, e.pending, e.title, e.title_locale.text(),
        e.segments.total, e.segments.missing, e.segments.outdated, e.words.total, e.words.missing, e.words.outdated,
        e.priority);
}
std::string describe(const Title& t) {
    return fmt::format("bucket {}, a key of {} bytes", t.bucket, t.sort_key.size());
}
std::string describe(const Listing& l) {
    return fmt::format("{}, own {}, {}, \"{}\", a key of {} bytes, published {}", l.type, l.own, l.resolved.text(),
                       l.title, l.sort_key.size(), rfc3339(l.published_at));
}

std::string place_of(const std::pair<ArticleId, locale::Tag>& key) {
    return fmt::format("article {} in {}", number(key.first), key.second.text());
}
std::string place_of(const OrderKey& key) {
    return fmt::format("article {} in {} (order {})", number(std::get<2>(key)), std::get<0>(key).text(),
                       std::get<1>(key));
}

template <class Map>
void compare(std::string_view what, const Map& expected, const Map& stored, Lines& lines) {
    for (const auto& [key, value] : expected) {
        const auto at = stored.find(key);
        if (at == stored.end())
            lines.push_back(fmt::format("{}: {} is missing", place_of(key), what));
        else if (!same(value, at->second))
            lines.push_back(
                fmt::format("{}: {} is {}; should be {}", place_of(key), what, describe(at->second), describe(value)));
    }
    for (const auto& [key, value] : stored)
        if (!expected.contains(key)) lines.push_back(fmt::format("{}: {} should not be there", place_of(key), what));
}

// What finds an article by a word of its title.
void check_words(db::Connection& c, const Editions& expected, Lines& lines) {
    std::vector<content::Edition> editions;
    for (const auto& [key, edition] : expected) editions.push_back(edition);
    for (const auto& one : storage::missing_words(c, editions))
        lines.push_back(fmt::format("article {} in {}: the word \"{}\" of its title is missing", one.article,
                                    one.locale, one.word));
}

// The articles with after < id <= last.
void check_rows(db::Connection& c, const Store& store, std::int64_t after, std::int64_t last, Lines& lines) {
    const auto site = storage::read_site(c, store);
    auto expected = expected_rows(c, *site, after, last);
    auto stored = stored_rows(c, *site, after, last);
    const auto placed = placed_rows(c, *site, after, last);
    leave_keys_out(expected, *site, placed);
    leave_keys_out(stored, *site, placed);
    compare("the edition", expected.editions, stored.editions, lines);
    compare("the title's place", expected.titles, stored.titles, lines);
    compare("the listing", expected.listings, stored.listings, lines);
    check_words(c, expected.editions, lines);
}

// The last id looked at; absent when there are no more articles.
std::optional<std::int64_t> check_batch(db::Connection& c, const Store& store, std::int64_t after, Lines& lines) {
    const auto sequences = find_sequences(c, after, batch_articles);
    if (sequences.empty()) return std::nullopt;
    const auto last = number(sequences.back().id);
    check_rows(c, store, after, last, lines);
    return last;
}

// ---- counters, against the rows they count ----
using Counter = std::tuple<std::string, std::string_view, std::int64_t, int, std::string>;
using Sums = std::map<Counter, std::array<std::int64_t, 4>>;

Sums sums_of(const std::vector<storage::Tally>& tallies, const storage::Site& site) {
    Sums sums;
    for (const auto& t : tallies) {
        const auto* l = site.find(t.locale);
        const bool stale = t.scope == storage::Scope::read && !(l && l->active && l->active->number == t.generation);
        const std::array<std::int64_t, 4> sum{t.articles, t.words.total, t.words.missing, t.words.outdated};
        if (!stale && sum != std::array<std::int64_t, 4>{})
            sums[{t.locale.text(), storage::name_of(t.scope), t.generation, t.slot, t.type}] = sum;
    }
    return sums;
}

std::vector<storage::Tally> count_rows(db::Connection& c) {
    auto tallies = c.all(
        "SELECT locale, CASE WHEN is_source = 1 THEN 'source' ELSE 'work' END, 0, bucket, '', COUNT(*), "
        "CAST(SUM(words_total) AS BIGINT), CAST(SUM(words_missing) AS BIGINT), CAST(SUM(words_outdated) AS BIGINT) "
        "FROM edition GROUP BY locale, is_source, bucket",
        storage::tally_from);
    const auto listed = c.all(
        "SELECT locale, 'read', generation, own, type, COUNT(*), 0, 0, 0 FROM listing GROUP BY locale, generation, "
        "own, type",
        storage::tally_from);
    tallies.insert(tallies.end(), listed.begin(), listed.end());
    return tallies;
}

std::string name_of(const Counter& counter) {
    const auto& [locale, scope, generation, slot, type] = counter;
    return fmt::format("counter {} {} {} {} {}", locale, scope, generation, slot, type);
}

void check_tallies(db::Connection& c, const Store& store, Lines& lines) {
    const auto site = storage::read_site(c, store);
    const auto stored = sums_of(storage::sum_tallies(c), *site);
    const auto counted = sums_of(count_rows(c), *site);
    for (const auto& [counter, sum] : counted) {
        const auto at = stored.find(counter);
        const auto is = at == stored.end() ? std::array<std::int64_t, 4>{} : at->second;
        if (is != sum)
            lines.push_back(
                fmt::format("{}: is {}; should be {}", name_of(counter), fmt::join(is, "/"), fmt::join(sum, "/")));
    }
    for (const auto& [counter, sum] : stored)
        if (!counted.contains(counter))
            lines.push_back(fmt::format("{}: is {}; should be nothing", name_of(counter), fmt::join(sum, "/")));
}

}  // namespace

std::vector<std::string> check_editions(const Store& store) {
    Lines lines;
    for (std::optional<std::int64_t> after = 0; after;) {
        Lines found;
        after = store.db.reading([&](db::Connection& c) {
            found.clear();
            return check_batch(c, store, *after, found);
        });
        lines.insert(lines.end(), found.begin(), found.end());
    }
    store.db.read([&](db::Connection& c) { check_tallies(c, store, lines); });
    return lines;
}

std::vector<std::string> check_editions(const Store& store, const std::vector<ArticleId>& articles) {
    Lines lines;
    for (const auto id : articles) {
        Lines found;
        store.db.read([&](db::Connection& c) {
            found.clear();
            check_rows(c, store, number(id) - 1, number(id), found);
        });
        lines.insert(lines.end(), found.begin(), found.end());
    }
    return lines;
}

}  // namespace stele::worklist
