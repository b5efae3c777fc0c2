// A database that may be read but not written, because of its rights or of the file system it is on.
#include <pwd.h>
#include <sys/stat.h>

#include "src/db/seal.hpp"
#include "tests/faults/expect.hpp"
#include "tests/faults/real_server.hpp"
#include "tests/faults/small_disk.hpp"

using namespace stele;
using namespace stele::testing;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t megabyte = 1 << 20;

// Rights do not bind root, so that the server has to be somebody else.
uid_t nobody() {
    const auto* entry = ::getpwnam("nobody");
    BOOST_REQUIRE(entry);
    return entry->pw_uid;
}

void give_to(uid_t user, const fs::path& path) { BOOST_REQUIRE(::chown(path.c_str(), user, user) == 0); }

}  // namespace

BOOST_AUTO_TEST_SUITE(read_only, *boost::unit_test::precondition(MayMount{}))

BOOST_AUTO_TEST_CASE(a_file_without_the_right_to_write_is_read_and_written_once_it_has_it) {
    const FilledDatabase filled;
    SmallDisk disk(8 * megabyte);
    const auto url = filled.copy_to(disk.path());
    const auto file = disk.path() / "stele.db";
    give_to(nobody(), disk.path());
    give_to(nobody(), file);
    ::chmod(file.c_str(), 0444);
    RealServer server(url, {.user = nobody()});
    auto client = server.client(filled.token);
    for (int round = 0; round < 2; ++round) {
        expect_problem(client.post("/api/v1/articles", new_article("refused", 99)), ErrorCode::storage_unavailable,
                       "read-only", "nb");
        BOOST_TEST(client.get("/nb/havna").status == 200);
        BOOST_TEST(client.get("/api/v1/worklist?locale=ar").status == 200);
    }
    // SQLite has made the files beside it with the rights of the database.
    for (const auto& name : disk.files()) ::chmod((disk.path() / name).c_str(), 0644);
    BOOST_TEST(client.post("/api/v1/articles", new_article("taken", 99)).status == 201);
    BOOST_TEST(client.get("/api/v1/articles/taken/translations/en").status == 200);
    expect_log(server.log(), "read-only", filled.token);
    server.stop();
    BOOST_TEST(found_by_check(url) == "");
}

BOOST_AUTO_TEST_CASE(a_folder_on_a_file_system_without_writing_is_named_when_the_server_starts) {
    const FilledDatabase filled;
    SmallDisk disk(8 * megabyte);
    const auto url = filled.copy_to(disk.path());
    disk.make_read_only();
    for (const std::string command : {"serve", "check", "import"}) {
        std::vector<std::string> arguments{command, "--database", url, "--listen", "127.0.0.1:0"};
        if (command == "import") arguments.insert(arguments.begin() + 1, fs::temp_directory_path() / "");
        const auto ended = run_command(arguments);
        BOOST_TEST_INFO(ended.said);
        BOOST_TEST(ended.status == 1);
        BOOST_TEST(ended.said.find("stele.db") != std::string::npos);
        BOOST_TEST(ended.said.find("writable") != std::string::npos);
    }
    BOOST_TEST(disk.files() == std::vector<std::string>{"stele.db"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_backup_into_such_a_folder_says_so_and_the_database_is_as_before) {
    const FilledDatabase filled;
    SmallDisk disk(megabyte);
    disk.make_read_only();
    const auto ended = run_command({"backup", (disk.path() / "copy.db").string(), "--database", filled.db.url()});
    BOOST_TEST_INFO(ended.said);
    BOOST_TEST(ended.status == 1);
    BOOST_TEST(ended.said.find("copy.db") != std::string::npos);
    BOOST_TEST(disk.files() == std::vector<std::string>{}, boost::test_tools::per_element());
    BOOST_TEST(found_by_check(filled.db.url()) == "");
}

BOOST_AUTO_TEST_CASE(a_seal_that_cannot_be_written_there_is_no_fault_of_the_disk) {
    const FilledDatabase filled;
    SmallDisk disk(8 * megabyte);
    filled.copy_to(disk.path());
    disk.make_read_only();
    BOOST_CHECK_EXCEPTION(db::seal(disk.path() / "stele.db"), Error,
                          [](const Error& error) { return error.reason() == "read-only"; });
}

BOOST_AUTO_TEST_SUITE_END()
