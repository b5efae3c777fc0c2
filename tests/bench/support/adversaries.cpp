#include "tests/bench/support/adversaries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace stele::bench {
namespace {

std::string repeated(std::string_view piece, size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += piece;
    return text;
}

Adversary repeating(std::string name, std::string piece) {
    return {std::move(name), [piece](size_t bytes, unsigned) { return repeated(piece, bytes); }};
}

// `open` over half of the bytes, then `close` over the other half.
Adversary enclosing(std::string name, std::string open, std::string close) {
    return {std::move(name), [open, close](size_t bytes, unsigned) {
                return repeated(open, bytes / 2) + "x" + repeated(close, bytes / 2);
            }};
}

// Each piece is made from its number.
Adversary counting(std::string name, std::function<std::string(size_t)> piece) {
    return {std::move(name), [piece](size_t bytes, unsigned seed) {
                std::string text;
                for (size_t i = seed; text.size() < bytes; ++i) text += piece(i);
                return text;
            }};
}

std::string words(std::mt19937& random, size_t count, unsigned vocabulary) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += fmt::format("{}w{}", i ? " " : "", random() % vocabulary);
    return text;
}

// Backtick runs of growing length: none closes another.
std::string growing_runs(size_t bytes, char mark) {
    std::string text;
    for (size_t n = 1; text.size() < bytes; ++n) text.append("e").append(n, mark);
    return text;
}

// "* a", "  * a", "    * a" …
std::string stairs(size_t bytes, std::string_view marker, size_t step) {
    std::string text;
    for (size_t depth = 0; text.size() < bytes; ++depth) text.append(depth * step, ' ').append(marker).append("a\n");
    return text;
}

// A table whose rows are as short as can be: each has to be filled up to the width of the first.
std::string ragged_table(size_t bytes) {
    const size_t columns = bytes / 8;
    return "|" + repeated("a|", columns * 2) + "\n|" + repeated("-|", columns * 2) + "\n" + repeated("a\n", bytes / 2);
}

std::string wide_table(size_t bytes, size_t columns) {
    std::string text = "|" + repeated("a|", columns * 2) + "\n|" + repeated("-|", columns * 2) + "\n";
    while (text.size() < bytes) text += "|" + repeated("b|", columns * 2) + "\n";
    return text;
}

// Whatever was forgotten above: short runs of tokens that mean something, put together at random and repeated.
std::string soup(size_t bytes, unsigned seed) {
    static const std::vector<std::string> tokens = {
        "a",  " ",   "\n",  "\n\n", "*",     "**",  "_",   "__",   "`",  "``",     "~",   "~~", "[",
        "]",  "(",   ")",   "![",   "](",    "<",   ">",   "<a ",  "</", "&",      ";",   "#",  "# ",
        "- ", "+ ",  "1. ", "> ",   "|",     "\n|", "-|",  "    ", "\t", "\\",     "\"",  "'",  "--",
        "<!", "-->", "<?",  "?>",   "[x]: ", "[x]", "```", "~~~",  "\r", "- [ ] ", "=\n", "-\n"};
    std::mt19937 random(seed);
    std::string unit;
    for (size_t i = 1 + random() % 8; i > 0; --i) unit += tokens[random() % tokens.size()];
    std::string tail;
    for (size_t i = random() % 4; i > 0; --i) tail += tokens[random() % tokens.size()];
    return repeated(unit, bytes) + tail;
}

constexpr unsigned soups = 60;

}  // namespace

const std::vector<Adversary>& markdown_adversaries() {
    static const auto all = [] {
        std::vector<Adversary> list{
            {"prose",
             [](size_t bytes, unsigned seed) {
                 std::mt19937 random(seed);
                 std::string text;
                 while (text.size() < bytes) text += words(random, 40, 5'000) + ".\n\n";
                 return text;
             }},
            {"one paragraph",
             [](size_t bytes, unsigned seed) {
                 std::mt19937 random(seed);
                 return words(random, bytes / 5, 5'000);
             }},
            repeating("shortest paragraphs", "a\n\n"),
            repeating("lines of one paragraph", "a\n"),
            repeating("quotes in one line", "> "),
            repeating("quotes without gaps", ">"),
            repeating("lines of deep quotes", repeated(">", 60) + "a\n"),
            repeating("quotes and lazy lines", "> a\nb\n"),
            repeating("lists in one line", "- "),
            repeating("ordered lists in one line", "1. "),
            repeating("items", "- a\n"),
            repeating("empty items", "-\n"),
            repeating("changing markers", "- a\n+ a\n* a\n"),
            repeating("loose items", "- a\n\n"),
            repeating("tasks", "- [ ] a\n"),
            repeating("items of many parts", "- a\n\n  b\n\n  c\n\n"),
            repeating("quotes in items", "- > a\n"),
            {"stairs of lists", [](size_t bytes, unsigned) { return stairs(bytes, "- ", 2); }},
            {"stairs of quotes", [](size_t bytes, unsigned) { return stairs(bytes, "> ", 0); }},
            {"deep list, then lines",
             [](size_t bytes, unsigned) { return stairs(4'000, "- ", 2) + repeated("x\n\n", bytes); }},
            {"deep quote, then lines",
             [](size_t bytes, unsigned) { return repeated(">", 1'000) + "a\n" + repeated(">\n\nx\n", bytes); }},
            {"deep quote, then blank quotes",
             [](size_t bytes, unsigned) { return repeated("> ", bytes / 2) + "\n" + repeated(">\n", bytes / 2); }},
            repeating("headings", "# a\n"),
            repeating("equal headings with text", "# Again\n\nText.\n\n"),
            repeating("underlined", "a\n=\n"),
            repeating("breaks", "---\n"),
            repeating("fences", "```\n"),
            repeating("code", "```\na\n```\n"),
            repeating("indented code", "    a\n\n"),
            repeating("open brackets", "["),
            repeating("close brackets", "]"),
            enclosing("brackets", "[", "]"),
            enclosing("links in links", "[a](b [", "](c)"),
            repeating("image brackets", "![["),
            repeating("open links", "[a](<b"),
            repeating("open links with titles", "[a](b \"c"),
            repeating("links", "[a](b)"),
            repeating("full links", "[a](<b> \"c\")"),
            repeating("parentheses", "[a](("),
            repeating("shortcut references", "[a] "),
            repeating("references without end", "[a][b"),
            counting("definitions", [](size_t i) { return fmt::format("[a{}]: b\n", i); }),
            counting("definitions and uses",
                     [](size_t i) { return fmt::format("[a{0}]: b\n\n[a{0}] [a{1}]\n\n", i, i / 2); }),
            repeating("equal definitions", "[a]: b\n"),
            {"long reference",
             [](size_t bytes, unsigned) {
                 return "[a]: " + repeated("b", bytes / 2) + "\n\n" + repeated("[a]", bytes / 2);
             }},
            repeating("open emphasis", "*a "),
            repeating("close emphasis", "a* "),
            repeating("both emphasis", "*a_ "),
            repeating("mixed emphasis", "a**b_c* "),
            enclosing("emphasis", "*a ", " b*"),
            enclosing("strong", "**a ", " b**"),
            repeating("stars", "*"),
            repeating("underscores", "_"),
            repeating("words and stars", "a***b"),
            repeating("underscored words", "a_b"),
            repeating("tildes", "~"),
            repeating("open strikes", "~~a "),
            repeating("mixed strikes", "~a~~b"),
            {"growing backticks", [](size_t bytes, unsigned) { return growing_runs(bytes, '`'); }},
            {"growing tildes", [](size_t bytes, unsigned) { return growing_runs(bytes, '~'); }},
            {"growing stars", [](size_t bytes, unsigned) { return growing_runs(bytes, '*'); }},
            repeating("code spans", "`a` "),
            repeating("backslashes", "\\"),
            repeating("hard breaks", "a\\\n"),
            repeating("ampersands", "&"),
            repeating("entities", "&amp;"),
            repeating("open entities", "&#x"),
            repeating("numeric entities", "&#0;"),
            repeating("less than", "<"),
            repeating("open tags", "<a "),
            repeating("open attributes", "x <a b='"),
            repeating("open comments", "x <!-- "),
            repeating("open comments with dashes", "x <!--a--"),
            repeating("open instructions", "x <?"),
            repeating("open sections", "x <![CDATA["),
            repeating("open declarations", "x <!A "),
            repeating("tags", "x <a b='c'>"),
            repeating("HTML blocks", "<p>\n\n"),
            repeating("HTML lines", "<p>\n"),
            repeating("placeholders", "<?x0?>\n\n"),
            repeating("autolinks", "<http://a>"),
            repeating("open autolinks", "<http://a"),
            repeating("mail", "<a@b"),
            {"ragged table", [](size_t bytes, unsigned) { return ragged_table(bytes); }},
            {"narrow table", [](size_t bytes, unsigned) { return wide_table(bytes, 1); }},
            {"wide table", [](size_t bytes, unsigned) { return wide_table(bytes, 100); }},
            repeating("pipes", "|"),
            repeating("pipes in cells", "\\|"),
            repeating("tables", "|a|\n|-|\n\n"),
            repeating("delimiter rows", "|-|\n"),
            repeating("lines of pipes", "a|b\n"),
            {"pipes and dashes",
             [](size_t bytes, unsigned) { return repeated("a|", bytes / 2) + "\n" + repeated("-|", bytes / 2) + "x"; }},
            repeating("spaces", " "),
            {"spaces in lines", [](size_t bytes, unsigned) { return "a" + repeated(" ", bytes) + "b"; }},
            {"spaces before breaks",
             [](size_t bytes, unsigned) { return repeated("a" + std::string(1'000, ' ') + "\n", bytes); }},
            repeating("tabs", "\t"),
            repeating("tabs in lists", "-\ta\n"),
            repeating("carriage returns", "a\r"),
            repeating("captions", "![a](b \"c\")\n\n"),
            repeating("combining marks", "e\xCC\x81\xCC\xA7"),
            repeating("Thai", "\xE0\xB8\x81\xE0\xB8\xB2\xE0\xB8\xA3"),
            repeating("Chinese", "\xE5\x9F\x8E\xE5\xB8\x82"),
            repeating("NUL", std::string("a\0 ", 3)),
        };
        for (unsigned i = 0; i < soups; ++i)
            list.push_back({fmt::format("soup {}", i), [i](size_t bytes, unsigned) { return soup(bytes, i); }});
        return list;
    }();
    return all;
}

const std::vector<Adversary>& comparison_adversaries() {
    static const auto paragraphs = [](size_t bytes, const std::function<std::string(size_t, size_t)>& text) {
        size_t count = 0;
        for (size_t size = 0; size < bytes; ++count) size += text(count, 1'000'000).size() + 2;
        std::string out;
        for (size_t i = 0; i < count; ++i) out += text(i, count) + "\n\n";
        return out;
    };
    // The words of paragraph `i`; `vocabulary` small makes them alike.
    static const auto text_of = [](size_t i, size_t count, unsigned vocabulary) {
        std::mt19937 random(static_cast<unsigned>(i));
        return words(random, count, vocabulary);
    };
    using Make = std::function<std::string(size_t, size_t, unsigned)>;
    static const auto pair = [](std::string name, const Make& make) {
        return Adversary{std::move(name), [make](size_t bytes, unsigned seed) {
                             return paragraphs(bytes, [&](size_t i, size_t n) { return make(i, n, seed); });
                         }};
    };
    static const std::vector<Adversary> all{
        pair("the same", [](size_t i, size_t, unsigned) { return text_of(i, 30, 5'000); }),
        pair("rewritten", [](size_t i, size_t, unsigned seed) { return text_of(i + seed * 1'000'003, 30, 5'000); }),
        pair("rewritten in few words",
             [](size_t i, size_t, unsigned seed) { return text_of(i + seed * 1'000'003, 30, 8); }),
        pair("every word again",
             [](size_t i, size_t, unsigned seed) { return text_of(i + seed * 1'000'003, 1, 5'000); }),
        pair("edited",
             [](size_t i, size_t, unsigned seed) { return text_of(i, 29, 5'000) + (seed ? " new" : " old"); }),
        pair("edited in few words",
             [](size_t i, size_t, unsigned seed) { return text_of(i, 20, 6) + (seed ? " a b" : " c"); }),
        pair("reversed", [](size_t i, size_t n, unsigned seed) { return text_of(seed ? n - 1 - i : i, 10, 5'000); }),
        pair("equal", [](size_t, size_t, unsigned) { return std::string("Read more"); }),
        pair("equal, one less",
             [](size_t i, size_t, unsigned seed) { return std::string(seed && i == 0 ? "x" : "Read more"); }),
        pair("two in turn",
             [](size_t i, size_t, unsigned seed) { return std::string((i + seed) % 2 ? "Read more" : "Read less"); }),
        pair("few different",
             [](size_t i, size_t, unsigned seed) { return fmt::format("Item {}", (i * 7 + seed * 3) % 40); }),
        pair("shuffled groups",
             [](size_t i, size_t, unsigned seed) { return fmt::format("Item {}", (seed ? i * 31 : i) % 1'009); }),
        pair("one letter",
             [](size_t i, size_t, unsigned seed) { return std::string(1, char('a' + (i * (seed ? 5 : 3)) % 26)); }),
        pair("kinds in turn",
             [](size_t i, size_t, unsigned seed) {
                 return fmt::format("{}{}", (i + seed) % 3 ? "" : "# ", text_of(i + seed, 4, 300));
             }),
        pair("lists for paragraphs",
             [](size_t i, size_t, unsigned seed) { return (seed ? "- " : "") + text_of(i, 5, 500); }),
        {"one long text",
         [](size_t bytes, unsigned seed) {
             std::mt19937 random(seed);
             return words(random, bytes / 5, 5'000);
         }},
        {"one long text of few words",
         [](size_t bytes, unsigned seed) {
             std::mt19937 random(seed);
             return words(random, bytes / 3, 9);
         }},
        {"punctuation", [](size_t bytes, unsigned seed) { return repeated(seed ? ",.;" : ";.,!", bytes); }},
    };
    return all;
}

}  // namespace stele::bench
