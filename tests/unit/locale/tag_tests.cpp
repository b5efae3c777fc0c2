#include <boost/test/unit_test.hpp>

#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

using namespace stele::locale;

namespace {

std::string canonical(std::string_view text) {
    const auto tag = Tag::parse(text);
    return tag ? tag->text() : "(refused)";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tags)

BOOST_AUTO_TEST_CASE(are_written_in_their_canonical_form) {
    const std::pair<const char*, const char*> rows[] = {
        {"nb", "nb"},
        {"NB", "nb"},
        {"en-us", "en-US"},
        {"EN-US", "en-US"},
        {"zh-hant", "zh-Hant"},
        {"zh-hans-cn", "zh-Hans-CN"},
        {"iw", "he"},
        {"mo", "ro"},
        {"sh", "sr-Latn"},
        {"tl", "fil"},
        {"cmn", "zh"},
        {"zh-cmn", "zh"},
        {"de-DD", "de-DE"},
        {"es-419", "es-419"},
        {"sl-rozaj-biske", "sl-biske-rozaj"},
        {"ja-Latn-hepburn-heploc", "ja-Latn-alalc97"},
        {"NB-X-EASY", "nb-x-easy"},
        {"nb-x-easy-read", "nb-x-easy-read"},
        {"art-lojban", "jbo"},
        {"cel-gaulish", "xtg"},
    };
    for (const auto& [given, expected] : rows)
        BOOST_TEST(canonical(given) == expected, given << " is " << canonical(given));
}

BOOST_AUTO_TEST_CASE(no_is_nb) {
    BOOST_TEST(canonical("no") == "nb");
    BOOST_TEST(canonical("no-NO") == "nb-NO");
    BOOST_TEST(canonical("no-bok") == "nb");
    BOOST_TEST(canonical("no-nyn") == "nn");
    BOOST_TEST(canonical("no-x-easy") == "nb-x-easy");
}

BOOST_AUTO_TEST_CASE(say_a_likely_script_that_is_not_the_languages_own) {
    const std::pair<const char*, const char*> rows[] = {
        {"zh-TW", "zh-Hant-TW"}, {"zh-HK", "zh-Hant-HK"},
        {"zh-CN", "zh-CN"},      {"sr-ME", "sr-Latn-ME"},
        {"uz-AF", "uz-Arab-AF"}, {"pa-PK", "pa-Arab-PK"},
        {"mn-CN", "mn-Mong-CN"}, {"en-US", "en-US"},
        {"nn-NO", "nn-NO"},      {"zh-TW-x-easy", "zh-Hant-TW-x-easy"},
    };
    for (const auto& [given, expected] : rows)
        BOOST_TEST(canonical(given) == expected, given << " is " << canonical(given));
}

BOOST_AUTO_TEST_CASE(junk_is_refused) {
    const char* rows[] = {
        "",
        "-",
        "e",
        "C",
        "POSIX",
        "root",
        "und",
        "und-NO",
        "x-easy",
        "i-klingon",
        "i-default",
        "en-GB-oed",
        "zh-min",
        "mul",
        "zxx",
        "english",
        "en_US",
        "en--US",
        "en-",
        "-en",
        "en-x-",
        "en-x",
        "en-u-co-phonebk",
        "en-a-foo",
        "en-US-posix",
        "nb-x-toolongsubtag",
        "nb NO",
        "nb\n",
        "nb/..",
        "norsk bokmål",
        "en-US-US",
        "nb-NB",
        "de-1996-1996",
        "12",
        "n1",
        "en-Latn-Latn",
        "..",
        "en-aaaaa-bbbbb-ccccc-ddddd-eeeee-fffff-ggggg-hhhhh-iiiii-jjjjj-kkkkk",
    };
    for (const auto* given : rows) BOOST_TEST(canonical(given) == "(refused)", given << " is " << canonical(given));
    BOOST_TEST(canonical(std::string_view("nb\0", 3)) == "(refused)");
}

BOOST_AUTO_TEST_CASE(a_canonical_tag_is_its_own_canonical_form) {
    for (const auto* given : {"no-NO", "zh-TW", "sr-ME", "sh", "sgn-US", "nb-x-Easy", "sl-rozaj-biske", "ckb-IR", "ku",
                              "yue-CN", "hy-arevela", "en-BU", "aa-SAAHO"}) {
        const auto tag = Tag::parse(given);
        BOOST_TEST_REQUIRE(tag.has_value(), given);
        BOOST_TEST(canonical(tag->text()) == tag->text());
        BOOST_TEST(Tag::stored(tag->text()).text() == tag->text());
    }
}

BOOST_AUTO_TEST_CASE(what_was_never_stored_does_not_come_back) {
    BOOST_CHECK_THROW(Tag::stored("no"), stele::Error);
    BOOST_CHECK_THROW(Tag::stored("rubbish!"), stele::Error);
}

BOOST_AUTO_TEST_CASE(know_their_direction) {
    const std::pair<const char*, Direction> rows[] = {
        {"nb", Direction::ltr},      {"ar", Direction::rtl},      {"he", Direction::rtl},
        {"fa", Direction::rtl},      {"ckb", Direction::rtl},     {"ku", Direction::ltr},
        {"ku-Arab", Direction::rtl}, {"az-Arab", Direction::rtl}, {"ar-x-easy", Direction::rtl},
        {"pa-PK", Direction::rtl},   {"yi", Direction::rtl},      {"dv", Direction::rtl},
        {"zh-Hant", Direction::ltr}, {"xx", Direction::ltr},
    };
    for (const auto& [text, direction] : rows) BOOST_TEST((direction_of(*Tag::parse(text)) == direction), text);
    BOOST_TEST(name_of(Direction::rtl) == "rtl");
    BOOST_TEST(name_of(Direction::ltr) == "ltr");
}

BOOST_AUTO_TEST_CASE(have_names) {
    const auto nb = Tag::stored("nb"), en = Tag::stored("en");
    BOOST_TEST(native_name(nb) == "Norsk bokmål");
    BOOST_TEST(native_name(en) == "English");
    BOOST_TEST(native_name(Tag::stored("ar")) == "العربية");
    BOOST_TEST(native_name(Tag::stored("de")) == "Deutsch");
    BOOST_TEST(native_name(Tag::stored("nb-x-easy")) == "Norsk bokmål (easy)");
    BOOST_TEST(display_name(nb, en) == "Norwegian Bokmål");
    BOOST_TEST(display_name(en, nb) == "engelsk");
    BOOST_TEST(country_name("NO", nb) == "Norge");
    BOOST_TEST(country_name("DE", en) == "Germany");
    BOOST_TEST(country_name("QX", en) == "QX");
    BOOST_TEST(country_name("not a country", en) == "not a country");
}

BOOST_AUTO_TEST_SUITE_END()
