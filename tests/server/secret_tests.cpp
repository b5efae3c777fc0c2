// The key that links and sessions are signed with, as `serve` finds or makes it.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <latch>
#include <set>
#include <thread>

#include "server/cli/command.hpp"
#include "server/cli/secret.hpp"

using namespace stele;

namespace {

struct Folder {
    Folder() {
        auto name = (std::filesystem::temp_directory_path() / "stele-secret-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(name.data()));
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    std::filesystem::path path;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_file)

BOOST_AUTO_TEST_CASE(those_who_start_at_once_have_the_same) {
    const Folder folder;
    for (int round = 0; round < 50; ++round) {
        constexpr int count = 8;
        const auto file = (folder.path / std::to_string(round)).string();
        std::vector<std::string> found(count);
        std::latch ready(count);
        std::vector<std::thread> threads;
        for (auto& one : found)
            threads.emplace_back([&] {
                ready.arrive_and_wait();
                try {
                    one = cli::load_secret(file);
                } catch (const cli::CommandError& error) {
                    one = error.what();
                }
            });
        for (auto& thread : threads) thread.join();
        BOOST_TEST(std::set<std::string>(found.begin(), found.end()).size() == 1U);
        BOOST_TEST(cli::load_secret(file) == found[0]);
    }
    const std::filesystem::directory_iterator left(folder.path);
    BOOST_TEST(std::distance(left, {}) == 50);  // nothing half made lies about
}

BOOST_AUTO_TEST_CASE(is_for_its_owner_alone_and_never_short) {
    const Folder folder;
    const auto file = (folder.path / "secret").string();
    BOOST_TEST(cli::load_secret(file).size() >= 32U);
    BOOST_TEST((std::filesystem::status(file).permissions() == std::filesystem::perms(0600)));
    std::ofstream(file) << "short\n";
    BOOST_CHECK_THROW(cli::load_secret(file), cli::CommandError);
    BOOST_CHECK_THROW(cli::load_secret((folder.path / "nowhere" / "secret").string()), cli::CommandError);
}

BOOST_AUTO_TEST_SUITE_END()
