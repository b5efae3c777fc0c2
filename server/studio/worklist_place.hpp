#pragma once
#include <string>

#include "server/call.hpp"

namespace stele::studio {

// The filter and order of the list of work that a text was opened from, as addresses of its pages carry them along, so
// that "next" goes on in that list: "", or "state=outdated&sort=words".
std::string worklist_query(const Call& call);
// An address with that behind it.
std::string with_query(std::string path, const std::string& query);

}  // namespace stele::studio
