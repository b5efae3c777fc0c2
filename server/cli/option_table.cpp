#include <fmt/format.h>

#include <charconv>

#include "server/cli/options.hpp"
#include "src/locale/tag.hpp"

namespace stele::cli {
namespace {

using Remedy = std::optional<std::string>;

Remedy check_database(std::string& value) {
    if (value.starts_with("sqlite:") && value.size() > 7) return {};
    if (value.starts_with("postgresql:") && value.size() > 11) return {};
    return "sqlite:FILE, such as sqlite:stele.db, or postgresql://USER@HOST/NAME";
}

Remedy check_listen(std::string& value) {
    const auto colon = value.rfind(':');
    unsigned port = 65536;
    if (colon != std::string::npos && colon > 0) {
        const char* end = value.data() + value.size();
        const auto [stop, error] = std::from_chars(value.data() + colon + 1, end, port);
        if (error != std::errc() || stop != end) port = 65536;
    }
    if (port <= 65535) return {};
    return "ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080; port 0 takes a free one";
}

Remedy check_base_url(std::string& value) {
    while (value.ends_with('/')) value.pop_back();
    if (value.empty()) return {};
    for (std::string_view scheme : {"https://", "http://"}) {
        const bool has_host = value.starts_with(scheme) && value.size() > scheme.size();
        if (has_host && value.find_first_of("/?#@ ", scheme.size()) == std::string::npos) return {};
    }
    return "scheme and host alone, such as https://example.org";
}

Remedy check_locale(std::string& value) {
    const auto tag = locale::Tag::parse(value);
    if (!tag) return "a BCP 47 language tag, such as en, nb or zh-Hant";
    value = tag->text();
    return {};
}

Remedy check_log_level(std::string& value) {
    for (std::string_view level : {"error", "warning", "info", "debug"})
        if (value == level) return {};
    return "error, warning, info or debug";
}

Remedy check_not_empty(std::string& value) {
    if (value.find_first_not_of(" \t") != std::string::npos) return {};
    return "some text";
}

}  // namespace

std::span<const OptionRow> option_table() {
    using O = Options;
    constexpr double day = 86'400, million = 1e6, gigabyte = 1u << 30;
    static const OptionRow rows[] = {
        {"database", &O::database, "", "where everything is kept: sqlite:FILE or postgresql://…", 0, 0, check_database,
         true},
        {"listen", &O::listen, "", "address and port to serve on; port 0 takes a free one", 0, 0, check_listen},
        {"base_url", &O::base_url, "", "public address of the site for absolute links; empty: the Host of each request",
         0, 0, check_base_url},
        {"default_locale", &O::default_locale, "", "always enabled, and last in every fallback chain", 0, 0,
         check_locale},
        {"site_name", &O::site_name, "", "name of the site on its pages", 0, 0, check_not_empty},
        {"secret_file", &O::secret_file, "",
         "file of the key that signs sessions and preview links, the same on every node; empty: made beside the "
         "database"},
        {"overrides", &O::overrides, "", "folder whose theme/, locales/ and content-types/ replace what is built in"},
        {"log_level", &O::log_level, "", "error, warning, info or debug", 0, 0, check_log_level},
        {"threads", &O::threads, "threads", "workers that make pages and answers; 0: by the number of cores", 0, 1024},
        {"loops", &O::loops, "threads", "event loops that hold the connections; 0: one per core", 0, 256},
        {"max_queue", &O::max_queue, "requests", "most that wait for a worker; beyond it the answer is 503 at once", 1,
         million},
        {"max_body_bytes", &O::max_body_bytes, "bytes", "largest request body", 1024, gigabyte},
        {"max_connections", &O::max_connections, "connections", "most open at a time; 0: no limit", 0, million},
        {"max_connections_per_address", &O::max_connections_per_address, "connections",
         "most open at a time from one address; 0: no limit, as behind a proxy", 0, million},
        {"max_requests_per_connection", &O::max_requests_per_connection, "requests",
         "most answered on one connection before it is closed; 0: no limit", 0, 1e12},
        {"head_timeout", &O::head_timeout, "seconds", "for the head of a request to arrive", 0.01, day},
        {"body_timeout", &O::body_timeout, "seconds", "for the body of a request to arrive", 0.01, day},
        {"write_timeout", &O::write_timeout, "seconds", "for a client to take an answer", 0.01, day},
        {"idle_timeout", &O::idle_timeout, "seconds", "for a connection to wait for its next request", 0.01, day},
        {"stop_timeout", &O::stop_timeout, "seconds", "for what is in flight when the server is told to stop", 0, day},
        {"readers", &O::readers, "connections", "to the database for reading, per process", 1, 256},
        {"writers", &O::writers, "connections", "to PostgreSQL for writing; SQLite always has one", 1, 256},
        {"statement_timeout", &O::statement_timeout, "seconds", "for one SQL statement", 0.01, day},
        {"cache_bytes", &O::cache_bytes, "bytes", "page cache of each SQLite connection", 0, 64 * gigabyte},
    };
    return rows;
}

}  // namespace stele::cli
