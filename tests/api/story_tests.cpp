// The main job, end to end: a sentence of the source changes, exactly one segment becomes outdated, it is translated,
// published and read.
#include <boost/test/unit_test.hpp>

#include "tests/support/test_app.hpp"

using namespace stele;
using testing::Answer;
using testing::Client;
using testing::TestApp;

namespace {

// Title, summary and thirteen blocks: fifteen segments.
const std::string source_body =
    "Biblioteket i Storgata har fått nye rom.\n\n"
    "Her kan folk møtes, lese og lære norsk sammen. Det koster ingenting.\n\n"
    "## Åpningstider\n\n"
    "Vi har åpent alle dager utenom søndag.\n\n"
    "> Et hus for alle i byen.\n\n"
    "## Dette finnes her\n\n"
    "- bøker på mange språk\n- et verksted\n- en scene\n- stille lesesaler\n\n"
    "Frivillige hjelper til hver kveld.\n\n"
    "Ta med en venn.\n\n"
    "Les mer på våre sider.\n";
// All of it but the last paragraph.
const std::string english_body =
    "The library in the high street has new rooms.\n\n"
    "People can meet, read and learn Norwegian here together. It costs nothing.\n\n"
    "## Opening hours\n\n"
    "We are open every day but Sunday.\n\n"
    "> A house for everybody in town.\n\n"
    "## What there is\n\n"
    "- books in many languages\n- a workshop\n- a stage\n- quiet reading rooms\n\n"
    "Volunteers help every evening.\n\n"
    "Bring a friend.\n";

std::string source_article() {
    return testing::to_text({{"key", "library"},
                             {"type", "news"},
                             {"source_locale", "nb"},
                             {"translation",
                              {{"title", "Biblioteket er større"},
                               {"slug", "biblioteket"},
                               {"summary", "Nye rom for alle."},
                               {"body", source_body}}}});
}

const std::string article = "/api/v1/articles/library";
const std::string nb = article + "/translations/nb", en = article + "/translations/en";

boost::json::array items_in_state(const Answer& segments, std::string_view state) {
    boost::json::array found;
    for (const auto& segment : segments["/items"].as_array())
        if (segment.at("state").as_string() == state) found.push_back(segment);
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(story)

STELE_ON_BOTH_DATABASES(one_changed_sentence_is_one_outdated_segment_until_it_is_translated_and_published) {
    TestApp app(db, {"en", "nb"});
    Client editor(app, accounts::Role::editor), translator(app, accounts::Role::translator, {"en"});

    // A Norwegian source with fifteen segments, and an English translation that lacks the last.
    const auto created = editor.post("/api/v1/articles", source_article());
    BOOST_REQUIRE_EQUAL(created.status, 201);
    BOOST_TEST(created.integer("/translation/segments/total") == 15);
    BOOST_REQUIRE_EQUAL(editor.post(nb + "/publish", "", created.etag()).status, 200);
    auto saved = translator.put(en, testing::to_text({{"title", "The library has grown"},
                                                      {"slug", "library"},
                                                      {"summary", "New rooms for everybody."},
                                                      {"body", english_body}}));
    BOOST_REQUIRE_EQUAL(saved.status, 200);
    BOOST_TEST(saved.string("/state") == "incomplete");

    auto work = translator.get("/api/v1/worklist?locale=en");
    BOOST_REQUIRE_EQUAL(work["/items"].as_array().size(), 1u);
    BOOST_TEST(work.string("/items/0/state") == "incomplete");
    BOOST_TEST(work.integer("/items/0/segments/total") == 15);
    BOOST_TEST(work.integer("/items/0/segments/missing") == 1);

    // Incomplete, so publishing has to be asked for.
    BOOST_TEST(editor.post(en + "/publish", "", saved.etag()).status == 409);
    BOOST_REQUIRE_EQUAL(editor.post(en + "/publish", R"({"incomplete": true})", saved.etag()).status, 200);

    // The missing paragraph stands there in Norwegian, and says so.
    auto page = app.call("GET", "/api/v1/pages/en/library");
    BOOST_REQUIRE_EQUAL(page.status, 200);
    const auto& parts = page["/body/parts"].as_array();
    BOOST_TEST(std::string(parts.back().at("lang").as_string()) == "nb");
    BOOST_TEST(page.header("Content-Language") == "en, nb");

    // One sentence of the source changes.
    const auto source = editor.get(nb);
    auto changed = std::string(source["/body"].as_string());
    const std::string before = "Det koster ingenting.", after = "Kaffen er også gratis.";
    changed.replace(changed.find(before), before.size(), after);
    const auto edited = editor.patch(nb, testing::to_text({{"body", changed}}), source.etag());
    BOOST_REQUIRE_EQUAL(edited.status, 200);

    work = translator.get("/api/v1/worklist?locale=en");
    BOOST_REQUIRE_EQUAL(work["/items"].as_array().size(), 1u);
    BOOST_TEST(work.integer("/items/0/segments/outdated") == 1);
    BOOST_TEST(work.integer("/items/0/segments/missing") == 1);

    // Exactly that one, with the old wording and the difference beside it.
    auto segments = translator.get(en + "/segments");
    const auto outdated = items_in_state(segments, "outdated");
    BOOST_REQUIRE_EQUAL(outdated.size(), 1u);
    const auto& segment = outdated.front();
    BOOST_TEST(std::string(segment.at("basis").at("text").as_string()).find(before) != std::string::npos);
    BOOST_TEST(std::string(segment.at("source").at("text").as_string()).find(after) != std::string::npos);
    BOOST_TEST(segment.at("diff").as_array().size() > 1u);

    // The translator does both.
    const auto missing = items_in_state(segments, "missing");
    BOOST_REQUIRE_EQUAL(missing.size(), 1u);
    const std::string coffee = "People can meet, read and learn Norwegian here together. The coffee is free, too.";
    saved =
        translator.patch(en,
                         testing::to_text({{"segments", boost::json::array{{{"id", segment.at("id")}, {"text", coffee}},
                                                                           {{"id", missing.front().at("id")},
                                                                            {"text", "Read more on our pages."}}}}}),
                         segments.etag());
    BOOST_REQUIRE_EQUAL(saved.status, 200);
    BOOST_TEST(saved.string("/state") == "ready");
    BOOST_TEST(saved.integer("/segments/outdated") == 0);
    BOOST_TEST(translator.get("/api/v1/worklist?locale=en")["/items"].as_array().empty());

    // Published and read; the former page's tag is no longer the page's.
    const auto former = page.etag();
    BOOST_REQUIRE_EQUAL(editor.post(en + "/publish", "", saved.etag()).status, 200);
    page = app.call("GET", "/api/v1/pages/en/library", {}, {}, {{"If-None-Match", former}});
    BOOST_REQUIRE_EQUAL(page.status, 200);
    BOOST_TEST(page.string("/body/html").find("The coffee is free, too.") != std::string::npos);
    BOOST_TEST(page.string("/body/html").find("Read more on our pages.") != std::string::npos);
    BOOST_TEST(page.header("Content-Language") == "en");
    // Readers of Norwegian still have what was published.
    BOOST_TEST(app.call("GET", "/api/v1/pages/nb/biblioteket").string("/body/html").find(before) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
