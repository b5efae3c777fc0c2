#include "src/content/placeholders.hpp"

namespace stele::content {
namespace {

constexpr size_t longest = 200;  // bytes: what has no end by then is none

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(char c) { return is_digit(c) || is_letter(c) || c == '_' || c == '.' || c == '-'; }
bool one_of(char c, std::string_view all) { return all.find(c) != all.npos; }

// From '{' to after its '}'; ICU's arguments nest. 0: a brace that stands for itself.
size_t braces(std::string_view text) {
    int depth = 0;
    for (size_t i = 0; i < text.size() && i < longest; ++i) {
        if (text[i] == '{') ++depth;
        if (text[i] == '}' && --depth == 0) return i + 1;
        if (i == 1 && !is_name(text[i]) && text[i] != '{' && text[i] != ' ') return 0;
        if (text[i] == '\n') return 0;
    }
    return 0;
}

// C's and Python's: %[(name)|n$][flags][width][.precision][length]conversion. Not "50 % of" and not "50% off".
size_t percent(std::string_view text) {
    size_t i = 1;
    if (i < text.size() && text[i] == '(') {
        while (i < text.size() && i < longest && text[i] != ')' && text[i] != '\n') ++i;
        if (i >= text.size() || text[i] != ')') return 0;
        ++i;
    } else {
        size_t digits = i;
        while (digits < text.size() && is_digit(text[digits])) ++digits;
        if (digits > i && digits < text.size() && text[digits] == '$') i = digits + 1;
    }
    while (i < text.size() && i < longest && (is_digit(text[i]) || one_of(text[i], "+-#."))) ++i;
    while (i < text.size() && one_of(text[i], "hlzjt")) ++i;
    if (i >= text.size() || !one_of(text[i], "sdiufFeEgGxXoc@")) return 0;
    return i + 1 < text.size() && is_letter(text[i + 1]) ? 0 : i + 1;
}

bool ends_address(char c) { return static_cast<unsigned char>(c) <= ' ' || one_of(c, "<>\"'`()[]{}|\\^*"); }

// From the colon of "https://…": where the scheme begins, and its end.
size_t address_end(std::string_view text, size_t from) {
    while (from < text.size() && !ends_address(text[from])) ++from;
    while (one_of(text[from - 1], ".,;:!?_~")) --from;  // of the sentence
    return from;
}

}  // namespace

std::vector<Placeholder> find_placeholders(std::string_view text) {
    std::vector<Placeholder> found;
    size_t free = 0;  // behind the last one
    for (size_t i = 0; i < text.size();) {
        size_t begin = i, length = 0;
        if (text[i] == '{') {
            length = braces(text.substr(i));
            if (length && i > free && text[i - 1] == '$') --begin, ++length;
        } else if (text[i] == '%' && (i == 0 || !is_digit(text[i - 1]))) {
            length = percent(text.substr(i));
        } else if (text[i] == ':' && text.substr(i).starts_with("://") && i + 3 < text.size() &&
                   !ends_address(text[i + 3])) {
            while (begin > free && i - begin < 20 && is_letter(text[begin - 1])) --begin;
            if (begin < i) length = address_end(text, i + 3) - begin;
        }
        if (length == 0) {
            ++i;
            continue;
        }
        found.push_back({begin, begin + length});
        i = free = begin + length;
    }
    return found;
}

}  // namespace stele::content
