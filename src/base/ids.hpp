#pragma once
// Strong numbers: an article id does not pass for a version.
#include <cstdint>

namespace stele {

enum class ArticleId : std::int64_t {};
constexpr std::int64_t number(ArticleId id) { return static_cast<std::int64_t>(id); }

}  // namespace stele
