// Texts that are cheap to send and dear to parse.
#include <boost/test/unit_test.hpp>

#include "src/content/markdown_blocks.hpp"
#include "src/content/markdown_hard.hpp"
#include "tests/unit/content/markdown_support.hpp"

using namespace stele::content;

namespace {

std::string repeated(std::string_view piece, size_t times) {
    std::string text;
    for (size_t i = 0; i < times; ++i) text += piece;
    return text;
}

std::string page_of(const std::string& markdown) {
    static const auto english = stele::locale::Tag::stored("en");
    const Body body = segments_of(markdown);
    std::vector<Part> parts;
    for (const auto& leaf : body.leaves) parts.push_back({leaf.text, std::nullopt});
    return render_html(body.skeleton, parts, english);
}

// Cut, put together and shown, in about as many bytes as it has.
void check_hard(const std::string& markdown) {
    BOOST_TEST(is_hard(markdown));
    const Body body = segments_of(markdown);
    BOOST_TEST((compose(body.skeleton, texts_of(body)) == markdown));
    BOOST_TEST(page_of(markdown).size() < 8 * markdown.size());
    BOOST_TEST(visible_text(markdown).size() <= markdown.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(markdown_hard)

BOOST_AUTO_TEST_CASE(a_long_definition_is_not_copied_to_thousands_of_uses) {
    check_hard("[a]: " + repeated("b", 20'000) + "\n\n" + repeated("[a]", 10'000));
    check_hard("[a]: b '" + repeated("c ", 10'000) + "'\n\n" + repeated("[a]", 10'000));
    // What seems to end it is a part of it.
    check_hard("[a]: <" + repeated("b ", 10'000) + ">\n\n" + repeated("[a]", 10'000));
    check_hard("[a]: <b> \"" + repeated("c ", 10'000) + "\"\n\n" + repeated("[a]", 10'000));
    for (const std::string ends : {"\"\"", "''", "()"})
        check_hard("[a]: b " + ends.substr(0, 1) + repeated("c\\" + ends.substr(1) + " ", 10'000) + ends.substr(1) +
                   "\n\n" + repeated("[a]", 10'000));
    // The other definition seems to stand in the title of the first.
    check_hard("[a]: b \"\n\n[c]:\"" + repeated("d", 20'000) + "\n\n" + repeated("[c]", 10'000));
}

BOOST_AUTO_TEST_CASE(a_small_text_is_not_shown_as_a_large_page) {
    // Every quotation mark in a title becomes six bytes.
    for (const size_t bytes : {1'000, 10'000, 100'000})
        for (const std::string title : {"b", "&", "<", "\\\"", "\xC3\xA6"}) {
            const auto markdown =
                "[a]: c \"" + repeated(title, bytes / 2 / title.size()) + "\"\n\n" + repeated("[a]", bytes / 6);
            BOOST_TEST(page_of(markdown).size() < 512 * 1024 + 32 * markdown.size());
        }
}

BOOST_AUTO_TEST_CASE(the_cells_of_a_row_are_not_walked_over_without_end) {
    const auto wide = [](size_t columns, const std::string& line_end) {
        return "|" + repeated("a|", columns) + line_end + "|" + repeated("-|", columns) + line_end + "|" +
               repeated("b|", columns) + line_end;
    };
    for (const std::string line_end : {"\n", "\r\n", "\r", "\n> "}) check_hard(wide(2'000, line_end));
    check_hard("x\n" + wide(2'000, "\n"));
    BOOST_TEST(!is_hard(wide(500, "\n")));
    // Without delimiters below there is no table.
    BOOST_TEST(!is_hard("|" + repeated("a|", 5'000)));
}

BOOST_AUTO_TEST_CASE(a_part_that_was_never_cut_is_not_dear_to_show) {
    const auto rows = "|" + repeated("a|", 500) + "\n|" + repeated("-|", 500) + "\n" + repeated("a\n", 2'000);
    BOOST_TEST(parse_blocks(rows).all.size() < 20'000);
}

BOOST_AUTO_TEST_CASE(short_rows_of_a_wide_table_are_not_filled_without_end) {
    check_hard("|" + repeated("a|", 500) + "\n|" + repeated("-|", 500) + "\n" + repeated("a\n", 2'000));
    check_hard("> |" + repeated("a|", 500) + "\n> |" + repeated("-|", 500) + "\n" + repeated("> a\n", 2'000));
    check_hard("|" + repeated("a|", 500) + "\r|" + repeated("-|", 500) + "\r" + repeated("a\r", 2'000));
}

BOOST_AUTO_TEST_CASE(what_is_opened_and_never_closed_is_not_looked_for_again_and_again) {
    for (const char* open : {"x <?", "x <![CDATA[", "x <!A "}) {
        check_hard(repeated(open, 2'000));
        // An end that another paragraph has is no end of it.
        check_hard(repeated(open, 2'000) + "\n\n?> ]]> >");
        check_hard("> " + repeated(open, 2'000) + "\n>\n> ?> ]]> >");
    }
}

BOOST_AUTO_TEST_CASE(its_words_are_shown_without_marks) {
    const std::string page = page_of("*A* b\n\n# c\n\n" + repeated("x <?", 2'000));
    BOOST_TEST(page.find("*A* b") != page.npos);
    BOOST_TEST(page.find("# c") != page.npos);
    BOOST_TEST(page.find("x &lt;?x &lt;?") != page.npos);
    BOOST_TEST(as_plain_text("  1. *a*\n\t> b") == "1\\. \\*a\\*\n\\> b");
}

BOOST_AUTO_TEST_CASE(what_people_write_is_not_hard) {
    BOOST_TEST(!is_hard(""));
    BOOST_TEST(
        !is_hard("[a]: https://example.org/" + repeated("long/", 50) + " \"Title\"\n\n" + repeated("[a] ", 1'000)));
    BOOST_TEST(!is_hard(repeated("[a] said: nothing. ", 5'000)));
    std::string table = "| a | b | c | d | e |\n|---|---|---|---|---|\n" + repeated("| a |\n", 1'000);
    BOOST_TEST(!is_hard(table));
    BOOST_TEST(!is_hard(repeated("Five < six <?php echo 1 ?> and <!DOCTYPE html>.\n\n", 5'000)));
    BOOST_TEST(!is_hard(repeated("a <! b\n\n", 20'000)));
}

BOOST_AUTO_TEST_SUITE_END()
