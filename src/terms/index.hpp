#pragma once
// The terms of one source locale in memory: found in a text by the stems of its words.
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "src/terms/stem.hpp"
#include "src/terms/terms.hpp"

namespace stele::db {
class Connection;
}

namespace stele::terms {

// Where words begin that have these stems one after the other, with nothing but a space or a hyphen between.
struct Place {
    size_t first = 0, last = 0;  // characters [first, last)
};

class Index {
  public:
    Index(const locale::Tag& source, std::vector<Term> terms);

    struct Found {
        const Term* term;
        Place place;
    };
    std::vector<Found> find(const content::Prose& prose) const;

    // In the order of the source locale.
    const std::vector<Term>& terms() const { return terms_; }
    // Places in terms() of those that have a word which begins with each of the query's words, in order.
    std::vector<std::uint32_t> search(std::string_view q, const locale::Tag* target) const;
    // The first after (sort key, n).
    size_t after(std::string_view sort_key, std::int64_t n) const;
    const std::string& sort_key(size_t place) const { return sort_keys_[place]; }

  private:
    struct Searched {
        std::string word;
        const locale::Tag* locale;  // null = the source's
        std::uint32_t place;
    };
    void add_words(std::uint32_t place, std::string_view text, const locale::Tag& tag, const locale::Tag* locale);
    std::vector<std::uint32_t> starting_with(const std::string& word, const locale::Tag* target) const;

    locale::Tag source_;
    std::vector<Term> terms_;
    std::vector<std::string> sort_keys_;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_stems_;
    std::unordered_map<std::string, size_t> longest_;  // by first stem: words of the longest term
    std::vector<bool> capitals_;
    std::vector<Searched> words_;  // by word
};

// As it is in this snapshot. What was read is kept by its stamp, so that asking again costs a short row.
std::shared_ptr<const Index> index_of(db::Connection& c, const locale::Tag& source);

std::vector<Match> matches(const Index& index, std::string_view text, bool markup = true);

// The stems of a text in order, and the key they are found by.
std::vector<std::string> stems_of(std::string_view text, const locale::Tag& tag);
std::string joined(std::span<const std::string> stems);

}  // namespace stele::terms
