#pragma once
// What others did since somebody was last here. A visit ends half an hour after the last look; what came during it is
// still new while it lasts.
#include <string>
#include <vector>

#include "src/accounts/roles.hpp"
#include "src/base/ids.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

// What an account has seen of the log.
struct Visit {
    std::int64_t seen_before = 0;  // when this visit began
    std::int64_t seen = 0;
    Time at{};
};
struct Visiting {
    Visit visit;
    bool is_news = false;  // it has to be written (write_visit) so that it is known later
};
// The account is here now; nothing is written.
Visiting find_visit(const Store& store, std::int64_t account);
// A new account: what was before it is no news.
void begin_visits(db::Transaction& t, std::int64_t account);
void write_visit(db::Transaction& t, std::int64_t account, const Visit& visit);

// Of one kind and one text, all together; where somebody did the same to many at once, of all of these.
struct RecentChange {
    std::int64_t position = 0;  // of the last
    std::string kind;  // as the log names it: save, create, publish, unpublish, keep, restore, review, comment …;
                       // import is whatever an import did to many articles
    ArticleId article_id{};
    std::string key;
    locale::Tag locale;
    bool is_source = false;
    std::string title;  // as in a worklist
    locale::Tag title_locale;
    std::vector<Actor> actors;  // the last one first, at most three
    std::int64_t times = 1;
    std::int64_t articles = 1;  // more than one: the text above is the last of so many
    bool at_least = false;      // not all of them were looked at
    bool in_many_locales = false;
    Time at{};  // of the last
};
struct RecentChanges {
    std::vector<RecentChange> items;  // newest first
    bool more = false;                // than were looked at or asked for
};
// Of the texts that `caller` works on (in the locales they may translate, and the sources), by anybody else, after
// `position`. Of the last twenty thousand entries of the log; of what is of interest among them, the last thousand by
// people and the last thousand by imports.
RecentChanges changes_since(const Store& store, const accounts::Known& caller, std::int64_t position, size_t limit);

}  // namespace stele::workflow
