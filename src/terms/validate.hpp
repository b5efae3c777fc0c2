#pragma once
#include "src/base/error.hpp"
#include "src/storage/site.hpp"
#include "src/terms/terms.hpp"

namespace stele::terms {

// Texts with plain spaces, without empty and repeated ones; locales of which nothing is said are left out.
void tidy(Term& term);
void tidy(Translation& translation);
// All that can be wrong with a term as it is to be, with pointers into the request: "/text",
// "/translations/nb/texts/0". What it says in a locale as `before` (null: it is new) said it is not looked at: a locale
// may have been disabled since.
void check_term(FieldErrors& errors, const Term& term, const Term* before, const storage::Site& site);

}  // namespace stele::terms
