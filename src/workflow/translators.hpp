#pragma once
// Whom work can be given to.
#include <optional>
#include <string>

#include "src/workflow/people.hpp"

namespace stele::workflow {

struct TranslatorQuery {
    std::optional<locale::Tag> locale{};  // absent = those who translate into any
    std::string q{};                      // how the name begins, in any case
    int limit = 25;
    std::optional<std::string> after{};
};
struct TranslatorPage {
    std::vector<Person> items;  // by name
    std::optional<std::string>
        next;  // opaque; a page may be short and yet have one, as only so many are looked through
};
// Of the accounts that are not disabled. Throws malformed ("cursor").
TranslatorPage list_translators(const Store& store, const TranslatorQuery& query);

}  // namespace stele::workflow
