#include "server/mail/header.hpp"

#include <sodium.h>

#include <algorithm>

#include "src/locale/characters.hpp"

namespace stele::mail {
namespace {

constexpr size_t longest_plain = 60;
// RFC 2047 section 2: a word has at most 75 characters, 12 of which are "=?UTF-8?B?" and "?=".
constexpr size_t bytes_per_word = (75 - 12) / 4 * 3;

std::string one_line(std::string_view text) {
    std::string line(text);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    return line;
}

// Short, ASCII, and nothing that a reader takes for an encoded word.
bool is_plain(std::string_view text) {
    return text.size() <= longest_plain && text.find("=?") == std::string_view::npos &&
           std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

std::string encoded_word(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the NUL
    return "=?UTF-8?B?" + text + "?=";
}

// RFC 2047 section 5: each word is decoded by itself, so none ends inside a character. Spaces between words are not
// part of the text.
std::string encoded_words(std::string_view text) {
    std::string words;
    for (size_t first = 0, end = 0; first < text.size(); first = end) {
        for (size_t next = first; next < text.size() && next - first <= bytes_per_word;) {
            locale::next_code_point(text, next);
            if (next - first <= bytes_per_word) end = next;
        }
        words += (words.empty() ? "" : "\r\n ") + encoded_word(text.substr(first, end - first));
    }
    return words;
}

// RFC 5322 section 3.2.3: atoms and the spaces between them need no quotes.
bool is_of_atoms(std::string_view text) {
    constexpr std::string_view others = " !#$%&'*+-/=?^_`{|}~";
    return std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               others.find(c) != std::string_view::npos;
    });
}

std::string in_quotes(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

}  // namespace

std::string header_text(std::string_view text) {
    const auto line = one_line(text);
    return is_plain(line) ? line : encoded_words(line);
}

std::string display_name(std::string_view name) {
    const auto line = one_line(name);
    // Poco looks for the first '<' when it says who sends.
    if (!is_plain(line) || line.find('<') != std::string::npos) return encoded_words(line);
    return is_of_atoms(line) ? line : in_quotes(line);
}

}  // namespace stele::mail
