#include <fmt/format.h>

#include <charconv>
#include <fstream>

#include "server/cli/options.hpp"
#include "server/delivery/purge.hpp"
#include "server/http/characters.hpp"
#include "server/http/proxies.hpp"
#include "server/machine/http_provider.hpp"
#include "server/mail/smtp.hpp"
#include "src/checks/checks.hpp"
#include "src/locale/tag.hpp"
#include "src/machine/machine.hpp"

namespace stele::cli {
namespace {

using Remedy = std::optional<std::string>;

Remedy check_database(std::string& value) {
    if (value.starts_with("sqlite:") && value.size() > 7) return {};
    if (value.starts_with("postgresql:") && value.size() > 11) return {};
    return "sqlite:FILE, such as sqlite:stele.db, or postgresql://USER@HOST/NAME";
}

bool is_place(std::string_view text) {
    constexpr std::string_view unix_scheme = "unix:";
    if (text.starts_with(unix_scheme)) return text.size() > unix_scheme.size();
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return false;
    unsigned port = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, port);
    return error == std::errc() && stop == end && port <= 65535;
}

Remedy check_listen(std::string& value) {
    bool all = !value.empty() && !value.ends_with(',');
    http::for_each_element(value, [&](std::string_view place) { all = all && is_place(place); });
    if (all) return {};
    return "ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080 (port 0 takes a free one), or unix:PATH; several "
           "between commas";
}

Remedy check_mode(std::string& value) {
    unsigned mode = 0;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, mode, 8);
    if (!value.empty() && error == std::errc() && stop == end && mode <= 0777) return {};
    return "the permissions of a file in octal, such as 0660";
}

Remedy check_proxies(std::string& value) {
    try {
        [[maybe_unused]] const http::Proxies known{value};
        return {};
    } catch (const std::invalid_argument&) {
        return "addresses, networks such as 10.0.0.0/8, and unix, between commas";
    }
}

Remedy check_forwarded_header(std::string& value) {
    if (value == "x-forwarded" || value == "forwarded") return {};
    return "x-forwarded (X-Forwarded-For, -Proto and -Host) or forwarded (RFC 7239)";
}

Remedy check_access_log_format(std::string& value) {
    if (value == "json" || value == "common") return {};
    return "json or common";
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

Remedy check_checks(std::string& value) {
    std::string mistake;
    if (checks::Policy::parse(value, mistake)) return {};
    return "CHECK=off, note, warning or error, such as numbers=error, quotes=off; not " + mistake;
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

Remedy check_machine_provider(std::string& value) {
    if (value.empty() || machine::protocol_named(value)) return {};
    return "libretranslate or deepl";
}

Remedy check_machine_url(std::string& value) {
    if (value.empty()) return {};
    if (const auto mistake = machine::service_url_mistake(value); !mistake.empty())
        return "an address such as https://api-free.deepl.com; of this: " + mistake;
    return {};
}

Remedy check_machine_words(std::string& value) {
    std::string mistake;
    if (machine::Budget::parse(value, mistake)) return {};
    return "words a month, and LANGUAGE=WORDS where one has its own, such as 20000, nb=50000; not " + mistake;
}

Remedy check_metrics_token(std::string& value) {
    if (value.empty() || (value.size() >= 16 && value.find_first_of(" \t\r\n") == std::string::npos)) return {};
    return "at least 16 characters without blanks, such as what `openssl rand -base64 24` prints";
}

Remedy check_purge_urls(std::string& value) {
    for (const auto& url : delivery::purge_urls_of(value))
        if (const auto mistake = delivery::purge_url_mistake(url); !mistake.empty())
            return "addresses between spaces, such as https://cache.example.org/purge; of one of these: " + mistake;
    return {};
}

Remedy check_smtp_url(std::string& value) {
    if (value.empty()) return {};
    if (const auto mistake = mail::smtp_url_mistake(value); !mistake.empty())
        return "smtps://USER@HOST:465 or smtp://USER@HOST:587; of this: " + mistake;
    return {};
}

Remedy check_mail_from(std::string& value) {
    if (value.empty() || mail::is_address(value)) return {};
    return "a mail address, such as stele@example.org";
}

Remedy check_readable(std::string& value) {
    if (value.empty() || std::ifstream(value).good()) return {};
    return "a file that can be read";
}

}  // namespace

std::span<const OptionRow> option_table() {
    using O = Options;
    constexpr double day = 86'400, million = 1e6, gigabyte = 1u << 30;
    static const OptionRow rows[] = {
        {"database", &O::database, "", "where everything is kept: sqlite:FILE or postgresql://…", 0, 0, check_database,
         true},
        {"listen", &O::listen, "",
         "ADDRESS:PORT or unix:PATH to serve on, several between commas; port 0 takes a free one", 0, 0, check_listen},
        {"unix_mode", &O::unix_mode, "", "permissions of the file of a unix socket, octal", 0, 0, check_mode},
        {"trusted_proxies", &O::trusted_proxies, "",
         "addresses, networks and \"unix\", between commas, whose word about the client is believed", 0, 0,
         check_proxies},
        {"forwarded_header", &O::forwarded_header, "",
         "what they say it with: x-forwarded (X-Forwarded-For, -Proto, -Host) or forwarded (RFC 7239); never both", 0,
         0, check_forwarded_header},
        {"base_url", &O::base_url, "", "public address of the site for absolute links; empty: the Host of each request",
         0, 0, check_base_url},
        {"default_locale", &O::default_locale, "", "always enabled, and last in every fallback chain", 0, 0,
         check_locale},
        {"site_name", &O::site_name, "", "name of the site on its pages", 0, 0, check_not_empty},
        {"checks", &O::checks, "",
         "how much a check of translations weighs where not as usual, such as \"numbers=error, quotes=off\"; errors "
         "hold "
         "a publication",
         0, 0, check_checks},
        {"secret_file", &O::secret_file, "",
         "file of the key that signs sessions and preview links, the same on every node; empty: made beside the "
         "database"},
        {"overrides", &O::overrides, "", "folder whose theme/, locales/ and content-types/ replace what is built in"},
        {"pseudo_locale", &O::pseudo_locale, "",
         "1: the studio speaks en-XA, too, English made strange, which shows words that are not translated", 0, 1},
        {"log_level", &O::log_level, "", "error, warning, info or debug", 0, 0, check_log_level},
        {"access_log", &O::access_log, "",
         "file for a line about each answer, \"-\" for standard output; empty: none; SIGHUP opens it anew"},
        {"access_log_format", &O::access_log_format, "", "json or common", 0, 0, check_access_log_format},
        {"metrics_token", &O::metrics_token, "", "who shows it as a bearer's token may read /metrics; empty: nobody", 0,
         0, check_metrics_token, true},
        {"hsts_max_age", &O::hsts_max_age, "seconds",
         "for which browsers come by https alone, once they did (Strict-Transport-Security); 0: not said", 0, 1e9},
        {"threads", &O::threads, "threads", "workers that make pages and answers; 0: by the number of cores", 0, 1024},
        {"loops", &O::loops, "threads", "event loops that hold the connections; 0: one per core", 0, 256},
        {"max_queue", &O::max_queue, "requests", "most that wait for a worker; beyond it the answer is 503 at once", 1,
         million},
        {"max_queue_time", &O::max_queue_time, "seconds",
         "most that a request waits for a worker; beyond it the answer is 503", 0.01, day},
        {"max_write_queue_time", &O::max_write_queue_time, "seconds",
         "the same for requests that change something: they wait for the disk", 0.01, day},
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
        {"response_cache_bytes", &O::response_cache_bytes, "bytes",
         "for finished answers to readers, dropped when what they show changes; 0: none are kept", 0, 64 * gigabyte},
        {"stale_while_revalidate", &O::stale_while_revalidate, "seconds",
         "for which proxies and browsers may go on showing what they have while they ask for it anew", 0, day},
        {"purge_urls", &O::purge_urls, "",
         "addresses, between spaces, that are sent the surrogate keys of each change; empty: none", 0, 0,
         check_purge_urls},
        {"purge_secret", &O::purge_secret, "", "key that what is sent to them is signed with", 0, 0, nullptr, true},
        {"purge_ca_file", &O::purge_ca_file, "",
         "file of certificates (PEM) by which they may be known, beside those of the system; empty: none", 0, 0,
         check_readable},
        {"smtp_url", &O::smtp_url, "",
         "mail server: smtps://USER@HOST:465 (TLS) or smtp://USER@HOST:587 (STARTTLS); empty: no mail is sent", 0, 0,
         check_smtp_url},
        {"smtp_password", &O::smtp_password, "", "password of USER there", 0, 0, nullptr, true},
        {"mail_from", &O::mail_from, "", "address that letters come from", 0, 0, check_mail_from},
        {"machine_provider", &O::machine_provider, "",
         "how the service speaks that translates by machine: libretranslate or deepl; empty: there is none", 0, 0,
         check_machine_provider},
        {"machine_url", &O::machine_url, "", "its address, such as https://api-free.deepl.com or http://127.0.0.1:5000",
         0, 0, check_machine_url},
        {"machine_key", &O::machine_key, "", "its key; never shown to anybody", 0, 0, nullptr, true},
        {"machine_words_per_month", &O::machine_words_per_month, "words",
         "most that it translates into each language in a month (UTC), and into single ones: 20000, nb=50000; 0: no "
         "limit",
         0, 0, check_machine_words},
    };
    return rows;
}

}  // namespace stele::cli
