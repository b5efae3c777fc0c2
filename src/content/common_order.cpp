#include "src/content/common_order.hpp"

#include <algorithm>

namespace stele::content {
namespace {

using Places = std::vector<std::vector<std::uint32_t>>;  // number → where it stands, ascending

Places places_of(std::span<const std::uint32_t> items, size_t numbers) {
    Places places(numbers);
    for (size_t i = 0; i < items.size(); ++i) places[items[i]].push_back(static_cast<std::uint32_t>(i));
    return places;
}

// Empties the places of the numbers that would cost more pairs than are left, the frequent ones last come.
void spend(Places& before, const std::vector<size_t>& count_now, size_t max_pairs) {
    std::vector<std::pair<size_t, size_t>> costs;
    for (size_t number = 0; number < before.size(); ++number)
        if (const size_t cost = before[number].size() * count_now[number]; cost > 0) costs.emplace_back(cost, number);
    std::sort(costs.begin(), costs.end());
    for (const auto& [cost, number] : costs) {
        if (cost > max_pairs) {
            before[number].clear();
            max_pairs = 0;
        } else {
            max_pairs -= cost;
        }
    }
}

// Longest increasing subsequence over the candidates, in the order of `now`, with links back.
class Chain {
  public:
    void add(std::uint32_t before, size_t now) {
        const auto at =
            std::lower_bound(tails_.begin(), tails_.end(), before,
                             [this](size_t node, std::uint32_t value) { return nodes_[node].before < value; });
        if (at != tails_.end() && nodes_[*at].before == before) return;  // an earlier one of the same length is as good
        const size_t previous = at == tails_.begin() ? none : *std::prev(at);
        nodes_.push_back({before, now, previous});
        if (at == tails_.end()) {
            tails_.push_back(nodes_.size() - 1);
        } else {
            *at = nodes_.size() - 1;
        }
    }

    void collect(std::vector<IndexPair>& out, size_t offset) const {
        const size_t first = out.size();
        for (size_t node = tails_.empty() ? none : tails_.back(); node != none; node = nodes_[node].previous)
            out.emplace_back(nodes_[node].before + offset, nodes_[node].now + offset);
        std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
    }

  private:
    static constexpr size_t none = static_cast<size_t>(-1);
    struct Node {
        std::uint32_t before;
        size_t now, previous;
    };
    std::vector<Node> nodes_;
    std::vector<size_t> tails_;  // the node that ends a chain of length k+1 at the smallest index
};

// The whole table: of several longest ones the one that shifts least. Duplicates make them many, and a text stays
// nearest to where it was.
class Table {
  public:
    Table(std::span<const std::uint32_t> before, std::span<const std::uint32_t> now)
        : before_(before), now_(now), width_(now.size() + 1), cells_((before.size() + 1) * width_) {
        for (size_t i = before.size(); i-- > 0;)
            for (size_t j = now.size(); j-- > 0;) at(i, j) = best(i, j);
    }

    std::vector<IndexPair> pairs() {
        std::vector<IndexPair> pairs;
        for (size_t i = 0, j = 0; i < before_.size() && j < now_.size();) {
            const Step step = at(i, j).step;
            if (step == Step::pair) pairs.emplace_back(i, j);
            i += step != Step::skip_now;
            j += step != Step::skip_before;
        }
        return pairs;
    }

  private:
    enum class Step : std::uint8_t { skip_before, skip_now, pair };
    struct Cell {
        std::uint32_t length = 0, shift = 0;
        Step step = Step::skip_before;
        bool operator<(const Cell& other) const {
            return length < other.length || (length == other.length && shift > other.shift);
        }
    };

    Cell& at(size_t i, size_t j) { return cells_[i * width_ + j]; }

    Cell best(size_t i, size_t j) {
        Cell result = at(i + 1, j);
        result.step = Step::skip_before;
        if (result < at(i, j + 1)) {
            result = at(i, j + 1);
            result.step = Step::skip_now;
        }
        if (before_[i] != now_[j]) return result;
        Cell with = at(i + 1, j + 1);
        with.length += 1;
        with.shift += static_cast<std::uint32_t>(i > j ? i - j : j - i);
        with.step = Step::pair;
        return with < result ? result : with;
    }

    std::span<const std::uint32_t> before_, now_;
    size_t width_;
    std::vector<Cell> cells_;
};

constexpr size_t max_cells = 250'000;  // 500 segments on both sides

}  // namespace

std::vector<IndexPair> common_order(std::span<const std::uint32_t> before, std::span<const std::uint32_t> now,
                                    size_t max_pairs) {
    if (before.size() * now.size() <= max_cells) return Table(before, now).pairs();
    std::vector<IndexPair> pairs;
    size_t head = 0, tail = 0;
    const size_t shorter = std::min(before.size(), now.size());
    while (head < shorter && before[head] == now[head]) pairs.emplace_back(head, head), ++head;
    while (tail < shorter - head && before[before.size() - 1 - tail] == now[now.size() - 1 - tail]) ++tail;

    const auto before_middle = before.subspan(head, before.size() - head - tail);
    const auto now_middle = now.subspan(head, now.size() - head - tail);
    std::uint32_t numbers = 0;
    for (const auto items : {before_middle, now_middle})
        for (const std::uint32_t item : items) numbers = std::max(numbers, item + 1);
    Places places = places_of(before_middle, numbers);
    std::vector<size_t> count_now(numbers);
    for (const std::uint32_t item : now_middle) ++count_now[item];
    spend(places, count_now, max_pairs);

    Chain chain;
    for (size_t j = 0; j < now_middle.size(); ++j) {
        const auto& candidates = places[now_middle[j]];
        // Descending, so that one item of `now` is used once.
        for (auto i = candidates.rbegin(); i != candidates.rend(); ++i) chain.add(*i, j);
    }
    chain.collect(pairs, head);
    for (size_t i = tail; i > 0; --i) pairs.emplace_back(before.size() - i, now.size() - i);
    return pairs;
}

}  // namespace stele::content
