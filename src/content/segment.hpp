#pragma once
// Segments: identity over edits of the source, staleness by content, differences in words. Pure functions.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/content/markdown.hpp"
#include "src/locale/tag.hpp"

namespace stele::content {

// 16 bytes of XXH3-128 as a byte string.
using Hash = std::string;

// Law 1: over NFC text, every White_Space run (U+00A0, U+202F too) one space, ends trimmed, link and image destinations
// left out (inline, angle and reference definitions); titles of links count. Equal hash = the same meaning.
Hash meaning_hash(std::string_view text);
// Over the exact bytes: names one wording.
Hash exact_hash(std::string_view bytes);

// A source segment before and after an edit.
struct Known {
    std::string id;  // "b17"
    Kind kind;
    std::string text;
    bool retired = false;  // not in the source now, but once: may be brought back
};

// For each new leaf the id of the known segment that it is: first equal hash in order
// (LCS), then equal hash moved (nearest unused), then retired ones with equal hash, then the most similar live one of
// the same kind with at least half of the words in common (text edited in place; between the same neighbours
// preferred), else absent = new. `live` in the order of the old source, `retired` in the order they were retired (of
// equal ones the latest come back). Costs are bounded: beyond limits it falls back to cheaper steps, never quadratic.
struct Identified {
    std::vector<std::optional<std::string>> ids;  // one per new leaf
    std::vector<std::string> retired;             // live ids that no new leaf took
};
Identified identify(std::span<const Known> live, std::span<const Known> retired, std::span<const Leaf> now);

// Which leaf of a translated file stands for which source leaf by order and kind: for each target leaf the index of the
// source leaf, absent = no counterpart. Used when a translation is first imported; `missing` lists source indexes known
// to have no translation in the file.
std::vector<std::optional<size_t>> align(std::span<const Leaf> source, std::span<const Leaf> target,
                                         std::span<const size_t> missing);

// The share of words (visible, case-folded) that two texts have in common, 0..1, order respected loosely (multiset
// Dice).
double similarity(std::string_view a, std::string_view b);

// A word diff for people: runs of equal, removed and added text. Bounded: beyond 4,000 words a side the middle is one
// change.
struct DiffRun {
    enum class Kind { same, removed, added } kind;
    std::string text;
};
std::vector<DiffRun> word_diff(std::string_view before, std::string_view after, const locale::Tag& tag);

// Law 1, last sentence: where the target's n-th destination equals the basis's n-th, and the source now has another one
// in that place, the target follows; elsewhere (another word order) too, if the old one became one thing. Texts and
// titles are never touched. The same bytes back when nothing follows, or when the source has a link more or less than
// the basis.
std::string follow_destinations(std::string_view target, std::string_view basis, std::string_view source);

}  // namespace stele::content
