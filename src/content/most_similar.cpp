#include "src/content/most_similar.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <unordered_map>

namespace stele::content {
namespace {

constexpr size_t max_all_pairs = 10'000;
constexpr size_t max_postings = 32;     // a word that more leaves have says little about which one it is
constexpr size_t max_candidates = 8;    // per leaf, those with the most rare words in common
constexpr size_t max_gap_distance = 2;  // neighbours that are compared though they share no rare word

struct Candidate {
    double share;
    bool same_gap;
    size_t distance;
    size_t before, now;  // positions in the lists
    auto order() const { return std::make_tuple(-share, !same_gap, distance, now, before); }
};

size_t distance(size_t a, size_t b) { return a > b ? a - b : b - a; }

class Matcher {
  public:
    Matcher(const std::vector<Leftover>& before, const std::vector<Leftover>& now) : before_(before), now_(now) {}

    std::vector<IndexPair> run() {
        if (before_.size() * now_.size() <= max_all_pairs) {
            compare_all();
        } else {
            compare_likely();
        }
        std::sort(candidates_.begin(), candidates_.end(),
                  [](const Candidate& a, const Candidate& b) { return a.order() < b.order(); });
        return take();
    }

  private:
    void compare(size_t b, size_t n) {
        const Leftover &old = before_[b], &fresh = now_[n];
        const size_t all = old.words.size() + fresh.words.size();
        // The cheap bound first: with a third of the words or less, half of them cannot be common.
        if (old.kind != fresh.kind || all == 0 || 4 * std::min(old.words.size(), fresh.words.size()) < all) return;
        const size_t common = count_common(old.words, fresh.words);
        if (4 * common < all) return;
        candidates_.push_back({2.0 * static_cast<double>(common) / static_cast<double>(all), old.gap == fresh.gap,
                               distance(old.place, fresh.place), b, n});
    }

    void compare_all() {
        for (size_t b = 0; b < before_.size(); ++b)
            for (size_t n = 0; n < now_.size(); ++n) compare(b, n);
    }

    void compare_likely() {
        std::unordered_map<std::uint64_t, std::vector<size_t>> having;
        std::unordered_map<size_t, std::vector<size_t>> in_gap;
        for (size_t b = 0; b < before_.size(); ++b) {
            in_gap[before_[b].gap].push_back(b);
            for_each_word(before_[b].words, [&](std::uint64_t word) { having[word].push_back(b); });
        }
        for (size_t n = 0; n < now_.size(); ++n) {
            std::vector<size_t> likely = sharing_rare_words(having, n);
            if (const auto gap = in_gap.find(now_[n].gap); gap != in_gap.end()) add_near(gap->second, n, likely);
            std::sort(likely.begin(), likely.end());
            likely.erase(std::unique(likely.begin(), likely.end()), likely.end());
            for (const size_t b : likely) compare(b, n);
        }
    }

    template <typename Visit>
    static void for_each_word(const WordBag& words, Visit visit) {
        for (size_t i = 0; i < words.size(); ++i)
            if (i == 0 || words[i] != words[i - 1]) visit(words[i]);
    }

    std::vector<size_t> sharing_rare_words(const std::unordered_map<std::uint64_t, std::vector<size_t>>& having,
                                           size_t n) const {
        std::unordered_map<size_t, size_t> hits;
        for_each_word(now_[n].words, [&](std::uint64_t word) {
            const auto found = having.find(word);
            if (found == having.end() || found->second.size() > max_postings) return;
            for (const size_t b : found->second) ++hits[b];
        });
        std::vector<std::pair<size_t, size_t>> ranked;  // hits, position
        for (const auto& [b, count] : hits) ranked.emplace_back(count, b);
        std::sort(ranked.begin(), ranked.end(), std::greater<>());
        if (ranked.size() > max_candidates) ranked.resize(max_candidates);
        std::vector<size_t> likely;
        for (const auto& [count, b] : ranked) likely.push_back(b);
        return likely;
    }

    // Positions of one gap ascend by place: only those around it are looked at.
    void add_near(const std::vector<size_t>& gap, size_t n, std::vector<size_t>& likely) const {
        const size_t place = now_[n].place;
        auto at = std::lower_bound(gap.begin(), gap.end(), place > max_gap_distance ? place - max_gap_distance : 0,
                                   [this](size_t b, size_t value) { return before_[b].place < value; });
        for (; at != gap.end() && before_[*at].place <= place + max_gap_distance; ++at) likely.push_back(*at);
    }

    std::vector<IndexPair> take() const {
        std::vector<bool> used_before(before_.size()), used_now(now_.size());
        std::vector<IndexPair> pairs;
        for (const Candidate& candidate : candidates_) {
            if (used_before[candidate.before] || used_now[candidate.now]) continue;
            used_before[candidate.before] = used_now[candidate.now] = true;
            pairs.emplace_back(before_[candidate.before].index, now_[candidate.now].index);
        }
        return pairs;
    }

    const std::vector<Leftover>& before_;
    const std::vector<Leftover>& now_;
    std::vector<Candidate> candidates_;
};

}  // namespace

std::vector<IndexPair> most_similar(const std::vector<Leftover>& before, const std::vector<Leftover>& now) {
    return Matcher(before, now).run();
}

}  // namespace stele::content
