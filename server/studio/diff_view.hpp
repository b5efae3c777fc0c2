#pragma once
#include <string_view>

#include "server/views.hpp"
#include "src/locale/tag.hpp"

namespace stele::studio {

// [{"same"} or {"added"} or {"removed"}]: the words of both texts, in order.
ViewData diff_view(std::string_view before, std::string_view after, const locale::Tag& tag);

}  // namespace stele::studio
