#pragma once
// For the board only: what is known of some articles, by few look-ups.
#include <map>
#include <vector>

#include "src/db/db.hpp"
#include "src/storage/site.hpp"
#include "src/worklist/board.hpp"

namespace stele::worklist {

// The editions in `locale` alone are what a filter by state needs.
enum class Breadth { all, one };
// Without those that are deleted.
std::map<std::int64_t, BoardRow> rows_of(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                                         const std::vector<std::int64_t>& ids, Breadth breadth);

}  // namespace stele::worklist
