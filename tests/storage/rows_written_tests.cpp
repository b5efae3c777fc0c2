// How many rows each kind of save writes: the table in ARCHITECTURE.md, kept true.
#include <fstream>
#include <sstream>

#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// "| one segment of a translation | 7 |" -> {"one segment of a translation", 7}
std::map<std::string, std::int64_t> documented() {
    std::ifstream file(STELE_SOURCE_DIR "/ARCHITECTURE.md");
    std::map<std::string, std::int64_t> rows;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("#")) inside = line.find("Rows written") != std::string::npos;
        const auto middle = line.find(" | ", 2);
        if (!inside || !line.starts_with("| ") || middle == std::string::npos) continue;
        const auto number = line.substr(middle + 3);
        if (!number.empty() && std::isdigit(static_cast<unsigned char>(number[0])))
            rows[line.substr(2, middle - 2)] = std::stoll(number);
    }
    return rows;
}

const std::string body = "A first paragraph.\n\nA second paragraph.\n\nA third one.\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(rows_written)

STELE_ON_BOTH_DATABASES(are_those_of_the_table) {
    const auto expected = documented();
    BOOST_TEST_REQUIRE(!expected.empty());
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body, "Kort");
    site.translate_all(id, "en");
    site.translate_all(id, "de");
    site.publish(id, "nb");
    site.publish(id, "en");
    std::map<std::string, std::int64_t> measured;
    auto measure = [&](const std::string& what, const std::function<void()>& save) {
        const auto before = db->rows_written();
        save();
        measured[what] = db->rows_written() - before;
    };
    const auto second = site.segments(id, "en")[3].id;
    site.set_segment(id, "en", second, "Another text");
    measure("one segment of a translation, changed again", [&] { site.set_segment(id, "en", second, "And another"); });
    measure("the first segment of a new translation", [&] { site.set_segment(id, "ar", second, "نص"); });
    measure("the title of a translation", [&] { site.set_segment(id, "en", "title", "Another title"); });
    const std::string linked = "A second sentence with a [link](/a).";
    measure("one sentence of the source, three locales have it", [&] { site.set_segment(id, "nb", second, linked); });
    measure("a destination in the source, three locales have it",
            [&] { site.set_segment(id, "nb", second, "A second sentence with a [link](/b)."); });
    measure("the meaning of one segment kept in one locale",
            [&] { editing::keep_meaning(site.store, id, ContentSite::tag("en"), {}, site.now(id, "en"), "test"); });
    measure("publishing a locale again, with another title", [&] { site.publish(id, "en"); });
    measure("publishing a locale for the first time", [&] { site.publish(id, "de"); });
    measure("a save without a change", [&] { site.set_body(id, "en", site.translation(id, "en").body); });
    measure("a new article with three paragraphs, four locales", [&] { site.add("nb", "Ny", body); });
    for (const auto& [what, rows] : measured) {
        BOOST_TEST_MESSAGE("| " << what << " | " << rows << " |");
        const auto at = expected.find(what);
        BOOST_TEST((at != expected.end()), "not in ARCHITECTURE.md: " << what);
        if (at != expected.end()) BOOST_TEST(rows == at->second, what << ": " << rows << ", documented " << at->second);
    }
    BOOST_TEST(measured.size() == expected.size());
}

BOOST_AUTO_TEST_SUITE_END()
