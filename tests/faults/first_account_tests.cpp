// What the command line and the server say to somebody who sets a site up.
#include <boost/test/unit_test.hpp>
#include <fstream>

#include "tests/faults/real_server.hpp"

using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(first_account)

BOOST_AUTO_TEST_CASE(a_server_without_accounts_says_how_to_make_one_and_its_link_leads_to_that_server) {
    const Folder folder;
    const auto url = "sqlite:" + (folder.path / "new.db").string();
    const RealServer server(url);
    BOOST_TEST(server.log().find("stele user create NAME --role admin") != std::string::npos);
    const auto created = run_command({"user", "create", "kari", "--role", "admin", "--database", url});
    BOOST_TEST(created.status == 0);
    const auto link = "http://127.0.0.1:" + std::to_string(server.port()) + "/studio/sign-in/";
    BOOST_TEST(created.said.find(link) != std::string::npos, created.said);
    const RealServer again(url);
    BOOST_TEST(again.log().find("user create") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_import_names_what_it_skips) {
    const Folder folder;
    std::filesystem::create_directories(folder.path / "content");
    std::ofstream(folder.path / "content" / "README.md") << "# About this folder\n";
    const auto said = run_command(
        {"import", (folder.path / "content").string(), "--database", "sqlite:" + (folder.path / "new.db").string()});
    BOOST_TEST(said.status == 0);
    BOOST_TEST(said.said.find("README.md\n") != std::string::npos, said.said);
    BOOST_TEST(said.said.find("1 skipped") != std::string::npos, said.said);
}

BOOST_AUTO_TEST_SUITE_END()
