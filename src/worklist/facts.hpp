#pragma once
// Editions and listings computed anew, from segments, targets, translations and publications alone: what fills a new
// order, and what the maintained rows are checked against. Independent of how a save works its changes out.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "src/content/edition.hpp"
#include "src/content/segment.hpp"
#include "src/db/db.hpp"
#include "src/storage/listings.hpp"

namespace stele::worklist {

struct TranslationFacts {
    bool independent = false;
    content::Hash text_hash;
    Time updated_at{};
};
struct PublicationFacts {
    storage::Published listed;
    content::Hash text_hash;
};
struct SegmentFacts {
    bool in_body = false;
    content::Hash hash;
    std::int64_t words = 0;
};

// Of one article that is not deleted.
struct ArticleFacts {
    ArticleId id{};
    std::string type;
    locale::Tag source_locale;
    int priority = 0;
    std::int64_t seq = 0;
    std::string source_title;
    std::map<std::string, SegmentFacts> segments;                       // live ones, by id
    std::map<locale::Tag, std::map<std::string, content::Hash>> bases;  // by locale, then segment id
    std::map<locale::Tag, std::string> titles;                          // own targets of the title
    std::map<locale::Tag, TranslationFacts> translations;
    std::map<locale::Tag, PublicationFacts> publications;

    storage::PublishedIn published() const;
    // All but `since`, which texts do not tell: it is `updated_at`, the translation's (else the source's) time.
    content::Edition edition(const locale::Tag& locale) const;
};

// The ids and seqs of all articles, deleted ones too, above `after`: at most `limit`, in order.
struct Sequence {
    ArticleId id{};
    std::int64_t seq = 0;
    friend bool operator==(const Sequence&, const Sequence&) = default;
};
std::vector<Sequence> find_sequences(db::Connection& c, std::int64_t after, int limit);

// Listings need the publications alone; editions need all.
enum class Depth { publications, all };
// The facts of the articles with after < id <= last, by id; deleted ones are left out.
std::map<ArticleId, ArticleFacts> read_facts(db::Connection& c, std::int64_t after, std::int64_t last,
                                             Depth depth = Depth::all);
// The editions of the same articles as they are stored, of deleted ones too.
using Editions = std::map<std::pair<ArticleId, locale::Tag>, content::Edition>;
Editions read_editions(db::Connection& c, std::int64_t after, std::int64_t last);

}  // namespace stele::worklist
