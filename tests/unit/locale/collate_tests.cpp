#include <boost/test/unit_test.hpp>
#include <random>

#include "src/locale/collate.hpp"
#include "tests/support/rounds.hpp"

using namespace stele::locale;

namespace {

Tag tag(std::string_view text) { return Tag::parse(text).value(); }

std::string sorted(std::vector<std::string> words, std::string_view locale) {
    const auto in = tag(locale);
    std::sort(words.begin(), words.end(),
              [&](const auto& a, const auto& b) { return sort_key(a, in) < sort_key(b, in); });
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

int sign(int n) { return (n > 0) - (n < 0); }

}  // namespace

BOOST_AUTO_TEST_SUITE(sort_keys)

BOOST_AUTO_TEST_CASE(give_the_order_of_the_locale) {
    BOOST_TEST(sorted({"Å", "Z", "Ø", "A", "Æ"}, "nb") == "A Z Æ Ø Å");
    BOOST_TEST(sorted({"Å", "Z", "Ö", "A", "Ä"}, "sv") == "A Z Å Ä Ö");
    BOOST_TEST(sorted({"Z", "Ö", "A", "Ä", "O"}, "de") == "A Ä O Ö Z");
    BOOST_TEST(sorted({"Aarhus", "Zoo", "Odense"}, "da") == "Odense Zoo Aarhus");
    BOOST_TEST(sorted({"Aarhus", "Zoo", "Odense"}, "en") == "Aarhus Odense Zoo");
    BOOST_TEST(sorted({"cihla", "chata", "hora"}, "cs") == "cihla hora chata");
    BOOST_TEST(sorted({"yra", "jis", "ir"}, "lt") == "ir yra jis");
    BOOST_TEST(sorted({"ñu", "nube", "oso"}, "es") == "nube ñu oso");
    BOOST_TEST(sorted({"iz", "ız", "ir"}, "tr") == "ız ir iz");
    BOOST_TEST(sorted({"côté", "cote", "coté", "côte"}, "fr-CA") == "cote côte coté côté");
    BOOST_TEST(sorted({"côté", "cote", "coté", "côte"}, "fr") == "cote coté côte côté");
    BOOST_TEST(sorted({"Å", "Z", "Ø", "A", "Æ"}, "nb-x-easy") == "A Z Æ Ø Å");
}

BOOST_AUTO_TEST_CASE(have_no_zero_byte_and_are_bounded) {
    const auto nb = tag("nb");
    BOOST_TEST(sort_key("", nb).find('\0') == std::string::npos);
    BOOST_TEST(sort_key("Lillehammer", nb).find('\0') == std::string::npos);
    const std::string long_title(5000, 'x');
    BOOST_TEST(sort_key(long_title, nb).size() == max_sort_key_bytes);
    BOOST_TEST(sort_key(long_title + "y", nb) == sort_key(long_title + "z", nb));
    BOOST_TEST(sort_key("\xff\xfe broken", nb) == sort_key("\uFFFD\uFFFD broken", nb));
}

BOOST_AUTO_TEST_CASE(order_as_ICU_does_in_memory) {
    const auto seed = stele::testing::first_seed();
    std::mt19937_64 random(seed);
    const std::vector<std::string> letters = {"a", "A", "å", "aa", "æ",  "ø",  "ö", "ä", "z", "ch",
                                              "c", "h", "č", "i",  "ı",  "İ",  "y", "ñ", "n", "é",
                                              "e", "ê", "ب", "ة",  "中", "文", "-", " ", "1", "10"};
    const auto word = [&] {
        std::string text;
        for (auto n = random() % 8; n; --n) text += letters[random() % letters.size()];
        return text;
    };
    const int count = stele::testing::usual_rounds(200);
    for (const auto* locale : {"nb", "sv", "da", "de", "cs", "lt", "es", "tr", "ar", "zh", "fr-CA"})
        for (int i = 0; i < count; ++i) {
            const auto a = word(), b = word();
            const auto in = tag(locale);
            const auto by_key = sort_key(a, in).compare(sort_key(b, in));
            BOOST_TEST(sign(by_key) == sign(compare(a, b, in)), locale << ": " << a << " | " << b);
        }
}

BOOST_AUTO_TEST_CASE(of_another_icu_are_others_under_another_fingerprint) {
    const auto nb = tag("nb");
    const Collation other("999.1", "kn-true");
    BOOST_TEST(other.fingerprint() != sort_fingerprint());
    BOOST_TEST((sort_key("9 a", nb) > sort_key("10 a", nb)));
    BOOST_TEST((other.sort_key("9 a", nb) < other.sort_key("10 a", nb)));
    BOOST_TEST(Collation::system().fingerprint() == sort_fingerprint());
    BOOST_TEST(Collation::system().sort_key("Ålesund", nb) == sort_key("Ålesund", nb));
}

BOOST_AUTO_TEST_CASE(the_older_of_two_fingerprints_is_that_of_the_older_icu) {
    BOOST_TEST(is_older("icu-9.2-ff", "icu-72.1-00"));
    BOOST_TEST(!is_older("icu-72.1-00", "icu-9.2-ff"));
    BOOST_TEST(is_older("icu-72.1-ff", "icu-72.1.1-00"));
    BOOST_TEST(is_older("icu-72.1-0a", "icu-72.1-0b"));
    BOOST_TEST(!is_older("icu-72.1-0a", "icu-72.1-0a"));
    BOOST_TEST(is_older("", sort_fingerprint()));
}

BOOST_AUTO_TEST_CASE(are_known_by_a_fingerprint) {
    BOOST_TEST(sort_fingerprint() == sort_fingerprint());
    BOOST_TEST(sort_fingerprint().starts_with("icu-"));
    BOOST_TEST(sort_fingerprint().size() > 36u);
}

BOOST_AUTO_TEST_CASE(are_the_same_from_every_thread_and_after_the_cache_was_full) {
    const auto expected = sort_key("Ålesund", tag("nb"));
    std::vector<std::thread> threads;
    std::atomic<int> different = 0;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (char a = 'a'; a <= 'z'; ++a)
                for (char b = 'a'; b <= 'f'; ++b) {
                    if (const auto other = Tag::parse(std::string{a, b})) sort_key("Ålesund", *other);
                    different += sort_key("Ålesund", tag("nb")) != expected;
                }
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(different == 0);
}

BOOST_AUTO_TEST_SUITE_END()
