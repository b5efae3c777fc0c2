#include <atomic>
#include <boost/test/unit_test.hpp>
#include <thread>

#include "src/content/limits.hpp"
#include "tests/unit/content/markdown_support.hpp"

using namespace stele::content;

namespace {

using Leaves = std::vector<Leaf>;

bool has_leaves(const std::string& markdown, const Leaves& expected) {
    const Body body = segments_of(markdown);
    for (size_t i = 0; i < std::max(expected.size(), body.leaves.size()); ++i) {
        if (i < expected.size() && i < body.leaves.size() && body.leaves[i] == expected[i]) continue;
        if (i < body.leaves.size())
            BOOST_TEST_MESSAGE("leaf " << i << ": " << name_of(body.leaves[i].kind) << " " << body.leaves[i].text);
        return false;
    }
    return compose(body.skeleton, texts_of(body)) == markdown;
}

std::string fit(const std::string& markdown, size_t slot, const std::string& text) {
    return check_fits(segments_of(markdown).skeleton, slot, text).value_or("fits");
}

bool same(const std::string& a, const std::string& b) {
    return same_structure(segments_of(a).skeleton, segments_of(b).skeleton);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(markdown_segments)

BOOST_AUTO_TEST_CASE(every_kind_of_leaf_is_cut_without_its_marks) {
    BOOST_TEST(has_leaves("# Title #\n\nText *a*\nb\n", {{Kind::heading, "Title"}, {Kind::paragraph, "Text *a*\nb"}}));
    BOOST_TEST(has_leaves("Two\nlines\n===\n", {{Kind::heading, "Two\nlines"}}));
    BOOST_TEST(has_leaves("- one\n\n  more\n- [ ] two\n",
                          {{Kind::list_item, "one"}, {Kind::paragraph, "more"}, {Kind::list_item, "two"}}));
    BOOST_TEST(has_leaves("| a | |\n|---|---|\n| b\\|c | d\n",
                          {{Kind::table_cell, "a"}, {Kind::table_cell, "b\\|c"}, {Kind::table_cell, "d"}}));
    BOOST_TEST(has_leaves("![Alt](a.png \"T\")\n\n![Alt][r]\n\n[r]: b.png\n",
                          {{Kind::caption, "![Alt](a.png \"T\")"}, {Kind::caption, "![Alt][r]"}}));
    BOOST_TEST(
        has_leaves("```cpp\nint x;\n\nint y;\n```\n\n    z\n", {{Kind::code, "int x;\n\nint y;"}, {Kind::code, "z"}}));
    BOOST_TEST(has_leaves("<div>\nraw\n</div>\n", {{Kind::block, "<div>\nraw\n</div>"}}));
}

BOOST_AUTO_TEST_CASE(what_has_no_text_is_skeleton) {
    BOOST_TEST(has_leaves("---\n\n[ref]: /url 'title'\n\n<!-- note -->\n\n#\n\n```\n\n```\n\n-\n", {}));
    BOOST_TEST(has_leaves("", {}));
    BOOST_TEST(has_leaves("[ref]: /url\ntext\n", {{Kind::paragraph, "text"}}));
}

BOOST_AUTO_TEST_CASE(only_spaces_tabs_and_line_ends_are_blank) {
    BOOST_TEST(has_leaves("a\n\n** \n\f", {{Kind::paragraph, "a"}, {Kind::paragraph, "** \n\f"}}));
    BOOST_TEST(has_leaves("\v\n", {{Kind::paragraph, "\v"}}));
    BOOST_TEST(has_leaves(" \t\n", {}));
}

BOOST_AUTO_TEST_CASE(prefixes_of_containers_stay_with_the_skeleton) {
    BOOST_TEST(has_leaves("> one\n> two\nlazy\r\n", {{Kind::paragraph, "one\ntwo\nlazy"}}));
    const Body body = segments_of("> - one\n>   two\n");
    BOOST_TEST(compose(body.skeleton, Texts{"a\nb\nc"}) == "> - a\n>   b\n>   c\n");
    BOOST_TEST(compose(body.skeleton, Texts{"a\r\nb"}) == "> - a\n>   b\n");
    BOOST_TEST(compose(segments_of("# T\n").skeleton, Texts{"a\nb"}) == "# a b\n");
    BOOST_TEST(compose(segments_of("a\r\n\r\nb\r\n").skeleton, Texts{"x\ny", "z"}) == "x\r\ny\r\n\r\nz\r\n");
}

BOOST_AUTO_TEST_CASE(a_whole_body_is_one_block) {
    for (const std::string markdown : {"# A\n\n- b\n", "\n\n    code\n\n\n", "a\r\nb"}) {
        const Body body = whole_body(markdown);
        BOOST_REQUIRE_EQUAL(body.leaves.size(), 1U);
        BOOST_TEST((body.leaves[0].kind == Kind::block));
        BOOST_TEST(compose(body.skeleton, texts_of(body)) == markdown);
    }
    BOOST_TEST(whole_body(" \n").leaves.empty());
}

BOOST_AUTO_TEST_CASE(nesting_without_end_is_not_followed) {
    std::string deep;
    for (int i = 0; i < 100'000; ++i) deep += "> ";
    const Body body = segments_of(deep + "x\n");
    BOOST_REQUIRE_EQUAL(body.leaves.size(), 1U);
    BOOST_TEST((body.leaves[0].kind == Kind::block));
}

BOOST_AUTO_TEST_CASE(structure_is_the_blocks_around_the_texts) {
    BOOST_TEST(same("* a\n* b\n", "- x\n\n- y\n"));
    BOOST_TEST(same("a\n\n---\n\nb", "x\n\ny\n"));
    BOOST_TEST(same("Title\n===\n", "# T\n"));
    BOOST_TEST(!same("- a\n", "1. a\n"));
    BOOST_TEST(!same("# a\n", "## a\n"));
    BOOST_TEST(!same("a\n\nb\n", "> a\n\nb\n"));
    BOOST_TEST(!same("- a\n- b\n", "- a\n  - b\n"));
    BOOST_TEST(!same("![a](b)\n", "a\n"));
    BOOST_TEST(!same("| a | |\n|-|-|\n", "| | a |\n|-|-|\n"));
}

BOOST_AUTO_TEST_CASE(a_text_that_would_change_the_blocks_does_not_fit) {
    const std::string body = "One\n\n- two\n\n| a | b |\n|---|---|\n\n```\ncode\n```\n\n![i](x)\n\n[ref]: /x\nlast\n";
    BOOST_TEST(fit(body, 0, "Eins *und* [mehr](/x)\nnoch") == "fits");
    BOOST_TEST(fit(body, 0, "") == "fits");
    BOOST_TEST(fit(body, 0, "- a") == "segment.splits");
    BOOST_TEST(fit(body, 0, "# a") == "segment.splits");
    BOOST_TEST(fit(body, 0, "a\n\nb") == "segment.splits");
    BOOST_TEST(fit(body, 0, "```") == "segment.splits");
    BOOST_TEST(fit(body, 0, "![a](b)") == "segment.changes-kind");
    BOOST_TEST(fit(body, 1, "zwei\ndrei") == "fits");
    BOOST_TEST(fit(body, 2, "a|b") == "segment.splits");
    BOOST_TEST(fit(body, 2, "a\\|b\nc") == "fits");
    BOOST_TEST(fit(body, 4, "x\n\n# y") == "fits");
    BOOST_TEST(fit(body, 4, "x\n```\ny") == "segment.splits");
    BOOST_TEST(fit(body, 5, "![i](y \"t\")") == "fits");
    BOOST_TEST(fit(body, 5, "no image") == "segment.changes-kind");
    BOOST_TEST(fit(body, 6, "\"becomes a title\"") == "segment.splits");
    BOOST_TEST(fit("<div>\nx\n</div>\n\nlast\n", 0, "<p>\ny\n</p>") == "fits");
    BOOST_TEST(fit("<div>\nx\n</div>\n\nlast\n", 0, "```") == "segment.splits");
}

BOOST_AUTO_TEST_CASE(the_stored_form_is_ascii_and_junk_is_refused) {
    const Skeleton skeleton = segments_of("[ref]: /å \"Ærlig\"\n> one\n> two\n").skeleton;
    const std::string stored = to_stored(skeleton);
    for (char c : stored) BOOST_TEST_REQUIRE((c >= ' ' && c <= '~'));
    BOOST_TEST((parse_skeleton(stored) == skeleton));
    for (const char* junk :
         {"", "{}", "[]", "{\"literals\":[],\"slots\":[]}", "{\"literals\":[1],\"slots\":[]}",
          "{\"literals\":[\"\",\"\"],\"slots\":[[\"poem\",\"\",[]]]}", "{\"literals\":[\"\\u0100\"],\"slots\":[]}"})
        BOOST_CHECK_THROW(parse_skeleton(junk), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(kinds_have_names) {
    for (Kind kind :
         {Kind::paragraph, Kind::heading, Kind::list_item, Kind::table_cell, Kind::caption, Kind::code, Kind::block})
        BOOST_TEST((kind_named(name_of(kind)) == kind));
    BOOST_TEST(!kind_named("poem"));
}

BOOST_AUTO_TEST_CASE(threads_that_parse_at_once_find_the_same_marks) {
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&wrong, t] {
            for (int i = 0; i < 500; ++i) {
                if (t % 2 == 0 && render_inline_html("~~gone~~ *x*") != "<del>gone</del> <em>x</em>") ++wrong;
                if (t % 2 == 1 && render_inline_html("a *x*") != "a <em>x</em>") ++wrong;
            }
        });
    for (std::thread& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_CASE(a_body_of_more_segments_than_may_be_is_left_whole_and_says_so) {
    std::string markdown;
    for (size_t i = 0; i < max_segments; ++i) markdown += "- a\n";
    BOOST_TEST(segments_of(markdown).leaves.size() == max_segments);
    BOOST_TEST(!segments_of(markdown).too_many);
    const Body body = segments_of(markdown += "- a\n");
    BOOST_TEST(body.too_many);
    BOOST_TEST(body.leaves.size() == 1);
    BOOST_TEST((compose(body.skeleton, texts_of(body)) == markdown));
}

BOOST_AUTO_TEST_SUITE_END()
