#include "src/storage/placing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "src/storage/many.hpp"

namespace stele::storage {
namespace {

constexpr char end_of_neighbour = '\0';
// An index row of PostgreSQL has a limit, and a few letters are enough among neighbours.
constexpr size_t max_placed_bytes = locale::max_sort_key_bytes + 256;

std::string_view table_of(Order order) { return order == Order::work ? "work_title" : "listing"; }

// The first (or last) row of the order: what its index is split by are ranges of their own, each with one candidate.
std::string edge_sql(Order order, std::string_view condition, std::string_view direction) {
    const std::string_view split = order == Order::work ? "bucket" : "own";
    const int splits = order == Order::work ? 10 : 2;
    std::string branches;
    for (int i = 0; i < splits; ++i)
        branches += fmt::format(
            "{}SELECT * FROM (SELECT sort_key AS k, article_id AS id FROM {} WHERE locale = $1 AND generation = $2 AND "
            "{} = {} {} ORDER BY sort_key {} LIMIT 1) AS b{}",
            i > 0 ? " UNION ALL " : "", table_of(order), split, i, condition, direction, i);
    return fmt::format("SELECT k, id FROM ({}) AS b ORDER BY k {} LIMIT 1", branches, direction);
}

// A number between the two, both taken as binary fractions.
std::string middle(std::string_view low, std::string_view high) {
    const auto size = std::max(low.size(), high.size()) + 1;
    const auto digit = [](std::string_view text, size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
    };
    std::vector<unsigned> sum(size + 1);  // sum[0] is the carry of the first byte
    for (size_t i = size; i-- > 0;) {
        sum[i + 1] += digit(low, i) + digit(high, i);
        sum[i] = sum[i + 1] >> 8;
        sum[i + 1] &= 0xff;
    }
    std::string half;
    for (size_t i = 0; i < size; ++i) half += static_cast<char>((sum[i] << 7 | sum[i + 1] >> 1) & 0xff);
    return half;
}

// The rows of one order, found by their keys and compared by our rules.
class Search {
  public:
    Search(db::Connection& c, Order order, const OrderRow& row, std::string own_key, const locale::Collation& ours)
        : connection_(c), order_(order), row_(row), own_key_(std::move(own_key)), ours_(ours) {}

    struct Found {
        std::string key;         // in the order
        std::string our_key;     // of its title, by our rules
        bool not_after = false;  // by our rules
    };

    // The last row that is not after our title; absent: there is none. Where the two ICUs do not agree on the order of
    // the rows, it is one of several such places, between two rows that have our title between them.
    std::optional<Found> neighbour() {
        // Of most titles the keys are the same, or nearly, in the next ICU.
        auto guess = edge(last_until_sql(), {db::Bytes{own_key_}});
        if ((!guess || guess->not_after) && !is_before(edge(next_sql(), {db::Bytes{own_key_}}))) return guess;
        return search();
    }

  private:
    // Each halves what is between: some dozens. More only where others change the rows meanwhile.
    static constexpr int max_steps = 500;

    std::optional<Found> search() {
        auto low = edge(next_sql(), {db::Bytes{std::string()}});
        if (!is_before(low)) return std::nullopt;
        const auto last = edge(last_sql(), {});
        if (is_before(last)) return last;
        auto high = last ? last->key : std::string();
        bool moved = true;
        for (int step = 0; step < max_steps; ++step) {
            if (moved && !is_before(edge(next_sql(), {db::Bytes{low->key}}))) break;
            const auto half = middle(low->key, high);
            auto found = edge(next_sql(), {db::Bytes{half}});
            moved = is_before(found);
            if (moved)
                low = std::move(found);
            else
                high = half;
        }
        return low;
    }

    static bool is_before(const std::optional<Found>& found) { return found && found->not_after; }
    const std::string& next_sql() const {
        static const std::string sql[] = {edge_sql(Order::work, "AND sort_key > $3", ""),
                                          edge_sql(Order::listing, "AND sort_key > $3", "")};
        return sql[static_cast<int>(order_)];
    }
    const std::string& last_until_sql() const {
        static const std::string sql[] = {edge_sql(Order::work, "AND sort_key <= $3", "DESC"),
                                          edge_sql(Order::listing, "AND sort_key <= $3", "DESC")};
        return sql[static_cast<int>(order_)];
    }
    const std::string& last_sql() const {
        static const std::string sql[] = {edge_sql(Order::work, "", "DESC"), edge_sql(Order::listing, "", "DESC")};
        return sql[static_cast<int>(order_)];
    }

    std::optional<Found> edge(const std::string& sql, std::vector<db::Value> beyond) {
        std::vector<db::Value> values{row_.locale.text(), row_.generation};
        std::ranges::move(beyond, std::back_inserter(values));
        std::optional<Found> found;
        std::int64_t id = 0;
        connection_.query(sql, values, [&](db::Row row) {
            found.emplace(Found{.key = row.bytes(0), .our_key = {}, .not_after = false});
            id = row.integer(1);
        });
        if (!found) return found;
        found->our_key = ours_.sort_key(title_of(id), row_.locale);
        found->not_after = found->our_key <= own_key_;
        return found;
    }

    std::string title_of(std::int64_t id) {
        const auto text = [](const db::Row& row) { return row.text(0); };
        if (order_ == Order::work)
            return connection_
                .one("SELECT title FROM edition WHERE article_id = $1 AND locale = $2", text, id, row_.locale.text())
                .value_or("");
        return connection_
            .one("SELECT title FROM listing WHERE locale = $1 AND generation = $2 AND article_id = $3", text,
                 row_.locale.text(), row_.generation, id)
            .value_or("");
    }

    db::Connection& connection_;
    const Order order_;
    const OrderRow& row_;
    const std::string own_key_;
    const locale::Collation& ours_;
};

// Of one table, where it has such a row.
void key_row(db::Transaction& t, Order order, const OrderRow& row, const std::optional<std::string>& title,
             const locale::Collation& theirs) {
    if (!title) return;
    t->run(fmt::format("UPDATE {} SET sort_key = $1 WHERE locale = $2 AND generation = $3 AND article_id = $4",
                       table_of(order)),
           db::Bytes{theirs.sort_key(*title, row.locale)}, row.locale.text(), row.generation, row.article_id);
}

}  // namespace

std::string key_beside_neighbour(db::Connection& c, Order order, const OrderRow& row, std::string_view title,
                                 const locale::Collation& ours) {
    const auto own = ours.sort_key(title, row.locale);
    const auto neighbour = Search(c, order, row, own, ours).neighbour();
    if (neighbour && neighbour->our_key == own) return neighbour->key;  // in the order of the articles, as equal titles
    // A neighbour that was placed itself has the same neighbour as we.
    auto key = neighbour ? neighbour->key.substr(0, neighbour->key.find(end_of_neighbour)) : std::string();
    key += end_of_neighbour + own;
    key.resize(std::min(key.size(), max_placed_bytes));
    return key;
}

void mark_placed(db::Connection& c, const std::vector<OrderRow>& rows) {
    std::vector<db::Value> values;
    for (const auto& row : rows)
        for (auto value : {db::to_value(row.locale.text()), db::to_value(row.generation), db::to_value(row.article_id)})
            values.push_back(std::move(value));
    run_many(c,
             {"INSERT INTO placed (locale, generation, article_id) VALUES ", "(?, ?, ?)",
              " ON CONFLICT (locale, generation, article_id) DO NOTHING"},
             values);
}

std::vector<ArticleId> find_placed(db::Connection& c, const locale::Tag& locale, std::int64_t generation, int limit) {
    return c.all(
        "SELECT article_id FROM placed WHERE locale = $1 AND generation = $2 ORDER BY article_id LIMIT $3",
        [](const db::Row& row) { return ArticleId(row.integer(0)); }, locale.text(), generation, limit);
}

void key_placed(db::Transaction& t, const std::vector<OrderRow>& rows, const locale::Collation& theirs) {
    const auto text = [](const db::Row& row) { return row.text(0); };
    for (const auto& row : rows) {
        const auto tag = row.locale.text();
        key_row(t, Order::work, row,
                t->one("SELECT title FROM edition WHERE article_id = $1 AND locale = $2", text, row.article_id, tag),
                theirs);
        key_row(t, Order::listing, row,
                t->one("SELECT title FROM listing WHERE locale = $1 AND generation = $2 AND article_id = $3", text, tag,
                       row.generation, row.article_id),
                theirs);
        t->run("DELETE FROM placed WHERE locale = $1 AND generation = $2 AND article_id = $3", tag, row.generation,
               row.article_id);
    }
}

void forget_placed(db::Transaction& t, const locale::Tag& locale, std::int64_t generation) {
    t->run("DELETE FROM placed WHERE locale = $1 AND generation = $2", locale.text(), generation);
}

}  // namespace stele::storage
