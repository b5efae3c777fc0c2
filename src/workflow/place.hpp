#pragma once
// What everything here is about: an article's text in one locale.
#include "src/content/translation.hpp"
#include "src/storage/articles.hpp"
#include "src/storage/site.hpp"

namespace stele::workflow {

struct Place {
    storage::Article article;
    std::optional<content::Frame> frame;  // absent: nothing is written in this locale yet

    std::int64_t version() const { return frame ? frame->version : 0; }
};
// Throws not_found: "article" where there is none or it is deleted, "locale" where that is not enabled.
Place read_place(db::Connection& c, const Store& store, ArticleId id, const locale::Tag& locale);
// The same, for a decision on what stands there: the article is held until the transaction ends, so that of two who
// decide at once the second sees what the first did. Its seq stays as it is.
Place hold_place(db::Transaction& t, const Store& store, ArticleId id, const locale::Tag& locale);
// Does the article have this segment, be it cut from the source by now? "" (the whole text) and "body" are in every
// one.
bool has_segment(db::Connection& c, ArticleId id, std::string_view segment);

// An entry in the log of changes; not as the first write of the transaction.
void log(db::Transaction& t, Time at, std::string kind, ArticleId id, const locale::Tag& locale, const Actor& actor,
         boost::json::object detail = {});

}  // namespace stele::workflow
