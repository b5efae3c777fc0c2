#include <boost/test/unit_test.hpp>

#include "tests/unit/content/markdown_generator.hpp"
#include "tests/unit/content/markdown_support.hpp"

using namespace stele::content;

namespace {

// `absent` are indexes of leaves.
std::string without(const std::string& markdown, std::initializer_list<size_t> absent) {
    const Body body = segments_of(markdown);
    Texts texts = texts_of(body);
    for (size_t i : absent) texts.at(i).reset();
    return compose(body.skeleton, texts);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(markdown_absent)

BOOST_AUTO_TEST_CASE(a_block_goes_with_the_blank_lines_before_it) {
    BOOST_TEST(without("One\n\nTwo\n\nThree\n", {1}) == "One\n\nThree\n");
    BOOST_TEST(without("One\n\nTwo\n\nThree\n", {0}) == "\nTwo\n\nThree\n");
    BOOST_TEST(without("One\n\nTwo\n", {1}) == "One\n");
    BOOST_TEST(without("> One\n>\n> Two\n", {1}) == "> One\n");
    BOOST_TEST(without("> One\n>\n> Two\n\nThree\n", {0, 1}) == "\nThree\n");
    BOOST_TEST(without("One\n\n```cpp\nx\n```\n\nTwo\n", {1}) == "One\n\nTwo\n");
}

BOOST_AUTO_TEST_CASE(what_stood_around_a_block_does_not_run_together) {
    BOOST_TEST(without("One\n# Two\nThree\n", {1}) == "One\n\nThree\n");
    BOOST_TEST(without("> One\n> # Two\n> Three\n", {1}) == "> One\n>\n> Three\n");
}

BOOST_AUTO_TEST_CASE(an_item_goes_whole_and_a_first_text_gives_its_place) {
    BOOST_TEST(without("- One\n- Two\n- Three\n", {1}) == "- One\n- Three\n");
    BOOST_TEST(without("- One\n\n  more\n- Two\n", {0}) == "- more\n- Two\n");
    BOOST_TEST(without("- One\n  - nested\n- Two\n", {1}) == "- One\n- Two\n");
    BOOST_TEST(without("- One\n  - nested\n- Two\n", {0}) == "- - nested\n- Two\n");
    BOOST_TEST(without("1. One\n2. Two\n", {0, 1}) == "");
}

BOOST_AUTO_TEST_CASE(a_cell_stays_and_is_empty_while_its_table_has_a_text) {
    BOOST_TEST(without("| a | b |\n|---|---|\n| 1 | 2 |\n", {2}) == "| a | b |\n|---|---|\n|  | 2 |\n");
    BOOST_TEST(without("a | b\n---|---\n1 | 2\n", {0, 3}) == "| | b\n---|---\n1 | |\n");
    BOOST_TEST(without("One\n\n| a |\n|---|\n| 1 |\n\nTwo\n", {1, 2}) == "One\n\nTwo\n");
}

BOOST_AUTO_TEST_CASE(definitions_stay) {
    BOOST_TEST(without("One\n\n[ref]: /url\nTwo\n\nThree [ref]\n", {1}) == "One\n\n[ref]: /url\n\nThree [ref]\n");
    BOOST_TEST(without("> One\n>\n> [ref]: /url\n\nTwo\n", {0}) == ">\n> [ref]: /url\n\nTwo\n");
}

BOOST_AUTO_TEST_CASE(a_blank_text_is_absent) {
    const Body body = segments_of("One\n\nTwo\n");
    BOOST_TEST(compose(body.skeleton, Texts{"One", " \n "}) == "One\n");
    BOOST_TEST(compose(body.skeleton, Texts{"One"}) == "One\n");
    BOOST_TEST(compose(body.skeleton, {}) == "");
}

BOOST_AUTO_TEST_CASE(the_leaves_of_what_is_left_are_the_present_ones_in_order) {
    const char* rounds = std::getenv("STELE_ROUNDS");
    const size_t count = rounds ? std::strtoul(rounds, nullptr, 10) : 3'000;
    const unsigned seed = seed_for_tests() + 2;
    BOOST_TEST_MESSAGE("seed " << seed);
    MarkdownGenerator generator(seed);
    size_t compared = 0, misread = 0;
    for (size_t i = 0; i < count; ++i) {
        const Body body = segments_of(generator.document());
        Texts texts = texts_of(body);
        std::vector<std::string> expected, found;
        bool has_block = false;
        for (size_t k = 0; k < texts.size(); ++k) {
            if (generator.chance(2)) {
                texts[k].reset();
                continue;
            }
            expected.push_back(*texts[k]);
            has_block |= body.leaves[k].kind == Kind::block;
        }
        const std::string left = compose(body.skeleton, texts);
        for (const std::string& text : expected)
            BOOST_TEST_REQUIRE(left.find(text.substr(0, text.find('\n'))) != std::string::npos);
        // What is in a block that was left whole may be cut, or read otherwise, when its surroundings go.
        if (has_block) continue;
        for (const Leaf& leaf : segments_of(left).leaves) found.push_back(leaf.text);
        ++compared;
        misread += found != expected;
    }
    BOOST_TEST_MESSAGE(compared << " documents compared, " << misread << " read otherwise");
    // Text that is text only behind a task's box ("- [ ] ## x") may become a block where the box goes.
    BOOST_TEST(misread * 200 <= compared);
}

BOOST_AUTO_TEST_SUITE_END()
