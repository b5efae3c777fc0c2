#pragma once
// What of a segment is not language, hidden from a machine and put back: marks of Markdown, destinations, code,
// placeholders, entities. Each stretch becomes <x id="N"/>, all else XML text.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stele::machine {

struct Protected {
    std::string xml;
    std::vector<std::string> kept;  // what the elements stand for, in order
    bool has_words = false;         // is there anything to translate?
};
Protected protect(std::string_view text);

// The translation with everything put back. Absent where an element was lost or doubled, or where the result has not
// the same marks as `source` when it is shown: a link turned inside out, an emphasis that is none any more.
std::optional<std::string> restore(std::string_view source, const Protected& hidden, std::string_view translated);

}  // namespace stele::machine
