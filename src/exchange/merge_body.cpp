#include "src/exchange/merge_body.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stele::exchange {
namespace {

struct Side {
    std::vector<std::optional<size_t>> was;  // for each leaf the base's, that it is
    std::vector<std::optional<size_t>> is;   // the other way
};

// A text written anew in its place is like nothing before: what lies between the same neighbours, as many and of the
// same kinds, is the same.
void pair_in_place(const std::vector<content::Leaf>& base, const std::vector<content::Leaf>& now, Side& side) {
    for (size_t from = 0; from < now.size(); ++from) {
        if (side.was[from]) continue;
        size_t to = from;
        while (to < now.size() && !side.was[to]) ++to;
        const size_t low = from == 0 ? 0 : *side.was[from - 1] + 1;
        const size_t high = to == now.size() ? base.size() : *side.was[to];
        bool fits = low <= high && high - low == to - from;
        for (size_t i = 0; fits && i < to - from; ++i)
            fits = !side.is[low + i] && base[low + i].kind == now[from + i].kind;
        for (size_t i = 0; fits && i < to - from; ++i) side.was[from + i] = low + i, side.is[low + i] = from + i;
        from = to;
    }
}

Side side_of(const std::vector<content::Leaf>& base, const std::vector<content::Leaf>& now) {
    std::vector<content::Known> known;
    for (size_t i = 0; i < base.size(); ++i) known.push_back({std::to_string(i), base[i].kind, base[i].text});
    Side side{{}, std::vector<std::optional<size_t>>(base.size())};
    for (const auto& id : content::identify(known, {}, now).ids) {
        const auto at = side.was.size();
        side.was.push_back(id ? std::optional<size_t>(std::stoul(*id)) : std::nullopt);
        if (side.was.back()) side.is[*side.was.back()] = at;
    }
    pair_in_place(base, now, side);
    return side;
}

class BodyMerge {
  public:
    BodyMerge(const std::string& base, const Document& file, const Present& now, bool theirs)
        : file_(file),
          now_(now),
          theirs_(theirs),
          base_(content::segments_of(base)),
          mine_(content::segments_of(file.front.body)) {
        for (const auto& s : now.segments) {
            if (s.field != content::body_id || s.retired || !s.target) continue;
            ids_.push_back(s.id);
            theirs_now_.push_back({s.kind, *s.target});
        }
        if (!now.is_source()) find_places();
        from_file_ = side_of(base_.leaves, mine_.leaves);
        from_database_ = side_of(base_.leaves, theirs_now_);
    }

    MergedBody run() {
        for (size_t b = 0; b < base_.leaves.size(); ++b) merge_leaf(b);
        find_added();
        check_order();
        if (theirs_ && structural_) {
            merged_.segments.clear();
            merged_.whole = file_with_the_others();
        }
        return std::move(merged_);
    }

  private:
    void conflict(const std::string& place, const std::string& mine, const std::string& now) {
        if (!theirs_) merged_.conflicts.push_back({file_.path, place, mine, now});
    }
    static std::string place(size_t leaf) { return fmt::format("body {}", leaf + 1); }

    void merge_leaf(size_t b) {
        const auto& before = base_.leaves[b].text;
        const auto f = from_file_.is[b], d = from_database_.is[b];
        if (!f) return cut_in_file(b);
        const auto& mine = mine_.leaves[*f].text;
        if (mine == before) return;
        if (!d) {
            if (!database_has(mine)) structural_ = true, conflict(place(*f), mine, "");
            return;
        }
        const auto& now = theirs_now_[*d].text;
        if (now == mine) return;
        if (now == before || theirs_) {
            merged_.segments.push_back({ids_[*d], mine});
        } else {
            conflict(place(*f), mine, now);
        }
    }

    void cut_in_file(size_t b) {
        const auto d = from_database_.is[b];
        if (!d) return;
        const auto& now = theirs_now_[*d].text;
        if (now == base_.leaves[b].text && !now_.is_source()) {
            merged_.segments.push_back({ids_[*d], ""});
            return;
        }
        structural_ = true;
        conflict("body", "", now);
    }

    // Which segment of the source each text of the file stands for, by its place: where the file says what it lacks, or
    // has all of them, whatever it still says.
    void find_places() {
        find_places(file_.lacks.value_or(std::vector<size_t>()));
        if (places_.empty()) find_places({});
    }

    void find_places(const std::vector<size_t>& lacks) {
        size_t place = 0;
        for (const auto& s : now_.segments) {
            if (s.field != content::body_id || s.retired) continue;
            const bool lacked = std::find(lacks.begin(), lacks.end(), place++) != lacks.end();
            if (!lacked) places_.push_back(&s);
        }
        bool fits = places_.size() == mine_.leaves.size();
        for (size_t f = 0; fits && f < places_.size(); ++f) fits = places_[f]->kind == mine_.leaves[f].kind;
        if (!fits) places_.clear();
    }

    // A text of the file that was none before: the segment may have got another one in the database, or none.
    bool fill(size_t f) {
        if (places_.empty()) return false;
        const auto& segment = *places_[f];
        const auto& mine = mine_.leaves[f].text;
        if (segment.target && !segment.target->empty() && !theirs_) {
            conflict(place(f), mine, *segment.target);
        } else {
            merged_.segments.push_back({segment.id, mine});
        }
        return true;
    }

    void find_added() {
        for (size_t f = 0; f < mine_.leaves.size(); ++f) {
            if (from_file_.was[f] || database_has(mine_.leaves[f].text) || fill(f)) continue;
            structural_ = true;
            conflict(place(f), mine_.leaves[f].text, "");
        }
    }

    bool database_has(const std::string& text) const {
        return std::any_of(theirs_now_.begin(), theirs_now_.end(), [&](const auto& leaf) { return leaf.text == text; });
    }

    // The file moved blocks, or made other blocks of the same texts.
    void check_order() {
        if (structural_) return;
        std::vector<size_t> order;
        for (const auto& b : from_file_.was)
            if (b) order.push_back(*b);
        const bool same_blocks = order.size() < base_.leaves.size() || mine_.leaves.size() != base_.leaves.size() ||
                                 content::same_structure(base_.skeleton, mine_.skeleton);
        if (std::is_sorted(order.begin(), order.end()) && same_blocks) return;
        structural_ = true;
        conflict("body order", file_.front.body, now_.translation.body);
    }

    // The file's structure and changes, with what only the database changed.
    std::string file_with_the_others() const {
        std::vector<std::optional<std::string>> texts;
        for (size_t f = 0; f < mine_.leaves.size(); ++f) {
            auto text = mine_.leaves[f].text;
            const auto b = from_file_.was[f];
            if (b && base_.leaves[*b].text == text && from_database_.is[*b])
                text = theirs_now_[*from_database_.is[*b]].text;
            texts.emplace_back(std::move(text));
        }
        return content::compose(mine_.skeleton, texts);
    }

    const Document& file_;
    const Present& now_;
    bool theirs_;
    content::Body base_, mine_;
    std::vector<content::Leaf> theirs_now_;
    std::vector<std::string> ids_;                     // of theirs_now_
    std::vector<const editing::SegmentView*> places_;  // of mine_'s leaves; empty: not known
    Side from_file_, from_database_;
    bool structural_ = false;  // not to be said as changes of single segments
    MergedBody merged_;
};

}  // namespace

MergedBody merge_body(const std::string* base, const Document& file, const Present& now, bool theirs) {
    const auto& mine = file.front.body;
    const auto& body = now.translation.body;
    if (mine == body || (base && mine == *base)) return {};
    if (base ? body == *base : body.empty()) return {.whole = mine};
    const bool one_piece = !now.is_source() && now.translation.mode == content::Mode::independent;
    if (base && !one_piece) return BodyMerge(*base, file, now, theirs).run();
    if (theirs) return {.whole = mine};
    if (!base && mine.empty()) return {};
    return {.conflicts = {{file.path, "body", mine, body}}};
}

}  // namespace stele::exchange
