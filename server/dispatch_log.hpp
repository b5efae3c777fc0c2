#pragma once
// What logs may hold of a request. Addresses hold secrets: the codes of links, the tokens of previews, and what readers
// typed or other sites put into queries.
#include <string>
#include <string_view>

#include "server/http/request.hpp"
#include "server/routes.hpp"

namespace stele {

// For the log of faults: the row that was found, with what of the path says no more than which article and language it
// was. "(no such path)" where there is none.
std::string path_for_log(const http::Request& request, const http::Found<Target>& found);
// Methods that no row has are somebody's own words as well.
std::string_view method_for_log(const http::Request& request, const http::Found<Target>& found);

// For the log of all answers: the path as it was sent, without its query; the pattern alone where a parameter of it is
// a secret, and "(no such path)" where no row has it, since a secret with a slip in it would be such a path.
std::string path_for_access_log(std::string_view method, std::string_view target);

}  // namespace stele
