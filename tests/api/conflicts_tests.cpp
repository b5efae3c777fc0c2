// No lost update: entity tags, and two writers at once.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string a = "/api/v1/articles";
const std::string about_nb = a + "/about/translations/nb", harbour_en = a + "/harbour/translations/en";

std::string segment_text(const std::string& id, const std::string& text) {
    return to_text({{"segments", boost::json::array{{{"id", id}, {"text", text}}}}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conflicts)

STELE_ON_BOTH_DATABASES(changing_what_exists_needs_the_tag_that_was_seen) {
    TestSite site(db);
    const std::string text = R"({"title": "Hvem vi er"})";
    const auto tag = site.translation(site.about, "nb").version.etag();
    run(site, {{"absent", translator, "PATCH", about_nb, {}, text, 428, "precondition-required"},
               {"any", translator, "PATCH", about_nb, {{"If-Match", "*"}}, text, 428, "precondition-required"},
               {"weak", translator, "PATCH", about_nb, {{"If-Match", "W/" + tag}}, text, 412, "version-conflict"},
               {"not ours", translator, "PATCH", about_nb, {{"If-Match", "\"abc\""}}, text, 412, "version-conflict"},
               {"unreadable", translator, "PATCH", about_nb, {{"If-Match", "1.1"}}, text, 400, "if-match"},
               {"two", translator, "PATCH", about_nb, {{"If-Match", tag + ", \"9.9\""}}, text, 400, "if-match"},
               {"seen", translator, "PATCH", about_nb, {{"If-Match", tag}}, text},
               {"article", editor, "PATCH", a + "/about", {}, R"({"priority": 2})", 428, "precondition-required"},
               {"article, an old one",
                editor,
                "PATCH",
                a + "/about",
                {{"If-Match", "\"99.x\""}},
                R"({"priority": 2})",
                412,
                "version-conflict"},
               {"article, deleted", editor, "DELETE", a + "/about", {}, {}, 428, "precondition-required"},
               {"locale", admin, "PUT", "/api/v1/locales/nb", {}, R"({"position": 5})", 428, "precondition-required"},
               {"locale, an old one",
                admin,
                "PUT",
                "/api/v1/locales/nb",
                {{"If-Match", "\"99\""}},
                R"({"position": 5})",
                412,
                "version-conflict"},
               {"creating needs none", translator, "PUT", a + "/about/translations/ar", {}, R"({"title": "من نحن"})"}});
}

STELE_ON_BOTH_DATABASES(reading_again_costs_a_304) {
    TestSite site(db);
    Client client(site, accounts::Role::reader);
    for (const auto& target :
         {about_nb, about_nb + "/segments", a + "/about?locale=nb", std::string("/api/v1/pages/nb/om-oss"),
          a + "?locale=nb", std::string("/api/v1/locales"), std::string("/api/v1/openapi.json")}) {
        BOOST_TEST_CONTEXT(target) {
            const auto first = client.get(target);
            BOOST_TEST(first.status == 200);
            const auto again = client.get(target, {{"If-None-Match", first.etag()}});
            BOOST_TEST(again.status == 304);
            BOOST_TEST(again.text.empty());
            BOOST_TEST(again.etag() == first.etag());
            BOOST_TEST(client.get(target, {{"If-None-Match", "\"0.0\""}}).status == 200);
        }
    }
}

STELE_ON_BOTH_DATABASES(a_tag_names_the_source_as_well) {
    TestSite site(db);
    Client editor_(site, accounts::Role::editor);
    const auto before = editor_.get(harbour_en);
    const auto source = editor_.get(a + "/harbour/translations/nb");
    BOOST_REQUIRE(
        editor_.patch(a + "/harbour/translations/nb", R"({"title": "Havna er åpen"})", source.etag()).status == 200);
    // The translation itself did not change, what is to be done about it did.
    const auto after = editor_.get(harbour_en, {{"If-None-Match", before.etag()}});
    BOOST_TEST(after.status == 200);
    BOOST_TEST(after.integer("/version") == before.integer("/version"));
    // What is written against the former source is saved, and outdated at once.
    const auto saved = editor_.patch(harbour_en, segment_text("title", "The harbour reopens soon"), before.etag());
    BOOST_TEST(saved.status == 200);
    BOOST_TEST(saved.string("/state") == "outdated");
}

STELE_ON_BOTH_DATABASES(two_writers_of_different_segments_never_conflict) {
    TestSite site(db);
    const auto tag = site.translation(site.harbour, "en").version.etag();
    const std::vector<std::string> ids{site.segment(site.harbour, "en", "Bedre"),
                                       site.segment(site.harbour, "en", "Nye"),
                                       site.segment(site.harbour, "en", "Det er plass"), std::string("title")};
    const auto token = site.token(accounts::Role::translator);
    std::vector<Answer> answers(ids.size());
    std::vector<std::thread> writers;
    for (size_t i = 0; i < ids.size(); ++i)
        writers.emplace_back([&, i] {
            answers[i] = site.call("PATCH", harbour_en, token, segment_text(ids[i], "written by " + std::to_string(i)),
                                   {{"If-Match", tag}});
        });
    for (auto& writer : writers) writer.join();
    for (const auto& answer : answers) BOOST_TEST(answer.status == 200, answer);
    const auto segments = site.call("GET", harbour_en + "/segments", token);
    size_t found = 0;
    for (const auto& segment : segments["/items"].as_array())
        found += std::string(segment.at("target").at("text").as_string()).starts_with("written by ");
    BOOST_TEST(found == ids.size());
}

STELE_ON_BOTH_DATABASES(of_two_writers_of_one_segment_the_second_is_shown_the_first) {
    TestSite site(db);
    Client first(site, accounts::Role::translator, {"en"}), second(site, accounts::Role::translator);
    const auto id = site.segment(site.harbour, "en", "Bedre");
    const auto tag = site.translation(site.harbour, "en").version.etag();
    BOOST_REQUIRE(first.patch(harbour_en, segment_text(id, "Brighter light"), tag).status == 200);
    const auto refused = second.patch(harbour_en, segment_text(id, "More light"), tag);
    BOOST_TEST(refused.status == 412);
    BOOST_TEST(refused.string("/type") == "urn:stele:version-conflict");
    const auto text = refused.text;
    BOOST_TEST(text.find(id) != std::string::npos, text);
    BOOST_TEST(text.find("Brighter light") != std::string::npos, text);
    BOOST_TEST(text.find("More light") != std::string::npos, text);
    BOOST_TEST(text.find("token:translator-en") != std::string::npos, text);
    BOOST_TEST(text.find("2026-11-22T") != std::string::npos, text);
    // Nothing of it was saved; with the new tag it is.
    const auto now = second.get(harbour_en);
    BOOST_TEST(now.string("/body").find("Brighter light") != std::string::npos);
    BOOST_TEST(second.patch(harbour_en, segment_text(id, "More light"), now.etag()).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
