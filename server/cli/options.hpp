#pragma once
// Every option of the binary, once: the row in option_table() is the command line (--max-body-bytes), the environment
// (STELE_MAX_BODY_BYTES), the key in the TOML file (max_body_bytes), a line of --help and a line of config/stele.toml.
// Command line beats environment beats file beats default. An empty environment variable counts as not set.
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

namespace stele::cli {

// The value given here is the default.
struct Options {
    std::string database = "sqlite:stele.db";
    std::string listen = "127.0.0.1:8080";  // several between commas
    std::string unix_mode = "0660";         // octal
    std::string trusted_proxies;            // as http::Proxies takes them
    std::string forwarded_header = "x-forwarded";
    std::string base_url;               // without a slash at the end; empty = from the Host of the request
    std::string default_locale = "en";  // canonical: locale::Tag::stored takes it
    std::string site_name = "Stele";
    std::string checks;              // as checks::Policy takes it
    std::string secret_file;         // empty = secret_file_of()
    std::string overrides;           // empty = what is built in
    std::int64_t pseudo_locale = 0;  // 1 = the interface speaks en-XA, too
    std::string log_level = "info";
    std::string access_log;  // empty = none, "-" = standard output
    std::string access_log_format = "json";
    std::string metrics_token;  // empty = nobody
    std::int64_t hsts_max_age = 365 * 86'400;
    std::int64_t threads = 0;  // 0 = chosen by the number of cores; so is loops
    std::int64_t loops = 0;
    std::int64_t max_queue = 1024;
    std::chrono::milliseconds max_queue_time{3'000};
    std::chrono::milliseconds max_write_queue_time{10'000};
    std::int64_t max_body_bytes = 8 << 20;
    std::int64_t max_connections = 10'000;  // 0 = no limit, in all three
    std::int64_t max_connections_per_address = 512;
    std::int64_t max_requests_per_connection = 10'000;
    std::chrono::milliseconds head_timeout{10'000};
    std::chrono::milliseconds body_timeout{30'000};
    std::chrono::milliseconds write_timeout{30'000};
    std::chrono::milliseconds idle_timeout{75'000};
    std::chrono::milliseconds stop_timeout{20'000};
    std::int64_t readers = 8;
    std::int64_t writers = 8;
    std::chrono::milliseconds statement_timeout{30'000};
    std::int64_t cache_bytes = 16 << 20;
    std::int64_t response_cache_bytes = 64 << 20;  // 0 = nothing is kept
    std::chrono::milliseconds stale_while_revalidate{10'000};
    std::string purge_urls;  // between spaces or commas
    std::string purge_secret;
    std::string purge_ca_file;  // PEM
    std::string smtp_url;       // as mail::place_of takes it; empty = no letters are sent
    std::string smtp_password;
    std::string mail_from;         // an address
    std::string machine_provider;  // libretranslate, deepl; empty = nothing is translated by machine
    std::string machine_url;
    std::string machine_key;
    std::string machine_words_per_month = "0";  // machine::Budget
};

struct OptionRow {
    std::string_view name;  // as in the file; '-' for '_' on the command line
    std::variant<std::string Options::*, std::int64_t Options::*, std::chrono::milliseconds Options::*> member;
    std::string_view unit;  // "bytes", "seconds", "" for text
    std::string_view help;  // one line
    // Numbers: the bounds, in `unit`. Text: takes the value, may bring it into canonical form, and says what would be
    // accepted when it is not ("HOST:PORT, such as …").
    double min = 0, max = 0;
    std::optional<std::string> (*check)(std::string& value) = nullptr;
    bool secret = false;  // never printed
};
std::span<const OptionRow> option_table();
std::string command_line_name(const OptionRow& row);  // "--max-body-bytes"
std::string help_text(const OptionRow& row);          // "[bytes] largest request body"
std::string environment_name(const OptionRow& row);   // "STELE_MAX_BODY_BYTES"

// A mistake of the caller, in words that name the option, where it was set and what would be accepted. Exit code 2.
struct UsageError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

// `command_line`: option name -> value as written. `config_file`: the TOML file, none = defaults only. Throws
// UsageError.
Options load_options(const std::map<std::string, std::string>& command_line, const Environment& environment,
                     const std::optional<std::string>& config_file);

// A TOML file with every option: what is as by default is a comment, what differs is set; a secret is not shown.
// to_toml(Options{}) is config/stele.toml.
std::string to_toml(const Options& options);

// Where a browser on this machine finds the server, as far as its options say it: "http://127.0.0.1:8080".
std::string local_address(const Options& options);

// PATH of "sqlite:PATH"; absent for PostgreSQL.
std::optional<std::string> sqlite_path(const Options& options);
// What links and sessions are signed with: the option, else a file beside the SQLite database, else in the working
// folder.
std::string secret_file_of(const Options& options);

}  // namespace stele::cli
