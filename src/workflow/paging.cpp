#include "src/workflow/paging.hpp"

#include <charconv>

#include "src/base/error.hpp"
#include "src/storage/cursor.hpp"

namespace stele::workflow {

ListPlace place_after(std::string_view cursor, std::string_view list) {
    const auto found = storage::cursor_from(cursor, list, 0);
    ListPlace place{.id = found.id};
    const auto* const last = found.key.data() + found.key.size();
    const auto [end, error] = std::from_chars(found.key.data(), last, place.key);
    if (error != std::errc() || end != last)
        throw Error(ErrorCode::malformed, "cursor", {}, {{"?after", "field.cursor", {}}});
    return place;
}

std::string cursor_after(const ListPlace& place, std::string_view list) {
    return storage::to_text({0, std::to_string(place.key), place.id}, list);
}

}  // namespace stele::workflow
