#pragma once
#include "src/base/error.hpp"
#include "src/terms/terms.hpp"

namespace stele::terms {

// Texts with plain spaces, without empty and repeated ones.
void tidy(Term& term);
void tidy(Translation& translation);
// With pointers into the request: "/text", "/translations/nb/texts/0".
void check_term(FieldErrors& errors, const Term& term);
void check_translation(FieldErrors& errors, const std::string& pointer, const Translation& translation);

}  // namespace stele::terms
