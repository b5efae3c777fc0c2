// stele serve: the server, until SIGTERM or SIGINT.
#include <fmt/format.h>
#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>

#include "server/background.hpp"
#include "server/cli/command.hpp"
#include "server/cli/demo.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/secret.hpp"
#include "server/front_error.hpp"
#include "server/http/server.hpp"
#include "server/routes.hpp"
#include "src/locale/warm.hpp"

namespace stele::cli {
namespace {

// Before any thread is made, so that all of them inherit it and only wait_for_signal() is told.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);  // libpq writes to sockets that may be gone
    return set;
}

void wait_for_signal(const sigset_t& set) {
    int received = 0;
    while (sigwait(&set, &received) != 0) {
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

http::Options front_options(const App& app, size_t descriptors) {
    const auto& o = app.options;
    http::Options front;
    front.listen = o.listen;
    front.loops = size_t(o.loops);
    front.workers = size_t(o.threads);
    front.queue = size_t(o.max_queue);
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
    front.error_response = [&app](int status, std::string_view reason, const http::Request* request) {
        return front_error(app, status, reason, request);
    };
    return front;
}

// "127.0.0.1" of "127.0.0.1:0", "[::1]" of "[::1]:8080"; an address that means all of them is no place to go to.
std::string host_of(const std::string& listen) {
    const auto host = listen.substr(0, listen.rfind(':'));
    return host.empty() || host == "0.0.0.0" || host == "[::]" || host == "*" ? "127.0.0.1" : host;
}

int serve(const Options& options, bool demo) {
    const auto signals = block_signals();
    const auto app = open_app(options, EmptyDatabase::migrate);
    app->log = write_log;
    app->secret = load_secret(secret_file_of(options));
    if (demo) load_demo(*app);
    locale::warm_thread({locale::Tag::stored(options.default_locale)});

    const auto files = http::raise_descriptor_limit();
    http::Server server(front_options(*app, files),
                        [&](const http::Request& request) { return dispatch(*app, request); });
    server.start();
    Background background(*app);
    app->orders_changed = [&] { background.wake(); };

    const auto address = fmt::format("http://{}:{}", host_of(options.listen), server.port());
    if (demo) print_demo(*app, app->options.base_url.empty() ? address : app->options.base_url);
    write_log(fmt::format("up to {} open files", files));
    fmt::print("listening on {}\n", address);
    std::fflush(stdout);

    wait_for_signal(signals);
    write_log("stopping");
    server.stop(options.stop_timeout);
    app->orders_changed = {};
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
