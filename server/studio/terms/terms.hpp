#pragma once
// The glossary in the studio, as server/routes.cpp names it.
#include "server/call.hpp"

namespace stele::studio {

http::Response list_terms(App&, const Call&);    // ?source=&target=&q=&untranslated=&after=
http::Response import_terms(App&, const Call&);  // POST: a table as a file
http::Response show_term(App&, const Call&);     // {n}, or "new"; ?source=&target=
http::Response change_term(App&, const Call&);   // POST: save, delete, restore

}  // namespace stele::studio
