#pragma once
// Which article a slug means to a reader of one locale, and under which slug that reader finds an article.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/storage/articles.hpp"
#include "src/storage/site.hpp"

namespace stele::publishing {

// Own beats former beats foreign (those of the chain first) beats key beats number. Articles that are not deleted.
// Throws not_found ("locale").
std::optional<storage::Article> find_meant(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                                           std::string_view slug);

// Where an article that is not published in `locale` itself stands for its readers: under `slug`, which it has in the
// locale it falls back to; under its key where that slug means another article here; under its number where the key
// does as well.
std::string fallback_slug(db::Connection& c, const storage::Site& site, const locale::Tag& locale, ArticleId id,
                          const std::string& key, const std::string& slug);

// The same of many articles, with one statement unless slugs are taken.
struct Fallback {
    ArticleId id{};
    std::string key, slug;
};
std::map<ArticleId, std::string> fallback_slugs(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                                                const std::vector<Fallback>& fallbacks);

}  // namespace stele::publishing
