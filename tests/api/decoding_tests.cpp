// What is refused before a use-case is asked: JSON that is none, members nobody asked for, wrong types, wild
// characters.
#include <boost/test/unit_test.hpp>

#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "server/form.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::string reason_of(const std::string& text) {
    try {
        api::parse_json(text);
        return "accepted";
    } catch (const Error& error) {
        BOOST_TEST((error.code() == ErrorCode::malformed));
        return error.reason();
    }
}

const std::string articles = "/api/v1/articles";

}  // namespace

BOOST_AUTO_TEST_SUITE(decoding)

BOOST_AUTO_TEST_CASE(a_number_written_down_and_read_again_is_the_same) {
    for (const char* text : {"0.1592548661887136315", "0.9101212445508105599", "0.1", "123456789012345678901234567890",
                             "999999999999999999999999999999999999999989999999999999999999999999999899999999992",
                             "5e-324", "1.7976931348623157e308", "-2.5E-10"}) {
        const auto value = api::parse_json(text);
        BOOST_TEST(value.get_double() == std::strtod(text, nullptr));
        BOOST_TEST((api::parse_json(boost::json::serialize(value)) == value));
    }
}

BOOST_AUTO_TEST_CASE(line_ends_of_a_form_are_plain_however_they_were_sent) {
    const Form form(http::QueryItems{{"a", "1\r\n2\r3\n4\r\r\n5"}});
    BOOST_TEST(form.text("a") == "1\n2\n3\n4\n\n5");
    BOOST_TEST(form.texts("a").at(0) == "1\n2\n3\n4\n\n5");
}

BOOST_AUTO_TEST_CASE(json_is_read_strictly) {
    BOOST_TEST(reason_of(R"({"a": [1, 2.5, "x", null, true, {"b": {}}]})") == "accepted");
    BOOST_TEST(reason_of(" {}\n\t ") == "accepted");
    BOOST_TEST(reason_of(R"({"a": 1} x)") == "json");
    BOOST_TEST(reason_of("") == "json");
    BOOST_TEST(reason_of("{'a': 1}") == "json");
    BOOST_TEST(reason_of(R"({"a": 1,})") == "json");
    BOOST_TEST(reason_of(R"(// no
{})") == "json");
    BOOST_TEST(reason_of("{\"a\": \"\xff\"}") == "json");
    BOOST_TEST(reason_of(R"({"a": "\ud800"})") == "json");
    BOOST_TEST(reason_of("{\"a\": \"line\nend\"}") == "json");
    BOOST_TEST(reason_of(R"({"a": 1, "b": {"c": 1, "c": 2}})") == "json-duplicate");
    BOOST_TEST(reason_of(R"({"a": 1, "\u0061": 2})") == "json-duplicate");
    BOOST_TEST(reason_of(R"([{"a": 1}, {"a": 2}])") == "accepted");
    BOOST_TEST(reason_of(std::string(32, '[') + std::string(32, ']')) == "accepted");
    BOOST_TEST(reason_of(std::string(33, '[') + std::string(33, ']')) == "json-depth");
    BOOST_TEST(reason_of(std::string(1'000'000, '[')) == "json-depth");
}

BOOST_AUTO_TEST_CASE(values_survive_the_parser) {
    const std::string text =
        R"({"long":"æøå 漢字 😀","n":-9223372036854775808,"list":[[],{}],"escaped":"a\"b\\c\u0000"})";
    BOOST_TEST(boost::json::serialize(api::parse_json(text)) == boost::json::serialize(boost::json::parse(text)));
    const std::string long_text = "{\"" + std::string(5000, 'k') + "\":\"" + std::string(100'000, 'v') + "\"}";
    BOOST_TEST(boost::json::serialize(api::parse_json(long_text)) == long_text);
}

BOOST_AUTO_TEST_CASE(every_mistake_is_named_by_its_pointer) {
    const auto body = boost::json::parse(R"({"title": 1, "list": ["a", 2], "n": 11, "tag": "not a tag", "a/b~c": 1,
                                             "inner": {"text": "\u0007", "other": 1}})")
                          .as_object();
    api::Decoder d(body);
    d.text("title", api::Lines::one);
    d.texts("list");
    d.integer("n", 0, 9);
    d.tag("tag");
    d.object("inner", [](api::Decoder& inner) { inner.text("text", api::Lines::many); });
    d.require("absent");
    std::vector<std::string> found;
    try {
        d.finish();
    } catch (const Error& error) {
        for (const auto& field : error.fields()) found.push_back(field.pointer + " " + field.message);
    }
    const std::vector<std::string> expected{"/title field.type",
                                            "/list field.type",
                                            "/n field.out-of-range",
                                            "/tag field.not-a-tag",
                                            "/inner/text field.control-character",
                                            "/inner/other field.unknown",
                                            "/absent field.required",
                                            "/a~1b~0c field.unknown"};
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

STELE_ON_BOTH_DATABASES(requests_that_cannot_be_read_change_nothing) {
    TestSite site(db);
    const auto with = [&](std::string name, std::string body, int status, std::string type,
                          std::vector<std::pair<std::string, std::string>> members = {}) {
        return Scenario{std::move(name), editor, "POST",          articles,          {},
                        std::move(body), status, std::move(type), std::move(members)};
    };
    run(site,
        {{"no content type", editor, "POST", articles, {{"Content-Type", "text/plain"}}, "{}", 415, "not-json"},
         {"a charset",
          editor,
          "POST",
          articles,
          {{"Content-Type", "Application/JSON; charset=utf-8"}},
          "{}",
          422,
          "invalid"},
         with("no JSON", "{", 400, "json"),
         with("a member twice", R"({"key": "a", "key": "b"})", 400, "json-duplicate"),
         with("no object", "[]", 422, "invalid", {{"/errors/0/pointer", R"("")"}}),
         with("nothing", "{}", 422, "invalid", {{"/errors/0/pointer", R"("/translation")"}}),
         with("no title", R"({"translation": {}})", 422, "invalid", {{"/errors/0/pointer", R"("/translation/title")"}}),
         with("an unknown member", R"({"translation": {"title": "T"}, "colour": "red"})", 422, "invalid",
              {{"/errors/0/pointer", R"("/colour")"}}),
         with("an unknown member inside", R"({"translation": {"title": "T", "colour": "red"}})", 422, "invalid",
              {{"/errors/0/pointer", R"("/translation/colour")"}}),
         with("a number for a text", R"({"translation": {"title": 5}})", 422, "invalid",
              {{"/errors/0/pointer", R"("/translation/title")"}}),
         with("a control character", R"({"translation": {"title": "a\u0000b"}})", 422, "invalid",
              {{"/errors/0/pointer", R"("/translation/title")"}}),
         with("a line end in a title", R"({"translation": {"title": "a\nb"}})", 422, "invalid",
              {{"/errors/0/pointer", R"("/translation/title")"}}),
         with("a control character in shared fields", R"({"fields": {"x": ["\u0001"]}, "translation": {"title": "T"}})",
              422, "invalid", {{"/errors/0/pointer", R"("/fields/x/0")"}}),
         with("a key of digits", R"({"key": "17", "translation": {"title": "T"}})", 422, "invalid",
              {{"/errors/0/pointer", R"("/key")"}}),
         with("a tag that is none", R"({"source_locale": "norsk!", "translation": {"title": "T"}})", 422, "invalid",
              {{"/errors/0/pointer", R"("/source_locale")"}}),
         with("a locale that is not enabled", R"({"source_locale": "fi", "translation": {"title": "T"}})", 422,
              "invalid", {{"/errors/0/pointer", R"("/source_locale")"}}),
         with("a taken key", R"({"key": "about", "translation": {"title": "T"}})", 409, "key-taken",
              {{"/article_id", std::to_string(number(site.about))}}),
         with("a taken slug", R"({"translation": {"title": "T", "slug": "about"}})", 409, "slug-taken",
              {{"/article_id", std::to_string(number(site.about))}})});
    BOOST_TEST(site.call("GET", articles + "?locale=en")["/items"].as_array().size() == 3u);
}

STELE_ON_BOTH_DATABASES(queries_and_addresses_that_cannot_be_used_are_named) {
    TestSite site(db);
    run(site,
        {{"limit", guest, "GET", articles + "?limit=0", {}, {}, 400, "parameter"},
         {"limit", guest, "GET", articles + "?limit=201", {}, {}, 400, "parameter"},
         {"limit", guest, "GET", articles + "?limit=1x", {}, {}, 400, "parameter"},
         {"sort", guest, "GET", articles + "?sort=colour", {}, {}, 400, "parameter"},
         {"locale", guest, "GET", articles + "?locale=!", {}, {}, 400, "parameter"},
         {"not enabled", guest, "GET", articles + "?locale=fi", {}, {}, 404, "locale"},
         {"cursor", guest, "GET", articles + "?after=xyz", {}, {}, 400, "cursor"},
         {"state", reader, "GET", "/api/v1/worklist?state=finished", {}, {}, 400, "parameter"},
         {"no such path", guest, "GET", "/api/v2/articles", {}, {}, 404, "path"},
         {"no such method",
          guest,
          "PUT",
          articles,
          {},
          "{}",
          405,
          "method-not-allowed",
          {},
          {{"Allow", "GET, HEAD, OPTIONS, POST"}}},
         {"options", guest, "OPTIONS", articles, {}, {}, 204, {}, {}, {{"Allow", "GET, HEAD, OPTIONS, POST"}}},
         {"no such article", guest, "GET", articles + "/nothing", {}, {}, 404, "article"},
         {"no such revision", reader, "GET", articles + "/about/translations/nb/revisions/99", {}, {}, 404, "revision"},
         {"no such revision",
          reader,
          "GET",
          articles + "/about/translations/nb/revisions/x",
          {},
          {},
          404,
          "revision"}});
}

STELE_ON_BOTH_DATABASES(nothing_is_taken_that_could_not_be_read_again) {
    TestSite site(db);
    run(site, {{"a number beyond all bounds",
                editor,
                "POST",
                articles,
                {},
                R"({"source_locale": "en", "fields": {"size": [1e400]}, "translation": {"title": "Size"}})",
                400,
                "json"},
               {"a title of spaces",
                editor,
                "POST",
                articles,
                {},
                "{\"source_locale\": \"en\", \"translation\": {\"title\": \" \u00a0 \"}}",
                422,
                "invalid",
                {{"/errors/0/pointer", R"("/translation/title")"}}},
               {"a field with a name for a pointer",
                editor,
                "POST",
                articles,
                {},
                R"({"source_locale": "en", "translation": {"title": "Size", "fields": {"a/~b": "c"}}})",
                422,
                "invalid",
                {{"/errors/0/pointer", R"("/translation/fields/a~1~0b")"}}},
               {"a type that is no text", guest, "GET", articles + "?type=%ff", {}, {}, 400, "parameter"},
               {"a language where the API is",
                admin,
                "PUT",
                "/api/v1/locales/api",
                {},
                R"({"enabled": true})",
                422,
                "invalid"}});
}

STELE_ON_BOTH_DATABASES(an_answer_that_cannot_be_given_is_known_before_anything_is_written) {
    TestSite site(db);
    Client client(site, accounts::Role::editor);
    const auto tag = client.get(articles + "/about").etag();
    BOOST_TEST(client.patch(articles + "/about?locale=fi", R"({"priority": 7})", tag).status == 404);
    BOOST_TEST(client.patch(articles + "/about?locale=!", R"({"priority": 7})", tag).status == 400);
    BOOST_TEST(client.patch(articles + "/about?locale=nb", R"({"priority": 7})", tag).status == 200);
}

STELE_ON_BOTH_DATABASES(problems_speak_the_callers_language) {
    TestSite site(db);
    run(site, {{"English",
                guest,
                "GET",
                articles + "/nothing",
                {{"Accept-Language", "fi"}},
                {},
                404,
                "article",
                {{"/title", R"("Not found")"}},
                {{"Content-Language", "en"}}},
               {"Norwegian",
                guest,
                "GET",
                articles + "/nothing",
                {{"Accept-Language", "nn-NO, en;q=0.5"}},
                {},
                404,
                "article",
                {{"/title", R"("Ikke funnet")"}},
                {{"Content-Language", "nb"}}}});
}

BOOST_AUTO_TEST_SUITE_END()
