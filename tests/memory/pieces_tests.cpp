// What the memory makes of texts: tokens, keys, likeness, and translations put right.
#include <boost/test/unit_test.hpp>

#include "src/content/placeholders.hpp"
#include "src/memory/adapt.hpp"
#include "src/memory/keys.hpp"
#include "src/memory/score.hpp"

using namespace stele;
using namespace stele::memory;

namespace {

const auto en = locale::Tag::stored("en"), nb = locale::Tag::stored("nb"), ja = locale::Tag::stored("ja");

int score(std::string_view a, std::string_view b, const locale::Tag& tag = en) {
    return likeness(tokens_of(a, tag), tokens_of(b, tag)).score;
}

std::string placeholders(std::string_view text) {
    std::string found;
    for (const auto& [begin, end] : content::find_placeholders(text))
        found.append(text.substr(begin, end - begin)).append("|");
    return found;
}

// As a suggestion is put right: what stands in the place of what, then the translation.
Adapted adapted(std::string_view target, std::string_view kept, std::string_view at_hand) {
    const auto a = tokens_of(kept, en), b = tokens_of(at_hand, en);
    std::vector<Replacement> list;
    for (const auto& [i, j] : likeness(a, b).replaced) list.push_back({a[i], b[j]});
    return adapt(target, list, nb);
}

bool share_a_key(std::string_view a, std::string_view b) {
    const auto x = pair_keys(tokens_of(a, en), en), y = pair_keys(tokens_of(b, en), en, 10);
    return std::ranges::find_first_of(x, y) != x.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(placeholders_in_texts)

BOOST_AUTO_TEST_CASE(they_are_found_in_the_ways_programs_write_them) {
    BOOST_TEST(placeholders("Hi {name}, {{count}} of {n, plural, one {#} other {#}} for ${x}") ==
               "{name}|{{count}}|{n, plural, one {#} other {#}}|${x}|");
    BOOST_TEST(placeholders("%s has %1$d of %(all)s, %.2f and %-5d") == "%s|%1$d|%(all)s|%.2f|%-5d|");
    BOOST_TEST(placeholders("See https://example.org/a_b?c=1. And (http://x.no/)") ==
               "https://example.org/a_b?c=1|http://x.no/|");
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_one_is_text) {
    BOOST_TEST(placeholders("50 % of all, 5% down, 100 %; {not closed, { a }, a://") == "{ a }|");
    BOOST_TEST(placeholders("%") == "");
    BOOST_TEST(placeholders("{") == "");
    BOOST_TEST(placeholders(std::string(300, '{')) == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(likeness_of_texts)

BOOST_AUTO_TEST_CASE(words_count_and_marks_hardly_do) {
    BOOST_TEST(score("The library is open", "The library is open") == 100);
    BOOST_TEST(score("The library is open", "the Library  is open") == 100);
    BOOST_TEST(score("The library is open.", "The library is open!") == 94);
    BOOST_TEST(score("The library is open today", "The library is closed today") == 80);
    BOOST_TEST(score("The library is open", "Bread and winter") == 0);
    BOOST_TEST(score("", "") == 100);
}

BOOST_AUTO_TEST_CASE(destinations_of_links_do_not_count) {
    BOOST_TEST(score("See [the list](/a) now", "See [the list](https://b.example/c) now") == 100);
}

BOOST_AUTO_TEST_CASE(languages_without_spaces_have_words) {
    BOOST_TEST(score("図書館は今日開いています", "図書館は明日開いています", ja) > 60);
    BOOST_TEST(score("図書館は今日開いています", "図書館は明日開いています", ja) < 100);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_good_enough_is_not_computed) {
    BOOST_TEST(likeness(tokens_of("one two three four", en), tokens_of("one two three five", en), 80).score == 0);
    BOOST_TEST(likeness(tokens_of("one two three four", en), tokens_of("one two three five", en), 75).score == 75);
}

BOOST_AUTO_TEST_CASE(texts_beyond_all_measure_are_not_alike) {
    std::string text;
    for (int i = 0; i < 1'500; ++i) text += "word ";
    BOOST_TEST(score(text, text) == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(keys_of_texts)

BOOST_AUTO_TEST_CASE(an_edited_text_shares_some) {
    BOOST_TEST(share_a_key("The municipality has opened a new library in the old station building",
                           "The municipality has closed a small library in the old station building today"));
    BOOST_TEST(share_a_key("Read more", "Read more now"));
    BOOST_TEST(share_a_key("Opened on 12 May 2019", "Opened on 3 June 2024"));
    BOOST_TEST(!share_a_key("Bread and winter", "The library is open"));
}

BOOST_AUTO_TEST_CASE(they_are_of_one_language) {
    const auto a = keys_of("Information", en), b = keys_of("Information", nb);
    BOOST_TEST(bool(std::ranges::find_first_of(a, b) == a.end()));
}

BOOST_AUTO_TEST_CASE(there_are_few_however_long_the_text) {
    std::string text;
    for (int i = 0; i < 500; ++i) text += "word" + std::to_string(i) + "x and ";
    BOOST_TEST(keys_of(text, en).size() == 1 + pairs_kept + words_kept);
    BOOST_TEST(keys_of("", en).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(translations_put_right)

BOOST_AUTO_TEST_CASE(a_number_is_written_as_the_old_one_was) {
    const auto made =
        adapted("Vi har 1 250 bøker fra 1998.", "We have 1,250 books from 1998.", "We have 3,400 books from 2001.");
    BOOST_TEST(made.text == "Vi har 3 400 bøker fra 2001.");
    BOOST_TEST(made.replaced == 2u);
}

BOOST_AUTO_TEST_CASE(placeholders_are_those_of_the_source) {
    const auto made =
        adapted("Hei {name}, du har %d brev", "Hi {name}, you have %d letters", "Hi {first}, you have %s letters");
    BOOST_TEST(made.text == "Hei {first}, du har %s brev");
    BOOST_TEST(made.replaced == 2u);
}

BOOST_AUTO_TEST_CASE(what_is_not_plain_is_left) {
    // Twice in the translation: which one is meant?
    BOOST_TEST(adapted("5 av 5", "5 of all", "6 of all").text == "5 av 5");
    // Spelled out.
    BOOST_TEST(adapted("fem bøker", "5 books", "6 books").replaced == 0u);
    // In a link's destination it is none.
    BOOST_TEST(adapted("[fem](/5)", "[5](/5)", "[6](/5)").text == "[fem](/5)");
    // Another shape than any that was seen.
    BOOST_TEST(adapted("Vi har 250 bøker", "We have 250 books", "We have 1,250 books").text == "Vi har 250 bøker");
}

BOOST_AUTO_TEST_SUITE_END()
