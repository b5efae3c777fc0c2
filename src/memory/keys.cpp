#include "src/memory/keys.hpp"

#include <xxhash.h>

#include <algorithm>

#include "src/content/segment.hpp"

namespace stele::memory {
namespace {

struct Piece {
    size_t length;  // of the words in it, in bytes
    Key key;
    auto operator<=>(const Piece&) const = default;
};

Key hash(char kind, const locale::Tag& tag, std::string_view a, std::string_view b = {}) {
    std::string bytes(1, kind);
    bytes.append(tag.text()).append(1, '\0').append(a).append(1, '\0').append(b);
    return static_cast<Key>(XXH3_64bits(bytes.data(), bytes.size()));
}

// What a token is among others: the same for all numbers, and for all placeholders.
std::string_view face_of(const Token& token) {
    if (token.kind == Token::Kind::number) return "0";
    return token.kind == Token::Kind::placeholder ? "{}" : std::string_view(token.folded);
}

std::vector<std::string_view> faces_of(const Tokens& tokens) {
    std::vector<std::string_view> faces;
    for (const auto& token : tokens)
        if (token.kind != Token::Kind::mark) faces.push_back(face_of(token));
    return faces;
}

std::vector<Key> longest(std::vector<Piece> pieces, size_t most) {
    std::ranges::sort(pieces, std::greater<>());
    const auto [first, last] = std::ranges::unique(pieces);
    pieces.erase(first, last);
    if (pieces.size() > most) pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(most), pieces.end());
    std::vector<Key> keys;
    for (const auto& piece : pieces) keys.push_back(piece.key);
    return keys;
}

std::vector<Key> pairs(const std::vector<std::string_view>& faces, const locale::Tag& tag, size_t most) {
    std::vector<Piece> pieces;
    for (size_t i = 1; i < faces.size(); ++i)
        pieces.push_back({faces[i - 1].size() + faces[i].size(), hash('p', tag, faces[i - 1], faces[i])});
    return longest(std::move(pieces), most);
}

}  // namespace

Key meaning_key(std::string_view text, const locale::Tag& tag) { return hash('=', tag, content::meaning_hash(text)); }

std::vector<Key> pair_keys(const Tokens& tokens, const locale::Tag& tag, size_t most) {
    auto faces = faces_of(tokens);
    if (faces.empty()) return {};
    faces.insert(faces.begin(), "");
    faces.emplace_back("");
    return pairs(faces, tag, most);
}

std::vector<Key> inner_pair_keys(const Tokens& tokens, const locale::Tag& tag, size_t most) {
    return pairs(faces_of(tokens), tag, most);
}

std::vector<Key> word_keys(const Tokens& tokens, const locale::Tag& tag, size_t most) {
    std::vector<Piece> pieces;
    for (const auto& token : tokens)
        if (token.kind == Token::Kind::word) pieces.push_back({token.folded.size(), hash('w', tag, token.folded)});
    return longest(std::move(pieces), most);
}

std::vector<Key> keys_of(std::string_view text, const locale::Tag& tag) {
    const auto tokens = tokens_of(text, tag);
    std::vector<Key> keys{meaning_key(text, tag)};
    for (const auto& more : {pair_keys(tokens, tag), word_keys(tokens, tag)})
        keys.insert(keys.end(), more.begin(), more.end());
    std::ranges::sort(keys);
    const auto [first, last] = std::ranges::unique(keys);
    keys.erase(first, last);
    return keys;
}

}  // namespace stele::memory
