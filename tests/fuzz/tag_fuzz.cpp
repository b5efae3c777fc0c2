// Any bytes as a language tag: no tag, or one whose text is a tag again, the same, and safe in a path, a header and a
// file's name. And all that is asked of a tag has an answer.
#include "src/locale/chain.hpp"
#include "src/locale/tag.hpp"
#include "tests/fuzz/support.hpp"

using namespace stele;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    static const locale::Tag english = locale::Tag::stored("en");
    const auto tag = locale::Tag::parse(fuzz::view(data, size));
    if (!tag) return 0;
    const auto& text = tag->text();
    require(!text.empty() && text.size() <= 64, "it has a length");
    for (const char c : text)
        require((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-', "it is plain");
    require(text.front() != '-' && text.back() != '-', "hyphens stand between");
    const auto again = locale::Tag::parse(text);
    require(again && *again == *tag, "canonical is canonical");
    require(locale::Tag::stored(text) == *tag, "what was stored comes back");
    direction_of(*tag);
    require(!native_name(*tag).empty() && !display_name(*tag, english).empty(), "it has a name");
    const auto chain = locale::chain_of(*tag, {{*tag, std::nullopt}, {english, std::nullopt}}, english);
    require(!chain.empty() && chain.front() == *tag && chain.back() == english, "its chain begins and ends right");
    return 0;
}
