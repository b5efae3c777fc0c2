#pragma once
// The articles that are deleted and can be restored.
#include <optional>
#include <vector>

#include "src/storage/articles.hpp"

namespace stele::storage {

struct DeletedPlace {
    Time deleted_at{};
    ArticleId id{};
};
struct DeletedArticle {
    Article article;    // without its shared fields
    std::string title;  // of the source; may be empty
};
// The last deleted first, those after `after`.
std::vector<DeletedArticle> find_deleted(db::Connection& c, const std::optional<DeletedPlace>& after, int limit);

}  // namespace stele::storage
