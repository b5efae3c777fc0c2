#include <boost/test/unit_test.hpp>

#include "src/locale/catalog.hpp"

using namespace stele;
using namespace stele::locale;

namespace {

using Files = std::map<std::string, std::string>;

Tag tag(std::string_view text) { return Tag::parse(text).value(); }

const Catalog& catalog() {
    static const Catalog words(Files{
        {"en",
         R"({"_note": 17, "plain": "It''s {not} plain", "quoted": "It's '{'literal'}' for {name}", "only.en": "English only",
                   "count": "{n, plural, =0 {none} one {# page} other {# pages}} of {name}", "number": "{n} pages",
                   "choice": "{kind, select, a {first} other {other ({kind})}}", "place": "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}"})"},
        {"nb",
         R"({"plain": "Det er {not} enkelt", "quoted": "x {name}", "count": "{n, plural, one {# side} other {# sider}} av {name}", "number": "{n} sider"})"},
        {"ar", R"({"count": "{n, plural, one {#} other {#}} {name}"})"},
    });
    return words;
}

std::string mistake_of(const std::string& json) {
    try {
        const Catalog catalog_of(Files{{"en", "{}"}, {"nb", json}});
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(catalogs)

BOOST_AUTO_TEST_CASE(say_messages_with_their_arguments) {
    const auto en = tag("en"), nb = tag("nb");
    BOOST_TEST(catalog().text(en, "plain", {{"not", "very"}}) == "It's very plain");
    BOOST_TEST(catalog().text(en, "quoted", {{"name", "Ada"}}) == "It's {literal} for Ada");
    BOOST_TEST(catalog().text(nb, "plain", {{"not", "ikke"}}) == "Det er ikke enkelt");
    BOOST_TEST(catalog().text(en, "plain") == "It's {not} plain");
    BOOST_TEST(catalog().text(en, "number", {{"n", std::int64_t(12345)}}) == "12,345 pages");
    BOOST_TEST(catalog().text(nb, "number", {{"n", std::int64_t(12345)}}) == "12\u00A0345 sider");
    BOOST_TEST(catalog().text(en, "plain", {{"not", "{not} 'a' {n, plural}"}}) == "It's {not} 'a' {n, plural} plain");
}

BOOST_AUTO_TEST_CASE(choose_plural_and_select_forms) {
    const auto en = tag("en"), nb = tag("nb");
    const auto count = [&](const Tag& in, std::int64_t n) {
        return catalog().text(in, "count", {{"n", n}, {"name", "'x' {y}"}});
    };
    BOOST_TEST(count(en, 0) == "none of 'x' {y}");
    BOOST_TEST(count(en, 1) == "1 page of 'x' {y}");
    BOOST_TEST(count(en, 1234) == "1,234 pages of 'x' {y}");
    BOOST_TEST(count(nb, 2) == "2 sider av 'x' {y}");
    BOOST_TEST(catalog().text(en, "choice", {{"kind", "a"}}) == "first");
    BOOST_TEST(catalog().text(en, "choice", {{"kind", "b"}}) == "other (b)");
    BOOST_TEST(catalog().text(en, "place", {{"n", std::int64_t(22)}}) == "22nd");
    BOOST_TEST(!catalog().text(en, "count").empty());
}

BOOST_AUTO_TEST_CASE(answer_in_the_closest_language) {
    BOOST_TEST(catalog().interface_tag(tag("nb")).text() == "nb");
    BOOST_TEST(catalog().interface_tag(tag("nn-NO")).text() == "nb");
    BOOST_TEST(catalog().interface_tag(tag("nb-x-easy")).text() == "nb");
    BOOST_TEST(catalog().interface_tag(tag("en-AU")).text() == "en");
    BOOST_TEST(catalog().interface_tag(tag("ckb")).text() == "en");
    BOOST_TEST(catalog().interface_tag(tag("zh-Hant")).text() == "en");
    BOOST_TEST(catalog().text(tag("nb"), "only.en") == "English only");
    BOOST_TEST(catalog().text(tag("nb"), "no.such.key") == "no.such.key");
    BOOST_TEST(catalog().has("plain"));
    BOOST_TEST(!catalog().has("_note"));
}

BOOST_AUTO_TEST_CASE(know_their_arguments_and_plural_forms) {
    BOOST_TEST(catalog().arguments("en", "count") == (std::vector<std::string>{"n", "name"}),
               boost::test_tools::per_element());
    BOOST_TEST(catalog().arguments("en", "choice") == (std::vector<std::string>{"kind"}),
               boost::test_tools::per_element());
    BOOST_TEST(catalog().arguments("en", "nothing").empty());
    BOOST_TEST(catalog().missing_plurals("en", "count").empty());
    BOOST_TEST(catalog().missing_plurals("en", "place").empty());
    BOOST_TEST(catalog().missing_plurals("ar", "count") ==
                   (std::vector<std::string>{"n: few", "n: many", "n: two", "n: zero"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(refuse_files_with_mistakes) {
    BOOST_TEST(mistake_of(R"({"good": "x"})") == "");
    for (const auto& [json, mistake] : std::vector<std::pair<std::string, std::string>>{
             {"{", "nb.json: not JSON"},
             {"[]", "nb.json: not a JSON object"},
             {R"({"a": {"b": "c"}})", "nb.json: a: the value is not a string"},
             {R"({"a": ""})", "nb.json: a: the value is empty"},
             {R"({"a": "{open"})", "nb.json: a: invalid MessageFormat"},
             {R"({"a": "{0} pages"})", "nb.json: a: arguments have names"},
             {R"({"a": "{n, plural, one {x}}"})", "nb.json: a: invalid MessageFormat"},
             {R"({"a": "{n, wrong}"})", "nb.json: a: invalid MessageFormat"},
         })
        BOOST_TEST(mistake_of(json).starts_with(mistake), json << " gives " << mistake_of(json));
    BOOST_CHECK_THROW(Catalog(Files{{"nb", "{}"}}), std::runtime_error);
    BOOST_CHECK_THROW(Catalog((Files{{"en", "{}"}, {"not a tag", "{}"}})), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(are_shared_by_threads) {
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (std::int64_t i = 2; i < 200; ++i)
                wrong +=
                    catalog().text(tag("nn"), "count", {{"n", i}, {"name", "x"}}) != std::to_string(i) + " sider av x";
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
