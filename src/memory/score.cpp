#include "src/memory/score.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace stele::memory {
namespace {

using Kind = Token::Kind;

constexpr int word_cost = 4, mark_cost = 1, replaced_cost = 1;
constexpr size_t most_tokens = 1'000;

int cost_of(const Token& token) { return token.kind == Kind::mark ? mark_cost : word_cost; }

int cost_of(const Tokens& tokens) {
    int sum = 0;
    for (const auto& token : tokens) sum += cost_of(token);
    return sum;
}

bool is_replacement(const Token& a, const Token& b) {
    return a.kind == b.kind && (a.kind == Kind::number || a.kind == Kind::placeholder);
}

int cost_between(const Token& a, const Token& b) {
    if (is_replacement(a, b)) return replaced_cost;
    return std::max(cost_of(a), cost_of(b));
}

int percent(int distance, int whole) {
    return whole == 0 ? 100 : std::max(0, 100 - (100 * distance + whole - 1) / whole);
}

// At best every token that both have stands in its place, and numbers are replaced.
int best_distance(const Tokens& a, const Tokens& b) {
    std::unordered_map<std::string_view, int> counts;
    for (const auto& token : a) ++counts[token.folded];
    int common = 0;
    for (const auto& token : b) {
        if (token.kind == Kind::number || token.kind == Kind::placeholder) {
            common += word_cost;
        } else if (auto at = counts.find(token.folded); at != counts.end() && at->second > 0) {
            --at->second;
            common += cost_of(token);
        }
    }
    return std::max(cost_of(a), cost_of(b)) - common;
}

// Distances of all beginnings: cell (i, j) of the first i tokens of a and the first j of b.
class Table {
  public:
    Table(const Tokens& a, const Tokens& b) : a_(a), b_(b), width_(b.size() + 1), cells_((a.size() + 1) * width_) {
        for (size_t j = 1; j <= b.size(); ++j) at(0, j) = at(0, j - 1) + cost_of(b[j - 1]);
        for (size_t i = 1; i <= a.size(); ++i) {
            at(i, 0) = at(i - 1, 0) + cost_of(a[i - 1]);
            for (size_t j = 1; j <= b.size(); ++j) fill(i, j);
        }
    }

    int distance() const { return cells_.back(); }

    std::vector<std::pair<size_t, size_t>> replaced() {
        std::vector<std::pair<size_t, size_t>> found;
        for (size_t i = a_.size(), j = b_.size(); i > 0 && j > 0;) {
            const bool same = a_[i - 1].folded == b_[j - 1].folded;
            if (at(i, j) == at(i - 1, j - 1) + (same ? 0 : cost_between(a_[i - 1], b_[j - 1]))) {
                --i, --j;
                if (!same && is_replacement(a_[i], b_[j])) found.emplace_back(i, j);
            } else if (at(i, j) == at(i - 1, j) + cost_of(a_[i - 1])) {
                --i;
            } else {
                --j;
            }
        }
        std::ranges::reverse(found);
        return found;
    }

  private:
    int& at(size_t i, size_t j) { return cells_[i * width_ + j]; }
    void fill(size_t i, size_t j) {
        const auto &x = a_[i - 1], &y = b_[j - 1];
        const int through = at(i - 1, j - 1) + (x.folded == y.folded ? 0 : cost_between(x, y));
        at(i, j) = std::min({through, at(i - 1, j) + cost_of(x), at(i, j - 1) + cost_of(y)});
    }

    const Tokens &a_, &b_;
    size_t width_;
    std::vector<int> cells_;
};

}  // namespace

Likeness likeness(const Tokens& kept, const Tokens& at_hand, int at_least) {
    if (kept.size() > most_tokens || at_hand.size() > most_tokens) return {};
    const int whole = std::max(cost_of(kept), cost_of(at_hand));
    if (percent(best_distance(kept, at_hand), whole) < at_least) return {};
    Table table(kept, at_hand);
    return {percent(table.distance(), whole), table.distance(), whole, table.replaced()};
}

int score_after(const Likeness& likeness, size_t adapted) {
    return percent(likeness.distance - int(adapted) * replaced_cost, likeness.whole);
}

}  // namespace stele::memory
