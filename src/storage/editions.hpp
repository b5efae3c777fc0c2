#pragma once
// Editions, their titles in order, and the counters: written together, in the transaction of the save that changes them.
#include <optional>
#include <string>
#include <vector>

#include "src/content/edition.hpp"
#include "src/db/db.hpp"
#include "src/storage/site.hpp"

namespace stele::storage {

// The editions of one article in these locales (empty = all), by locale.
std::vector<content::Edition> find_editions(db::Connection& c, ArticleId id, const std::vector<locale::Tag>& locales = {});

// Planned outside the transaction (sort keys are computed here), applied inside: rows are written only for what differs.
// A body save touches no sort key; all changed editions are one statement, so are their titles and their counters.
class EditionPlan {
  public:
    explicit EditionPlan(std::shared_ptr<const Site> site) : site_(std::move(site)) {}
    // before absent = the edition is new; after absent = it goes away. Equal = nothing is planned.
    void add(const std::optional<content::Edition>& before, const std::optional<content::Edition>& after);
    void apply(db::Transaction& t) const;
    bool empty() const { return upserts_.empty() && removals_.empty(); }

  private:
    struct Title {
        locale::Tag locale;
        std::int64_t generation;
        ArticleId article_id;
        int bucket;
        std::optional<std::string> sort_key;  // absent = the row exists and keeps its key
    };
    struct Tally {
        locale::Tag locale;
        std::string scope;
        int slot;
        std::int64_t articles, words_total, words_missing, words_outdated;
    };
    std::shared_ptr<const Site> site_;
    std::vector<content::Edition> upserts_;
    std::vector<std::pair<ArticleId, locale::Tag>> removals_;
    std::vector<Title> titles_;
    std::vector<Tally> tallies_;
};

}  // namespace stele::storage
