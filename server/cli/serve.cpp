// stele serve: the server, until SIGTERM or SIGINT.
#include <fmt/format.h>
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "server/agenda.hpp"
#include "server/background.hpp"
#include "server/cli/command.hpp"
#include "server/cli/demo.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/secret.hpp"
#include "server/cli/systemd.hpp"
#include "server/delivery/cache.hpp"
#include "server/delivery/delivery.hpp"
#include "server/delivery/invalidation.hpp"
#include "server/dispatch_log.hpp"
#include "server/front_error.hpp"
#include "server/http/server.hpp"
#include "server/machine/http_provider.hpp"
#include "server/mail/sender.hpp"
#include "server/memory_keeper.hpp"
#include "server/routes.hpp"
#include "src/accounts/users.hpp"
#include "src/locale/warm.hpp"
#include "src/storage/served.hpp"

namespace stele::cli {
namespace {

// Before any thread is made, so that all of them inherit it and only wait_for_signal() is told.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // libpq writes to sockets that may be gone
    return set;
}

timespec timespec_of(std::chrono::milliseconds time) {
    return {time.count() / 1000, (time.count() % 1000) * 1'000'000};
}

// Until it is told to stop. Meanwhile it opens the log anew when asked, and tells systemd that the loops go round: a
// loop that hangs is what a watchdog is for.
void tend(http::Server& server, const sigset_t& signals, const Notifier& notifier) {
    const auto pause = timespec_of(notifier.watchdog().value_or(std::chrono::hours(1)));
    while (true) {
        const int received = ::sigtimedwait(&signals, nullptr, &pause);
        if (received == SIGTERM || received == SIGINT) return;
        if (received == SIGHUP || received == SIGUSR1) server.reopen_log();
        if (notifier.watchdog() && server.pulse()) notifier.say("WATCHDOG=1");
    }
}

void write_log(std::string_view line) { fmt::print(stderr, "{} {}\n", rfc3339(system_now()), line); }

// The rest is for what the server opens beside: the files or sockets of the database, at any time anew.
size_t most_sockets(const Options& options, size_t descriptors) {
    if (descriptors == 0) return 0;  // not known
    constexpr size_t files_of_sqlite = 3, others = 32;
    const auto of_database = size_t(options.readers + options.writers + 2) * files_of_sqlite;
    const auto kept = std::min(descriptors / 2, of_database + others);
    return std::max<size_t>(1, descriptors - kept);
}

std::optional<http::AccessLog::Setting> access_log_of(const Options& options) {
    if (options.access_log.empty()) return std::nullopt;
    using Format = http::AccessLog::Format;
    http::AccessLog::Setting setting;
    setting.path = options.access_log;
    setting.format = options.access_log_format == "json" ? Format::json : Format::common;
    setting.shown = path_for_access_log;
    return setting;
}

http::Options front_options(const App& app, size_t descriptors) {
    const auto& o = app.options;
    http::Options front;
    front.listen = o.listen;
    front.unix_mode = mode_t(std::stoul(o.unix_mode, nullptr, 8));
    front.inherited = inherited_sockets();
    using Proxies = http::Proxies;
    front.proxies = Proxies(
        o.trusted_proxies, o.forwarded_header == "forwarded" ? Proxies::Field::forwarded : Proxies::Field::x_forwarded);
    front.access_log = access_log_of(o);
    front.loops = size_t(o.loops);
    front.workers = size_t(o.threads);
    front.queue = size_t(o.max_queue);
    front.read_patience = o.max_queue_time;
    front.write_patience = o.max_write_queue_time;
    front.limits.body_bytes = size_t(o.max_body_bytes);
    front.limits.connections = size_t(o.max_connections);
    front.limits.connections_per_address = size_t(o.max_connections_per_address);
    front.limits.requests_per_connection = size_t(o.max_requests_per_connection);
    front.limits.head_time = o.head_timeout;
    front.limits.body_time = o.body_timeout;
    front.limits.write_time = o.write_timeout;
    front.limits.idle_time = o.idle_timeout;
    front.limits.sockets = most_sockets(o, descriptors);
    front.log = app.log;
    front.ready = delivery::delivery_of(app);
    front.error_response = front_errors(app);
    return front;
}

// A database that takes no writes now is served all the same.
void tell_address(App& app, const std::string& address) {
    if (!address.starts_with("http")) return;
    try {
        storage::set_served(*app.database, address, app.now());
    } catch (const Error& error) {
        write_log("links on the command line may lead to another address: " + describe(error));
    }
}

// Nobody can get in: a new database, or the wrong one.
void tell_about_accounts(App& app) {
    if (!accounts::list_users(store_of(app), 0, 1).empty()) return;
    write_log(
        "there is no account yet; the first one, with the same database: stele user create NAME --role admin prints a "
        "link to sign in by");
}

int serve(const Options& options, bool demo) {
    if (!options.purge_urls.empty() && options.purge_secret.empty())
        throw UsageError("purge_urls needs purge_secret: what is sent to them is signed with it.");
    if (mail::is_configured(options) && (options.mail_from.empty() || options.base_url.empty()))
        throw UsageError("smtp_url needs mail_from and base_url: letters have a sender, and links to this site.");
    if (!options.machine_key.empty() && !options.machine_url.empty() && machine::shows_keys(options.machine_url))
        throw UsageError(
            "machine_url needs https:// where there is a machine_key: by http:// anybody on the way reads it.");
    const auto signals = block_signals();
    const Notifier notifier;
    const auto app = open_app(options, EmptyDatabase::migrate);
    app->log = write_log;
    app->secret = load_secret(secret_file_of(options));
    if (demo) load_demo(*app);
    locale::warm_thread({locale::Tag::stored(options.default_locale)});
    if (options.response_cache_bytes > 0)
        app->cache = std::make_shared<delivery::Cache>(size_t(options.response_cache_bytes), app->now);
    const delivery::Invalidation invalidation(*app);

    const auto files = http::raise_descriptor_limit();
    http::Server server(front_options(*app, files),
                        [&](const http::Request& request) { return dispatch(*app, request); });
    app->front = &server;
    app->invalidation = &invalidation;
    server.start();
    Background background(*app);
    app->orders_changed = [&] { background.wake(); };
    Agenda agenda(*app);
    app->agenda_changed = [&] { agenda.wake(); };
    const MemoryKeeper memory_keeper(*app);
    std::optional<mail::Sender> sender;
    if (mail::is_configured(options)) sender.emplace(*app);

    const auto& address = server.places().front();
    if (demo) print_demo(*app, app->options.base_url.empty() ? address : app->options.base_url);
    tell_address(*app, address);
    tell_about_accounts(*app);
    write_log(fmt::format("up to {} open files", files));
    for (const auto& place : server.places()) fmt::print("listening on {}\n", place);
    std::fflush(stdout);

    notifier.say("READY=1");
    tend(server, signals, notifier);
    notifier.say("STOPPING=1");
    write_log("stopping");
    server.stop(options.stop_timeout);
    app->front = nullptr;
    app->invalidation = nullptr;
    app->orders_changed = {};
    app->agenda_changed = {};
    return exit_done;
}

}  // namespace

Command serve_command() {
    auto demo = std::make_shared<bool>(false);
    return {"serve", "serve the site, the studio and the API",
            [demo](CLI::App& app) {
                app.add_flag("--demo", *demo,
                             "fill an empty database with the demo content and print a first sign-in link");
            },
            [demo](const Options& options) { return serve(options, *demo); }};
}

}  // namespace stele::cli
