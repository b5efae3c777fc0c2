#include "tests/unit/content/identity_oracle.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace stele::tests {
namespace {

using content::Known;
using content::Leaf;

size_t apart(size_t a, size_t b) { return a > b ? a - b : b - a; }

class Oracle {
  public:
    Oracle(const std::vector<Known>& live, const std::vector<Known>& retired, const std::vector<Leaf>& now)
        : live_(live), retired_(retired), now_(now), taken_(live.size()), ids_(now.size()) {
        for (const auto& known : live) live_hashes_.push_back(content::meaning_hash(known.text));
        for (const auto& leaf : now) now_hashes_.push_back(content::meaning_hash(leaf.text));
    }

    std::vector<std::optional<std::string>> run() {
        in_order();
        moved();
        brought_back();
        edited();
        return ids_;
    }

  private:
    void give(size_t i, size_t j) {
        taken_[i] = true;
        ids_[j] = live_[i].id;
    }

    // Longest common subsequence over the whole table; of several the one that shifts least.
    void in_order() {
        struct Cell {
            int length = 0;
            size_t shift = 0;
            int step = 0;  // 1 pair, 2 skip a live one, 3 skip a new one
        };
        const size_t n = live_.size(), m = now_.size();
        std::vector<std::vector<Cell>> table(n + 1, std::vector<Cell>(m + 1));
        const auto better = [](const Cell& a, const Cell& b) {
            return std::tuple(-a.length, a.shift) < std::tuple(-b.length, b.shift);
        };
        for (size_t i = n + 1; i-- > 0;) {
            for (size_t j = m + 1; j-- > 0;) {
                if (i == n || j == m) continue;
                Cell best = table[i + 1][j];
                best.step = 2;
                if (Cell other = table[i][j + 1]; better(other, best)) best = other, best.step = 3;
                if (live_hashes_[i] == now_hashes_[j]) {
                    Cell pair = table[i + 1][j + 1];
                    pair.length += 1, pair.shift += apart(i, j), pair.step = 1;
                    if (!better(best, pair)) best = pair;
                }
                table[i][j] = best;
            }
        }
        places_.resize(n);
        size_t before = 0, now = 0;
        size_t i = 0;
        for (size_t j = 0; i < n && j < m;) {
            const int step = table[i][j].step;
            if (step == 1) {
                give(i, j);
                before = i, now = j++;
            }
            if (step != 3) {
                places_[i] = now + (i - before);
                ++i;
            } else {
                ++j;
            }
        }
        for (; i < n; ++i) places_[i] = now + (i - before);
    }

    // Every way to pair equal texts that pairs as many as can be; the smallest sum of distances, then in order.
    void moved() {
        std::map<content::Hash, std::pair<std::vector<size_t>, std::vector<size_t>>> groups;
        for (size_t i = 0; i < live_.size(); ++i)
            if (!taken_[i]) groups[live_hashes_[i]].first.push_back(i);
        for (size_t j = 0; j < now_.size(); ++j)
            if (!ids_[j]) groups[now_hashes_[j]].second.push_back(j);
        for (auto& [hash, group] : groups) {
            auto& [old, fresh] = group;
            if (old.empty() || fresh.empty()) continue;
            std::vector<std::pair<size_t, size_t>> best, pairs;
            std::pair<size_t, size_t> best_cost{static_cast<size_t>(-1), 0};
            pair_all(old, fresh, 0, std::min(old.size(), fresh.size()), {0, 0}, pairs, best, best_cost);
            for (const auto& [i, j] : best) give(i, j);
        }
    }

    using Pairs = std::vector<std::pair<size_t, size_t>>;
    void pair_all(std::vector<size_t> old, const std::vector<size_t>& fresh, size_t at, size_t left,
                  std::pair<size_t, size_t> cost, Pairs& pairs, Pairs& best, std::pair<size_t, size_t>& best_cost) {
        if (left == 0) {
            if (cost < best_cost) best_cost = cost, best = pairs;
            return;
        }
        if (fresh.size() - at > left) pair_all(old, fresh, at + 1, left, cost, pairs, best, best_cost);
        for (size_t k = 0; k < old.size() && at < fresh.size(); ++k) {
            const size_t i = old[k];
            auto rest = old;
            rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(k));
            const size_t crossings = static_cast<size_t>(
                std::count_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first > i; }));
            pairs.emplace_back(i, fresh[at]);
            pair_all(rest, fresh, at + 1, left - 1,
                     {cost.first + apart(places_[i], fresh[at]), cost.second + crossings}, pairs, best, best_cost);
            pairs.pop_back();
        }
    }

    void brought_back() {
        std::map<content::Hash, std::vector<size_t>> old, fresh;
        for (size_t r = 0; r < retired_.size(); ++r) old[content::meaning_hash(retired_[r].text)].push_back(r);
        for (size_t j = 0; j < now_.size(); ++j)
            if (!ids_[j]) fresh[now_hashes_[j]].push_back(j);
        for (const auto& [hash, places] : fresh) {
            auto latest = old[hash];
            if (latest.size() > places.size())
                latest.erase(latest.begin(), latest.end() - static_cast<std::ptrdiff_t>(places.size()));
            for (size_t k = 0; k < latest.size(); ++k) ids_[places[k]] = retired_[latest[k]].id;
        }
    }

    // The assignment with the greatest sum of similarities, each pair of one kind and at least half alike.
    void edited() {
        std::vector<size_t> old, fresh;
        for (size_t i = 0; i < live_.size(); ++i)
            if (!taken_[i]) old.push_back(i);
        for (size_t j = 0; j < now_.size(); ++j)
            if (!ids_[j]) fresh.push_back(j);
        share_.assign(old.size(), std::vector<double>(fresh.size(), 0));
        for (size_t a = 0; a < old.size(); ++a)
            for (size_t b = 0; b < fresh.size(); ++b)
                if (live_[old[a]].kind == now_[fresh[b]].kind)
                    share_[a][b] = content::similarity(live_[old[a]].text, now_[fresh[b]].text);
        old_ = old, fresh_ = fresh;
        best_of_.clear();
        std::uint64_t used = 0;
        for (size_t b = 0; b < fresh.size(); ++b) {
            const Choice choice = best(b, used);
            if (!choice.old) continue;
            used |= std::uint64_t{1} << *choice.old;
            give(old[*choice.old], fresh[b]);
        }
    }

    struct Choice {
        double total = 0;
        size_t shift = 0;
        std::optional<size_t> old;
    };
    Choice best(size_t b, std::uint64_t used) {
        if (b == fresh_.size()) return {};
        if (const auto found = best_of_.find({b, used}); found != best_of_.end()) return found->second;
        Choice result = best(b + 1, used);
        result.old.reset();
        for (size_t a = 0; a < old_.size(); ++a) {
            if ((used >> a & 1) || share_[a][b] < 0.5) continue;
            Choice with = best(b + 1, used | std::uint64_t{1} << a);
            with.total += share_[a][b], with.shift += apart(places_[old_[a]], fresh_[b]), with.old = a;
            const double gain = with.total - result.total;
            if (gain > 1e-9 || (gain > -1e-9 && with.shift < result.shift)) result = with;
        }
        return best_of_[{b, used}] = result;
    }

    const std::vector<Known>&live_, &retired_;
    const std::vector<Leaf>& now_;
    std::vector<content::Hash> live_hashes_, now_hashes_;
    std::vector<bool> taken_;
    std::vector<std::optional<std::string>> ids_;
    std::vector<size_t> places_;
    std::vector<size_t> old_, fresh_;
    std::vector<std::vector<double>> share_;
    std::map<std::pair<size_t, std::uint64_t>, Choice> best_of_;
};

}  // namespace

std::vector<std::optional<std::string>> oracle_ids(const std::vector<Known>& live, const std::vector<Known>& retired,
                                                   const std::vector<Leaf>& now) {
    return Oracle(live, retired, now).run();
}

}  // namespace stele::tests
