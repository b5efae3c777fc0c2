#pragma once
// From page to page of the board: cursors lead on, a short trail of those that were left leads back.
#include <optional>
#include <string>

#include "server/http/request.hpp"

namespace stele::studio {

struct PageLinks {
    std::optional<std::string> next, previous, first;  // first: only where there is no trail back
};
// `next`: the cursor of the page behind this one.
PageLinks page_links(const http::Request& request, const std::optional<std::string>& next);

}  // namespace stele::studio
