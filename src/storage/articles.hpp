#pragma once
// Table article.
#include <optional>
#include <string>
#include <string_view>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"
#include "src/locale/tag.hpp"

namespace stele::storage {

struct Article {
    ArticleId id{};
    std::string key;
    std::string type;
    locale::Tag source_locale;
    int priority = 0;    // 0..9, 9 first
    std::string shared;  // JSON object of the fields that do not depend on language
    std::int64_t version = 1;
    std::int64_t seq = 1;
    std::int64_t next_segment = 1;  // number of the next new body segment
    Time created_at{};
    Time updated_at{};
    std::optional<Time> deleted_at;
};

std::optional<Article> find_article(db::Connection& c, ArticleId id);
// A number or a key (a key contains a letter). Deleted articles are found too.
std::optional<Article> find_article(db::Connection& c, std::string_view id_or_key);

// Begins every write: raises `seq` and so holds the article until the transaction ends. The new seq, absent when there
// is no such article.
std::optional<std::int64_t> raise_seq(db::Transaction& t, ArticleId id);

// Absent when the key is taken.
std::optional<ArticleId> insert_article(db::Transaction& t, const Article& a);
// All but id, seq and created_at. False when the key is taken by another.
bool update_article(db::Transaction& t, const Article& a);
void set_next_segment(db::Transaction& t, ArticleId id, std::int64_t next);

}  // namespace stele::storage
