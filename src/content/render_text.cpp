// Escapes, URLs and ids.
#include <array>

#include "src/content/markdown_scan.hpp"
#include "src/content/render_html.hpp"

namespace stele::content {
namespace {

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// What houdini_escape_href of cmark leaves alone.
bool stays_in_url(char c) {
    return is_alnum(c) || std::string_view("-_.+!*(),%#@?=;:/$~").find(c) != std::string_view::npos;
}

// Marks and spaces outside ASCII that are no part of a word: U+00A0-U+00BF, U+2000-U+206F, U+3000-U+303F.
size_t foreign_mark(std::string_view text) {
    const auto byte = [&](size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
    if (byte(0) == 0xC2) return 2;
    if (byte(0) == 0xE2 && (byte(1) == 0x80 || byte(1) == 0x81)) return 3;
    if (byte(0) == 0xE3 && byte(1) == 0x80) return 3;
    return 0;
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const size_t plain = std::min(text.find_first_of("&<>\""), text.size());
        out.append(text.substr(0, plain));
        if (plain == text.size()) return;
        switch (text[plain]) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            default:
                out += "&quot;";
                break;
        }
        text.remove_prefix(plain + 1);
    }
}

void append_url(std::string& out, std::string_view url) {
    static constexpr char hex[] = "0123456789ABCDEF";
    for (char c : url) {
        if (stays_in_url(c)) {
            out += c;
        } else if (c == '&') {
            out += "&amp;";
        } else if (c == '\'') {
            out += "&#x27;";
        } else {
            out += '%';
            out += hex[static_cast<unsigned char>(c) >> 4];
            out += hex[static_cast<unsigned char>(c) & 15];
        }
    }
}

bool is_safe_url(std::string_view url) {
    const size_t end = url.find_first_of(":/?#");
    if (end == std::string_view::npos || url[end] != ':') return true;
    std::string scheme;
    for (char c : url.substr(0, end)) scheme += lower(c);
    return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

std::string heading_id(std::string_view text) {
    std::string id;
    bool gap = false;
    while (!text.empty()) {
        const size_t mark = foreign_mark(text);
        const bool word = mark == 0 && (is_alnum(text[0]) || static_cast<unsigned char>(text[0]) >= 0x80);
        if (word) {
            if (gap && !id.empty()) id += '-';
            id += lower(text[0]);
        }
        // An apostrophe does not part a word.
        gap = !word && (gap || text[0] != '\'');
        text.remove_prefix(mark ? std::min(mark, text.size()) : 1);
    }
    return id.empty() ? "section" : id;
}

}  // namespace stele::content
