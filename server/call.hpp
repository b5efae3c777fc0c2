#pragma once
// One request on its way through a handler: what was asked, by whom, and in which language they are answered.
#include <optional>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "src/accounts/roles.hpp"
#include "src/accounts/sessions.hpp"
#include "src/editing/editing.hpp"
#include "src/locale/tag.hpp"

namespace stele {

struct Call {
    const http::Request& request;
    accounts::Caller caller{};                   // absent = a guest
    std::optional<accounts::Session> session{};  // when the caller came with the studio's cookie
    locale::Tag language;                        // of messages: the session's, else negotiated over the catalog
    std::shared_ptr<db::Database> database{};    // the app's, where each write asks whether the caller still may
    std::optional<editing::Article> article{};   // of {id} in the path, where the row's permission had to look at it
};

// "__Host-stele_session" where the site is reached by https, so that no other host can set it (RFC 6265bis, section
// 4.1.3.2); browsers take that name only with Secure.
std::string_view session_cookie_name(const App& app, const http::Request& request);

// What use-cases that write for the caller take.
Store store_of(App& app, const Call& call);

using Handler = http::Response (*)(App&, const Call&);

// Who signs the revision; only after a permission check, so that there is somebody.
inline const Actor& actor_of(const Call& call) { return call.caller.value().name; }

// Throws unauthenticated for guests, forbidden for those who may not. `locale` absent: not about one locale.
void require(const Call& call, accounts::Action action, const std::optional<locale::Tag>& locale);

// The article of {id} (number or key). Throws not_found.
editing::Article article_of(App& app, const Call& call);
// {locale} as a tag, enabled or not. Throws not_found for what is no tag.
locale::Tag locale_of(const Call& call);

}  // namespace stele
