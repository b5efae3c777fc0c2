#pragma once
// Editions, their titles in order, and the counters: written together, in the transaction of the save that changes
// them.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/content/edition.hpp"
#include "src/db/db.hpp"
#include "src/storage/placing.hpp"
#include "src/storage/site.hpp"
#include "src/storage/tallies.hpp"
#include "src/storage/title_words.hpp"

namespace stele::storage {

// The editions of one article in these locales (empty = all), by locale.
std::vector<content::Edition> find_editions(db::Connection& c, ArticleId id,
                                            const std::vector<locale::Tag>& locales = {});

// For statements of other files that read whole editions: the columns of `edition e`, and a row that has them from
// `first`.
inline constexpr std::string_view edition_columns =
    "e.article_id, e.locale, e.is_source, e.bucket, e.published, e.title, e.title_locale, e.segments_total, "
    "e.segments_missing, e.segments_outdated, e.words_total, e.words_missing, e.words_outdated, e.priority, e.since, "
    "e.updated_at";
inline constexpr int edition_width = 16;
content::Edition edition_from(const db::Row& row, int first = 0);

// Planned outside the transaction (sort keys are computed here), applied inside: rows are written only for what
// differs. A body save touches no sort key; all changed editions are one statement, so are their titles and their
// counters. Editions of locales that the site does not track are not written (those that exist are taken away).
class EditionPlan {
  public:
    explicit EditionPlan(std::shared_ptr<const Site> site) : site_(std::move(site)) {}
    // before absent = the edition is new; after absent = it goes away. Equal = nothing is planned.
    void add(const std::optional<content::Edition>& before, const std::optional<content::Edition>& after);
    // For what fills a new order: like add(), and the title's row in the next generation of `l`, whatever is there.
    void fill(const std::optional<content::Edition>& before, const content::Edition& after, const SiteLocale& l);
    void apply(db::Transaction& t) const;
    bool empty() const { return upserts_.empty() && removals_.empty() && titles_.empty() && foreign_.empty(); }

  private:
    struct Title {
        locale::Tag locale;
        std::int64_t generation;
        ArticleId article_id;
        int bucket;
        std::optional<std::string> sort_key;  // absent = the row exists and keeps its key
    };
    struct Foreign {  // a row of an order of another ICU (placing.hpp)
        OrderRow row;
        int bucket;
        std::optional<std::string> title;  // absent = nobody reads the order yet
    };
    void plan_titles(const content::Edition* before, const content::Edition& after, const SiteLocale& l);
    void plan_row(const std::optional<content::Edition>& before, const content::Edition& after);
    void remove(const content::Edition& before);
    void upsert_editions(db::Connection& c) const;
    void upsert_titles(db::Connection& c) const;
    void place_titles(db::Connection& c) const;
    void remove_rows(db::Connection& c) const;

    std::shared_ptr<const Site> site_;
    std::vector<content::Edition> upserts_;
    std::vector<std::pair<ArticleId, locale::Tag>> removals_;
    std::vector<Title> titles_;
    std::vector<Foreign> foreign_;
    std::vector<Tally> tallies_;
    TitleWordPlan words_;
};

}  // namespace stele::storage
