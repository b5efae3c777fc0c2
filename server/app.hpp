#pragma once
// Everything the server is made of. `serve` and the tests fill the same struct; handlers get it by reference. Owned
// parts, no methods; no singletons anywhere.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/options.hpp"
#include "server/http/response.hpp"
#include "src/checks/checks.hpp"
#include "src/content/content_type.hpp"
#include "src/db/db.hpp"
#include "src/locale/catalog.hpp"
#include "src/locale/chain.hpp"
#include "src/storage/store.hpp"

namespace stele {

struct Call;
class Views;

namespace accounts {
class Sightings;
}

namespace delivery {
class Cache;
class Invalidation;
}  // namespace delivery

namespace http {
class Server;
}

namespace metrics {
class Kinds;
}

namespace site {
class Theme;
}

namespace workflow {
class Looks;
}

struct App {
    cli::Options options;
    std::unique_ptr<db::Database> database;
    content::ContentTypes types;
    checks::Policy checks;  // as options.checks says
    std::unique_ptr<locale::Catalog> catalog;
    std::vector<locale::Enabled> interface_locales;  // what the catalog speaks, for negotiation
    std::shared_ptr<const Views> views;              // templates of the site and the studio
    std::shared_ptr<const site::Theme> theme;        // css and pictures of the site
    std::shared_ptr<delivery::Cache> cache;          // of answers to readers; null = none are kept
    std::shared_ptr<metrics::Kinds> kinds;           // what answers are counted as
    std::shared_ptr<accounts::Sightings> sightings;  // who was there lately; null = nobody notes it
    std::shared_ptr<workflow::Looks> looks;          // who looked at what; written beside requests
    // While it is served, for those who watch.
    const http::Server* front = nullptr;
    const delivery::Invalidation* invalidation = nullptr;
    Clock now = system_now;
    std::string secret;   // signs preview links
    std::string openapi;  // the API's description as JSON
    std::function<void(std::string_view line)> log;

    // After a change of the locales that has to be filled (worklist/locales.hpp); whoever fills must not block the
    // caller.
    std::function<void()> orders_changed;
    // After a change of what is to happen at a time (workflow/schedule.hpp).
    std::function<void()> agenda_changed;
    // After a write of a caller that may have been committed, before the caller is answered: what is kept for readers
    // knows of it when this returns (delivery/follower.hpp).
    std::function<void(db::Moment committed)> written;
    // Errors of the site and the studio as pages, whose status dispatch sets where it is 200; without it every error is
    // problem+json.
    std::function<http::Response(App&, const Call&, const Error&)> error_page;
};

// What use-cases take.
Store store_of(App& app);

}  // namespace stele
