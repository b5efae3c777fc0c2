#pragma once
// What people agree on around texts, as server/routes.cpp names it: reviews, comments, assignments, schedules, who is
// there, and notifications.
#include "server/call.hpp"

namespace stele::api {

http::Response show_review(App&, const Call&);
http::Response put_review(App&, const Call&);
http::Response list_reviews(App&, const Call&);

http::Response list_comments(App&, const Call&);
http::Response create_comment(App&, const Call&);
http::Response patch_comment(App&, const Call&);
http::Response delete_comment(App&, const Call&);

http::Response show_assignment(App&, const Call&);
http::Response put_assignment(App&, const Call&);
http::Response delete_assignment(App&, const Call&);
http::Response list_assignments(App&, const Call&);
http::Response assign_many(App&, const Call&);
http::Response list_people(App&, const Call&);

http::Response show_schedule(App&, const Call&);
http::Response put_schedule(App&, const Call&);
http::Response delete_schedule(App&, const Call&);

http::Response put_presence(App&, const Call&);
http::Response delete_presence(App&, const Call&);

http::Response list_notifications(App&, const Call&);
http::Response read_notifications(App&, const Call&);

}  // namespace stele::api
