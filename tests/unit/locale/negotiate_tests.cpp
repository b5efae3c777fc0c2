#include <boost/test/unit_test.hpp>

#include "src/locale/chain.hpp"

using namespace stele::locale;

namespace {

Tag tag(std::string_view text) { return Tag::parse(text).value(); }

std::vector<Enabled> enabled(std::initializer_list<std::string_view> texts) {
    std::vector<Enabled> all;
    for (const auto text : texts) all.push_back({tag(text), std::nullopt, int(all.size())});
    return all;
}

std::string given(std::string_view header, const std::vector<Enabled>& locales, std::string_view site_default = "en") {
    return negotiate(header, locales, tag(site_default)).locale.text();
}

std::string explained(std::string_view header, const std::vector<Enabled>& locales) {
    std::string text;
    for (const auto& s : negotiate(header, locales, tag("en")).steps)
        text += s.range + ":" + s.rule + ":" + s.result + " ";
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(negotiation)

BOOST_AUTO_TEST_CASE(gives_what_is_asked_for) {
    const auto site = enabled({"en", "nb", "de", "ar", "zh-Hant"});
    BOOST_TEST(given("nb", site) == "nb");
    BOOST_TEST(given("no", site) == "nb");
    BOOST_TEST(given("no-NO", site) == "nb");
    BOOST_TEST(given("de-AT, en;q=0.9", site) == "de");
    BOOST_TEST(given("ar-EG", site) == "ar");
    BOOST_TEST(given("zh-TW", site) == "zh-Hant");
    BOOST_TEST(given("", site) == "en");
    BOOST_TEST(given("fi, tlh", site) == "en");
    BOOST_TEST(given("*", site) == "en");
    BOOST_TEST(given("fi, *;q=0.5", site, "de") == "de");
}

BOOST_AUTO_TEST_CASE(lets_a_near_language_come_before_a_later_exact_one) {
    const auto site = enabled({"en", "nb"});
    BOOST_TEST(given("nn-NO,nn;q=0.9,en;q=0.5", site) == "nb");
    BOOST_TEST(given("nn,en", site) == "nb");
    BOOST_TEST(given("en-AU,nb;q=0.9", site) == "en");
    BOOST_TEST(given("nb;q=0.3,en;q=0.5", site) == "en");
    BOOST_TEST(given("da,en;q=0.5", site) == "nb");
}

BOOST_AUTO_TEST_CASE(never_takes_another_language_for_the_wanted_one) {
    BOOST_TEST(given("uk", enabled({"en", "ru"})) == "en");
    BOOST_TEST(given("ku", enabled({"en", "tr"})) == "en");
    BOOST_TEST(given("ckb", enabled({"en", "ar"})) == "en");
    BOOST_TEST(given("ckb-IQ,ckb;q=0.9", enabled({"en", "ar", "fa"})) == "en");
    BOOST_TEST(given("nb", enabled({"en", "nb-x-easy"})) == "en");
    BOOST_TEST(given("nb-NO", enabled({"en", "nb-x-easy"})) == "en");
    BOOST_TEST(given("zh-TW", enabled({"en", "zh-Hans"})) == "en");
    BOOST_TEST(given("zh-Hant", enabled({"en", "zh"})) == "en");
    BOOST_TEST(given("zh-HK", enabled({"en", "zh-Hans", "zh-CN"})) == "en");
    BOOST_TEST(given("sr-Latn", enabled({"en", "hr"})) != "ru");
}

BOOST_AUTO_TEST_CASE(goes_elsewhere_where_a_chain_says_so) {
    auto site = enabled({"en", "ru", "de"});
    site.push_back({tag("uk"), std::vector{tag("de"), tag("ru")}, 9, false});
    BOOST_TEST(given("uk", site) == "de");
    BOOST_TEST(given("uk-UA,ru;q=0.9", site) == "de");
    BOOST_TEST(explained("uk-UA", site) == "uk-UA:configured:de ");
    site.back().fallback = std::vector{tag("en"), tag("ru")};  // the site's default comes only after all other wishes
    BOOST_TEST(given("uk,de;q=0.5", site) == "ru");
    site.back().fallback = std::vector{tag("en")};
    BOOST_TEST(given("uk,de;q=0.5", site) == "de");
}

BOOST_AUTO_TEST_CASE(takes_the_nearest_parent_that_is_configured) {
    auto site = enabled({"en", "nb", "nn", "da"});
    site[2].fallback = std::vector{tag("da")};
    BOOST_TEST(given("nn-NO", site) == "nn");
    BOOST_TEST(explained("nn-NO", site) == "nn-NO:configured:nn ");
    site[2].enabled = false;
    BOOST_TEST(given("nn-NO", site) == "da");
    site[1].fallback = std::vector<Tag>{};
    site[2] = {tag("nn"), std::nullopt, 2};
    BOOST_TEST(given("nn-NO", site) == "nn");
    site[0].fallback = std::vector{tag("nb")};
    BOOST_TEST(given("en-AU", site) == "en");
}

BOOST_AUTO_TEST_CASE(respects_what_a_reader_does_not_want) {
    const auto site = enabled({"en", "nb", "de"});
    BOOST_TEST(given("nn, nb;q=0", site) == "en");
    BOOST_TEST(given("*, en;q=0", site) == "nb");
    BOOST_TEST(given("en-GB, en;q=0", enabled({"en", "en-GB"})) == "en-GB");
    BOOST_TEST(given("no;q=0, *", enabled({"nb", "en", "de"}), "nb") == "en");
    BOOST_TEST(given("en;q=0, nb;q=0, de;q=0", site) == "en");
}

BOOST_AUTO_TEST_CASE(private_use_is_given_only_to_those_who_ask_for_it) {
    const auto site = enabled({"nb-x-easy", "nb", "en"});
    BOOST_TEST(given("nb", site) == "nb");
    BOOST_TEST(given("nb-x-easy", site) == "nb-x-easy");
    BOOST_TEST(given("nb-x-other", site) == "nb");
    BOOST_TEST(given("nn", site) == "nb");
}

BOOST_AUTO_TEST_CASE(says_why) {
    const auto site = enabled({"en", "nb"});
    BOOST_TEST(explained("nb", site) == "nb:exact:nb ");
    BOOST_TEST(explained("i-default, fi, nn;q=0.5, en;q=0.1", site) == "i-default:invalid: fi:none: nn:matcher:nb ");
    BOOST_TEST(explained("fi, nb;q=0", site) == "fi:none: nb:excluded: :default:en ");
    BOOST_TEST(explained("*;q=0.5, fi", site) == "fi:none: *:default:en ");
}

BOOST_AUTO_TEST_SUITE_END()
