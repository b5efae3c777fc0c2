#include <boost/test/unit_test.hpp>
#include <random>

#include "src/content/segment.hpp"

using namespace stele;
using namespace stele::content;

namespace {

const locale::Tag en = locale::Tag::stored("en");

// "one [-two-]{+three+} four"
std::string shown(std::string_view before, std::string_view after) {
    std::string text;
    for (const auto& run : word_diff(before, after, en)) {
        if (run.kind == DiffRun::Kind::same) text += run.text;
        if (run.kind == DiffRun::Kind::removed) text += "[-" + run.text + "-]";
        if (run.kind == DiffRun::Kind::added) text += "{+" + run.text + "+}";
    }
    return text;
}

void check_sides(const std::string& before, const std::string& after) {
    std::string old, fresh;
    for (const auto& run : word_diff(before, after, en)) {
        BOOST_TEST(!run.text.empty());
        if (run.kind != DiffRun::Kind::added) old += run.text;
        if (run.kind != DiffRun::Kind::removed) fresh += run.text;
    }
    BOOST_TEST(old == before);
    BOOST_TEST(fresh == after);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(word_differences)

BOOST_AUTO_TEST_CASE(words_are_shown_as_people_read_them) {
    BOOST_TEST(shown("one two", "one two") == "one two");
    BOOST_TEST(shown("one two three", "one four three") == "one [-two-]{+four+} three");
    BOOST_TEST(shown("one two three four", "one five six four") == "one [-two three-]{+five six+} four");
    BOOST_TEST(shown("one two", "one, two") == "one{+,+} two");
    BOOST_TEST(shown("", "one") == "{+one+}");
    BOOST_TEST(shown("one", "") == "[-one-]");
    BOOST_TEST(shown("", "") == "");
}

BOOST_AUTO_TEST_CASE(both_sides_can_be_read_back) {
    constexpr std::uint64_t seed = 7;
    BOOST_TEST_MESSAGE("word diff: seed " << seed);
    std::mt19937_64 random(seed);
    const std::vector<std::string> words = {
        "by", "og", "havn", " ", "\n", ", ", "**", "é", "难民", "مدينة", "👩‍👩‍👧", "[a](b)"};
    for (int round = 0; round < 500; ++round) {
        std::string sides[2];
        for (auto& side : sides)
            for (size_t count = random() % 30; count > 0; --count)
                side += words[random() % words.size()] + (random() % 3 ? " " : "");
        check_sides(sides[0], sides[1]);
    }
}

BOOST_AUTO_TEST_CASE(a_long_text_shows_only_what_changed) {
    std::string before, after;
    for (int i = 0; i < 3000; ++i) {
        const std::string word = (i % 3 ? "by" : "havn" + std::to_string(i)) + " ";
        before += i == 5 || i == 2995 ? "gammel " : word;
        after += i == 5 || i == 2995 ? "ny " : word;
    }
    check_sides(before, after);
    BOOST_TEST(word_diff(before, after, en).size() == 7U);
}

BOOST_AUTO_TEST_CASE(beyond_the_limit_the_middle_is_one_change) {
    std::string before = "first ", after = "first ";
    for (int i = 0; i < 4001; ++i) before += "a" + std::to_string(i) + " ", after += "b" + std::to_string(i) + " ";
    before += "last", after += "last";
    check_sides(before, after);
    const auto runs = word_diff(before, after, en);
    BOOST_REQUIRE_EQUAL(runs.size(), 4U);
    BOOST_TEST(runs[0].text == "first ");
    BOOST_TEST(runs[3].text == " last");
}

BOOST_AUTO_TEST_SUITE_END()
