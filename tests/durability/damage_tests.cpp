// A backup that is not what was backed up is refused before anything is replaced.
#include <fmt/format.h>

#include "src/db/seal.hpp"
#include "tests/durability/two_sites.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

namespace fs = std::filesystem;

struct Damage {
    std::string name, content;
};

std::string flipped(std::string content, size_t at, int bit) {
    content[at] = char(content[at] ^ (1 << bit));
    return content;
}

std::string replaced(std::string content, const std::string& from, const std::string& to) {
    const auto at = content.find(from);
    BOOST_TEST_REQUIRE(at != std::string::npos);
    return content.replace(at, from.size(), to);
}

std::vector<Damage> damages(const std::string& whole, Seeded& chance) {
    const auto anywhere = [&] { return size_t(chance.random() % whole.size()); };
    const auto page = 4096 * size_t(1 + chance.below(int(whole.size() / 4096) - 2));
    std::vector<Damage> made{
        {"empty", ""},
        {"not a database", "Dear reader, this is a letter."},
        {"a header alone", whole.substr(0, 100)},
        {"without its seal", whole.substr(0, whole.rfind("\nstele backup"))},
        {"half of it", whole.substr(0, whole.size() / 2)},
        {"its last byte", whole.substr(0, whole.size() - 1)},
        {"something after it", whole + "\n"},
        {"a page of zeros", std::string(whole).replace(page, 4096, std::string(4096, '\0'))},
        {"another application's", flipped(whole, 71, 3)},  // fileformat2.html: application_id is at 68
        {"another letter in a text", replaced(whole, "new", "now")},
        {"another length in its seal", replaced(whole, "1: 0", "1: 1")},
        {"the seal of another", replaced(whole, "\nstele backup 1", "\nstele backup 2")},
    };
    for (int i = 0; i < 3; ++i) made.push_back({"a bit", flipped(whole, anywhere(), chance.below(8))});
    for (int i = 0; i < 2; ++i) made.push_back({"a part", whole.substr(0, anywhere())});
    return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(damage, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(is_refused_and_nothing_is_changed) {
    Seeded chance(first_seed());
    TwoSites sites;
    sites.put_old_database();
    BOOST_TEST(sites.whose() == "old");  // and its log is closed, so that not a byte has to change
    const auto before = content_of(sites.database);
    const auto damaged = sites.folder.parent_path() / "damaged.backup";
    for (const auto& damage : damages(content_of(sites.backup), chance)) {
        BOOST_TEST_CONTEXT(damage.name) {
            write_file(damaged, damage.content);
            std::string said;
            BOOST_TEST(sites.run({"restore", damaged.string(), "--force"}, &said) == 1);
            BOOST_TEST(said.find("Nothing was changed") != std::string::npos, said);
            BOOST_TEST(said.find(damaged.string()) != std::string::npos, said);
            BOOST_TEST((content_of(sites.database) == before));
            BOOST_TEST(sites.files() == std::vector<std::string>{"stele.db"}, boost::test_tools::per_element());
        }
    }
    BOOST_TEST(sites.run({"restore", sites.backup.string(), "--force"}) == 0);
    BOOST_TEST(sites.whose() == "new");
}

BOOST_AUTO_TEST_CASE(of_a_single_bit_anywhere_is_seen) {
    Seeded chance(first_seed());
    const TwoSites sites;
    const auto whole = content_of(sites.backup);
    const auto file = sites.backup.parent_path() / "flipped", copy = sites.backup.parent_path() / "copy";
    for (int round = 0, rounds = usual_rounds(400); round < rounds; ++round) {
        const auto at = size_t(chance.random() % whole.size());
        write_file(file, flipped(whole, at, chance.below(8)));
        fs::remove(copy);
        BOOST_TEST((db::copy_sealed(file, copy) != db::Seal::whole), "byte " << at);
    }
}

BOOST_AUTO_TEST_CASE(of_nothing_gives_the_database_without_its_seal) {
    const TwoSites sites;
    const auto copy = sites.backup.parent_path() / "copy";
    BOOST_TEST((db::copy_sealed(sites.backup, copy) == db::Seal::whole));
    BOOST_TEST(fs::file_size(copy) % 4096 == 0);
    BOOST_TEST(content_of(sites.backup).starts_with(content_of(copy)));
}

BOOST_AUTO_TEST_SUITE_END()
