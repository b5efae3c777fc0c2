#include <boost/test/unit_test.hpp>

#include "src/base/embedded.hpp"
#include "src/locale/catalog.hpp"
#include "src/locale/pseudo.hpp"
#include "src/locale/text.hpp"

using namespace stele;
using namespace stele::locale;

BOOST_AUTO_TEST_SUITE(pseudo_locale)

BOOST_AUTO_TEST_CASE(changes_what_is_said_and_nothing_else) {
    BOOST_TEST(pseudo_message("Save") == "[Šåṽé one]");
    BOOST_TEST(pseudo_message("“{name}” isn’t <b>here</b>") == "[“{name}” îšñ’ţ <b>ĥéŕé</b> one]");
    BOOST_TEST(pseudo_message("{count, plural, one {# word} other {# words}} left") ==
               "[{count, plural, one {# ŵöŕđ} other {# ŵöŕđš}} ļéƒţ one]");
    BOOST_TEST(pseudo_message("It''s '{'x'}'").starts_with("[Îţ''š '{'ẋ'}'"));
    BOOST_CHECK_THROW(pseudo_message("{open"), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(has_every_word_of_english_with_its_arguments_and_is_longer) {
    const std::string english(embedded::find("locales/en.json").value());
    const Catalog catalog({{"en", english}, {std::string(pseudo_tag), pseudo_file(english)}});
    BOOST_TEST(catalog.keys(pseudo_tag) == catalog.keys("en"), boost::test_tools::per_element());
    const auto tag = Tag::parse(pseudo_tag).value(), en = Tag::parse("en").value();
    size_t plain = 0, longer = 0;
    for (const auto& key : catalog.keys("en")) {
        BOOST_TEST(catalog.arguments(pseudo_tag, key) == catalog.arguments("en", key),
                   boost::test_tools::per_element());
        BOOST_TEST(catalog.missing_plurals(pseudo_tag, key).empty(), key);
        const auto text = catalog.text(tag, key);
        BOOST_TEST((text.starts_with('[') && text.ends_with(']')), key << ": " << text);
        plain += count_chars(catalog.text(en, key));
        longer += count_chars(text);
    }
    BOOST_TEST(double(longer) > 1.25 * double(plain));
}

BOOST_AUTO_TEST_SUITE_END()
