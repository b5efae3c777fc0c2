// Suggestions: sources that share keys with the text at hand, then the likeness of their words, then what people made
// of the best.
#include <algorithm>
#include <map>
#include <set>

#include "src/editing/work.hpp"
#include "src/memory/adapt.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/score.hpp"
#include "src/memory/units.hpp"

namespace stele::memory {
namespace {

constexpr size_t pairs_asked = 10;    // more than are kept: an edit may have brought longer ones
constexpr int sources_per_key = 100;  // what is commoner says little
constexpr size_t sources_compared = 100, sources_used = 20;
constexpr int reverse_used = 5;

struct Match {
    std::int64_t source_id;
    Likeness likeness;
    Tokens tokens;
    bool exact;
};

// Those that share the most keys, the latest first among equals.
std::vector<std::int64_t> candidates(db::Connection& c, const Tokens& tokens, const locale::Tag& tag) {
    std::map<std::int64_t, int> shared;
    for (const auto key : pair_keys(tokens, tag, pairs_asked))
        for (const auto id : find_sources(c, key, sources_per_key)) ++shared[id];
    std::vector<std::pair<int, std::int64_t>> order;
    for (const auto& [id, count] : shared) order.emplace_back(count, id);
    std::ranges::sort(order, std::greater<>());
    if (order.size() > sources_compared) order.resize(sources_compared);
    std::vector<std::int64_t> ids;
    for (const auto& [count, id] : order) ids.push_back(id);
    return ids;
}

std::vector<Match> matches(db::Connection& c, const Question& q, const Tokens& tokens) {
    const auto exact = find_sources(c, meaning_key(q.text, q.source_locale), sources_per_key);
    std::vector<Match> found;
    for (const auto id : exact) found.push_back({id, {100, 0, 0, {}}, {}, true});
    std::vector<std::int64_t> others;
    for (const auto id : candidates(c, tokens, q.source_locale))
        if (std::ranges::find(exact, id) == exact.end()) others.push_back(id);
    for (const auto& source : find_texts(c, others)) {
        auto kept = tokens_of(source.text, q.source_locale);
        auto like = likeness(kept, tokens, q.threshold);
        if (like.score >= q.threshold) found.push_back({source.id, std::move(like), std::move(kept), false});
    }
    std::ranges::stable_sort(found, std::greater<>(),
                             [](const Match& m) { return std::pair(m.exact, m.likeness.score); });
    if (found.size() > sources_used) found.resize(sources_used);
    return found;
}

bool is_in_place(const Question& q, const Unit& unit) {
    if (q.article_id && unit.article_id == q.article_id) return true;
    const auto key_of = [&](const std::string& text) { return text.empty() ? 0 : meaning_key(text, q.source_locale); };
    return (unit.before != 0 || unit.after != 0) && unit.before == key_of(q.before) && unit.after == key_of(q.after);
}

Suggestion suggestion_of(const Unit& unit) {
    return {.text = unit.target,
            .source = unit.source,
            .imported = !unit.article_id,
            .article_id = unit.article_id,
            .actor = unit.actor,
            .at = unit.at};
}

std::vector<Replacement> replacements(const Match& match, const Tokens& tokens) {
    std::vector<Replacement> list;
    for (const auto& [kept, at_hand] : match.likeness.replaced) list.push_back({match.tokens[kept], tokens[at_hand]});
    return list;
}

Suggestion fitted(const Question& q, const Match& match, const Unit& unit, const Tokens& tokens) {
    auto s = suggestion_of(unit);
    s.text = content::follow_destinations(unit.target, unit.source, q.text);
    s.score = 100;
    if (match.exact) {
        s.context = is_in_place(q, unit);
        return s;
    }
    auto adapted = adapt(s.text, replacements(match, tokens), q.target_locale);
    s.text = std::move(adapted.text);
    s.score = std::min(99, score_after(match.likeness, adapted.replaced));
    return s;
}

// What people have made of this article's segments until now: the memory has it a moment later.
std::vector<Unit> units_of(const editing::Source& source, const editing::Work& work) {
    std::vector<Unit> units;
    for (const auto& segment : source.live) {
        const auto at = work.targets.find(segment.id);
        if (at == work.targets.end() || at->second.origin != "human") continue;
        const auto& target = at->second;
        units.push_back({.source_locale = source.article.source_locale,
                         .target_locale = work.frame.locale,
                         .source = work.basis_text(source, target),
                         .target = target.text,
                         .exact = {},
                         .article_id = source.article.id,
                         .segment_id = segment.id,
                         .actor = target.actor,
                         .at = target.updated_at});
    }
    return units;
}

class Suggestions {
  public:
    Suggestions(db::Connection& c, const Question& q) : c_(c), q_(q), tokens_(tokens_of(q.text, q.source_locale)) {}

    // What the article at hand has, before the memory is asked.
    void add_own(const std::vector<Unit>& units) {
        const auto meaning = meaning_key(q_.text, q_.source_locale);
        for (const auto& unit : units) {
            Match match{0, {100, 0, 0, {}}, {}, meaning_key(unit.source, q_.source_locale) == meaning};
            if (!match.exact) {
                match.tokens = tokens_of(unit.source, q_.source_locale);
                match.likeness = likeness(match.tokens, tokens_, q_.threshold);
            }
            if (match.likeness.score >= q_.threshold) add(unit, fitted(q_, match, unit, tokens_));
        }
    }

    std::vector<Suggestion> made() {
        const auto found = matches(c_, q_, tokens_);
        std::vector<std::int64_t> sources;
        for (const auto& match : found) sources.push_back(match.source_id);
        std::map<std::int64_t, std::vector<Unit>> made_of;
        for (auto& unit : find_units(c_, sources, q_.target_locale)) made_of[unit.source_id].push_back(std::move(unit));
        for (const auto& match : found) {
            auto& units = made_of[match.source_id];
            std::ranges::sort(units, std::greater<>(), &Unit::id);  // the latest first
            if (match.exact && q_.article_id)
                for (auto& own : find_units(c_, match.source_id, q_.target_locale, *q_.article_id))
                    units.push_back(std::move(own));
            for (const auto& unit : units) add(unit, fitted(q_, match, unit, tokens_));
        }
        add_reverse();
        return best();
    }

  private:
    void add(const Unit& unit, Suggestion s) {
        const bool itself = q_.article_id && unit.article_id == q_.article_id && unit.segment_id == q_.segment_id;
        if (!itself && s.score >= q_.threshold) all_.push_back(std::move(s));
    }

    // What was translated the other way: people chose both texts, but for the other direction.
    void add_reverse() {
        const auto key = meaning_key(q_.text, q_.source_locale);
        for (const auto& unit : find_reverse(c_, key, q_.source_locale, q_.target_locale, reverse_used)) {
            auto s = suggestion_of(unit);
            std::swap(s.text, s.source);
            s.text = content::follow_destinations(s.text, s.source, q_.text);
            s.score = 99;
            add(unit, std::move(s));
        }
    }

    std::vector<Suggestion> best() {
        std::ranges::stable_sort(all_, std::greater<>(),
                                 [](const Suggestion& s) { return std::tuple(s.context, s.score, s.at); });
        std::vector<Suggestion> kept;
        std::set<std::string_view> texts;
        for (const auto& s : all_) {
            if (kept.size() == size_t(q_.limit)) break;
            if (texts.insert(s.text).second) kept.push_back(s);
        }
        for (auto& s : kept)
            if (s.article_id)
                if (auto article = storage::find_article(c_, *s.article_id)) s.key = std::move(article->key);
        return kept;
    }

    db::Connection& c_;
    const Question& q_;
    const Tokens tokens_;
    std::vector<Suggestion> all_;
};

std::vector<Suggestion> suggest(db::Connection& c, const Question& question, const std::vector<Unit>& own) {
    if (question.text.empty() || question.source_locale == question.target_locale) return {};
    Suggestions suggestions(c, question);
    suggestions.add_own(own);
    return suggestions.made();
}

}  // namespace

std::vector<Suggestion> suggest(db::Connection& c, const Question& question) { return suggest(c, question, {}); }

std::vector<Suggestion> suggest_for(const Store& store, ArticleId id, const locale::Tag& locale,
                                    const std::string& segment_id) {
    return store.db.reading([&](db::Connection& c) {
        const auto source = editing::read_source(c, store, id);
        editing::enabled_locale(*source.site, locale);
        const auto* segment = source.find(segment_id);
        if (!segment) throw Error(ErrorCode::not_found, "segment");
        const auto at = size_t(segment - source.live.data());
        Question q{.source_locale = source.article.source_locale, .target_locale = locale, .text = segment->text};
        q.article_id = id;
        q.segment_id = segment_id;
        if (at > 0) q.before = source.live[at - 1].text;
        if (at + 1 < source.live.size()) q.after = source.live[at + 1].text;
        return suggest(c, q, units_of(source, editing::read_work(c, source, locale)));
    });
}

}  // namespace stele::memory
