#include <limits>
#include <unordered_map>

#include "src/content/common_order.hpp"
#include "src/content/most_similar.hpp"
#include "src/content/segment.hpp"

namespace stele::content {
namespace {

constexpr size_t max_duplicate_pairs = 250'000;  // all groups of equal texts together; beyond, they are paired in order

// Hash → a small number, so that equal texts are equal numbers.
class Numbers {
  public:
    std::uint32_t of(std::string_view text) {
        return known_.try_emplace(meaning_hash(text), static_cast<std::uint32_t>(known_.size())).first->second;
    }

  private:
    std::unordered_map<Hash, std::uint32_t> known_;
};

template <typename Items>
std::vector<std::uint32_t> numbered(Numbers& numbers, const Items& items) {
    std::vector<std::uint32_t> result;
    result.reserve(items.size());
    for (const auto& item : items) result.push_back(numbers.of(item.text));
    return result;
}

using Groups = std::unordered_map<std::uint32_t, std::vector<size_t>>;

// Pairs of equal texts, all of the smaller side, in order, with the smallest sum of distances.
class InOrder {
  public:
    InOrder(const std::vector<size_t>& few, const std::vector<size_t>& many, const std::vector<size_t>& few_places,
            const std::vector<size_t>& many_places)
        : few_(few), many_(many), few_places_(few_places), many_places_(many_places) {}

    // For each of `few` its partner among `many`.
    std::vector<size_t> run() {
        const size_t width = many_.size() + 1;
        std::vector<size_t> cost((few_.size() + 1) * width, 0);
        constexpr size_t never = std::numeric_limits<size_t>::max() / 2;
        for (size_t f = 1; f <= few_.size(); ++f) {
            for (size_t m = 0; m < f; ++m) cost[f * width + m] = never;
            for (size_t m = f; m <= many_.size(); ++m)
                cost[f * width + m] =
                    std::min(cost[f * width + m - 1], cost[(f - 1) * width + m - 1] + apart(f - 1, m - 1));
        }
        std::vector<size_t> partners(few_.size());
        for (size_t f = few_.size(), m = many_.size(); f > 0; --m) {
            if (cost[f * width + m] == cost[f * width + m - 1]) continue;
            partners[--f] = many_[m - 1];
        }
        return partners;
    }

  private:
    size_t apart(size_t f, size_t m) const {
        const size_t a = few_places_[few_[f]], b = many_places_[many_[m]];
        return a > b ? a - b : b - a;
    }

    const std::vector<size_t>&few_, &many_;
    const std::vector<size_t>&few_places_, &many_places_;
};

class Identification {
  public:
    Identification(std::span<const Known> live, std::span<const Known> retired, std::span<const Leaf> now)
        : live_(live), retired_(retired), now_(now), taken_(live.size()), result_{{}, {}} {
        result_.ids.resize(now.size());
        live_numbers_ = numbered(numbers_, live);
        now_numbers_ = numbered(numbers_, now);
    }

    Identified run() {
        in_order();
        moved();
        brought_back();
        edited();
        for (size_t i = 0; i < live_.size(); ++i)
            if (!taken_[i]) result_.retired.push_back(live_[i].id);
        return std::move(result_);
    }

  private:
    void give(size_t live, size_t now) {
        taken_[live] = true;
        result_.ids[now] = live_[live].id;
    }

    void in_order() {
        const auto pairs = common_order(live_numbers_, now_numbers_);
        for (const auto& [before, now] : pairs) give(before, now);
        place(pairs);
    }

    // Where each side stands by the pairs in order: what `nearest` and `between the same neighbours` mean.
    void place(const std::vector<IndexPair>& pairs) {
        size_t gap = 0, before = 0, now = 0;
        for (size_t i = 0; i < live_.size(); ++i) {
            if (gap < pairs.size() && pairs[gap].first == i) std::tie(before, now) = pairs[gap++];
            live_gaps_.push_back(gap);
            live_places_.push_back(now + (i - before));
        }
        gap = 0;
        for (size_t j = 0; j < now_.size(); ++j) {
            gap += gap < pairs.size() && pairs[gap].second == j;
            now_gaps_.push_back(gap);
            now_places_.push_back(j);
        }
    }

    Groups new_ones() const {
        Groups groups;
        for (size_t j = 0; j < now_.size(); ++j)
            if (!result_.ids[j]) groups[now_numbers_[j]].push_back(j);
        return groups;
    }

    void moved() {
        const Groups now = new_ones();
        Groups live;
        for (size_t i = 0; i < live_.size(); ++i)
            if (!taken_[i] && now.contains(live_numbers_[i])) live[live_numbers_[i]].push_back(i);
        size_t budget = max_duplicate_pairs;
        for (const auto& [number, old] : live) pair_equal(old, now.at(number), budget);
    }

    void pair_equal(const std::vector<size_t>& old, const std::vector<size_t>& fresh, size_t& budget) {
        const size_t cost = old.size() * fresh.size();
        const bool fewer_old = old.size() <= fresh.size();
        if (old.size() == fresh.size() || cost > budget) {
            for (size_t k = 0; k < std::min(old.size(), fresh.size()); ++k) give(old[k], fresh[k]);
            return;
        }
        budget -= cost;
        if (fewer_old) {
            const auto partners = InOrder(old, fresh, live_places_, now_places_).run();
            for (size_t k = 0; k < old.size(); ++k) give(old[k], partners[k]);
        } else {
            const auto partners = InOrder(fresh, old, now_places_, live_places_).run();
            for (size_t k = 0; k < fresh.size(); ++k) give(partners[k], fresh[k]);
        }
    }

    // Of several equal ones the last that were given, in order: they are the latest to have been retired.
    void brought_back() {
        if (retired_.empty()) return;
        const Groups now = new_ones();
        const auto retired_numbers = numbered(numbers_, retired_);
        Groups old;
        for (size_t i = 0; i < retired_.size(); ++i)
            if (now.contains(retired_numbers[i])) old[retired_numbers[i]].push_back(i);
        for (const auto& [number, ids] : old) {
            const auto& fresh = now.at(number);
            const size_t count = std::min(ids.size(), fresh.size());
            for (size_t k = 0; k < count; ++k) result_.ids[fresh[k]] = retired_[ids[ids.size() - count + k]].id;
        }
    }

    void edited() {
        std::vector<Leftover> before, now;
        for (size_t i = 0; i < live_.size(); ++i)
            if (!taken_[i])
                before.push_back({i, live_[i].kind, words_of(live_[i].text), live_gaps_[i], live_places_[i]});
        if (before.empty()) return;
        for (size_t j = 0; j < now_.size(); ++j)
            if (!result_.ids[j]) now.push_back({j, now_[j].kind, words_of(now_[j].text), now_gaps_[j], j});
        for (const auto& [old, fresh] : most_similar(before, now)) give(old, fresh);
    }

    std::span<const Known> live_, retired_;
    std::span<const Leaf> now_;
    Numbers numbers_;
    std::vector<std::uint32_t> live_numbers_, now_numbers_;
    std::vector<size_t> live_gaps_, now_gaps_, live_places_, now_places_;
    std::vector<bool> taken_;
    Identified result_;
};

}  // namespace

Identified identify(std::span<const Known> live, std::span<const Known> retired, std::span<const Leaf> now) {
    return Identification(live, retired, now).run();
}

}  // namespace stele::content
