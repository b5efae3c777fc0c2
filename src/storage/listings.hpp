#pragma once
// What readers of each locale get of an article, resolved through the chains in force (and those being filled), as rows
// in the locale's order.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"
#include "src/storage/placing.hpp"
#include "src/storage/site.hpp"
#include "src/storage/tallies.hpp"

namespace stele::storage {

struct Published {
    std::string title;
    Time published_at{};
    friend bool operator==(const Published&, const Published&) = default;
};
using PublishedIn = std::map<locale::Tag, Published>;

// The publications of one article (a deleted article has none).
PublishedIn find_published(db::Connection& c, ArticleId id);
// What a reader gets through this chain: the first of it that is published.
std::optional<locale::Tag> resolve(const PublishedIn& published, const std::vector<locale::Tag>& chain);

// Planned outside the transaction, applied inside. Writes only the listing rows that differ between the two.
class ListingPlan {
  public:
    explicit ListingPlan(std::shared_ptr<const Site> site) : site_(std::move(site)) {}
    void change(ArticleId id, const std::string& type_before, const PublishedIn& before, const std::string& type_after,
                const PublishedIn& after);
    // For what fills a new order: the article's row in the next generation of this locale, whatever is there.
    void refill(ArticleId id, const std::string& type, const PublishedIn& published, const SiteLocale& l);
    void apply(db::Transaction& t) const;
    bool empty() const {
        return upserts_.empty() && removals_.empty() && refills_.empty() && placed_.empty() && kept_.empty();
    }

  private:
    struct Row {
        locale::Tag locale;
        std::int64_t generation;
        ArticleId article_id;
        std::string type;
        bool own;
        locale::Tag resolved;
        std::string title;
        std::string sort_key;  // made for what is written only
        Time published_at;
        friend bool operator==(const Row&, const Row&) = default;
    };
    std::optional<Row> row_of(ArticleId id, const std::string& type, const PublishedIn& published,
                              const locale::Tag& tag, const Generation& generation) const;
    void change_active(const std::optional<Row>& before, std::optional<Row> after, bool has_keys);
    void place_rows(db::Connection& c) const;

    std::shared_ptr<const Site> site_;
    std::vector<Row> upserts_;
    std::vector<OrderRow> removals_;
    std::vector<Row> placed_;        // in orders of another ICU (placing.hpp), where there is no such row yet
    std::vector<Row> kept_;          // the same, where the row has its place
    std::vector<OrderRow> unkeyed_;  // of generations being filled for another ICU: nobody reads them yet
    std::vector<OrderRow> refills_;  // of generations being filled: what is there is counted when it is taken away
    std::vector<Row> refilled_;
    std::vector<Tally> tallies_;
};

}  // namespace stele::storage
