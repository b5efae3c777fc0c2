#pragma once
// A new article with its translations and publications as one write, for what brings whole articles.
#include <optional>
#include <vector>

#include "src/editing/editing.hpp"
#include "src/editing/new_article.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/listings.hpp"

namespace stele::publishing {

struct WholeArticle {
    struct Translation {
        locale::Tag locale;
        editing::Changes changes;
        bool publish = false;
    };
    editing::NewArticle article;
    bool publish = false;  // the source
    std::vector<Translation> translations;
};

// What writing it takes, computed from a snapshot.
struct ArticlePlan {
    struct Part {
        content::Frame frame;
        std::vector<content::Target> targets;
        std::vector<storage::Wording> wordings;
        std::optional<storage::Publication> publication;
        std::vector<editing::Entry> entries;
    };
    editing::NewSource source;
    std::optional<storage::Publication> publication;  // the source's
    std::vector<editing::Entry> entries;              // of the source, besides its first
    std::vector<Part> parts;
    std::vector<std::optional<Error>> refused;  // one for each translation; those are not written
    std::vector<content::Edition> editions;
    storage::PublishedIn published;
};

// Throws what create_article and publish throw, of the source.
ArticlePlan plan_article(db::Connection& c, const Store& store, const WholeArticle& whole, const Actor& actor);
// SQL alone. Absent: the locales are not those of the plan. Throws taken where a key or a slug was taken since. In both
// cases nothing was written, and the transaction may go on without a savepoint.
std::optional<ArticleId> write_article(db::Transaction& t, const ArticlePlan& plan);

}  // namespace stele::publishing
