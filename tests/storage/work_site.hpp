#pragma once
// A small site whose writes keep editions, listings and counters the way every save does: facts before, facts after,
// the difference planned and applied in the same transaction.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/content/content_type.hpp"
#include "src/content/segment.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/site.hpp"
#include "src/storage/store.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/rounds.hpp"

namespace stele::testing {

inline locale::Tag tag(std::string_view text) { return locale::Tag::parse(text).value(); }

// One article with a body of one segment, and whole translations of it.
struct NewWork {
    std::string source_locale, title;
    std::map<std::string, std::string> translations{};  // their titles by locale
    std::string type = "page";
    int priority = 0;
    bool published = true;  // in all of them
};

struct WorkSite {
    explicit WorkSite(Db& database, std::vector<std::string> locales = {"en", "nb", "nn"},
                      const locale::Collation& collation = locale::Collation::system());

    Db& db;
    content::ContentTypes types;
    Store store;

    // ---- locales ----
    void enable(const std::string& locale, std::optional<std::vector<std::string>> fallback = {});
    void disable(const std::string& locale);
    // In the table of locales, if only as one that was disabled: what is published there hangs on its number.
    void know(const std::string& locale);
    std::int64_t version_of(const std::string& locale);
    storage::Site site();

    // ---- articles: each is one write ----
    ArticleId add(const std::string& source_locale, const std::string& title, int body_segments = 1,
                  const std::string& type = "page", int priority = 0);
    void add_many(const std::vector<NewWork>& articles);  // some hundreds in a write, while nobody else writes
    void set_source(ArticleId id, const std::string& segment, const std::string& text);
    void translate(ArticleId id, const std::string& locale, const std::string& segment, const std::string& text);
    void translate_all(ArticleId id, const std::string& locale, const std::string& title);
    void publish(ArticleId id, const std::string& locale);
    void unpublish(ArticleId id, const std::string& locale);
    void set_type(ArticleId id, const std::string& type);
    void set_deleted(ArticleId id, bool deleted);
    // Whatever `change` does to the facts, with all that follows from it. Tried again when the locales changed
    // meanwhile.
    void write(ArticleId id, const std::function<void(db::Connection&)>& change);

    std::vector<std::string> titles(const std::string& locale);                        // of the worklist of every state
    std::vector<std::string> listed(const std::string& locale, bool fallback = true);  // titles in the reader's order
};

// All pages of a list, by its cursors, `limit` at a time.
std::vector<worklist::WorkItem> all_work(const Store& store, worklist::Query query);

std::int64_t count_rows(db::Database& db, const std::string& table_and_condition);

}  // namespace stele::testing
