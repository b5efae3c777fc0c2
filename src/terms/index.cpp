#include "src/terms/index.hpp"

#include <algorithm>
#include <numeric>

#include "src/locale/characters.hpp"
#include "src/locale/collate.hpp"
#include "src/locale/text.hpp"

namespace stele::terms {
namespace {

constexpr char between = '\x1f';

// A hyphen or a space: "solidarity-city" is the term "solidarity city".
bool adjoin(const content::Prose& prose, const Word& a, const Word& b) {
    for (size_t i = a.last; i < b.first; ++i) {
        const char32_t c = prose.characters[i].c;
        if (c != U'-' && c != 0x2010 && c != 0x2011 && !locale::is_white_space(c)) return false;
    }
    return true;
}

std::vector<std::string> folded_words(std::string_view text, const locale::Tag& tag) {
    std::vector<std::string> words;
    for (const auto piece : locale::word_tokens(text, tag)) {
        size_t at = 0;
        const char32_t c = locale::next_code_point(piece, at);
        if (locale::is_letter(c) || locale::digit_value(c) >= 0) words.push_back(locale::fold_case(piece));
    }
    return words;
}

}  // namespace

const Translation* Term::in(const locale::Tag& locale) const {
    std::string_view wanted = locale.text();
    for (;;) {
        for (const auto& [tag, translation] : translations)
            if (tag.text() == wanted) return &translation;
        const auto end = wanted.rfind('-');
        if (end == std::string_view::npos) return nullptr;
        wanted = wanted.substr(0, end);
    }
}

std::vector<std::string> stems_of(std::string_view text, const locale::Tag& tag) {
    std::vector<std::string> stems;
    for (auto& word : words_of(content::prose_of(text, false), tag)) stems.push_back(std::move(word.stem));
    return stems;
}

std::string joined(std::span<const std::string> stems) {
    std::string all;
    for (const auto& stem : stems) all.append(all.empty() ? "" : std::string(1, between)).append(stem);
    return all;
}

Index::Index(const locale::Tag& source, std::vector<Term> terms) : source_(source) {
    std::vector<std::pair<std::string, size_t>> order;
    order.reserve(terms.size());
    for (size_t i = 0; i < terms.size(); ++i) order.emplace_back(locale::sort_key(terms[i].text, source), i);
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        return std::tie(a.first, terms[a.second].n) < std::tie(b.first, terms[b.second].n);
    });
    for (auto& [key, i] : order) {
        sort_keys_.push_back(std::move(key));
        terms_.push_back(std::move(terms[i]));
    }
    for (std::uint32_t place = 0; place < terms_.size(); ++place) {
        const auto& term = terms_[place];
        const auto words = words_of(content::prose_of(term.text, false), source);
        capitals_.push_back(!words.empty() &&
                            std::all_of(words.begin(), words.end(), [](const Word& w) { return w.capitals; }));
        std::vector<std::string> stems;
        for (const auto& word : words) stems.push_back(word.stem);
        if (!stems.empty()) {
            by_stems_[joined(stems)].push_back(place);
            auto& longest = longest_[stems.front()];
            longest = std::max(longest, stems.size());
        }
        add_words(place, term.text, source, nullptr);
        for (const auto& [locale, translation] : term.translations)
            for (const auto& text : translation.texts) add_words(place, text, locale, &locale);
    }
    std::sort(words_.begin(), words_.end(), [](const Searched& a, const Searched& b) {
        return std::tie(a.word, a.place) < std::tie(b.word, b.place);
    });
}

void Index::add_words(std::uint32_t place, std::string_view text, const locale::Tag& tag, const locale::Tag* locale) {
    for (auto& word : folded_words(text, tag)) words_.push_back({std::move(word), locale, place});
}

std::vector<Index::Found> Index::find(const content::Prose& prose) const {
    std::vector<Found> found;
    if (terms_.empty()) return found;
    const auto words = words_of(prose, source_);
    for (size_t i = 0; i < words.size();) {
        const auto at = longest_.find(words[i].stem);
        size_t taken = 0;
        if (at != longest_.end()) {
            // The stems from here on, as far as the words adjoin.
            std::vector<std::string> stems{words[i].stem};
            while (stems.size() < at->second && i + stems.size() < words.size() &&
                   adjoin(prose, words[i + stems.size() - 1], words[i + stems.size()]))
                stems.push_back(words[i + stems.size()].stem);
            for (size_t length = stems.size(); length > 0 && taken == 0; --length) {
                const auto entries = by_stems_.find(joined(std::span(stems).first(length)));
                if (entries == by_stems_.end()) continue;
                const auto last = words.begin() + std::ptrdiff_t(i + length);
                const bool capitals =
                    std::all_of(words.begin() + std::ptrdiff_t(i), last, [](const Word& w) { return w.capitals; });
                for (const auto place : entries->second) {
                    // "IT" is not "it", nor "US" "us".
                    if (capitals_[place] && !capitals) continue;
                    found.push_back({&terms_[place], {words[i].first, words[i + length - 1].last}});
                    taken = length;
                }
            }
        }
        i += std::max<size_t>(taken, 1);
    }
    return found;
}

std::vector<std::uint32_t> Index::starting_with(const std::string& word, const locale::Tag* target) const {
    std::vector<std::uint32_t> places;
    auto at = std::lower_bound(words_.begin(), words_.end(), word,
                               [](const Searched& a, const std::string& w) { return a.word < w; });
    for (; at != words_.end() && at->word.starts_with(word); ++at)
        if (!at->locale || (target && *at->locale == *target)) places.push_back(at->place);
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

std::vector<std::uint32_t> Index::search(std::string_view q, const locale::Tag* target) const {
    std::vector<std::uint32_t> places;
    bool first = true;
    for (const auto& word : folded_words(q, source_)) {
        auto found = starting_with(word, target);
        if (!first) {
            std::vector<std::uint32_t> both;
            std::set_intersection(places.begin(), places.end(), found.begin(), found.end(), std::back_inserter(both));
            found = std::move(both);
        }
        places = std::move(found);
        first = false;
    }
    return places;
}

size_t Index::after(std::string_view sort_key, std::int64_t n) const {
    size_t low = 0, high = terms_.size();
    while (low < high) {
        const size_t middle = (low + high) / 2;
        const int order = sort_keys_[middle].compare(sort_key);
        if (order < 0 || (order == 0 && terms_[middle].n <= n))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::vector<Match> matches(const Index& index, std::string_view text, bool markup) {
    const auto prose = content::prose_of(text, markup);
    std::vector<Match> found;
    for (const auto& one : index.find(prose))
        found.push_back({*one.term, prose.range(one.place.first, one.place.last)});
    return found;
}

}  // namespace stele::terms
