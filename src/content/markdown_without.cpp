// A skeleton without the blocks of absent texts.
#include <algorithm>

#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

struct Edit {
    Span cut;
    std::string instead;
};

class Pruning {
  public:
    Pruning(const Skeleton& skeleton, const std::vector<bool>& present)
        : skeleton_(skeleton), filled_(fill_with_placeholders(skeleton)), blocks_(parse_blocks(filled_.text)) {
        slot_at_.resize(blocks_.all.size(), -1);
        item_goes_on_.resize(blocks_.lines.size() + 1, false);
        for (uint32_t id : text_blocks(blocks_)) {
            const size_t begin = blocks_.all[id].text[0].begin;
            const auto at = std::lower_bound(filled_.begins.begin(), filled_.begins.end(), begin);
            if (at != filled_.begins.end() && *at == begin)
                slot_at_[id] = static_cast<int>(at - filled_.begins.begin());
        }
        present_ = present;
        present_.resize(skeleton.slots.size(), false);
        weigh(0);
    }

    Skeleton pruned() {
        if (!fates_[0].present) return {{""}, {}};
        prune(0);
        std::sort(edits_.begin(), edits_.end(), [](const Edit& a, const Edit& b) { return a.cut.begin < b.cut.begin; });
        return rebuilt();
    }

  private:
    struct Fate {
        bool present = false;  // holds a text that stays
        bool absent = false;   // holds one that goes
        bool needed = false;   // holds definitions that others may use
        bool dies() const { return absent && !present && !needed; }
    };

    Fate weigh(uint32_t id) {
        fates_.resize(blocks_.all.size());
        const Block& block = blocks_.all[id];
        Fate fate;
        if (slot_at_[id] >= 0) (present_[static_cast<size_t>(slot_at_[id])] ? fate.present : fate.absent) = true;
        fate.needed = block.type == BlockType::references;
        for (size_t i = 0; i < block.children.size(); ++i) {
            const Fate inner = weigh(block.children[i]);
            fate.present |= inner.present;
            fate.absent |= inner.absent;
            fate.needed |= inner.needed;
            if (block.type == BlockType::list && i > 0) item_goes_on_[blocks_.all[block.children[i]].first_line] = true;
        }
        return fates_[id] = fate;
    }

    void prune(uint32_t id) {
        const Block& block = blocks_.all[id];
        if (block.type == BlockType::row) return empty_cells(block);
        for (size_t i = 0; i < block.children.size(); ++i) {
            if (!fates_[block.children[i]].dies() || block.type == BlockType::table) {
                prune(block.children[i]);
                continue;
            }
            const size_t first = i;
            while (i + 1 < block.children.size() && fates_[block.children[i + 1]].dies()) ++i;
            cut_run(block, first, i);
        }
    }

    void cut_run(const Block& parent, size_t first, size_t last) {
        const Block& front = blocks_.all[parent.children[first]];
        const Block& back = blocks_.all[parent.children[last]];
        const bool goes_on = last + 1 < parent.children.size();
        if (goes_on && behind_item_marker(front)) {
            // The item's marker stands on this line: the next block takes the place.
            edits_.push_back({{front.begin, begin_of(parent.children[last + 1])}, ""});
            return;
        }
        size_t from = front.first_line;
        const size_t behind = back.last_line + 1;
        const bool separates = behind < blocks_.lines.size() && !blocks_.lines[behind].blank && !item_goes_on_[behind];
        std::string instead;
        if (!separates) {
            while (from > 0 && blocks_.lines[from - 1].blank) --from;
        } else if (from > 0 && !blocks_.lines[from - 1].blank) {
            instead = blank_line(front);
        }
        edits_.push_back({{blocks_.lines[from].begin, blocks_.lines[behind - 1].next}, instead});
    }

    // Without it what stood before the block and what stood behind it might become one paragraph.
    std::string blank_line(const Block& block) const {
        const SourceLine& line = blocks_.lines[block.first_line];
        std::string prefix(
            blocks_.source.substr(line.begin, blocks_.content_begin(block.first_line, block.depth) - line.begin));
        prefix.resize(scan::trim_right(prefix).size());
        return prefix.append(blocks_.source.substr(line.end, line.next - line.end));
    }

    bool behind_item_marker(const Block& block) const {
        for (uint32_t id = block.parent; id != 0; id = blocks_.all[id].parent)
            if (blocks_.all[id].type == BlockType::item && blocks_.all[id].first_line == block.first_line) return true;
        return false;
    }

    size_t begin_of(uint32_t id) const {
        const Block& block = blocks_.all[id];
        const bool indented = block.type == BlockType::code && block.marker == 0;
        return indented ? blocks_.content_begin(block.first_line, block.depth) : block.begin;
    }

    // An absent cell at the edge of a row without pipes there would shift the others.
    void empty_cells(const Block& row) {
        size_t written = row.children.size();
        while (written > 0 && blocks_.all[row.children[written - 1]].text.empty()) --written;
        for (size_t i = 0; i < written; ++i) {
            const Fate& fate = fates_[row.children[i]];
            if (!fate.dies()) continue;
            const bool open = i == 0 && !row.open_pipe;
            const bool close = i + 1 == written && !row.close_pipe;
            edits_.push_back({blocks_.all[row.children[i]].text[0], open && close ? "| |" : open || close ? "|" : ""});
        }
    }

    Skeleton rebuilt() const {
        Skeleton out;
        std::string literal;
        size_t at = 0, slot = 0;
        auto edit = edits_.begin();
        while (at < filled_.text.size()) {
            if (edit != edits_.end() && edit->cut.begin <= at) {
                literal += edit->instead;
                at = std::max(at, edit->cut.end);
                ++edit;
                continue;
            }
            while (slot < filled_.begins.size() && filled_.begins[slot] < at) ++slot;
            if (slot < filled_.begins.size() && filled_.begins[slot] == at) {
                out.literals.push_back(std::move(literal));
                literal.clear();
                out.slots.push_back(skeleton_.slots[slot]);
                at += placeholder(skeleton_, slot).size();
                continue;
            }
            size_t end = slot < filled_.begins.size() ? filled_.begins[slot] : filled_.text.size();
            if (edit != edits_.end()) end = std::min(end, edit->cut.begin);
            literal += filled_.text.substr(at, end - at);
            at = end;
        }
        for (; edit != edits_.end(); ++edit) literal += edit->instead;
        out.literals.push_back(std::move(literal));
        return out;
    }

    const Skeleton& skeleton_;
    Filled filled_;
    Blocks blocks_;
    std::vector<bool> present_;
    std::vector<int> slot_at_;        // by block
    std::vector<bool> item_goes_on_;  // by line: a second or later item of a list begins here
    std::vector<Fate> fates_;         // by block
    std::vector<Edit> edits_;
};

// As many lines as the slot was cut with: their prefixes must still be right.
std::string placeholder_lines(const Skeleton& skeleton, size_t slot) {
    std::string text = placeholder(skeleton, slot);
    if (skeleton.slots[slot].kind == Kind::block) return text;
    for (size_t i = 0; i < skeleton.slots[slot].line_prefixes.size(); ++i) text += "\ny";
    return text;
}

bool is_prose(Kind kind) { return kind == Kind::paragraph || kind == Kind::list_item || kind == Kind::caption; }

// Every slot is one leaf again, and nothing else is. Prose may have become an item's first paragraph, or its second.
bool holds(const Skeleton& skeleton, size_t slots) {
    if (skeleton.slots.size() != slots) return false;
    std::string filled;
    for (size_t i = 0; i < slots; ++i)
        filled.append(skeleton.literals[i]).append(text_in_slot(skeleton.slots[i], placeholder_lines(skeleton, i)));
    filled += skeleton.literals.back();
    const Body body = body_of(parse_blocks(filled));
    if (body.leaves.size() != slots) return false;
    for (size_t i = 0; i < slots; ++i) {
        const Kind was = skeleton.slots[i].kind, is = body.leaves[i].kind;
        if (was != is && !(is_prose(was) && is_prose(is))) return false;
        if (body.leaves[i].text != placeholder_lines(skeleton, i)) return false;
    }
    return true;
}

// A task keeps its box, and what only looks like one stands where none can be.
std::string item_opening(std::string_view literal) {
    literal = scan::trim_right(literal);
    for (const char* box : {"[ ]", "[x]", "[X]"})
        if (literal.ends_with(box)) return std::string("- ") + box + " ";
    return "-\n  ";
}

// The last resort: the blocks one after another, without what was around them.
Skeleton flattened(const Skeleton& skeleton, const std::vector<bool>& present) {
    Skeleton out{{""}, {}};
    for (size_t i = 0; i < skeleton.slots.size(); ++i) {
        if (i >= present.size() || !present[i]) continue;
        // So far in that no further line can open a block (CommonMark 4.4).
        Slot slot{skeleton.slots[i].kind, {}, "\n        "};
        std::string behind = "\n\n";
        switch (slot.kind) {
            case Kind::heading:
                if (skeleton.slots[i].line_prefixes.empty())
                    out.literals.back() += "## ", slot.next_prefix = " ";
                else
                    behind = "\n---\n\n";
                break;
            case Kind::list_item:
                out.literals.back() += item_opening(skeleton.literals[i]);
                break;
            case Kind::code:
                out.literals.back() += "~~~~~~~~\n", slot.next_prefix = "\n", behind = "\n~~~~~~~~\n\n";
                break;
            case Kind::table_cell:
                out.literals.back() += "| ", slot.next_prefix = " ", behind = " |\n| --- |\n\n";
                break;
            case Kind::block:
                slot.next_prefix = "\n";
                break;
            case Kind::paragraph:
            case Kind::caption:
                break;
        }
        out.slots.push_back(std::move(slot));
        out.literals.push_back(std::move(behind));
    }
    return out;
}

}  // namespace

Skeleton without_absent(const Skeleton& skeleton, const std::vector<bool>& present) {
    Skeleton pruned = Pruning(skeleton, present).pruned();
    const auto kept = static_cast<size_t>(std::count(present.begin(), present.end(), true));
    return holds(pruned, kept) ? pruned : flattened(skeleton, present);
}

}  // namespace stele::content
