#pragma once
// The table of everything that is served, and the way of a request through it.
#include <optional>
#include <string_view>
#include <vector>

#include "server/app.hpp"
#include "server/call.hpp"
#include "server/http/router.hpp"

namespace stele {

// What a row asks of its caller. There is no row without one.
enum class Permission {
    open,            // nothing at all, and nobody is looked up: health, pages, assets
    read_published,  // nothing; a caller who may read drafts may be shown more
    read_drafts,
    write_text,       // translate in {locale}; where {locale} is the article's source, edit_source in it
    edit_source,      // in the source locale of {id}
    translate,        // in {locale}, whatever the source is: to take part in the work on it
    discuss,          // translate in {locale}, or edit_source in the source locale of {id}
    glossary,         // translate somewhere; the handler looks which locales a request is about
    create,           // edit_source in the locale that the body names: somewhere before, there by the handler
    keep,             // in {locale}
    publish,          // in {locale}
    administer,       // in {locale}
    administer_site,  // what is not about one locale: a grant of admin for all of them
    settings,         // the same, by a session of the studio
    watch,            // the option metrics_token as a bearer's token; without the option there is no such path
    signed_in,        // a session of the studio, whatever its role; the handler says what else
};

// Who reads the errors: a program gets problem+json, a person a page.
enum class Audience { program, person };

struct Target {
    Handler handler;
    Permission permission;
    Audience audience;
    // Where its answers may be kept for readers: the names in a query that it reads, separated by spaces.
    std::optional<std::string_view> kept{};
};

const http::Router<Target>& routes();

// Never throws: every fault becomes a response.
http::Response dispatch(App& app, const http::Request& request);

}  // namespace stele
