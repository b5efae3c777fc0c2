#include <algorithm>
#include <unordered_map>

#include "src/content/code_points.hpp"
#include "src/content/common_order.hpp"
#include "src/content/segment.hpp"
#include "src/locale/text.hpp"

namespace stele::content {
namespace {

constexpr size_t max_words = 4'000;     // a side, in what differs
constexpr size_t max_cells = 500'000;   // compared exactly
constexpr size_t pairs_per_token = 16;  // of equal tokens, where it is cut into parts
constexpr size_t max_tokens = 8'000;    // with the spaces and marks between

using Change = DiffRun::Kind;
using Span = std::span<const std::string_view>;
using Numbers = std::span<const std::uint32_t>;

class Runs {
  public:
    void add(Change kind, std::string_view text) {
        if (text.empty()) return;
        if (runs_.empty() || runs_.back().kind != kind) runs_.push_back({kind, {}});
        runs_.back().text += text;
    }

    // A space that stays between two changed words is part of the change: "old words", not "old" " " "words". And
    // within a change all that goes stands before all that comes.
    std::vector<DiffRun> finished() {
        Runs out;
        std::string removed, added;
        const auto flush = [&] {
            out.add(Change::removed, removed);
            out.add(Change::added, added);
            removed.clear();
            added.clear();
        };
        for (size_t i = 0; i < runs_.size(); ++i) {
            const DiffRun& run = runs_[i];
            const bool joins = run.kind == Change::same && i > 0 && i + 1 < runs_.size() && is_blank(run.text);
            if (run.kind == Change::same && !joins) {
                flush();
                out.add(Change::same, run.text);
                continue;
            }
            if (run.kind != Change::added) removed += run.text;
            if (run.kind != Change::removed) added += run.text;
        }
        flush();
        return std::move(out.runs_);
    }

  private:
    static bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

    std::vector<DiffRun> runs_;
};

// Equal tokens as equal numbers.
std::vector<std::uint32_t> numbered(Span tokens, std::unordered_map<std::string_view, std::uint32_t>& numbers) {
    std::vector<std::uint32_t> result;
    result.reserve(tokens.size());
    for (const std::string_view token : tokens)
        result.push_back(numbers.try_emplace(token, static_cast<std::uint32_t>(numbers.size())).first->second);
    return result;
}

bool too_long(Span tokens) {
    if (tokens.size() <= max_words) return false;
    return tokens.size() > max_tokens ||
           static_cast<size_t>(std::count_if(tokens.begin(), tokens.end(), is_word)) > max_words;
}

void add_all(Runs& runs, Change kind, Span tokens) {
    for (const std::string_view token : tokens) runs.add(kind, token);
}

// Longest common subsequence over the whole table; one bit a cell says which side goes on.
void add_exact(Runs& runs, Span before, Span after, Numbers a, Numbers b) {
    std::vector<bool> remove_first(a.size() * b.size());
    std::vector<std::uint32_t> below(b.size() + 1), row(b.size() + 1);
    for (size_t i = a.size(); i-- > 0;) {
        for (size_t j = b.size(); j-- > 0;) {
            if (a[i] == b[j]) {
                row[j] = below[j + 1] + 1;
            } else {
                row[j] = std::max(below[j], row[j + 1]);
                if (below[j] >= row[j + 1]) remove_first[i * b.size() + j] = true;
            }
        }
        std::swap(row, below);
    }
    size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            runs.add(Change::same, before[i]);
            ++i, ++j;
        } else if (remove_first[i * b.size() + j]) {
            runs.add(Change::removed, before[i++]);
        } else {
            runs.add(Change::added, after[j++]);
        }
    }
    add_all(runs, Change::removed, before.subspan(i));
    add_all(runs, Change::added, after.subspan(j));
}

void add_difference(Runs& runs, Span before, Span after, Numbers a, Numbers b) {
    if (a.size() * b.size() <= max_cells) return add_exact(runs, before, after, a, b);
    add_all(runs, Change::removed, before);
    add_all(runs, Change::added, after);
}

// A long text is cut first at what stays in order (its frequent tokens, spaces above all, left out), then compared
// between.
void add_by_parts(Runs& runs, Span before, Span after, Numbers a, Numbers b) {
    size_t i = 0, j = 0;
    for (const auto& [next_i, next_j] : common_order(a, b, pairs_per_token * (a.size() + b.size()))) {
        add_difference(runs, before.subspan(i, next_i - i), after.subspan(j, next_j - j), a.subspan(i, next_i - i),
                       b.subspan(j, next_j - j));
        runs.add(Change::same, before[next_i]);
        i = next_i + 1, j = next_j + 1;
    }
    add_difference(runs, before.subspan(i), after.subspan(j), a.subspan(i), b.subspan(j));
}

void add_middle(Runs& runs, Span before, Span after) {
    if (before.empty() || after.empty() || too_long(before) || too_long(after)) {
        add_all(runs, Change::removed, before);
        add_all(runs, Change::added, after);
        return;
    }
    std::unordered_map<std::string_view, std::uint32_t> numbers;
    const auto a = numbered(before, numbers), b = numbered(after, numbers);
    if (a.size() * b.size() <= max_cells) {
        add_exact(runs, before, after, a, b);
    } else {
        add_by_parts(runs, before, after, a, b);
    }
}

}  // namespace

std::vector<DiffRun> word_diff(std::string_view before, std::string_view after, const locale::Tag& tag) {
    const auto before_tokens = locale::word_tokens(before, tag), after_tokens = locale::word_tokens(after, tag);
    const Span a = before_tokens, b = after_tokens;
    size_t head = 0, tail = 0;
    const size_t shorter = std::min(a.size(), b.size());
    while (head < shorter && a[head] == b[head]) ++head;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    Runs runs;
    add_all(runs, Change::same, a.first(head));
    add_middle(runs, a.subspan(head, a.size() - head - tail), b.subspan(head, b.size() - head - tail));
    add_all(runs, Change::same, a.last(tail));
    return runs.finished();
}

}  // namespace stele::content
