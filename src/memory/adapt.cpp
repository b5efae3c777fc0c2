#include "src/memory/adapt.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "src/content/destinations.hpp"
#include "src/content/placeholders.hpp"
#include "src/locale/text.hpp"

namespace stele::memory {
namespace {

struct Place {
    size_t begin, end;
    Token::Kind kind;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string digits_of(std::string_view number) {
    std::string digits;
    std::ranges::copy_if(number, std::back_inserter(digits), is_digit);
    return digits;
}

bool has_ascii_digits_alone(std::string_view number) {
    return std::ranges::all_of(number, [](char c) { return is_digit(c) || c == '.' || c == ','; });
}

// Where numbers and placeholders stand, outside the destinations of links.
std::vector<Place> places_of(std::string_view text, const locale::Tag& tag) {
    std::vector<Place> places;
    const auto links = content::find_destinations(text);
    const auto in_link = [&](size_t begin) {
        return std::ranges::any_of(links, [&](const auto& l) { return begin >= l.begin && begin < l.end; });
    };
    const auto placeholders = content::find_placeholders(text);
    for (const auto& [begin, end] : placeholders)
        if (!in_link(begin)) places.push_back({begin, end, Token::Kind::placeholder});
    size_t at = 0;
    for (const auto& piece : locale::word_pieces(text, tag)) {
        const bool in_placeholder =
            std::ranges::any_of(placeholders, [&](const auto& p) { return at >= p.begin && at < p.end; });
        if (piece.kind == locale::WordPiece::Kind::number && !in_placeholder && !in_link(at))
            places.push_back({at, at + piece.text.size(), Token::Kind::number});
        at += piece.text.size();
    }
    return places;
}

// "1 250" is three pieces to UAX #29: groups of three digits behind one space belong together.
void join_groups(std::string_view text, std::vector<Place>& places) {
    constexpr std::string_view spaces[] = {" ", "\u00A0", "\u202F", "'", "’"};
    std::vector<Place> joined;
    for (const auto& place : places) {
        const bool group = place.kind == Token::Kind::number && !joined.empty() &&
                           joined.back().kind == Token::Kind::number && place.end - place.begin >= 3 &&
                           std::ranges::all_of(text.substr(place.begin, 3), is_digit) &&
                           std::ranges::find(spaces, text.substr(joined.back().end, place.begin - joined.back().end)) !=
                               std::end(spaces);
        if (group)
            joined.back().end = place.end;
        else
            joined.push_back(place);
    }
    places = std::move(joined);
}

// `to` written as the translator wrote `from`: each of its separators as theirs. Absent where nothing shows how.
std::optional<std::string> written_as(std::string_view from, std::string_view written, std::string_view to) {
    if (!has_ascii_digits_alone(from) || !has_ascii_digits_alone(to)) {
        if (from == written) return std::string(to);
        return std::nullopt;
    }
    std::map<char, std::string> separators;
    for (size_t i = 0, j = 0; i < from.size();) {
        if (is_digit(from[i])) {
            if (j >= written.size() || written[j] != from[i]) return std::nullopt;
            ++i, ++j;
            continue;
        }
        const size_t begin = j;
        while (j < written.size() && !is_digit(written[j])) ++j;
        separators[from[i++]] = written.substr(begin, j - begin);
    }
    std::string out;
    for (const char c : to) {
        if (is_digit(c)) {
            out += c;
        } else if (const auto at = separators.find(c); at != separators.end()) {
            out += at->second;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

bool is_meant(const Token& from, std::string_view written) {
    if (from.kind == Token::Kind::placeholder || !has_ascii_digits_alone(from.text)) return from.text == written;
    return digits_of(from.text) == digits_of(written);
}

}  // namespace

Adapted adapt(std::string_view target, std::vector<Replacement> replacements, const locale::Tag& tag) {
    if (replacements.empty()) return {std::string(target), 0};
    auto places = places_of(target, tag);
    join_groups(target, places);
    std::map<size_t, std::pair<size_t, std::string>> changes;  // begin → end, text
    size_t replaced = 0;
    for (const auto& [from, to] : replacements) {
        std::vector<const Place*> meant;
        for (const auto& place : places)
            if (place.kind == from.kind && is_meant(from, target.substr(place.begin, place.end - place.begin)))
                meant.push_back(&place);
        const auto same = std::ranges::count_if(
            replacements, [&, &f = from](const auto& r) { return r.from.kind == f.kind && r.from.text == f.text; });
        if (meant.size() != 1 || same != 1) continue;
        const auto& place = *meant.front();
        const auto written = from.kind == Token::Kind::number
                                 ? written_as(from.text, target.substr(place.begin, place.end - place.begin), to.text)
                                 : std::optional(to.text);
        if (written && changes.emplace(place.begin, std::pair{place.end, *written}).second) ++replaced;
    }
    std::string out;
    size_t from = 0;
    for (const auto& [begin, change] : changes) {
        out.append(target.substr(from, begin - from)).append(change.second);
        from = change.first;
    }
    return {out.append(target.substr(from)), replaced};
}

}  // namespace stele::memory
