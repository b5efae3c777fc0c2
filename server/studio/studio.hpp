#pragma once
// The place to edit: server-rendered pages, which scripts make quicker. Handlers as server/routes.cpp names them.
#include "server/call.hpp"

namespace stele::studio {

// ---- who is it ----
http::Response show_sign_in(App&, const Call&);
http::Response sign_in(App&, const Call&);      // POST: by password
http::Response show_link(App&, const Call&);    // looks at nothing: programs that preview links must not use it up
http::Response redeem_link(App&, const Call&);  // POST
http::Response sign_out(App&, const Call&);
http::Response show_forgot(App&, const Call&);
http::Response ask_for_password(App&, const Call&);  // POST: for a letter with a link
http::Response show_password(App&, const Call&);     // of an invitation, or of a link to a new one
http::Response choose_password(App&, const Call&);   // POST
http::Response set_language(App&, const Call&);
http::Response show_account(App&, const Call&);
http::Response change_account(App&, const Call&);  // POST

// ---- lists ----
http::Response show_home(App&, const Call&);
http::Response show_board(App&, const Call&);
http::Response act_on_board(App&, const Call&);  // POST: with the articles that were chosen
http::Response first_work(App&, const Call&);    // to the worklist of the first of my locales with something to do
http::Response list_work(App&, const Call&);
http::Response next_work(App&, const Call&);      // ?after=: to the next text to do in {locale}
http::Response list_articles(App&, const Call&);  // ?q=: key, number or words of titles
http::Response show_article(App&, const Call&);
http::Response list_deleted(App&, const Call&);
http::Response show_removal(App&, const Call&);    // of an article, or of its text in ?locale=; asks first
http::Response change_removal(App&, const Call&);  // POST: deletes, or brings back
http::Response show_history(App&, const Call&);
http::Response restore_text(App&, const Call&);  // POST

// ---- settings ----
http::Response show_settings(App&, const Call&);  // to the first part of them
http::Response show_locales(App&, const Call&);
http::Response change_locale(App&, const Call&);  // POST
http::Response list_users(App&, const Call&);
http::Response invite_user(App&, const Call&);  // POST
http::Response show_user(App&, const Call&);
http::Response change_user(App&, const Call&);  // POST
http::Response list_tokens(App&, const Call&);
http::Response change_tokens(App&, const Call&);  // POST: one more, or one less
http::Response show_log(App&, const Call&);

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
