#include <boost/test/unit_test.hpp>

#include "src/locale/tag.hpp"
#include "tests/unit/content/markdown_generator.hpp"
#include "tests/unit/content/markdown_support.hpp"

using namespace stele::content;
using stele::locale::Tag;

namespace {

const Tag english = *Tag::parse("en");
const Tag arabic = *Tag::parse("ar");

std::vector<Part> parts_of(const Body& body) {
    std::vector<Part> parts;
    for (const Leaf& leaf : body.leaves) parts.push_back({leaf.text, std::nullopt});
    return parts;
}

std::string html_of(const std::string& markdown) {
    const Body body = segments_of(markdown);
    return render_html(body.skeleton, parts_of(body), english);
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

// Our own elements only, balanced, no quote or angle bracket outside them, no event handlers, no foreign schemes.
std::string first_fault(const std::string& html) {
    static const std::vector<std::string> empty{"br", "hr", "img", "input"};
    static const std::vector<std::string> known{
        "a",   "blockquote", "br",    "code",  "del", "div", "em",    "figcaption", "figure", "h1", "h2",
        "h3",  "h4",         "h5",    "h6",    "hr",  "img", "input", "label",      "li",     "ol", "p",
        "pre", "strong",     "table", "tbody", "td",  "th",  "thead", "tr",         "ul"};
    std::vector<std::string> open;
    for (size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        const size_t end = html.find('>', at);
        if (end == std::string::npos) return "open end";
        const std::string tag = html.substr(at + 1, end - at - 1);
        const bool closing = tag[0] == '/';
        const std::string name = tag.substr(closing, tag.find_first_of(' ') - closing);
        if (std::find(known.begin(), known.end(), name) == known.end()) return "element " + name;
        if (has(tag, " on") && !has(tag, "=\"")) return "handler " + tag;
        for (const char* attribute : {"href=\"", "src=\""}) {
            const size_t value = tag.find(attribute);
            if (value == std::string::npos) continue;
            std::string url = tag.substr(tag.find('"', value) + 1);
            url = url.substr(0, url.find('"'));
            const size_t mark = url.find_first_of(":/?#");
            if (mark == std::string::npos || url[mark] != ':') continue;
            const std::string scheme = url.substr(0, mark);
            if (scheme != "http" && scheme != "https" && scheme != "mailto" && scheme != "tel") return "url " + url;
        }
        if (std::find(empty.begin(), empty.end(), name) != empty.end()) continue;
        if (!closing)
            open.push_back(name);
        else if (open.empty() || open.back() != name)
            return "closing " + name;
        else
            open.pop_back();
    }
    return open.empty() ? "" : "never closed " + open.back();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(render)

BOOST_AUTO_TEST_CASE(raw_html_is_shown_and_not_obeyed) {
    BOOST_TEST(html_of("a <b onclick=\"x\">b</b>\n") == "<p>a &lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>\n");
    BOOST_TEST(html_of("<script>alert(1)</script>\n") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
    BOOST_TEST(html_of("a\n\n<!-- note -->\n\nb\n") == "<p>a</p>\n<p>b</p>\n");
}

BOOST_AUTO_TEST_CASE(only_harmless_links_and_images_are_written) {
    BOOST_TEST(html_of("[a](https://x.y/ä?b=1&c=2 \"t\")") ==
               "<p><a href=\"https://x.y/%C3%A4?b=1&amp;c=2\" title=\"t\">a</a></p>\n");
    BOOST_TEST(html_of("[a](/b) [c](#d) [e](mailto:f@g) [h](tel:1) [i](j/k:l)").find("<p>a") == std::string::npos);
    for (const char* url :
         {"javascript:x", "JavaScript:x", "&#106;avascript:x", "javascript&colon;x", "vbscript:x", "data:text/html,x",
          "data:image/png;base64,x", "file:///etc", "ftp://x", "<java\tscript:x>", "<\x01javascript:x>", "x:y"}) {
        BOOST_TEST_CONTEXT(url) {
            BOOST_TEST(html_of(std::string("[a](") + url + ")") == "<p>a</p>\n");
            BOOST_TEST(html_of(std::string("![a](") + url + ")") == "<p>a</p>\n");
        }
    }
}

BOOST_AUTO_TEST_CASE(headings_have_ids_and_start_below_the_title) {
    BOOST_TEST(html_of("# A_b c!\n\n## A b c\n") == "<h2 id=\"a-b-c\">A_b c!</h2>\n<h3 id=\"a-b-c-2\">A b c</h3>\n");
    BOOST_TEST(html_of("## Åre *é* – х\n") == "<h2 id=\"Åre-é-х\">Åre <em>é</em> – х</h2>\n");
    BOOST_TEST(html_of("# a\n\n###### ...\n") == "<h2 id=\"a\">a</h2>\n<h6 id=\"section\">...</h6>\n");
    BOOST_TEST(html_of("## x\n\n## x\n\n## x 2\n\n## x\n") ==
               "<h2 id=\"x\">x</h2>\n<h2 id=\"x-2\">x</h2>\n<h2 id=\"x-2-2\">x 2</h2>\n<h2 id=\"x-3\">x</h2>\n");
}

BOOST_AUTO_TEST_CASE(tables_lists_and_code_are_plain_html) {
    BOOST_TEST(html_of("| a | |\n|---|--:|\n| 1 | 2 |\n") ==
               "<table>\n<thead>\n<tr><th scope=\"col\">a</th><td class=\"align-right\"></td></tr>\n</thead>\n<tbody>\n"
               "<tr><td>1</td><td class=\"align-right\">2</td></tr>\n</tbody>\n</table>\n");
    BOOST_TEST(html_of("- [ ] do [x]\n- [x] done\n") ==
               "<ul class=\"tasks\">\n<li><label><input type=\"checkbox\" disabled> do [x]</label></li>\n"
               "<li><label><input type=\"checkbox\" disabled checked> done</label></li>\n</ul>\n");
    BOOST_TEST(html_of("3. a\n\n   b\n4. c\n") ==
               "<ol start=\"3\">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ol>\n");
    BOOST_TEST(html_of("```c++ x\na<b\n```\n") == "<pre><code class=\"language-c++\">a&lt;b\n</code></pre>\n");
    BOOST_TEST(html_of("![a](b.png \"c\")\n") ==
               "<figure><img src=\"b.png\" alt=\"a\" loading=\"lazy\"><figcaption>c</figcaption></figure>\n");
}

BOOST_AUTO_TEST_CASE(parts_in_another_language_say_so_on_their_block) {
    const std::string markdown = "## H\n\nP\n\n- I\n- J\n  - K\n\n| C |\n|---|\n\n```\nX\n```\n\n<div>\n";
    const Body body = segments_of(markdown);
    std::vector<Part> parts = parts_of(body);
    BOOST_TEST(!has(render_html(body.skeleton, parts, english), "lang="));
    for (Part& part : parts) part.lang = english;
    BOOST_TEST(!has(render_html(body.skeleton, parts, english), "lang="));
    for (Part& part : parts) part.lang = arabic;
    const std::string html = render_html(body.skeleton, parts, english);
    for (const char* element :
         {"<h2 id=\"h\" lang=\"ar\" dir=\"rtl\">H", "<p lang=\"ar\" dir=\"rtl\">P", "<li lang=\"ar\" dir=\"rtl\">I",
          "<li><div lang=\"ar\" dir=\"rtl\">J", "<th scope=\"col\" lang=\"ar\" dir=\"rtl\">C",
          "<pre lang=\"ar\" dir=\"rtl\">", "<div lang=\"ar\" dir=\"rtl\">\n<p>&lt;div&gt;"})
        BOOST_TEST_CONTEXT(element) BOOST_TEST(has(html, element));
    BOOST_TEST(first_fault(html) == "");
}

BOOST_AUTO_TEST_CASE(absent_parts_are_left_out_with_what_held_only_them) {
    const Body body = segments_of("## H\n\n> Q\n\n- I\n- J\n\n| C |\n|---|\n| D |\n\n---\n");
    std::vector<Part> parts = parts_of(body);
    for (size_t i : {0U, 1U, 2U, 5U}) parts[i].text.reset();
    BOOST_TEST(render_html(body.skeleton, parts, english) ==
               "<ul>\n<li>J</li>\n</ul>\n<table>\n<thead>\n<tr><th scope=\"col\">C</th></tr>\n</thead>\n<tbody>\n"
               "<tr><td></td></tr>\n</tbody>\n</table>\n<hr>\n");
}

BOOST_AUTO_TEST_CASE(references_are_known_in_every_part) {
    const Body body = segments_of("[a][r]\n\n[r]: /x\n");
    BOOST_TEST(render_html(body.skeleton, std::vector<Part>{{"[b][r]", arabic}}, english) ==
               "<p lang=\"ar\" dir=\"rtl\"><a href=\"/x\">b</a></p>\n");
}

BOOST_AUTO_TEST_CASE(a_text_that_does_not_fit_changes_nothing_around_it) {
    const Body body = segments_of("one\n\n## two\n\n| a | b |\n|---|---|\n");
    const std::vector<Part> parts{{"- x\n\n```\n", arabic}, {"zwei", {}}, {"c|d|e", {}}, {"f", arabic}};
    const std::string html = render_html(body.skeleton, parts, english);
    BOOST_TEST(has(html, "<p lang=\"ar\" dir=\"rtl\">- x"));
    BOOST_TEST(has(html, "<h2 id=\"zwei\">zwei</h2>"));
    BOOST_TEST(has(html, "<th scope=\"col\">c|d|e</th><th scope=\"col\" lang=\"ar\" dir=\"rtl\">f</th>"));
}

BOOST_AUTO_TEST_CASE(a_whole_body_renders_as_the_same_body_cut) {
    MarkdownGenerator generator(seed_for_tests() + 3);
    BOOST_TEST_MESSAGE("seed " << seed_for_tests() + 3);
    for (int i = 0; i < 300; ++i) {
        const std::string markdown = generator.document();
        const Body whole = whole_body(markdown);
        BOOST_TEST_REQUIRE(first_fault(render_html(whole.skeleton, parts_of(whole), english)) == "");
    }
    const Body whole = whole_body("# A\n\n- b\n\n<i>\n");
    BOOST_TEST(render_html(whole.skeleton, parts_of(whole), english) == html_of("# A\n\n- b\n\n<i>\n"));
}

BOOST_AUTO_TEST_CASE(whatever_comes_the_html_is_ours) {
    const unsigned seed = seed_for_tests() + 4;
    BOOST_TEST_MESSAGE("seed " << seed);
    MarkdownGenerator generator(seed);
    const std::vector<std::string> hostile{"<script>alert(1)</script>",
                                           "\"><svg onload=x>",
                                           "[x](javascript:alert(1))",
                                           "![x](data:text/html,y \"\\\" onerror=z\")",
                                           "<a href='javascript:x'>",
                                           "```\"><script>\nx\n```",
                                           "[a]: javascript:x\n\n[a]",
                                           "<javascript:alert(1)>",
                                           "&lt;script&gt;",
                                           "<?x0?>",
                                           "<!--> <b>",
                                           "a\n\n- b\n\n    c",
                                           "|",
                                           "``` \" onclick=\"x",
                                           "# [x](vbscript:y)",
                                           "[x](<java\nscript:y>)"};
    for (int i = 0; i < 3'000; ++i) {
        const Body body = segments_of(generator.document());
        std::vector<Part> parts = parts_of(body);
        for (Part& part : parts) {
            if (generator.chance(3)) part.text = hostile[generator.below(hostile.size())];
            if (generator.chance(3)) part.lang = arabic;
            if (generator.chance(5)) part.text.reset();
        }
        const std::string html = render_html(body.skeleton, parts, english);
        BOOST_TEST_REQUIRE(first_fault(html) == "", first_fault(html) << " in\n" << html);
    }
}

BOOST_AUTO_TEST_CASE(marks_nested_without_end_do_not_end_the_server) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) text += "*a **b ";
    for (int i = 0; i < 20'000; ++i) text += "b** a*";
    BOOST_TEST(first_fault(html_of(text)) == "");
    BOOST_TEST(has(visible_text(text), "a b a b"));
}

BOOST_AUTO_TEST_CASE(a_single_inline_text_never_opens_a_block) {
    BOOST_TEST(render_inline_html("A *b* [c](/d)") == "A <em>b</em> <a href=\"/d\">c</a>");
    BOOST_TEST(render_inline_html("# 1. x") == "# 1. x");
    BOOST_TEST(render_inline_html("- a\n- b\n\n> c") == "- a - b &gt; c");
    BOOST_TEST(render_inline_html("**\"a\"** b") == "<strong>&quot;a&quot;</strong> b");
    BOOST_TEST(render_inline_html("a\n===") == "a ===");
    BOOST_TEST(render_inline_html("") == "");
}

BOOST_AUTO_TEST_CASE(visible_text_has_no_marks_and_no_destinations) {
    BOOST_TEST(visible_text("Plain text, 5 %") == "Plain text, 5 %");
    BOOST_TEST(visible_text("A **b** [c d](/e \"f\") `g*h` ![i](j.png) ~~k~~") == "A b c d g*h i k");
    BOOST_TEST(visible_text("[a][label] b\nc <b>d</b> &amp; \\*") == "a b c d & *");
    BOOST_TEST(visible_text("- a\n# b") == "- a # b");
    BOOST_TEST(visible_text("**a**") == "a");
}

BOOST_AUTO_TEST_SUITE_END()
