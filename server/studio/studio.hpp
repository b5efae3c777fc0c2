#pragma once
// The place to edit: server-rendered pages, no script. Handlers as server/routes.cpp names them.
#include "server/call.hpp"

namespace stele::studio {

// ---- who is it ----
http::Response show_sign_in(App&, const Call&);
http::Response show_link(App&, const Call&);    // looks at nothing: programs that preview links must not use it up
http::Response redeem_link(App&, const Call&);  // POST
http::Response sign_out(App&, const Call&);
http::Response set_language(App&, const Call&);

// ---- lists ----
http::Response show_home(App&, const Call&);
http::Response list_work(App&, const Call&);
http::Response find_article(App&, const Call&);  // ?key=: to its overview
http::Response show_article(App&, const Call&);

// ---- forms; {locale} decides whether it is the source's or a translation's ----
http::Response show_text(App&, const Call&);
http::Response save_text(App&, const Call&);
http::Response show_new(App&, const Call&);
http::Response create_article(App&, const Call&);

// ---- previews ----
http::Response make_preview(App&, const Call&);  // to a fresh link of the working text in {locale}
http::Response show_preview(App&, const Call&);  // /preview/{token}, without signing in

http::Response show_style(App&, const Call&);
http::Response show_script(App&, const Call&);  // and what else is only for pages with script

// Every fault below /studio as a page. Guests are sent to the page that says how to get in; texts that were sent are
// shown again, so that nothing typed is lost.
http::Response error_page(App& app, const Call& call, const Error& error);
bool is_studio(const http::Request& request);

}  // namespace stele::studio
