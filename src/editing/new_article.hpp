#pragma once
// Inside editing/ and publishing/: the pieces that a new article is made of. Its id is known when it is inserted.
#include "src/editing/editing.hpp"
#include "src/editing/history.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

struct NewSource {
    Source source;
    Entry entry;  // of its first revision
};
// Throws what create_article throws.
NewSource plan_source(db::Connection& c, const Store& store, const NewArticle& article, const Actor& actor, Time now);
// Throws taken, with the other's id, where another article has the key, or the slug in the frame's locale.
void throw_if_taken(db::Connection& c, const std::string& key, const content::Frame& frame);
// Gives the source its id. Throws taken where its key or slug was taken since.
ArticleId insert_source(db::Transaction& t, Source& source, Entry entry);
// One for each tracked locale: the source's own, unpublished, and those of locales without any text.
std::vector<content::Edition> first_editions(const Source& source, Time now);
// The editions of an article that has just got its id.
void insert_editions(db::Transaction& t, const Source& source, const std::vector<content::Edition>& editions);

}  // namespace stele::editing
