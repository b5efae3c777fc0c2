#include <boost/test/unit_test.hpp>

#include "src/content/segment.hpp"

using namespace stele;
using namespace stele::content;

BOOST_AUTO_TEST_SUITE(meaning)

BOOST_AUTO_TEST_CASE(hashes_are_sixteen_stored_bytes) {
    BOOST_TEST(meaning_hash("a").size() == 16U);
    // XXH3-128 of nothing, from its reference implementation: stored hashes outlive the machine.
    BOOST_TEST(exact_hash("") == Hash("\x99\xaa\x06\xd3\x01\x47\x98\xd8\x60\x01\xc3\x24\x46\x8d\x49\x7f", 16));
}

BOOST_AUTO_TEST_CASE(space_form_and_destinations_do_not_count) {
    const Hash plain = meaning_hash("Read the [map](/a) today");
    for (const std::string_view same : {"  Read the\n[map](/b)  today ", "Read\u00A0the [map]( /c )\u202Ftoday",
                                        "Read the\t[map](<d e>) today", "Read the [map]() today"})
        BOOST_TEST(meaning_hash(same) == plain, same);
    BOOST_TEST(meaning_hash("caf\u00E9") == meaning_hash("cafe\u0301"));
    BOOST_TEST(exact_hash("caf\u00E9") != exact_hash("cafe\u0301"));
}

BOOST_AUTO_TEST_CASE(words_marks_case_and_titles_count) {
    const Hash plain = meaning_hash("Read the [map](/a) today");
    for (const std::string_view other :
         {"Read the [map](/a), today", "Read the [Map](/a) today", "Read the *[map](/a)* today",
          "Read the [map](/a \"new\") today", "Read the `[map](/a)` today", "Readthe [map](/a) today"})
        BOOST_TEST(meaning_hash(other) != plain, other);
    BOOST_TEST(meaning_hash("`[map](/a)`") != meaning_hash("`[map](/b)`"));
    BOOST_TEST(meaning_hash("see https://a.example") != meaning_hash("see https://b.example"));
}

BOOST_AUTO_TEST_CASE(similarity_is_the_share_of_words) {
    BOOST_TEST(similarity("one two three four", "One, two — *three* _four_!") == 1.0);
    BOOST_TEST(similarity("one two", "one three") == 0.5);
    BOOST_TEST(similarity("one one two", "one two two") == 2.0 / 3);
    BOOST_TEST(similarity("one", "two") == 0.0);
    BOOST_TEST(similarity("[one](/a)", "[one](/b/c/d)") == 1.0);
    BOOST_TEST(similarity("", "") == 1.0);
    BOOST_TEST(similarity("—", "***") == 0.0);
    BOOST_TEST(similarity("مرحبا بالعالم", "مرحبا بالمدينة") == 0.5);
    BOOST_TEST(similarity("城市欢迎难民", "城市欢迎学生") > 0.4);
}

BOOST_AUTO_TEST_SUITE_END()
