#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/cli/command.hpp"
#include "server/cli/options.hpp"
#include "server/version.hpp"

using namespace stele::cli;

namespace {

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct TemporaryFile {
    explicit TemporaryFile(const std::string& text) {
        std::string name = (std::filesystem::temp_directory_path() / "stele-options-XXXXXX").string();
        const int fd = mkstemp(name.data());
        BOOST_REQUIRE(fd >= 0);
        close(fd);
        path = name;
        std::ofstream(path) << text;
    }
    ~TemporaryFile() { std::filesystem::remove(path); }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    std::string path;
};

using Values = std::map<std::string, std::string>;

Environment environment_of(Values values) {
    return [values = std::move(values)](const std::string& name) -> std::optional<std::string> {
        const auto at = values.find(name);
        if (at == values.end()) return std::nullopt;
        return at->second;
    };
}

Options load(const Values& line, const Values& environment = {}, const std::optional<std::string>& file = {}) {
    return load_options(line, environment_of(environment), file);
}

// The text of the UsageError that loading throws; "" when it throws none.
std::string complaint(const Values& line, const Values& environment = {}, const std::optional<std::string>& toml = {}) {
    std::optional<TemporaryFile> file;
    if (toml) file.emplace(*toml);
    try {
        load(line, environment, file ? std::optional(file->path) : std::nullopt);
    } catch (const UsageError& e) {
        return e.what();
    }
    return "";
}

void check_mentions(const std::string& text, std::initializer_list<std::string_view> words) {
    for (const auto word : words) BOOST_TEST(text.find(word) != std::string::npos, "\"" << word << "\" in: " << text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(options)

BOOST_AUTO_TEST_CASE(the_file_in_the_repository_is_the_table) {
    BOOST_TEST(file_text(STELE_SOURCE_DIR "/config/stele.toml") == to_toml(Options{}),
               "config/stele.toml is out of date: build/release/stele --print-config > config/stele.toml");
}

BOOST_AUTO_TEST_CASE(every_default_in_the_file_can_be_set_as_it_stands) {
    std::string text = to_toml(Options{});
    for (const auto& row : option_table()) {
        const auto commented = fmt::format("\n#{} = ", row.name);
        const auto at = text.find(commented);
        BOOST_REQUIRE_MESSAGE(at != std::string::npos, row.name);
        text.erase(at + 1, 1);
    }
    const TemporaryFile file(text);
    BOOST_TEST(to_toml(load({}, {}, file.path)) == to_toml(Options{}));
}

BOOST_AUTO_TEST_CASE(the_line_beats_the_environment_beats_the_file_beats_the_default) {
    const TemporaryFile file("listen = \"127.0.0.1:1\"\nsite_name = \"File\"\nreaders = 2\n");
    const Values environment{{"STELE_LISTEN", "127.0.0.1:2"}, {"STELE_SITE_NAME", "Environment"}};
    const auto options = load({{"listen", "127.0.0.1:3"}}, environment, file.path);
    BOOST_TEST(options.listen == "127.0.0.1:3");
    BOOST_TEST(options.site_name == "Environment");
    BOOST_TEST(options.readers == 2);
    BOOST_TEST(options.writers == Options{}.writers);
}

BOOST_AUTO_TEST_CASE(an_empty_variable_is_not_set) {
    BOOST_TEST(load({}, {{"STELE_READERS", ""}}).readers == Options{}.readers);
}

BOOST_AUTO_TEST_CASE(contracted_names_of_the_environment) {
    const auto options = load({}, {{"STELE_DATABASE", "postgresql://localhost/stele"},
                                   {"STELE_DEFAULT_LOCALE", "no"},
                                   {"STELE_MAX_CONNECTIONS", "0"},
                                   {"STELE_MAX_CONNECTIONS_PER_ADDRESS", "7"},
                                   {"STELE_MAX_REQUESTS_PER_CONNECTION", "0"}});
    BOOST_TEST(options.database == "postgresql://localhost/stele");
    BOOST_TEST(options.default_locale == "nb");
    BOOST_TEST(options.max_connections == 0);
    BOOST_TEST(options.max_connections_per_address == 7);
    BOOST_TEST(options.max_requests_per_connection == 0);
}

BOOST_AUTO_TEST_CASE(seconds_may_have_fractions) {
    const TemporaryFile file("head_timeout = 0.25\nidle_timeout = 120\n");
    const auto options = load({}, {}, file.path);
    BOOST_TEST(options.head_timeout.count() == 250);
    BOOST_TEST(options.idle_timeout.count() == 120'000);
}

BOOST_AUTO_TEST_CASE(several_places_may_be_listened_on) {
    const auto listen = [](const std::string& value) { return local_address(load({{"listen", value}})); };
    BOOST_TEST(listen("127.0.0.1:8080") == "http://127.0.0.1:8080");
    BOOST_TEST(listen("unix:/run/stele/http.sock, [::1]:80") == "http://[::1]:80");
    BOOST_TEST(listen("unix:/run/stele/http.sock") == "http://localhost");
}

BOOST_AUTO_TEST_CASE(a_base_url_loses_its_last_slash) {
    BOOST_TEST(load({{"base_url", "https://example.org/"}}).base_url == "https://example.org");
}

BOOST_AUTO_TEST_CASE(a_refused_value_names_option_place_and_remedy) {
    check_mentions(complaint({{"listen", "8080"}}), {"listen", "--listen", "\"8080\"", "127.0.0.1:8080"});
    check_mentions(complaint({{"listen", "127.0.0.1:65536"}}), {"--listen", "65536"});
    check_mentions(complaint({{"listen", "127.0.0.1:80,nowhere"}}), {"--listen", "unix:PATH"});
    check_mentions(complaint({{"listen", "unix:"}}), {"--listen", "unix:PATH"});
    check_mentions(complaint({{"unix_mode", "rw"}}), {"--unix-mode", "0660"});
    check_mentions(complaint({{"unix_mode", "1777"}}), {"--unix-mode", "0660"});
    check_mentions(complaint({{"trusted_proxies", "10.0.0.0/8, proxy.example.org"}}),
                   {"--trusted-proxies", "networks such as 10.0.0.0/8"});
    check_mentions(complaint({{"forwarded_header", "both"}}), {"--forwarded-header", "x-forwarded"});
    check_mentions(complaint({{"access_log_format", "xml"}}), {"--access-log-format", "json or common"});
    check_mentions(complaint({}, {{"STELE_READERS", "many"}}),
                   {"readers", "STELE_READERS", "\"many\"", "from 1 to 256"});
    check_mentions(complaint({}, {{"STELE_READERS", "1.5"}}), {"whole number"});
    check_mentions(complaint({}, {{"STELE_READERS", "nan"}}), {"STELE_READERS"});
    check_mentions(complaint({}, {{"STELE_READERS", "1e400"}}), {"STELE_READERS"});
    check_mentions(complaint({}, {}, "readers = 1\nlog_level = \"loud\"\n"), {"log_level", ":2", "error, warning"});
    check_mentions(complaint({{"default_locale", "english please"}}), {"default_locale", "BCP 47"});
    check_mentions(complaint({{"base_url", "example.org"}}), {"base_url", "https://"});
    check_mentions(complaint({{"base_url", "https://example.org/cms"}}), {"base_url"});
}

BOOST_AUTO_TEST_CASE(a_mistake_in_the_file_names_the_line) {
    check_mentions(complaint({}, {}, "# one\nlisen = \"127.0.0.1:1\"\n"), {":2", "lisen", "Did you mean listen?"});
    check_mentions(complaint({}, {}, "something_else = 1\n"), {":1", "--print-config"});
    check_mentions(complaint({}, {}, "listen = = 1\n"), {":1", "not valid TOML"});
    check_mentions(complaint({}, {}, "listen = [1]\n"), {":1", "listen"});
    check_mentions(complaint({}, {}, "[server]\nlisten = \"127.0.0.1:1\"\n"), {":1", "server"});
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_said) {
    try {
        load({}, {}, "/nowhere/stele.toml");
        BOOST_TEST(false, "no error");
    } catch (const UsageError& e) {
        check_mentions(e.what(), {"/nowhere/stele.toml"});
    }
}

BOOST_AUTO_TEST_CASE(a_secret_is_never_shown) {
    auto options = load({{"database", "postgresql://u:hunter2@h/n"}, {"site_name", "A \"B\" \\ C"}});
    const auto text = to_toml(options);
    BOOST_TEST(text.find("hunter2") == std::string::npos);
    check_mentions(text, {"\nsite_name = \"A \\\"B\\\" \\\\ C\"\n"});
    BOOST_TEST(complaint({{"database", "mysql://u:hunter2@h/n"}}).find("hunter2") == std::string::npos);
    check_mentions(complaint({{"database", "mysql://u:hunter2@h/n"}}), {"database", "sqlite:FILE"});
}

BOOST_AUTO_TEST_CASE(the_secret_file_lies_beside_the_database) {
    BOOST_TEST(secret_file_of(load({{"database", "sqlite:/srv/a.db"}})) == "/srv/a.db.secret");
    BOOST_TEST(secret_file_of(load({{"database", "postgresql:dbname=x"}})) == "stele.secret");
    BOOST_TEST(secret_file_of(load({{"secret_file", "/etc/key"}})) == "/etc/key");
}

BOOST_AUTO_TEST_CASE(exit_codes_of_the_command_line) {
    const auto code = [](std::vector<const char*> arguments) {
        arguments.insert(arguments.begin(), "stele");
        std::vector<Command> commands{
            {"works", "", [](CLI::App&) {}, [](const Options& o) { return o.readers == 3 ? exit_done : exit_failed; }},
            {"fails", "", [](CLI::App&) {}, [](const Options&) -> int { throw CommandError("it failed."); }}};
        return run_commands(int(arguments.size()), arguments.data(), commands);
    };
    BOOST_TEST(code({"works", "--readers", "3"}) == exit_done);
    BOOST_TEST(code({"--readers=3", "works"}) == exit_done);
    BOOST_TEST(code({"fails"}) == exit_failed);
    BOOST_TEST(code({"--version"}) == exit_done);
    BOOST_TEST(code({"works", "--readers", "0"}) == exit_misused);
    BOOST_TEST(code({"works", "--unheard-of"}) == exit_misused);
    BOOST_TEST(code({"unheard-of"}) == exit_misused);
    BOOST_TEST(code({}) == exit_misused);
}

BOOST_AUTO_TEST_CASE(the_version_is_the_one_of_the_build) {
    check_mentions(file_text(STELE_SOURCE_DIR "/CMakeLists.txt"),
                   {fmt::format("project(stele VERSION {} ", stele::version)});
}

BOOST_AUTO_TEST_SUITE_END()
