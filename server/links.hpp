#pragma once
// Where an answer stands in its own language and in others, for the head of a page and the field Link.
#include <string>
#include <utility>
#include <vector>

#include "src/publishing/publishing.hpp"

namespace stele {

struct Links {
    std::string canonical;                                        // absolute
    std::vector<std::pair<std::string, std::string>> alternates;  // hreflang and absolute address
};

// Of a published page. One that stands in for a missing one has no alternates, nor is it anybody's: the page that its
// canonical address leads to has (law 6).
Links links_of(const std::string& base_url, const publishing::Page& page);

// The value of Link (RFC 8288): the canonical address, and as many of the alternates as there is room for in a head
// that proxies take with their usual settings, the negotiating address first. A page names all of them itself.
std::string link_field(const Links& links);

}  // namespace stele
