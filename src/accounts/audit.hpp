#pragma once
// What is sensitive stands in the log of changes: who did it, to whom, from where; no secret, and no name that was
// merely tried (people type passwords there). Readers see none of these kinds (storage/change_log.hpp).
#include <boost/json.hpp>
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
    std::string kind;   // "" = all
    std::string actor;  // "" = all
    std::optional<std::int64_t> before;
    int limit = 50;
};
struct LogPage {
    std::vector<LogEntry> entries;     // newest first
    std::optional<std::int64_t> next;  // as `before`; a page with both filters may be short and yet have one
};
LogPage read_log(const Store& store, const LogQuery& query);

}  // namespace stele::accounts
