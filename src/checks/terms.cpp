// What the glossary says about the words of the source.
#include <algorithm>
#include <unordered_map>

#include "src/checks/work.hpp"
#include "src/locale/text.hpp"
#include "src/terms/index.hpp"

namespace stele::checks {
namespace {

constexpr size_t most_terms = 200;

// The target's words by their stems, to find sequences without looking at all of them for each term.
class Target {
  public:
    explicit Target(const Side& side) : side_(side), words_(terms::words_of(side.prose, side.tag)) {
        for (size_t i = 0; i < words_.size(); ++i) by_stem_[words_[i].stem].push_back(i);
        folded_ = locale::fold_case(side.prose.text);
    }

    struct Place {
        size_t first, last;  // characters
    };
    std::vector<Place> find(std::string_view text) const {
        const auto stems = terms::stems_of(text, side_.tag);
        std::vector<Place> places;
        if (stems.empty()) return places;
        const auto at = by_stem_.find(stems.front());
        if (at == by_stem_.end()) return places;
        for (const auto i : at->second) {
            size_t n = 1;
            while (n < stems.size() && i + n < words_.size() && words_[i + n].stem == stems[n]) ++n;
            if (n == stems.size()) places.push_back({words_[i].first, words_[i + n - 1].last});
        }
        return places;
    }

    // Inside a compound as well ("solidaritetsbykonferansen"), and in any order of its words.
    bool has(std::string_view text) const {
        if (!find(text).empty()) return true;
        const auto stems = terms::stems_of(text, side_.tag);
        return !stems.empty() && std::all_of(stems.begin(), stems.end(), [&](const std::string& stem) {
            return by_stem_.contains(stem) || folded_.find(stem) != folded_.npos;
        });
    }
    bool has_exactly(std::string_view text) const { return side_.prose.text.find(text) != std::string::npos; }

  private:
    const Side& side_;
    std::vector<terms::Word> words_;
    std::unordered_map<std::string_view, std::vector<size_t>> by_stem_;
    std::string folded_;
};

bool overlap(const Target::Place& a, const Target::Place& b) { return a.first < b.last && b.first < a.last; }

void check_forbidden(const Texts& texts, const Target& target, const terms::Match& match,
                     const terms::Translation& said, Findings& out) {
    std::vector<Target::Place> right;
    for (const auto& text : said.texts)
        for (const auto& place : target.find(text)) right.push_back(place);
    for (const auto& text : said.forbidden)
        for (const auto& place : target.find(text)) {
            if (std::any_of(right.begin(), right.end(), [&](const auto& other) { return overlap(place, other); }))
                continue;
            const auto range = texts.target.prose.range(place.first, place.last);
            const auto written = std::string(content::cut(texts.target.raw, range));
            if (said.texts.empty()) {
                out.add(Check::terms, "forbidden", {{"term", match.term.text}, {"target", written}}, range)->source =
                    match.range;
                continue;
            }
            auto* finding =
                out.add(Check::terms, "instead",
                        {{"term", match.term.text}, {"target", written}, {"text", said.texts.front()}}, range);
            finding->source = match.range;
            finding->mend = use(range, said.texts.front());
        }
}

}  // namespace

void check_terms(const Texts& texts, Findings& out) {
    std::unordered_map<std::string_view, std::vector<const terms::Match*>> by_text;
    std::vector<std::string_view> order;
    for (const auto& match : texts.input.terms) {
        if (!match.term.in(texts.target.tag) || order.size() >= most_terms) continue;
        auto& all = by_text[match.term.text];
        if (all.empty()) order.push_back(match.term.text);
        if (std::none_of(all.begin(), all.end(), [&](const auto* one) { return one->term.n == match.term.n; }))
            all.push_back(&match);
    }
    if (order.empty()) return;
    const Target target(texts.target);
    for (const auto& text : order) {
        // Of several terms with one text (a bank of money, of a river) one has to be right.
        const auto& all = by_text[text];
        bool asked = false, met = false;
        for (const auto* match : all) {
            const auto& said = *match->term.in(texts.target.tag);
            check_forbidden(texts, target, *match, said, out);
            asked = asked || said.keep || !said.texts.empty();
            met = met || (!said.keep && said.texts.empty()) ||
                  (said.keep && (target.has_exactly(match->term.text) ||
                                 target.has_exactly(content::cut(texts.source.raw, match->range)))) ||
                  std::any_of(said.texts.begin(), said.texts.end(), [&](const auto& one) { return target.has(one); });
        }
        if (!asked || met) continue;
        const auto& first = *all.front();
        const auto& said = *first.term.in(texts.target.tag);
        if (said.keep)
            out.add(Check::terms, "kept", {{"term", first.term.text}})->source = first.range;
        else
            out.add(Check::terms, "missing", {{"term", first.term.text}, {"text", said.texts.front()}})->source =
                first.range;
    }
}

}  // namespace stele::checks
