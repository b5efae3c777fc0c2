#pragma once
// A row of a worklist: an edition (content/edition.hpp) with what the API shows of its article.
#include <optional>
#include <string>

#include "src/content/edition.hpp"

namespace stele::worklist {

struct WorkItem {
    content::Edition edition;
    std::string key;
    std::string type;
    locale::Tag source_locale;
    std::optional<locale::Tag> resolved_locale;  // what a reader gets; absent = nothing is published in the chain
};

}  // namespace stele::worklist
