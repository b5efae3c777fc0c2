// Accept-Language, as RFC 9110 section 12.5.4 writes it.
#include <algorithm>

#include "src/locale/chain.hpp"

namespace stele::locale {
namespace {

constexpr size_t max_header_bytes = 4096;
constexpr size_t max_members = 50;
constexpr size_t max_range_bytes = 64;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// language-range of RFC 4647 section 2.1: "*" or 1*8ALPHA *("-" 1*8alphanum).
bool is_range(std::string_view text) {
    if (text == "*") return true;
    if (text.empty() || text.size() > max_range_bytes) return false;
    size_t length = 0;
    bool first = true;
    for (const char c : text) {
        if (c == '-') {
            if (length == 0) return false;
            length = 0;
            first = false;
        } else if (++length > 8 || !(is_alpha(c) || (!first && is_digit(c)))) {
            return false;
        }
    }
    return length > 0;
}

// qvalue of RFC 9110 section 12.4.2 in thousandths: "0", "0.7", "1.000".
std::optional<int> thousandths(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int value = (text[0] - '0') * 1000;
    for (size_t i = 2, unit = 100; i < text.size(); ++i, unit /= 10) {
        if (!is_digit(text[i])) return std::nullopt;
        value += (text[i] - '0') * int(unit);
    }
    return value <= 1000 ? std::optional(value) : std::nullopt;
}

std::optional<Preference> member(std::string_view text) {
    const auto semicolon = text.find(';');
    const auto range = trimmed(text.substr(0, semicolon));
    if (!is_range(range)) return std::nullopt;
    if (semicolon == std::string_view::npos) return Preference{std::string(range), 1000};
    const auto weight = trimmed(text.substr(semicolon + 1));
    if (!weight.starts_with("q=") && !weight.starts_with("Q=")) return std::nullopt;
    const auto q = thousandths(weight.substr(2));
    if (!q) return std::nullopt;
    return Preference{std::string(range), *q};
}

}  // namespace

std::vector<Preference> parse_accept_language(std::string_view header) {
    if (header.size() > max_header_bytes) {
        header = header.substr(0, max_header_bytes);
        // What the cut left of the last member could be another language.
        const auto comma = header.rfind(',');
        header = header.substr(0, comma == std::string_view::npos ? 0 : comma);
    }
    std::vector<Preference> found;
    size_t members = 0;
    while (!header.empty() && members < max_members) {
        const auto comma = header.find(',');
        const auto text = trimmed(header.substr(0, comma));
        header = comma == std::string_view::npos ? std::string_view() : header.substr(comma + 1);
        if (text.empty()) continue;  // RFC 9110 section 5.6.1.2: empty list elements count for nothing
        ++members;
        if (auto preference = member(text)) found.push_back(std::move(*preference));
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.q > b.q; });
    return found;
}

}  // namespace stele::locale
