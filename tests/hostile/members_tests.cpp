// Texts that are no JSON, and JSON that is not what was asked for.
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(members)

STELE_ON_BOTH_DATABASES(what_is_no_json_or_two_things_at_once_is_not_read) {
    HostileSite site(db);
    const std::string json = "valid JSON, from byte";
    const auto broken = [&](const std::string& name, const std::string& body) {
        return Case{name, editor, "POST", articles, body, 400, "json", {}, json};
    };
    const std::string deep = std::string(10'000, '[') + std::string(10'000, ']');
    std::string objects;
    for (int i = 0; i < 10'000; ++i) objects += R"({"a":)";
    refuse_all(
        site,
        {broken("nothing at all", " "),
         broken("a high surrogate", titled(R"(\ud800)")),
         broken("a low surrogate", titled(R"(\udc00)")),
         broken("two high ones", titled(R"(\ud83d\ud83d)")),
         broken("turned round", titled(R"(\ude00\ud83d)")),
         broken("cut", titled("x").substr(0, 20)),
         broken("more than one", "{}{}"),
         broken("a comment", "{/* */}"),
         broken("a comma", "{\"a\": 1,}"),
         broken("a byte order mark", "\xef\xbb\xbf{}"),
         broken("NaN", R"({"priority": NaN})"),
         broken("infinity", R"({"priority": -Infinity})"),
         broken("1e400", R"({"priority": 1e400})"),
         broken("1e400 in a field", R"({"fields": {"x": 1e400}, "translation": {"title": "T"}})"),
         broken("a leading zero", R"({"priority": 01})"),
         broken("a plus", R"({"priority": +1})"),
         {"deep", editor, "POST", articles, "{\"fields\": " + deep + "}", 400, "json-depth", {}, "Send it flatter"},
         {"deep objects", editor, "POST", articles, objects, 400, "json-depth", {}, "Send it flatter"},
         {"a member twice",
          editor,
          "POST",
          articles,
          R"({"key": "a", "key": "b"})",
          400,
          "json-duplicate",
          {},
          "Leave one"},
         {"twice inside",
          editor,
          "POST",
          articles,
          R"({"translation": {"title": "a", "\u0074itle": "b"}})",
          400,
          "json-duplicate",
          {},
          "Leave one"},
         {"no object", editor, "POST", articles, "[]", 422, "invalid", "pointer ", "has to be an object"},
         {"null", editor, "POST", articles, "null", 422, "invalid", "pointer ", "has to be an object"},
         {"no JSON by its type",
          editor,
          "POST",
          articles,
          "{}",
          415,
          "not-json",
          {},
          "application/json",
          {{"Content-Type", "text/plain"}}},
         {"a form",
          editor,
          "POST",
          articles,
          "key=a",
          415,
          "not-json",
          {},
          "application/json",
          {{"Content-Type", "application/x-www-form-urlencoded"}}},
         {"no type", editor, "POST", articles, "{}", 415, "not-json", {}, "application/json", {{"Content-Type", ""}}},
         {"like JSON",
          editor,
          "POST",
          articles,
          "{}",
          415,
          "not-json",
          {},
          "application/json",
          {{"Content-Type", "application/json-patch+json"}}}});
}

STELE_ON_BOTH_DATABASES(members_are_of_their_type_and_in_their_range) {
    HostileSite site(db);
    std::vector<Case> cases;
    const auto wrong = [&](const std::string& member, const std::string& pointer, const std::string& says) {
        cases.push_back({member, editor, "POST", articles, R"({"translation": {"title": "T"}, )" + member + "}", 422,
                         "invalid", "pointer " + pointer, says});
    };
    wrong(R"("priority": -1)", "/priority", "between 0 and 9");
    wrong(R"("priority": 10)", "/priority", "between 0 and 9");
    wrong(R"("priority": 9223372036854775807)", "/priority", "between 0 and 9");
    wrong(R"("priority": 9223372036854775808)", "/priority", "between 0 and 9");
    wrong(R"("priority": -9223372036854775808)", "/priority", "between 0 and 9");
    wrong(R"("priority": 1.5)", "/priority", "a whole number");
    wrong(R"("priority": 1e300)", "/priority", "a whole number");
    wrong(R"("priority": "1")", "/priority", "a whole number");
    wrong(R"("priority": null)", "/priority", "a whole number");
    wrong(R"("priority": true)", "/priority", "a whole number");
    wrong(R"("key": 1)", "/key", "has to be text");
    wrong(R"("key": ["a"])", "/key", "has to be text");
    wrong(R"("type": null)", "/type", "has to be text");
    wrong(R"("type": "nothing")", "/type", "Choose another");
    wrong(R"("source_locale": 5)", "/source_locale", "has to be text");
    wrong(R"("fields": [])", "/fields", "an object");
    wrong(R"("colour": "red")", "/colour", "Leave it out");
    wrong(R"("": 1)", "/", "Leave it out");
    wrong(R"("a/b~c": 1)", "/a~1b~0c", "Leave it out");
    wrong(R"("__proto__": {})", "/__proto__", "Leave it out");
    const std::string nb = articles + "/about/translations/nb";
    const test::Headers seen{{"If-Match", site.translation(site.about, "nb").version.etag()}};
    const auto patch = [&](const std::string& body, const std::string& pointer, const std::string& says) {
        cases.push_back(
            {body.substr(0, 40), translator, "PATCH", nb, body, 422, "invalid", "pointer " + pointer, says, seen});
    };
    patch(R"({"title": {"text": "T"}})", "/title", "has to be text");
    patch(R"({"body": null})", "/body", "has to be text");
    patch(R"({"mode": "free"})", "/mode", "one of: aligned, independent");
    patch(R"({"segments": {}})", "/segments", "a list");
    patch(R"({"segments": ["b1"]})", "/segments/0", "an object");
    patch(R"({"segments": [{"id": "b1"}]})", "/segments/0/text", "has to be filled in");
    patch(R"({"segments": [{"text": "x"}]})", "/segments/0/id", "has to be filled in");
    patch(R"({"segments": [{"id": "nothing", "text": "x"}]})", "/segments/0/id", "Read its segments again");
    patch(R"({"segments": [{"id": "title", "text": "x"}, {"id": "title", "text": "y"}]})", "/segments/1/id",
          "more than once");
    patch(R"({"fields": {"nothing": "x"}})", "/fields/nothing", "nothing to translate");
    patch(R"({"translation": {}})", "/translation", "Leave it out");
    cases.push_back({"put", translator, "PUT", nb, R"({"body": "x"})", 422, "invalid", "pointer /title",
                     "has to be filled in", seen});
    cases.push_back({"publish", editor, "POST", nb + "/publish", R"({"incomplete": 1})", 422, "invalid",
                     "pointer /incomplete", "true or false", seen});
    cases.push_back({"publish", editor, "POST", nb + "/publish", R"({"locales": "all"})", 422, "invalid",
                     "pointer /locales", "one of: published", seen});
    cases.push_back({"keep", editor, "POST", nb + "/keep", R"({"segments": []})", 422, "invalid", "pointer /segments",
                     "has to be filled in", seen});
    cases.push_back({"position", admin, "PUT", "/api/v1/locales/nb", R"({"position": -1})", 422, "invalid",
                     "pointer /position", "between 0 and"});
    refuse_all(site, cases);
}

STELE_ON_BOTH_DATABASES(queries_are_of_their_type_and_in_their_range) {
    HostileSite site(db);
    std::vector<Case> cases;
    for (const std::string limit : {"0", "-1", "201", "1000000000", "9223372036854775808", "1e2", "1.5", "x", ""})
        for (const auto& list :
             {articles + "?", std::string("/api/v1/worklist?"), articles + "/about/translations/nb/revisions?"})
            cases.push_back({"limit",
                             reader,
                             "GET",
                             list + "limit=" + limit,
                             {},
                             400,
                             "parameter",
                             "parameter limit",
                             "between 1 and 200"});
    cases.push_back({"sort",
                     guest,
                     "GET",
                     articles + "?sort=colour",
                     {},
                     400,
                     "parameter",
                     "parameter sort",
                     "one of: title, published"});
    cases.push_back({"fallback",
                     guest,
                     "GET",
                     articles + "?fallback=all",
                     {},
                     400,
                     "parameter",
                     "parameter fallback",
                     "one of: none"});
    cases.push_back({"state",
                     reader,
                     "GET",
                     "/api/v1/worklist?state=untranslated,finished",
                     {},
                     400,
                     "parameter",
                     "parameter state",
                     "one of: untranslated"});
    cases.push_back({"sort",
                     reader,
                     "GET",
                     "/api/v1/worklist?sort=colour",
                     {},
                     400,
                     "parameter",
                     "parameter sort",
                     "one of: title, words, age, priority"});
    cases.push_back({"pending",
                     reader,
                     "GET",
                     "/api/v1/worklist?pending=yes",
                     {},
                     400,
                     "parameter",
                     "parameter pending",
                     "one of: 0, 1"});
    cases.push_back({"explain",
                     guest,
                     "GET",
                     "/api/v1/negotiate?accept=nb&explain=2",
                     {},
                     400,
                     "parameter",
                     "parameter explain",
                     "one of: 0, 1"});
    cases.push_back(
        {"an id beyond all", guest, "GET", articles + "/9223372036854775808", {}, 404, "article", {}, "its number"});
    cases.push_back({"an id below all", guest, "GET", articles + "/-1", {}, 404, "article", {}, "its number"});
    cases.push_back({"a revision beyond all",
                     reader,
                     "GET",
                     articles + "/about/translations/nb/revisions/9223372036854775808",
                     {},
                     404,
                     "revision",
                     {},
                     "list of revisions"});
    refuse_all(site, cases);
}

STELE_ON_BOTH_DATABASES(methods_that_are_not_there_say_which_are) {
    HostileSite site(db);
    std::vector<Case> cases;
    for (const std::string method : {"PUT", "PATCH", "DELETE", "TRACE", "BREW", "get"})
        cases.push_back({method, admin, method, articles, "{}", 405, "method-not-allowed", {}, "Allow header"});
    refuse_all(site, cases);
    BOOST_TEST(site.send("PUT", articles).header("Allow") == "GET, HEAD, OPTIONS, POST");
    BOOST_TEST(site.send("OPTIONS", articles + "/about/translations/nb").header("Allow") ==
               "DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
    test::RawConnection connection(site.port());
    connection.send("HEAD " + articles + "/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const auto head = connection.read_response(true);
    BOOST_TEST(head.status == 404);
    connection.send("HEAD " + articles + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    BOOST_TEST(connection.read_response(true).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
