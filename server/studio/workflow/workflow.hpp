#pragma once
// Notifications and feeds in the studio, as server/routes.cpp names them.
#include "server/call.hpp"

namespace stele::studio {

// What waits for a review in {locale}: ?status=requested (without it) or changes-requested.
http::Response list_reviews(App&, const Call&);

// What people say about a text: for whoever has no script, and to be linked to.
http::Response show_comments(App&, const Call&);    // ?segment= is chosen for a new one; ?after=
http::Response change_comments(App&, const Call&);  // POST: do = post | resolve | reopen

http::Response show_notifications(App&, const Call&);
http::Response read_all(App&, const Call&);     // POST: up_to
http::Response set_digest(App&, const Call&);   // POST: digest
http::Response change_feed(App&, const Call&);  // POST: action = make | revoke

// /feeds/worklist/{locale}/{token}: whoever has the address, without signing in.
http::Response show_feed(App&, const Call&);

}  // namespace stele::studio
