// A disk without room, under the real server and the real commands.
#include <fmt/format.h>

#include <fstream>
#include <future>

#include "tests/faults/expect.hpp"
#include "tests/faults/real_server.hpp"
#include "tests/faults/small_disk.hpp"

using namespace stele;
using namespace stele::testing;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t megabyte = 1 << 20;
constexpr auto full = "disk-full";

// Sends new articles until one is refused; how many were taken.
int create_until_refused(test::HttpClient& client, const std::string& name, test::HttpResponse& refused) {
    for (int n = 0; n < 2'000; ++n) {
        refused = client.post("/api/v1/articles", new_article(fmt::format("{}-{}", name, n), 20'000));
        if (refused.status != 201) return n;
    }
    BOOST_FAIL("the disk did not become full");
    return 0;
}

std::int64_t articles_in(const std::string& url) {
    return db::Database::open({.url = url})->reading([](db::Connection& c) {
        return *c.one("SELECT COUNT(*) FROM article", [](db::Row row) { return row.integer(0); });
    });
}

// `count` articles of one file each.
void write_content(const fs::path& folder, int count, std::size_t bytes) {
    for (int n = 0; n < count; ++n) {
        std::ofstream file(folder / fmt::format("rule-{}.en.md", n));
        file << fmt::format("---\ntitle: Rule {}\nsource: en\n---\n", n);
        for (std::size_t written = 0; written < bytes; written += 2'000) file << std::string(2'000, 'a') << "\n\n";
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(disk_full, *boost::unit_test::precondition(MayMount{}))

BOOST_AUTO_TEST_CASE(writes_are_refused_and_reads_go_on_until_there_is_room) {
    const FilledDatabase filled;
    SmallDisk disk(8 * megabyte);
    const auto url = filled.copy_to(disk.path());
    const auto before = articles_in(url);
    RealServer server(url);
    auto client = server.client(filled.token);
    int created = 0;
    // Each time another write is the one that finds no room: the first pages of a change, its commit, the log's index.
    for (const std::size_t left : {0, 1, 2, 3, 5, 8, 13, 40}) {
        disk.fill(left * 4096);
        test::HttpResponse refused;
        created += create_until_refused(client, fmt::format("left-{}", left), refused);
        expect_problem(refused, ErrorCode::storage_unavailable, full, "nb");
        BOOST_TEST(client.post("/api/v1/articles", new_article("again", 20'000)).status == 503);
        BOOST_TEST(client.get("/nb/havna").status == 200);
        BOOST_TEST(client.get("/api/v1/worklist?locale=ar").status == 200);
        BOOST_TEST(client.get("/readyz").status == 200);
        disk.make_room();
        BOOST_TEST(client.post("/api/v1/articles", new_article(fmt::format("room-{}", left), 20'000)).status == 201);
        ++created;
    }
    expect_log(server.log(), full, filled.token);
    server.stop();
    BOOST_TEST(articles_in(url) == before + created);
    BOOST_TEST(found_by_check(url) == "");
}

BOOST_AUTO_TEST_CASE(of_many_at_once_those_that_were_acknowledged_are_there) {
    const FilledDatabase filled;
    SmallDisk disk(8 * megabyte);
    const auto url = filled.copy_to(disk.path());
    const auto before = articles_in(url);
    RealServer server(url);
    disk.fill(megabyte / 2);
    const auto create = [&](int writer) {
        auto client = server.client(filled.token);
        test::HttpResponse refused;
        const int created = create_until_refused(client, fmt::format("writer-{}", writer), refused);
        return std::pair(created, refused.status);
    };
    std::vector<std::future<std::pair<int, int>>> writers;
    for (int n = 0; n < 8; ++n) writers.push_back(std::async(std::launch::async, create, n));
    int created = 0;
    for (auto& writer : writers) {
        const auto [taken, status] = writer.get();
        created += taken;
        BOOST_TEST(status == 503);
    }
    disk.make_room();
    BOOST_TEST(server.client(filled.token).post("/api/v1/articles", new_article("after", 100)).status == 201);
    server.stop();
    BOOST_TEST(articles_in(url) == before + created + 1);
    BOOST_TEST(found_by_check(url) == "");
}

BOOST_AUTO_TEST_CASE(a_backup_leaves_no_half_file) {
    const FilledDatabase filled;
    SmallDisk disk(megabyte);
    const auto copy = (disk.path() / "copy.db").string();
    for (const std::size_t left : {0, 4'096, 100'000}) {
        disk.fill(left);
        const auto failed = run_command({"backup", copy, "--database", filled.db.url()});
        BOOST_TEST_INFO(failed.said);
        BOOST_TEST(failed.status == 1);
        BOOST_TEST(failed.said.find("disk is full") != std::string::npos);
        BOOST_TEST(disk.files() == std::vector<std::string>{}, boost::test_tools::per_element());
        disk.make_room();
    }
    BOOST_TEST(run_command({"backup", copy, "--database", filled.db.url()}).status == 0);
    BOOST_TEST(found_by_check("sqlite:" + copy) == "");
}

BOOST_AUTO_TEST_CASE(an_import_keeps_whole_articles_and_goes_on_when_there_is_room) {
    const FilledDatabase filled;
    const Folder content;
    write_content(content.path, 60, 20'000);
    SmallDisk disk(16 * megabyte);
    const auto url = filled.copy_to(disk.path());
    const auto before = articles_in(url);
    disk.fill(megabyte);
    const std::vector<std::string> import{"import", content.path.string(), "--database", url};
    const auto failed = run_command(import);
    BOOST_TEST_INFO(failed.said);
    BOOST_TEST(failed.status == 1);
    BOOST_TEST(failed.said.find("disk is full") != std::string::npos);
    BOOST_TEST(found_by_check(url) == "");
    const auto kept = articles_in(url) - before;
    BOOST_TEST(kept < 60);
    disk.make_room();
    const auto rest = run_command(import);
    BOOST_TEST_INFO(rest.said);
    BOOST_TEST(rest.status == 0);
    BOOST_TEST(articles_in(url) == before + 60);
    BOOST_TEST(found_by_check(url) == "");
}

BOOST_AUTO_TEST_SUITE_END()
