// Bytes that are no text.
#include "tests/api/studio_person.hpp"
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(bytes)

STELE_ON_BOTH_DATABASES(what_is_not_utf8_is_refused_wherever_it_stands) {
    HostileSite site(db);
    const std::string json = "valid JSON, from byte", utf8 = "Encode it as UTF-8";
    std::vector<Case> cases;
    for (const std::string bytes : {"%ff", "%c0%af", "%ed%a0%80", "%e2%82", "%f4%90%80%80"}) {
        cases.push_back({"path", reader, "GET", articles + "/" + bytes, {}, 400, "path", {}, utf8});
        cases.push_back({"slug", guest, "GET", "/api/v1/pages/nb/" + bytes, {}, 400, "path", {}, utf8});
        for (const std::string name : {"type", "sort", "after", "limit", "fallback", "locale"})
            cases.push_back({"query",
                             guest,
                             "GET",
                             articles + "?" + name + "=" + bytes,
                             {},
                             400,
                             "parameter",
                             "parameter " + name,
                             utf8});
        cases.push_back({"accept",
                         guest,
                         "GET",
                         "/api/v1/negotiate?accept=" + bytes,
                         {},
                         400,
                         "parameter",
                         "parameter accept",
                         utf8});
        const auto raw = http::percent_decoded(bytes);
        cases.push_back({"JSON", editor, "POST", articles, titled(raw), 400, "json", {}, json});
        cases.push_back({"a name in JSON", editor, "POST", articles, "{\"" + raw + "\": 1}", 400, "json", {}, json});
    }
    // Of headers only If-Match says something that an answer depends on.
    cases.push_back({"If-Match",
                     translator,
                     "PATCH",
                     articles + "/about/translations/nb",
                     R"({"title": "T"})",
                     412,
                     "version-conflict",
                     {},
                     "Compare both texts",
                     {{"If-Match", "\"\xff\""}}});
    refuse_all(site, cases);
    const test::Headers strange{{"Accept-Language", "\xff, nb;q=\xfe"}, {"User-Agent", "\xc3\x28"}};
    BOOST_TEST(site.send("GET", articles + "?locale=nb", {}, {}, strange).status == 200);
    BOOST_TEST(site.send("GET", "/api/v1/coverage", "stele_\xff").status == 401);
}

STELE_ON_BOTH_DATABASES(nul_and_other_controls_stand_nowhere) {
    HostileSite site(db);
    const std::string out = "Take it out", json = "valid JSON, from byte";
    using namespace std::string_literals;
    std::vector<Case> cases{
        {"a raw NUL in JSON", editor, "POST", articles, titled("a\0b"s), 400, "json", {}, json},
        {"an escaped NUL", editor, "POST", articles, titled(R"(a\u0000b)"), 422, "invalid",
         "pointer /translation/title", out},
        {"a NUL in a body", editor, "POST", articles, R"({"translation": {"title": "T", "body": "a\u0000b"}})", 422,
         "invalid", "pointer /translation/body", out},
        {"a NUL in a key", editor, "POST", articles, R"({"key": "a\u0000b", "translation": {"title": "T"}})", 422,
         "invalid", "pointer /key", out},
        {"a NUL in a slug", editor, "POST", articles, R"({"translation": {"title": "T", "slug": "a\u0000b"}})", 422,
         "invalid", "pointer /translation/slug", out},
        {"a NUL in shared fields", editor, "POST", articles,
         R"({"fields": {"x": {"y": ["\u0000"]}}, "translation": {"title": "T"}})", 422, "invalid",
         "pointer /fields/x/y/0", out},
        {"a NUL in a field's name", editor, "POST", articles,
         R"({"fields": {"a\u0000": 1}, "translation": {"title": "T"}})", 422, "invalid", "pointer /fields/a\0"s, out},
        {"a NUL in a segment", translator, "PATCH", articles + "/about/translations/nb",
         R"({"segments": [{"id": "title", "text": "a\u0000"}]})", 422, "invalid", "pointer /segments/0/text", out},
        {"a NUL in a segment's id", translator, "PATCH", articles + "/about/translations/nb",
         R"({"segments": [{"id": "ti\u0000tle", "text": "a"}]})", 422, "invalid", "pointer /segments/0/id", out},
        {"a NUL in a reason", editor, "POST", articles + "/about/translations/nb/keep",
         R"({"segments": "all", "reason": "\u0000"})", 422, "invalid", "pointer /reason", out},
        {"an escape", editor, "POST", articles, titled(R"(a\u001b[31m)"), 422, "invalid", "pointer /translation/title",
         out},
        {"a C1 control", editor, "POST", articles, titled("a\u0085b"), 422, "invalid", "pointer /translation/title",
         out},
        {"a line end in a title", editor, "POST", articles, titled(R"(a\nb)"), 422, "invalid",
         "pointer /translation/title", out}};
    refuse_all(site, cases);
}

// What people's browsers send is answered by a page.
STELE_ON_BOTH_DATABASES(forms_and_addresses_of_pages_are_text_too) {
    HostileSite site(db);
    Person kari(site, "kari", accounts::Role::editor);
    const auto path = form_path(site.harbour, "en");
    const auto form = encoded(fields_of(kari.get(path).text, path));
    const auto before = site.dump();
    using namespace std::string_literals;
    for (const auto& broken : {"%ff"s, "%ed%a0%80"s, "%00"s, "a%0"s, "%"s, "\xff"s, "a\0b"s}) {
        for (const std::string field : {"s.title", "slug", "action"}) {
            BOOST_TEST_CONTEXT(field << "=" << broken) {
                const auto page = kari.post_raw(path, form + "&" + field + "=" + broken);
                BOOST_TEST(page.status == 400);
                BOOST_TEST(has(page, "reload the page"));
            }
        }
        BOOST_TEST(kari.post_raw("/studio/new", form + "&title=" + broken).status == 400);
    }
    for (const std::string bytes : {"%ff", "%c0%af", "%ed%a0%80"}) {
        BOOST_TEST(kari.get("/studio/articles?q=" + bytes).status == 400);
        BOOST_TEST(kari.get("/studio/worklist/nb?state=" + bytes).status == 400);
        BOOST_TEST(kari.get("/studio/articles/" + bytes).status == 400);
        BOOST_TEST(site.send("GET", "/nb/" + bytes).status == 400);
        BOOST_TEST(site.send("GET", "/nb/?type=" + bytes).status == 404);
        BOOST_TEST(site.send("GET", "/nb/?after=" + bytes).status == 400);
        // Links to a page may carry what other sites have put there.
        BOOST_TEST(site.send("GET", "/nb/om-oss?from=" + bytes).status == 200);
    }
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
}

// Whoever sends these has not sent a request that says a language.
STELE_ON_BOTH_DATABASES(a_request_that_is_no_http_is_refused_by_the_front) {
    HostileSite site(db);
    using namespace std::string_literals;
    const auto before = site.dump();
    const std::string host = "\r\nHost: localhost\r\nConnection: close\r\n";
    for (const auto& [name, head] : std::vector<std::pair<std::string, std::string>>{
             {"an encoded NUL in the path", "GET /api/v1/articles/a%00b HTTP/1.1" + host},
             {"an encoded NUL in the query", "GET /api/v1/articles?type=a%00b HTTP/1.1" + host},
             {"a raw NUL in the path", "GET /api/v1/a\0b HTTP/1.1"s + host},
             {"a raw byte in the path", "GET /api/v1/\xff HTTP/1.1" + host},
             {"a NUL in a header", "GET /api/v1/articles HTTP/1.1" + host + "X-A: a\0b\r\n"s},
             {"half an escape", "GET /api/v1/articles/%4 HTTP/1.1" + host},
             {"an encoded slash", "GET /api/v1/articles/a%2fb HTTP/1.1" + host},
             {"dots", "GET /api/v1/../v1/articles HTTP/1.1" + host},
             {"encoded dots", "GET /api/v1/%2e%2E/articles HTTP/1.1" + host}}) {
        BOOST_TEST_CONTEXT(name) {
            test::RawConnection connection(site.port());
            connection.send(head + "\r\n");
            const auto response = connection.read_response();
            BOOST_TEST(response.status == 400);
            BOOST_TEST(response.header("Content-Type") == "application/problem+json");
            const auto problem = boost::json::parse(response.body);
            BOOST_TEST(!problem.at("detail").as_string().empty());
        }
    }
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
}

BOOST_AUTO_TEST_SUITE_END()
