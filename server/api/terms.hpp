#pragma once
// The handlers of terms and checks, as server/routes.cpp names them.
#include "server/call.hpp"

namespace stele::api {

http::Response list_terms(App&, const Call&);
http::Response create_term(App&, const Call&);
http::Response show_term(App&, const Call&);
http::Response patch_term(App&, const Call&);
http::Response delete_term(App&, const Call&);
http::Response restore_term(App&, const Call&);
http::Response export_terms(App&, const Call&);
http::Response import_terms(App&, const Call&);
http::Response list_segment_terms(App&, const Call&);

http::Response list_checks(App&, const Call&);
http::Response check_segment(App&, const Call&);
http::Response dismiss_check(App&, const Call&);
http::Response undo_dismiss_check(App&, const Call&);

}  // namespace stele::api
