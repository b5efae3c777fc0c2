#pragma once
// Inside import: the files of an article that the database does not have, as one write.
#include <optional>

#include "src/exchange/import_read.hpp"
#include "src/publishing/new_article.hpp"

namespace stele::exchange {

struct NewImport {
    std::vector<Read> documents;                    // the source first, as whole.translations thereafter
    std::optional<publishing::WholeArticle> whole;  // absent: nothing can be imported
    std::optional<publishing::ArticlePlan> plan;    // absent: nothing can be planned ahead
    ImportReport report;                            // of the reading
};
// Away from any transaction, on any thread: reads, cuts and counts; plans it unless it is a dry run. The report of
// `importing` is not used.
NewImport read_new(const Importing& importing, const Group& group);

// The report, empty at first, gets what became of each file. The article with its files is written whole or not at
// all; translations that are refused are left out.
void import_new(const Importing& importing, db::Transaction& t, const NewImport& article);
// The report of a dry run.
void report_new(const Importing& importing, const NewImport& article);

}  // namespace stele::exchange
