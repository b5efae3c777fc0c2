// More than fits.
#include <fmt/format.h>

#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::string article_with(const boost::json::object& translation) {
    return to_text({{"key", "large"}, {"translation", translation}});
}
std::string fields_of_type(const std::string& type, const boost::json::object& fields) {
    return to_text({{"type", type}, {"fields", fields}, {"translation", {{"title", "T"}}}});
}
std::string repeated(std::string_view text, size_t times) {
    std::string all;
    all.reserve(text.size() * times);
    for (size_t i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sizes)

STELE_ON_BOTH_DATABASES(texts_that_show_nothing_or_too_much_are_no_titles) {
    HostileSite site(db);
    const test::Headers seen{{"If-Match", site.translation(site.about, "nb").version.etag()}};
    const test::Headers seen_source{{"If-Match", site.translation(site.about, "en").version.etag()}};
    std::vector<Case> cases;
    for (const std::string title : {" ", "\u00a0\u2003", "\u200b\u200d\ufeff", "\u202e\u2066\u2069\u200f",
                                    "\u2060\u00ad", "\u3164\u115f", "\u2800", "\U000e0041\U000e007f"}) {
        const std::string body = to_text({{"title", title}});
        const std::string named = to_text({{"segments", boost::json::array{{{"id", "title"}, {"text", title}}}}});
        cases.push_back({"new", editor, "POST", articles, article_with({{"title", title}}), 422, "invalid",
                         "pointer /translation/title", "has to be filled in"});
        cases.push_back({"source", editor, "PATCH", articles + "/about/translations/en", body, 422, "invalid",
                         "pointer /title", "has to be filled in", seen_source});
        cases.push_back({"source's segment", editor, "PATCH", articles + "/about/translations/en", named, 422,
                         "invalid", "pointer /segments/0/text", "has to be filled in", seen_source});
        cases.push_back({"translation", translator, "PATCH", articles + "/about/translations/nb", body, 422, "invalid",
                         "pointer /title", "has to be filled in", seen});
        cases.push_back({"translation's segment", translator, "PATCH", articles + "/about/translations/nb", named, 422,
                         "invalid", "pointer /segments/0/text", "has to be filled in", seen});
    }
    const std::string large(100'000, 'x');
    cases.push_back({"100 kB", editor, "POST", articles, article_with({{"title", large}}), 422, "invalid",
                     "pointer /translation/title", "At most"});
    cases.push_back({"100 kB", translator, "PATCH", articles + "/about/translations/nb", to_text({{"title", large}}),
                     422, "invalid", "pointer /title", "At most", seen});
    cases.push_back({"301 letters", editor, "POST", articles, article_with({{"title", repeated("å", 301)}}), 422,
                     "invalid", "pointer /translation/title", "At most"});
    cases.push_back({"summary", editor, "POST", articles, article_with({{"title", "T"}, {"summary", large}}), 422,
                     "invalid", "pointer /translation/summary", "At most"});
    cases.push_back({"reason", editor, "POST", articles + "/about/translations/nb/keep",
                     to_text({{"segments", "all"}, {"reason", large}}), 422, "invalid", "pointer /reason", "At most",
                     seen});
    refuse_all(site, cases);
    Client client(site, accounts::Role::editor);
    BOOST_TEST(client.post(articles, article_with({{"title", "\u200b…"}})).status == 201);
}

STELE_ON_BOTH_DATABASES(documents_have_a_largest_size) {
    HostileSite site(db);
    const test::Headers seen{{"If-Match", site.translation(site.about, "nb").version.etag()}};
    const auto paragraphs = repeated("a\n\n", 100'000);
    const auto items = repeated("- a\n", 10'001);
    std::string cells = "| a | b |\n|---|---|\n" + repeated("| c | d |\n", 5'000);
    boost::json::array segments;
    for (int i = 0; i < 100'000; ++i) segments.push_back({{"id", "b1"}, {"text", "x"}});
    refuse_all(
        site, {{"100,000 paragraphs", editor, "POST", articles, article_with({{"title", "T"}, {"body", paragraphs}}),
                422, "invalid", "pointer /translation/body", "Divide the text"},
               {"10,001 items", editor, "POST", articles, article_with({{"title", "T"}, {"body", items}}), 422,
                "invalid", "pointer /translation/body", "Divide the text"},
               {"10,002 cells", editor, "POST", articles, article_with({{"title", "T"}, {"body", cells}}), 422,
                "invalid", "pointer /translation/body", "Divide the text"},
               {"translated", translator, "PATCH", articles + "/about/translations/nb", to_text({{"body", paragraphs}}),
                422, "invalid", "pointer /body", "Divide the text", seen},
               {"the source",
                editor,
                "PATCH",
                articles + "/about/translations/en",
                to_text({{"body", paragraphs}}),
                422,
                "invalid",
                "pointer /body",
                "Divide the text",
                {{"If-Match", site.translation(site.about, "en").version.etag()}}},
               {"3 MB in a line", editor, "POST", articles,
                article_with({{"title", "T"}, {"body", std::string(3 << 20, 'x')}}), 422, "invalid",
                "pointer /translation/body", "At most"},
               {"100,000 segments", translator, "PATCH", articles + "/about/translations/nb",
                to_text({{"segments", segments}}), 422, "invalid", "pointer /segments", "At most", seen},
               {"kept", editor, "POST", articles + "/about/translations/nb/keep",
                to_text({{"segments", boost::json::array(100'000, "b1")}}), 422, "invalid", "pointer /segments",
                "At most", seen}});
    // However much the front lets through.
    const auto before = site.dump();
    const auto line = site.call("POST", articles, site.token(accounts::Role::editor),
                                article_with({{"title", "T"}, {"body", std::string(10 << 20, 'x')}}));
    BOOST_TEST(line.status == 422);
    BOOST_TEST(line.string("/errors/0/pointer") == "/translation/body");
    BOOST_TEST((site.dump() == before));
}

STELE_ON_BOTH_DATABASES(an_answer_is_not_longer_than_its_question) {
    HostileSite site(db);
    boost::json::object body{{"translation", {{"title", "T"}}}};
    for (int i = 0; i < 100'000; ++i) body[fmt::format("m{}", i)] = 1;
    const auto response = site.send("POST", articles, site.token(accounts::Role::editor), to_text(body));
    BOOST_TEST(response.status == 422);
    BOOST_TEST(boost::json::parse(response.body).at("errors").as_array().size() == 100u);
    boost::json::array segments;
    for (int i = 0; i < 10'000; ++i) segments.push_back({{"id", fmt::format("x{}", i)}, {"text", "x"}});
    const auto etag = site.translation(site.about, "nb").version.etag();
    const auto unknown = site.send("PATCH", articles + "/about/translations/nb", site.token(accounts::Role::translator),
                                   to_text({{"segments", segments}}), {{"If-Match", etag}});
    BOOST_TEST(unknown.status == 422);
    BOOST_TEST(boost::json::parse(unknown.body).at("errors").as_array().size() == 100u);
}

STELE_ON_BOTH_DATABASES(fields_hold_what_their_type_says) {
    HostileSite site(db);
    std::vector<Case> cases;
    const auto wrong = [&](const std::string& type, const boost::json::object& fields, const std::string& pointer,
                           const std::string& says) {
        cases.push_back({to_text(fields).substr(0, 60), editor, "POST", articles, fields_of_type(type, fields), 422,
                         "invalid", "pointer /fields/" + pointer, says});
    };
    for (const char* date : {"2026-02-30", "2026-13-01", "2026-1-1", "0000-00-00", "22.11.2026", "2026-11-22T00:00:00Z",
                             "12026-01-01", "-2026-01-01", " 2026-01-01"})
        wrong("news", {{"date", date}}, "date", "Write a date");
    wrong("news", {{"date", 20261122}}, "date", "has to be text");
    wrong("event", {{"event_start", "2026-05-02"}, {"event_end", "2026-05-01"}}, "event_end", "lies before the start");
    wrong("event", {{"event_dates", {{"start", "2026-05-02"}}}}, "event_dates", "worked out");
    wrong("event", {{"event_place", "Lillehammer"}}, "event_place", "belongs to the translations");
    wrong("event", {{"contacts", "Kari"}}, "contacts", "a list");
    wrong("event", {{"contacts", boost::json::array{5}}}, "contacts/0", "an object");
    wrong("event", {{"contacts", boost::json::array{{{"colour", "red"}}}}}, "contacts/0/colour", "Leave it out");
    wrong("event", {{"contacts", boost::json::array{{{"name", {{"first", "Kari"}}}}}}}, "contacts/0/name",
          "has to be text");
    wrong("event", {{"contacts", boost::json::array{{{"name", std::string(1'001, 'x')}}}}}, "contacts/0/name",
          "At most");
    wrong("event", {{"contacts", boost::json::array(51, boost::json::object{{"name", "Kari"}})}}, "contacts",
          "At most");
    wrong("page", {{"a b", 1}}, "a b", "letters, digits, hyphens");
    wrong("page", {{"", 1}}, "", "letters, digits, hyphens");
    wrong("page", {{std::string(65, 'a'), 1}}, std::string(65, 'a'), "letters, digits, hyphens");
    boost::json::object many;
    for (int i = 0; i < 101; ++i) many[fmt::format("m{}", i)] = 1;
    cases.push_back({"101 fields", editor, "POST", articles, fields_of_type("page", many), 422, "invalid",
                     "pointer /fields", "At most"});
    cases.push_back({"a megabyte", editor, "POST", articles, fields_of_type("page", {{"x", std::string(1 << 20, 'x')}}),
                     422, "invalid", "pointer /fields", "At most"});
    cases.push_back({"a megabyte more",
                     editor,
                     "PATCH",
                     articles + "/about",
                     to_text({{"fields", {{"x", std::string(1 << 20, 'x')}}}}),
                     422,
                     "invalid",
                     "pointer /fields",
                     "At most",
                     {{"If-Match", "\"1.x\""}}});
    Client client(site, accounts::Role::editor);
    const auto event = client.post(
        articles,
        R"({"key": "fair", "type": "event", "translation": {"title": "The fair", "fields": {"event_place": "Town"}}})");
    BOOST_REQUIRE(event.status == 201);
    const std::string nb = articles + "/fair/translations/nb", long_place(201, 'x');
    cases.push_back({"a long field", translator, "PATCH", nb, to_text({{"fields", {{"event_place", long_place}}}}), 422,
                     "invalid", "pointer /fields/event_place", "At most"});
    cases.push_back({"a long segment", translator, "PATCH", nb,
                     to_text({{"segments", boost::json::array{{{"id", "fields.event_place"}, {"text", long_place}}}}}),
                     422, "invalid", "pointer /segments/0/text", "At most"});
    cases.push_back({"the source's",
                     editor,
                     "PATCH",
                     articles + "/fair/translations/en",
                     to_text({{"segments", boost::json::array{{{"id", "fields.event_place"}, {"text", long_place}}}}}),
                     422,
                     "invalid",
                     "pointer /segments/0/text",
                     "At most",
                     {{"If-Match", event.etag()}}});
    refuse_all(site, cases);
}

// The front refuses before it has read what it will not take.
STELE_ON_BOTH_DATABASES(fifty_megabytes_are_refused_early) {
    HostileSite site(db);
    const auto before = site.dump();
    const auto head = "POST " + articles +
                      " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept-Language: nb\r\n";
    const Case expected{"50 MB", editor, "POST", articles, {}, 413, "body-length", {}, "Send less at once"};
    {
        test::RawConnection announced(site.port());
        announced.send(head + "Content-Length: 52428800\r\n\r\n");
        const auto response = announced.read_response();  // nothing of the body has been sent
        check_refusal(site, expected, response, "nb");
        BOOST_TEST(response.header("Connection") == "close");
        BOOST_TEST(announced.read_all().empty());
    }
    {
        test::RawConnection line(site.port());
        line.send(head + "Content-Length: 10485760\r\n\r\n" + std::string(10'000, 'x'));
        check_refusal(site, expected, line.read_response(), "nb");
    }
    {
        test::RawConnection asked(site.port());
        asked.send(head + "Content-Length: 52428800\r\nExpect: 100-continue\r\n\r\n");
        check_refusal(site, expected, asked.read_response(), "nb");
    }
    {
        test::RawConnection chunked(site.port());
        chunked.send(head + "Transfer-Encoding: chunked\r\n\r\n");
        const auto chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
        size_t sent = 0;
        try {
            for (; sent < 800; ++sent) chunked.send(chunk);
        } catch (const std::runtime_error&) {  // it does not listen any more
        }
        BOOST_TEST(sent < 400u);
        check_refusal(site, expected, chunked.read_response(), "nb");
    }
    {
        test::RawConnection chunked(site.port());
        chunked.send(head + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n");
        check_refusal(site, expected, chunked.read_response(), "nb");
    }
    BOOST_TEST(site.send("GET", articles + "?locale=nb").status == 200);
    BOOST_TEST((site.dump() == before));
}

BOOST_AUTO_TEST_SUITE_END()
