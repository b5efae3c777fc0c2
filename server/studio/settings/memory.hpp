#pragma once
// The page of the translators' memory, as server/routes.cpp names it.
#include "server/call.hpp"

namespace stele::studio {

http::Response show_memory(App&, const Call&);       // ?source=&target=&text=: where a phrase was translated
http::Response import_to_memory(App&, const Call&);  // POST: the content of a TMX file

}  // namespace stele::studio
