#pragma once
// The REST handlers, as server/routes.cpp names them. Each decodes, calls one use-case and encodes.
#include "server/call.hpp"

namespace stele::api {

http::Response list_locales(App&, const Call&);
http::Response put_locale(App&, const Call&);
http::Response negotiate(App&, const Call&);

http::Response list_articles(App&, const Call&);
http::Response show_article(App&, const Call&);
http::Response show_page(App&, const Call&);
http::Response create_article(App&, const Call&);
http::Response patch_article(App&, const Call&);
http::Response delete_article(App&, const Call&);
http::Response restore_article(App&, const Call&);

http::Response show_translation(App&, const Call&);
http::Response put_translation(App&, const Call&);
http::Response patch_translation(App&, const Call&);
http::Response delete_translation(App&, const Call&);
http::Response publish(App&, const Call&);
http::Response unpublish(App&, const Call&);
http::Response keep(App&, const Call&);
http::Response undo_keep(App&, const Call&);
http::Response show_consequences(App&, const Call&);  // of a save of the source
http::Response list_segments(App&, const Call&);

http::Response list_revisions(App&, const Call&);
http::Response show_revision(App&, const Call&);
http::Response restore_revision(App&, const Call&);

http::Response list_work(App&, const Call&);
http::Response show_coverage(App&, const Call&);
http::Response show_openapi(App&, const Call&);

}  // namespace stele::api
