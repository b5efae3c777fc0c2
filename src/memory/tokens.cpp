#include "src/memory/tokens.hpp"

#include "src/content/destinations.hpp"
#include "src/content/placeholders.hpp"
#include "src/locale/text.hpp"

namespace stele::memory {
namespace {

using Kind = Token::Kind;

void add_words(Tokens& tokens, std::string_view text, const locale::Tag& tag) {
    using Piece = locale::WordPiece::Kind;
    for (const auto& piece : locale::word_pieces(text, tag)) {
        if (piece.kind == Piece::between && locale::normalize_space(piece.text).empty()) continue;
        const auto kind = piece.kind == Piece::word     ? Kind::word
                          : piece.kind == Piece::number ? Kind::number
                                                        : Kind::mark;
        std::string written(piece.text);
        auto folded = kind == Kind::word ? locale::fold_case(written) : written;
        tokens.push_back({kind, std::move(written), std::move(folded)});
    }
}

}  // namespace

Tokens tokens_of(std::string_view text, const locale::Tag& tag) {
    const auto shown = locale::nfc(content::without_destinations(text));
    Tokens tokens;
    size_t from = 0;
    for (const auto& [begin, end] : content::find_placeholders(shown)) {
        add_words(tokens, std::string_view(shown).substr(from, begin - from), tag);
        auto name = shown.substr(begin, end - begin);
        tokens.push_back({Kind::placeholder, name, name});
        from = end;
    }
    add_words(tokens, std::string_view(shown).substr(from), tag);
    return tokens;
}

}  // namespace stele::memory
