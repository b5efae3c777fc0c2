#pragma once
// What is sensitive stands in the log of changes: who did it, to whom, from where; no secret, and no name that was
// merely tried (people type passwords there). Readers see none of these kinds (storage/change_log.hpp).
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/storage/store.hpp"

namespace stele::accounts {

// Who acts where nobody is signed in: whoever may start the binary.
inline const Actor command_line = "command line";

// An entry that is about no text; `kind`: one of storage::change_kinds. Not as the first write of its transaction
// (storage/change_log.hpp says why).
void note(db::Transaction& t, Time at, std::string_view kind, const Actor& actor, boost::json::object detail);

struct LogEntry {
    std::int64_t position = 0;
    Time at{};
    std::string kind;
    std::optional<std::int64_t> article_id;
    std::string locale;  // "" = none
    Actor actor;
    boost::json::object detail;
};
struct LogQuery {
    std::string kind;                        // "" = all
    std::string actor;                       // "" = all
    std::optional<locale::Tag> titles_in{};  // absent: no articles are looked up
    std::optional<std::int64_t> before;
    int limit = 50;
};
// What is known of an article that entries name. Of a deleted one there is no title any more.
struct LogArticle {
    std::string key, title;
    std::optional<locale::Tag> title_locale{};  // the source's where there is no other
    bool deleted = false;
};
struct LogPage {
    std::vector<LogEntry> entries;                  // newest first
    std::map<std::int64_t, LogArticle> articles{};  // by number; one that is gone is missing
    std::optional<std::int64_t> next;  // as `before`; a page with both filters may be short and yet have one
};
LogPage read_log(const Store& store, const LogQuery& query);

}  // namespace stele::accounts
