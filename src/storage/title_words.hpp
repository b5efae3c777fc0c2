#pragma once
// Table title_word: finds articles by the first letters of a word of a title in any language.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/content/edition.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

// Part of an EditionPlan: writes the words that a title got and takes away those that it lost. A title that is the
// source's, shown where there is none yet, has no words of its own.
class TitleWordPlan {
  public:
    void change(const std::optional<content::Edition>& before, const std::optional<content::Edition>& after);
    void apply(db::Transaction& t) const;

  private:
    std::vector<db::Value> gone_, come_;  // word, article, locale
};

// One word of one article; several of the same article where several of its words begin so.
struct WordPlace {
    std::string word;
    std::int64_t article = 0;
};
// Those that begin with `prefix`, by word and article, after `after`; each once.
std::vector<WordPlace> find_words(db::Connection& c, std::string_view prefix, const std::optional<WordPlace>& after,
                                  int limit);

// Of the words that these editions' own titles should have, those that no row has. (One too many does no harm.)
struct OwnWord {
    std::string word;
    std::int64_t article = 0;
    std::string locale;
    // clang-tidy 14 takes the 0 of the comparison that is made here for a null pointer.
    friend auto operator<=>(const OwnWord&, const OwnWord&) = default;  // NOLINT(modernize-use-nullptr)
};
std::vector<OwnWord> missing_words(db::Connection& c, const std::vector<content::Edition>& editions);

}  // namespace stele::storage
