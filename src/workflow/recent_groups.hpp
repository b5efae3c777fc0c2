#pragma once
// Entries of the log as somebody reads them on Home: those about one text together, and those about many texts at once
// (an import, an act on the board) as one. Pure; private to src/workflow.
#include "src/workflow/recent.hpp"

namespace stele::workflow {

inline const Actor importer = "import";

struct RecentEntry {
    RecentChange change;  // without actors and title
    Actor actor;
};
// `entries`: newest first. `cut`: there are more, which were not read.
std::vector<RecentChange> in_groups(std::vector<RecentEntry> entries, bool cut);

}  // namespace stele::workflow
