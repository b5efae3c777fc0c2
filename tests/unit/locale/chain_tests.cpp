#include <boost/test/unit_test.hpp>

#include "src/locale/chain.hpp"
#include "src/locale/parents.hpp"

using namespace stele::locale;

namespace {

Tag tag(std::string_view text) { return Tag::parse(text).value(); }

std::vector<Tag> tags(std::initializer_list<std::string_view> texts) {
    std::vector<Tag> all;
    for (const auto text : texts) all.push_back(tag(text));
    return all;
}

std::vector<Enabled> enabled(std::initializer_list<std::string_view> texts) {
    std::vector<Enabled> all;
    for (const auto text : texts) all.push_back({tag(text), std::nullopt, int(all.size())});
    return all;
}

std::string joined(const std::vector<Tag>& all) {
    std::string text;
    for (const auto& one : all) text += (text.empty() ? "" : " ") + one.text();
    return text;
}

std::string chain(std::string_view text, const std::vector<Enabled>& locales) {
    return joined(chain_of(tag(text), locales, tag("en")));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(parents)

BOOST_AUTO_TEST_CASE(are_those_of_CLDR) {
    const std::pair<const char*, const char*> rows[] = {
        {"nn", "nb"},
        {"nn-NO", "nn nb"},
        {"nb", ""},
        {"nb-NO", "nb"},
        {"de-AT", "de"},
        {"en-AU", "en-001 en"},
        {"en-CH", "en-150 en-001 en"},
        {"es-MX", "es-419 es"},
        {"pt-AO", "pt-PT pt"},
        {"zh-TW", "zh-Hant"},
        {"zh-Hant-MO", "zh-Hant-HK zh-Hant"},
        {"zh-Hans-CN", "zh-Hans zh"},
        {"zh-Hant", ""},
        {"sr-ME", "sr-Latn"},
        {"sr-Latn", ""},
        {"de-Arab", ""},
        {"nb-x-easy", "nb"},
        {"nb-x-easy-read", "nb-x-easy nb"},
        {"de-1996", "de"},
        {"da", ""},
    };
    for (const auto& [child, expected] : rows)
        BOOST_TEST(joined(parents_of(tag(child))) == expected, child << " has " << joined(parents_of(tag(child))));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(chains)

BOOST_AUTO_TEST_CASE(are_derived_from_the_parents_that_are_enabled) {
    BOOST_TEST(chain("nn", enabled({"en", "nb", "nn", "da"})) == "nn nb en");
    BOOST_TEST(chain("nn-NO", enabled({"en", "nb", "nn-NO"})) == "nn-NO nb en");
    BOOST_TEST(chain("nb", enabled({"en", "nb", "nn"})) == "nb en");
    BOOST_TEST(chain("zh-Hant-TW", enabled({"en", "zh", "zh-Hans", "zh-Hant-TW"})) == "zh-Hant-TW en");
    BOOST_TEST(chain("nb-x-easy", enabled({"nb-x-easy", "nb"})) == "nb-x-easy nb en");
    BOOST_TEST(chain("uk", enabled({"uk", "ru"})) == "uk en");
}

BOOST_AUTO_TEST_CASE(are_taken_as_configured) {
    auto locales = enabled({"en", "nb", "nn", "da", "sv"});
    locales[2].fallback = tags({"nb", "da", "fi"});
    BOOST_TEST(chain("nn", locales) == "nn nb da en");
    locales[2].fallback = tags({});
    BOOST_TEST(chain("nn", locales) == "nn en");
    locales[2].fallback = tags({"en", "nb", "nn", "nb"});
    BOOST_TEST(chain("nn", locales) == "nn nb en");
}

BOOST_AUTO_TEST_CASE(end_at_the_sites_default) {
    auto locales = enabled({"en", "nb"});
    BOOST_TEST(chain("en", locales) == "en");
    BOOST_TEST(chain("en-GB", locales) == "en-GB en");
    locales[0].fallback = tags({"nb"});
    BOOST_TEST(chain("en", locales) == "en nb");
}

BOOST_AUTO_TEST_CASE(leave_out_what_is_configured_but_not_enabled) {
    auto locales = enabled({"en", "nb", "nn"});
    locales[1].enabled = false;
    BOOST_TEST(chain("nn", locales) == "nn en");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(accept_language)

BOOST_AUTO_TEST_CASE(is_read_by_the_grammar) {
    const std::pair<std::string, std::string> rows[] = {
        {"nb", "nb=1000 "},
        {"nn-NO,nn;q=0.9,en;q=0.5", "nn-NO=1000 nn=900 en=500 "},
        {" en ; q=0.5 ,\tnb ", "nb=1000 en=500 "},
        {"en;q=0.5, da;q=0.5, nb;q=0.75", "nb=750 en=500 da=500 "},
        {"*;q=0.1, nb;Q=0.123", "nb=123 *=100 "},
        {"en;q=0, nb;q=1.000", "nb=1000 en=0 "},
        {",, ,nb,,", "nb=1000 "},
        {"en;q=2, da;q=1.001, sv;q=0.1234, fi;q=, is;q, fo;v=1, nb", "nb=1000 "},
        {"en_US, 1a, -nb, nb-, n--b, nörsk, toolongsubtag, da", "da=1000 "},
        {"", ""},
        {";q=1", ""},
    };
    for (const auto& [header, expected] : rows) {
        std::string read;
        for (const auto& p : parse_accept_language(header)) read += p.range + "=" + std::to_string(p.q) + " ";
        BOOST_TEST(read == expected, header);
    }
}

BOOST_AUTO_TEST_CASE(is_bounded) {
    std::string many, long_one(65, 'a');
    for (int i = 0; i < 2000; ++i) many += "nb,";
    BOOST_TEST(parse_accept_language(many).size() == 50u);
    std::string parts = "nb";
    for (int i = 0; i < 40; ++i) parts += "-aaaaaaaa";
    BOOST_TEST(parse_accept_language(parts).empty());
    std::string cut = "da," + std::string(4090, ' ') + "nb-NO";  // the limit falls inside of nb-NO
    BOOST_TEST_REQUIRE(parse_accept_language(cut).size() == 1u);
    BOOST_TEST(parse_accept_language(cut)[0].range == "da");
    BOOST_TEST(parse_accept_language(std::string(100'000, 'n')).empty());
}

BOOST_AUTO_TEST_SUITE_END()
