// Structure compared, and whether a text keeps it.
#include <algorithm>
#include <span>

#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

// The blocks around the texts as one string; blocks without a text leave no trace.
class Shape {
  public:
    explicit Shape(const Skeleton& skeleton)
        : skeleton_(skeleton), text_(fill_with_placeholders(skeleton).text), blocks_(parse_blocks(text_)) {
        is_text_.resize(blocks_.all.size(), false);
        for (uint32_t id : text_blocks(blocks_)) is_text_[id] = true;
    }

    std::string of(uint32_t id) {
        const Block& block = blocks_.all[id];
        if (is_text_[id]) return leaf(block);
        std::string inner;
        for (size_t i = 0; i < block.children.size(); ++i) {
            std::string child = of(block.children[i]);
            if (block.type == BlockType::row && !child.empty()) inner += std::to_string(i);
            inner += child;
        }
        if (inner.empty() || block.type == BlockType::document) return inner;
        return opening(block) + "(" + inner + ")";
    }

  private:
    std::string leaf(const Block& block) {
        const Kind kind = slot_ < skeleton_.slots.size() ? skeleton_.slots[slot_].kind : Kind::block;
        ++slot_;
        std::string name(name_of(kind));
        if (block.type == BlockType::heading) name += std::to_string(block.level);
        return name + ";";
    }

    static std::string opening(const Block& block) {
        switch (block.type) {
            case BlockType::quote:
                return "quote";
            case BlockType::list:
                return block.marker == '.' || block.marker == ')' ? "ordered" : "bullets";
            case BlockType::item:
                return block.task ? "task" : "item";
            case BlockType::table:
                return "table" + std::to_string(block.columns);
            default:
                return "row";
        }
    }

    const Skeleton& skeleton_;
    std::string text_;
    Blocks blocks_;
    std::vector<bool> is_text_;
    size_t slot_ = 0;
};

// White space runs as one space: in a slot of one line that is all a line end can be.
std::string in_one_line(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (!scan::is_space(c))
            out += c;
        else if (!out.empty() && out.back() != ' ')
            out += ' ';
    }
    while (out.ends_with(' ')) out.pop_back();
    return out;
}

// The leaves before and behind the slot are the placeholders still; a block may itself be any number of leaves.
bool others_stay(const Skeleton& skeleton, size_t slot, const std::vector<Leaf>& leaves) {
    const size_t slots = skeleton.slots.size();
    if (leaves.size() + 1 < slots) return false;
    for (size_t i = 0; i < slots; ++i) {
        const size_t at = i < slot ? i : leaves.size() - (slots - i);
        if (i != slot && leaves[at].text != placeholder(skeleton, i)) return false;
    }
    return true;
}

// Words and harmless punctuation in one line, beginning with a letter: nothing in them opens, closes or continues a
// block, so they fit wherever the placeholder does, as the most of what translators write.
bool is_plain(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; };
    const auto harmless = [&](char c) {
        return letter(c) || (c >= '0' && c <= '9') ||
               std::string_view(" .,;:?!'\"()/%-").find(c) != std::string_view::npos;
    };
    return !text.empty() && letter(text.front()) && text.back() != ' ' &&
           std::all_of(text.begin(), text.end(), harmless);
}

bool fits_unparsed(const Skeleton& skeleton, size_t slot, std::string_view text) {
    return skeleton.slots[slot].kind == Kind::paragraph && is_plain(text);
}

bool same_around(const Skeleton& skeleton, size_t slot, const Skeleton& found) {
    const std::string filled = fill_with_placeholders(skeleton).text;
    Skeleton expected = body_of(parse_blocks(filled)).skeleton;
    if (slot < expected.slots.size()) expected.slots[slot].kind = skeleton.slots[slot].kind;
    return same_structure(expected, found);
}

std::optional<std::string> check_by_parsing(const Skeleton& skeleton, size_t slot, std::string_view text) {
    std::string in_place;
    for (size_t i = 0; i < skeleton.slots.size(); ++i) {
        in_place += skeleton.literals[i];
        in_place += i == slot ? text_in_slot(skeleton.slots[i], text) : placeholder(skeleton, i);
    }
    in_place += skeleton.literals.back();
    const Body body = segments_of(in_place);
    if (!others_stay(skeleton, slot, body.leaves)) return "segment.splits";
    const Kind kind = skeleton.slots[slot].kind;
    if (kind == Kind::block) return std::nullopt;
    if (body.leaves.size() != skeleton.slots.size() || in_one_line(body.leaves[slot].text) != in_one_line(text))
        return "segment.splits";
    if (body.leaves[slot].kind != kind || !same_around(skeleton, slot, body.skeleton)) return "segment.changes-kind";
    return std::nullopt;
}

using Written = std::pair<size_t, std::string_view>;

// A block may itself be any number of leaves: those of a run of blocks that were written end where the next slot's leaf
// is. Returns the first slot whose leaf is not there; none when all are, and no more.
std::optional<size_t> first_missing(const Skeleton& skeleton, std::span<const Written> texts,
                                    const std::vector<Leaf>& leaves) {
    size_t at = 0;
    bool in_blocks = false;
    auto next = texts.begin();
    for (size_t slot = 0; slot < skeleton.slots.size(); ++slot) {
        const bool written = next != texts.end() && next->first == slot;
        const auto kind = skeleton.slots[slot].kind;
        const auto expected = in_one_line(written ? (next++)->second : placeholder(skeleton, slot));
        if (written && kind == Kind::block) {
            in_blocks = true;
            continue;
        }
        const auto is_there = [&] {
            return in_one_line(leaves[at].text) == expected && (!written || leaves[at].kind == kind);
        };
        while (in_blocks && at < leaves.size() && !is_there()) ++at;
        if (at == leaves.size() || !is_there()) return slot;
        in_blocks = false;
        ++at;
    }
    if (in_blocks || at == leaves.size()) return std::nullopt;
    return skeleton.slots.size();
}

// All of them in their places, parsed once. Blocks alone, or none: they may change what is around them. Returns where
// it shows that they do not fit.
std::optional<size_t> misfit_together(const Skeleton& skeleton, std::span<const Written> texts) {
    std::string in_place;
    auto next = texts.begin();
    for (size_t i = 0; i < skeleton.slots.size(); ++i) {
        in_place += skeleton.literals[i];
        const bool written = next != texts.end() && next->first == i;
        in_place += written ? text_in_slot(skeleton.slots[i], (next++)->second) : placeholder(skeleton, i);
    }
    in_place += skeleton.literals.back();
    const Body body = segments_of(in_place);
    if (const auto missing = first_missing(skeleton, texts, body.leaves)) return missing;
    if (skeleton.slots[texts.front().first].kind == Kind::block) return std::nullopt;
    Skeleton expected = body_of(parse_blocks(fill_with_placeholders(skeleton).text)).skeleton;
    for (const auto& [slot, text] : texts)
        if (slot < expected.slots.size()) expected.slots[slot].kind = skeleton.slots[slot].kind;
    if (same_structure(expected, body.skeleton)) return std::nullopt;
    return skeleton.slots.size();
}

// So many of a large body are parsed one by one that it costs about as much as a few of its parses.
size_t few(const Skeleton& skeleton) {
    constexpr size_t bearable_slots = 20'000, most = 8;
    return std::clamp<size_t>(bearable_slots / (skeleton.slots.size() + 1), 1, most);
}

// The text that shows first is mostly the one; else by halves, until few are left to be looked at one by one.
void find_misfits(const Skeleton& skeleton, std::span<const Written> texts, std::map<size_t, std::string>& misfits) {
    if (texts.size() <= few(skeleton)) {
        for (const auto& [slot, text] : texts)
            if (auto key = check_by_parsing(skeleton, slot, text)) misfits.emplace(slot, std::move(*key));
        return;
    }
    const auto at = misfit_together(skeleton, texts);
    if (!at) return;
    const auto behind = std::upper_bound(texts.begin(), texts.end(), *at,
                                         [](size_t slot, const Written& written) { return slot < written.first; });
    const auto& [slot, text] = behind == texts.begin() ? *behind : *std::prev(behind);
    if (auto key = check_by_parsing(skeleton, slot, text)) {
        misfits.emplace(slot, std::move(*key));
        return;
    }
    const auto half = texts.size() / 2;
    find_misfits(skeleton, texts.first(half), misfits);
    if (misfits.empty()) find_misfits(skeleton, texts.subspan(half), misfits);
}

}  // namespace

bool same_structure(const Skeleton& a, const Skeleton& b) {
    if (a.slots.size() != b.slots.size()) return false;
    return a == b || Shape(a).of(0) == Shape(b).of(0);
}

std::optional<std::string> check_fits(const Skeleton& skeleton, size_t slot, std::string_view text) {
    if (slot >= skeleton.slots.size() || scan::is_blank(text)) return std::nullopt;
    if (fits_unparsed(skeleton, slot, text)) return std::nullopt;
    return check_by_parsing(skeleton, slot, text);
}

std::map<size_t, std::string> check_all_fit(const Skeleton& skeleton, const std::map<size_t, std::string_view>& texts) {
    std::vector<Written> blocks, others;
    for (const auto& [slot, text] : texts) {
        if (slot >= skeleton.slots.size() || scan::is_blank(text) || fits_unparsed(skeleton, slot, text)) continue;
        (skeleton.slots[slot].kind == Kind::block ? blocks : others).emplace_back(slot, text);
    }
    std::map<size_t, std::string> misfits;
    find_misfits(skeleton, blocks, misfits);
    find_misfits(skeleton, others, misfits);
    return misfits;
}

}  // namespace stele::content
