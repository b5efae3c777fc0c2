#pragma once
// What an export has to say of the work that is left: the lines `missing:` and `outdated:`.
#include <boost/json.hpp>
#include <vector>

#include "src/exchange/merge.hpp"

namespace stele::exchange {

struct WorkLines {
    boost::json::array missing;   // numbers of the source's body segments
    bool missing_needed = false;  // by order and kind alone an import would align the body in another way
    boost::json::array outdated;  // {"place", "source"}
    bool ambiguous = false;
};
WorkLines work_lines(const Present& present, const std::vector<editing::SegmentView>& source);

}  // namespace stele::exchange
