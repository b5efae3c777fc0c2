#pragma once
// The page of the translators' memory, as server/routes.cpp names it.
#include "server/call.hpp"

namespace stele::studio {

http::Response show_memory(App&, const Call&);    // ?source=&target=&text=: where a phrase was translated
http::Response change_memory(App&, const Call&);  // POST: a TMX file, or the number of one to be removed

}  // namespace stele::studio
