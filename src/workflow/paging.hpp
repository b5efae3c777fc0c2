#pragma once
// Cursors of lists that are in the order of a number and an id.
#include <cstdint>
#include <string>
#include <string_view>

namespace stele::workflow {

struct ListPlace {
    std::int64_t key = 0, id = 0;
};
// `list` describes the list: the cursor of another is refused. Throws malformed ("cursor").
ListPlace place_after(std::string_view cursor, std::string_view list);
std::string cursor_after(const ListPlace& place, std::string_view list);

}  // namespace stele::workflow
