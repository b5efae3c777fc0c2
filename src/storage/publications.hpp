#pragma once
// Tables publication (what readers get) and route (which slug leads where).
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/content/translation.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

// The immutable text of a publication, stored as one JSON document:
// {"summary": …, "fields": {…}, "title_lang": "nb"?, "skeleton": "…", "slots": [ids], "texts": [text|null]}
struct Snapshot {
    std::optional<locale::Tag> title_lang;  // where the title was not translated yet: the source's language
    std::optional<std::string> summary;     // absent: missing (the source's is shown); empty: there is none
    std::map<std::string, std::optional<std::string>> fields;
    content::Skeleton skeleton;
    std::vector<std::string> slots;                 // segment ids; empty for an independent body
    std::vector<std::optional<std::string>> texts;  // one per slot; absent: missing
};
std::string to_document(const Snapshot& s);
Snapshot snapshot_from(std::string_view document);

struct Publication {
    locale::Tag locale;
    std::int64_t number = 0;  // rises with each publish
    std::string title, slug;
    std::optional<locale::Tag> title_lang;  // title_lang and summary: the snapshot's, which lists read without it
    std::optional<std::string> summary;
    std::string document;
    content::Hash text_hash;
    Time published_at{};  // the first time
    Time updated_at{};    // this one
};
// publication.id of article $1 in the locale with the tag $2, as SQL; all of an article lie between
// first_publication_id of it and of the next.
inline constexpr std::string_view publication_id_sql =
    "CAST($1 AS BIGINT) * 4096 + (SELECT number FROM locale WHERE tag = $2)";
constexpr std::int64_t first_publication_id(ArticleId id) { return number(id) * 4096; }
std::optional<Publication> find_publication(db::Connection& c, ArticleId id, const locale::Tag& locale);

// Without the document: what lists, editions and switchers need.
struct PublicationHead {
    locale::Tag locale;
    std::string slug;
    content::Hash text_hash;
};
std::vector<PublicationHead> find_publication_heads(db::Connection& c, ArticleId id);
std::optional<PublicationHead> find_publication_head(db::Connection& c, ArticleId id, const locale::Tag& locale);

void upsert_publication(db::Transaction& t, ArticleId id, const Publication& p);
void delete_publication(db::Transaction& t, ArticleId id, const locale::Tag& locale);

// The summaries of the publications in each article's source locale, of those that have one.
std::vector<std::pair<ArticleId, std::string>> find_source_summaries(db::Connection& c,
                                                                     const std::vector<ArticleId>& ids);

struct RouteRow {
    locale::Tag locale;
    ArticleId article_id{};
    bool former = false;
};
std::optional<RouteRow> find_route(db::Connection& c, const locale::Tag& locale, std::string_view slug);
std::vector<RouteRow> find_routes(db::Connection& c, std::string_view slug);  // in every locale, at most 100
// The routes by slug, of articles that are not deleted, in every locale, in no order: one statement for many slugs.
std::multimap<std::string, RouteRow> find_live_routes(db::Connection& c, const std::vector<std::string>& slugs);
// Makes `slug` the article's current one in `locale`; its other ones there become former. Absent when done, else the
// article whose current slug it is.
std::optional<ArticleId> set_route(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view slug);
// The article's slugs in `locale` all become former: others may take them.
void release_routes(db::Transaction& t, ArticleId id, const locale::Tag& locale);

}  // namespace stele::storage
