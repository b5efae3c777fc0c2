#pragma once
// The public site. Every address with a locale in it is the same for all readers; those without one negotiate.
#include "server/call.hpp"

namespace stele::site {

http::Response show_home(App&, const Call&);      // /                 → /{locale}/
http::Response show_bare(App&, const Call&);      // /{slug}           → the reader's page; /nb → /nb/
http::Response show_list(App&, const Call&);      // /{locale}/        what is published, in the locale's order
http::Response show_page(App&, const Call&);      // /{locale}/{slug}
http::Response without_slash(App&, const Call&);  // /{locale}/{slug}/ → the page's address
http::Response show_asset(App&, const Call&);     // /assets/{file}
http::Response show_favicon(App&, const Call&);
http::Response show_robots(App&, const Call&);

// A fault as a page in the reader's language, in the site's frame where the database answers. The status is the
// caller's to set.
http::Response error_page(App&, const Call&, const Error&);

}  // namespace stele::site
