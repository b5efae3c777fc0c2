#pragma once
// One article in the site's theme.
#include "server/call.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::site {

// `preview`: text that is not published; nobody may keep or index it, and the page says so.
http::Response page_response(App& app, const Call& call, const publishing::Page& page, bool preview);

// not_found with the languages that exist as the member "exists_in": what error_page lists.
Error nothing_here(const publishing::Nothing& nothing);

}  // namespace stele::site
