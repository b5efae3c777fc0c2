#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "server/http/access_log.hpp"
#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
using stele::http::Access;
using stele::http::AccessLog;
namespace fs = std::filesystem;

namespace {

struct Logged {
    Logged() {
        auto name = (fs::temp_directory_path() / "stele-log-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(name.data()));
        folder = name;
        path = folder / "access.log";
    }
    ~Logged() { fs::remove_all(folder); }

    AccessLog::Setting setting(AccessLog::Format format = AccessLog::Format::json) const {
        AccessLog::Setting made;
        made.path = path.string();
        made.format = format;
        made.shown = [](std::string_view, std::string_view target) {
            return std::string(target.substr(0, target.find('?')));
        };
        return made;
    }
    Options options(AccessLog::Format format = AccessLog::Format::json) const {
        auto made = on_any_port();
        made.proxies = stele::http::Proxies("127.0.0.1");
        made.access_log = setting(format);
        return made;
    }
    static std::vector<std::string> lines(const fs::path& file) {
        std::vector<std::string> all;
        std::ifstream in(file);
        for (std::string line; std::getline(in, line);) all.push_back(line);
        return all;
    }

    fs::path folder, path;
};

Access some_access() {
    Access access;
    access.at = std::chrono::system_clock::time_point(std::chrono::seconds(1'795'320'000));
    access.took = std::chrono::microseconds(1234);
    access.id = "0123456789abcdef";
    access.peer = "192.0.2.1";
    access.method = "GET";
    access.target = "/nb/side?secret=1";
    access.status = 200;
    access.bytes = 5000;
    access.source = stele::http::Output::Source::hit;
    return access;
}

std::string text(const boost::json::value& value) { return boost::json::serialize(value); }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(access_log, Logged)

BOOST_AUTO_TEST_CASE(a_line_for_each_answer) {
    std::string id, refused_id;
    {
        const Running running(echo, options());
        HttpClient client(running.server.port());
        const auto answer = client.post("/x?token=secret", "body", {{"X-Forwarded-For", "203.0.113.7"}});
        id = answer.header("X-Request-Id");
        client.get("/y", {{"X-Request-Id", "the-proxys"}});
        auto raw = running.connect();
        raw.send("GET /z HTTP/1.1\r\nHost : a\r\n\r\n");
        refused_id = raw.read_response().header("X-Request-Id");
    }
    const auto all = lines(path);
    BOOST_TEST_REQUIRE(all.size() == 3u);
    const auto first = boost::json::parse(all[0]), second = boost::json::parse(all[1]),
               third = boost::json::parse(all[2]);
    BOOST_TEST(first.at("id").as_string() == id);
    BOOST_TEST(text(first.at("peer")) == R"("203.0.113.7")");
    BOOST_TEST(text(first.at("method")) == R"("POST")");
    BOOST_TEST(text(first.at("path")) == R"("/x")");
    BOOST_TEST(text(first.at("status")) == "200");
    BOOST_TEST(text(first.at("bytes")) == std::to_string(std::string("POST /x body").size()));
    BOOST_TEST(text(first.at("cache")) == R"("none")");
    BOOST_TEST(first.at("duration_ms").as_double() >= 0);
    BOOST_TEST(text(second.at("id")) == R"("the-proxys")");
    BOOST_TEST(text(second.at("peer")) == R"("127.0.0.1")");
    BOOST_TEST(text(third.at("status")) == "400");
    BOOST_TEST(text(third.at("method")) == R"("")");
    BOOST_TEST(text(third.at("path")) == R"("-")");
    BOOST_TEST(third.at("id").as_string() == refused_id);
    for (const auto& line : all) BOOST_TEST(line.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(who_goes_away_in_the_middle_is_logged_with_what_was_sent) {
    const std::string big(20'000'000, 'x');
    {
        auto slow = options();
        slow.limits.write_time = std::chrono::milliseconds(50);
        const Running running([&](const Request&) { return Response{200, {}, big}; }, slow);
        auto connection = running.connect();
        connection.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
        BOOST_TEST(eventually([&] { return running.server.connections() == 1; }));
        BOOST_TEST(eventually([&] { return running.server.connections() == 0; }));
    }
    const auto all = lines(path);
    BOOST_TEST_REQUIRE(all.size() == 1u);
    const auto bytes = boost::json::parse(all[0]).at("bytes").as_int64();
    BOOST_TEST(bytes > 0);
    BOOST_TEST(bytes < std::int64_t(big.size()));
}

BOOST_AUTO_TEST_CASE(both_formats) {
    for (const auto format : {AccessLog::Format::json, AccessLog::Format::common})
        AccessLog(setting(format)).add(some_access());
    const auto all = lines(path);
    BOOST_TEST_REQUIRE(all.size() == 2u);
    BOOST_TEST(
        all[0] ==
        R"({"time":"2026-11-22T04:00:00Z","id":"0123456789abcdef","peer":"192.0.2.1","method":"GET",)"
        R"("path":"/nb/side","protocol":"HTTP/1.1","status":200,"bytes":5000,"duration_ms":1.234,"cache":"hit"})");
    BOOST_TEST(all[1] ==
               R"(192.0.2.1 - - [22/Nov/2026:04:00:00 +0000] "GET /nb/side HTTP/1.1" 200 5000 0123456789abcdef)");
}

BOOST_AUTO_TEST_CASE(a_file_that_was_moved_away_is_opened_anew) {
    AccessLog log(setting());
    log.add(some_access());
    BOOST_TEST(eventually([&] { return lines(path).size() == 1; }));
    fs::rename(path, folder / "old.log");
    log.reopen();
    BOOST_TEST(eventually([&] { return fs::exists(path); }));
    log.add(some_access());
    BOOST_TEST(eventually([&] { return lines(path).size() == 1; }));
    BOOST_TEST(lines(folder / "old.log").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_pipe_that_nobody_reads_costs_lines_and_nobody_time) {
    BOOST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    const int reader = ::open(path.c_str(), O_RDWR | O_NONBLOCK);
    BOOST_REQUIRE(reader >= 0);
    auto piped = setting();
    piped.most_bytes = 64 * 1024;
    std::mutex mutex;
    std::vector<std::string> said;
    piped.report = [&](std::string_view line) {
        const std::lock_guard lock(mutex);
        said.emplace_back(line);
    };
    std::uint64_t lost = 0, written = 0;
    {
        AccessLog log(piped);
        for (int n = 0; n < 20'000; ++n) log.add(some_access());
        BOOST_TEST(log.lost() > 0u);
        BOOST_TEST(eventually([&] {
            const std::lock_guard lock(mutex);
            return !said.empty();
        }));
        // Somebody reads again: each line is whole, and none but those that were counted is missing.
        std::string read;
        std::vector<char> chunk(65536);
        BOOST_TEST(eventually([&] {
            const auto got = ::read(reader, chunk.data(), chunk.size());
            if (got > 0) read.append(chunk.data(), std::size_t(got));
            written = std::uint64_t(std::count(read.begin(), read.end(), '\n'));
            lost = log.lost();
            return written + lost >= 20'000;
        }));
    }
    ::close(reader);
    BOOST_TEST(lost > 0u);
    BOOST_TEST(said.front().find("lines were lost") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_log_that_cannot_be_opened_is_said_at_once) {
    auto nowhere = setting();
    nowhere.path = (folder / "none" / "access.log").string();
    BOOST_CHECK_THROW(AccessLog{nowhere}, std::system_error);
}

BOOST_AUTO_TEST_SUITE_END()
