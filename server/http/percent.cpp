#include "server/http/percent.hpp"

#include "server/http/characters.hpp"

namespace stele::http {

namespace {

int hex_value(char c) { return c <= '9' ? c - '0' : lower(c) - 'a' + 10; }

bool is_escape(std::string_view text, std::size_t at) {
    return at + 2 < text.size() && is(hex_character, text[at + 1]) && is(hex_character, text[at + 2]);
}

}  // namespace

bool escapes_are_sound(std::string_view text) {
    for (auto at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
        if (!is_escape(text, at) || (text[at + 1] == '0' && text[at + 2] == '0')) return false;
    return true;
}

std::string percent_decoded(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && is_escape(text, i)) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        if (is(unreserved_character, c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

QueryItems query_items(std::string_view query) {
    QueryItems items;
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
        items.emplace_back(percent_decoded(pair.substr(0, equals), true), percent_decoded(value, true));
    }
    return items;
}

}  // namespace stele::http
