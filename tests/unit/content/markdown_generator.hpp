#pragma once
// Markdown made up at random: nested lists and quotes, tables, code, headings, HTML, definitions, tabs, CRLF, lazy
// lines, many scripts, and now and then plain noise.
#include <random>
#include <string>

class MarkdownGenerator {
  public:
    explicit MarkdownGenerator(unsigned seed) : random_(seed) {}

    std::string document() {
        if (chance(20)) return noise();
        std::string text = blocks(0);
        if (chance(8)) text += "\n[ref]: /target \"Title\"\n";
        if (chance(4)) text = with_line_ends(text, "\r\n");
        if (chance(30)) text = with_line_ends(text, "\r");
        if (chance(5) && !text.empty()) text.pop_back();
        if (chance(30)) text.insert(0, "\xEF\xBB\xBF");
        return text;
    }

    size_t below(size_t bound) { return random_() % bound; }
    bool chance(size_t one_in) { return below(one_in) == 0; }

  private:
    std::string pick(std::initializer_list<const char*> choices) { return *(choices.begin() + below(choices.size())); }

    std::string word() {
        return pick({"alpha",
                     "beta",
                     "*gamma*",
                     "**delta**",
                     "`code`",
                     "[link](/to \"t\")",
                     "[label][ref]",
                     "Ærlig",
                     "город",
                     "مدينة",
                     "城市",
                     "a\\|b",
                     "x_y_z",
                     "~~gone~~",
                     "<b>",
                     "&amp;",
                     "![alt](p.png)",
                     "1.",
                     "\\*",
                     "http://x.y",
                     "#5",
                     "c:",
                     "\"quoted\"",
                     "(x)",
                     "e\xCC\x81",
                     "\xC2\xA0",
                     "<!-- c -->",
                     "-",
                     "+"});
    }

    std::string words() {
        std::string text =
            pick({"One", "Two", "Три", "أربعة", "*Five*", "[six](/6)", "\"Seven\"", "`eight`", "![n](i.png)"});
        for (size_t i = below(6); i > 0; --i) text += " " + word();
        return text;
    }

    std::string paragraph() {
        std::string text = words();
        for (size_t i = below(3); i > 0; --i) text += pick({"\n", "  \n", "\\\n", "\n   ", "\n\t"}) + words();
        return text + "\n";
    }

    std::string heading() {
        if (chance(4)) return words() + "\n" + pick({"===", "---", "-"}) + "\n";
        return pick({"#", "##", "###", "######"}) + " " + words() + pick({"", " ##", " #"}) + "\n";
    }

    std::string code() {
        const std::string body = pick({"int x;\n", "a\n\n  b\n", "", "\n\n", "\ttab\n", "# no heading\n- no item\n"});
        if (chance(3)) return indented("x = 1;\n" + body, chance(3) ? "\t" : "    ");
        const std::string fence = pick({"```", "~~~", "`````"});
        return fence + pick({"", "cpp", " js title"}) + "\n" + body + (chance(8) ? "" : fence + "\n");
    }

    std::string html() {
        return pick({"<div>\nraw *text*\n</div>\n", "<!-- note -->\n", "<!-- two\n\nlines -->\n", "<hr/>\n",
                     "<script>\nx\n\ny\n</script>\n", "<a href=\"x\">\n", "<?php x ?>\n", "<!DOCTYPE html>\n"});
    }

    std::string cell() {
        return chance(5) ? "" : chance(4) ? pick({"a\\|b", "`x\\|y`", "*m*", "-", "# h", "مدينة"}) : words();
    }

    std::string row(size_t columns) {
        const bool open = !chance(4), close = !chance(4);
        std::string text = open ? "|" : "";
        for (size_t i = 0; i < columns; ++i)
            text += (i > 0 ? "|" : "") + pick({" ", "", "  "}) + cell() + pick({" ", ""});
        return text + (close ? "|" : "") + "\n";
    }

    std::string table() {
        const size_t columns = 1 + below(4);
        std::string text = row(columns);
        for (size_t i = 0; i < columns; ++i) text += pick({"|---", "| :-: ", "|-:"});
        text += "|\n";
        for (size_t i = below(4); i > 0; --i) text += row(chance(4) ? 1 + below(5) : columns);
        return text;
    }

    std::string definition() {
        return pick(
            {"[ref]: /a\n", "[other ref]:\n  <b c>\n  'title\n  goes on'\n", "[ref]: /x \"t\"\nand text\n", "[no]\n"});
    }

    std::string list(int depth) {
        const std::string marker = pick({"-", "*", "+", "1.", "7)", "10."});
        const std::string gap = pick({" ", " ", " ", "  ", "   ", "\t", "     "});
        const bool loose = chance(3);
        std::string text;
        for (size_t i = 1 + below(4); i > 0; --i) {
            const std::string inner = chance(10) ? "\n"
                                                 : (chance(8)   ? "[ ] "
                                                    : chance(8) ? "[x] "
                                                                : "") +
                                                       item_blocks(depth);
            const std::string pad(marker.size() + (gap == "\t" ? 4 - marker.size() % 4 : gap.size()), ' ');
            text += marker + gap + behind(inner, chance(10) ? "\t" : pad);
            if (loose) text += "\n";
        }
        return text;
    }

    std::string item_blocks(int depth) {
        std::string text = chance(6) ? block(depth + 1) : words() + "\n";
        for (size_t i = below(3); i > 0; --i) text += (chance(2) ? "\n" : "") + block(depth + 1);
        return text;
    }

    std::string quote(int depth) {
        std::string text = indented(blocks(depth + 1), pick({"> ", "> ", ">", ">  "}), true);
        if (chance(5)) text += "lazy line\n";
        return text;
    }

    std::string block(int depth) {
        switch (below(depth < 3 ? 12 : 8)) {
            case 0:
            case 1:
            case 2:
                return paragraph();
            case 3:
                return heading();
            case 4:
                return code();
            case 5:
                return html();
            case 6:
                return table();
            case 7:
                return chance(2) ? pick({"---\n", "* * *\n", "___\n"}) : definition();
            case 8:
            case 9:
            case 10:
                return list(depth);
            default:
                return quote(depth);
        }
    }

    std::string blocks(int depth) {
        std::string text;
        for (size_t i = 1 + below(depth == 0 ? 6 : 3); i > 0; --i) {
            text += chance(12) ? indented(block(depth), pick({" ", "  ", "   "})) : block(depth);
            if (!chance(5)) text += chance(6) ? " \t\n\n" : "\n";
        }
        return text;
    }

    std::string noise() {
        std::string text;
        for (size_t i = below(120); i > 0; --i)
            text += pick({"\n",  "\n",  "\n\n", " ",   "  ", "\t", "- ",  "1. ",    "> ",   "#",   "# ",
                          "```", "~~~", "|",    "|-|", "-",  "=",  "===", "[a]: b", "[a]",  "<p>", "<!--",
                          "-->", "*",   "_",    "`",   "\\", "x",  "æ",   "[ ] ",   "\r\n", "***", ":"});
        return text;
    }

    // Every line but the first.
    std::string behind(const std::string& text, const std::string& prefix) {
        const size_t end = text.find('\n') + 1;
        return text.substr(0, end) + indented(text.substr(end), prefix);
    }

    static std::string indented(const std::string& text, const std::string& prefix, bool blank_too = false) {
        std::string out;
        for (size_t at = 0; at < text.size();) {
            const size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
            if (blank_too || text[at] != '\n') out += prefix;
            out += text.substr(at, end - at);
            at = end;
        }
        return out;
    }

    static std::string with_line_ends(const std::string& text, const std::string& line_end) {
        std::string out;
        for (char c : text) out += c == '\n' ? line_end : std::string(1, c);
        return out;
    }

    std::mt19937 random_;
};
