#pragma once
// Rows in an order of another ICU. Its keys cannot be made here, and ours are not comparable with them, so that a title
// stands beside its neighbour: behind the last one that is not after it by our rules. Its key is that neighbour's, a
// zero byte (which no key of ICU has) and our own; bytes of the two ICUs are never compared with one another. Such rows
// are marked, and get their real keys from a node that has the order's ICU.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/ids.hpp"
#include "src/db/db.hpp"
#include "src/locale/collate.hpp"
#include "src/locale/tag.hpp"

namespace stele::storage {

enum class Order { work, listing };  // the tables work_title and listing

struct OrderRow {
    locale::Tag locale;
    std::int64_t generation = 0;
    ArticleId article_id{};
};

// The key of `title` in an order of another ICU, by the rules of `ours`. What the order has of this article already
// must have been taken away. Some dozens of look-ups, however many articles there are.
std::string key_beside_neighbour(db::Connection& c, Order order, const OrderRow& row, std::string_view title,
                                 const locale::Collation& ours);
void mark_placed(db::Connection& c, const std::vector<OrderRow>& rows);

// The marked articles of one generation, at most `limit`.
std::vector<ArticleId> find_placed(db::Connection& c, const locale::Tag& locale, std::int64_t generation, int limit);
// Makes the keys of these rows by `theirs`, which is the ICU of their generation, and takes the marks away. The
// articles are held by the caller.
void key_placed(db::Transaction& t, const std::vector<OrderRow>& rows, const locale::Collation& theirs);
void forget_placed(db::Transaction& t, const locale::Tag& locale, std::int64_t generation);

}  // namespace stele::storage
