#pragma once
// Lists of work and the totals of it. Every list is an index range per bucket, merged; no list sorts or scans.
#include <optional>
#include <string>
#include <vector>

#include "src/storage/store.hpp"
#include "src/worklist/edition.hpp"

namespace stele::worklist {

enum class Sort {
    title,
    words,
    age,
    priority
};  // title: the locale's order; words: least left first; age: oldest first; priority: highest first
std::optional<Sort> sort_named(std::string_view name);

struct Query {
    locale::Tag locale;
    std::vector<content::State> states;  // empty = untranslated, incomplete, outdated
    std::optional<bool> pending;
    Sort sort = Sort::title;
    int limit = 25;                    // 1..200
    std::optional<std::string> after;  // a cursor of the same query
};

struct Page {
    std::vector<WorkItem> items;
    std::optional<std::string> next;    // opaque, URL-safe
    std::optional<std::int64_t> total;  // from counters
};

// Throws not_found (locale not enabled), malformed (a cursor that is not of this query), cursor_expired.
Page list(const Store& store, const Query& query);

// The text to do after that of `after` in the query's order, the first of all behind the last one; absent where no
// other is to do. The query's limit and cursor do not matter.
std::optional<ArticleId> next_to_do(const Store& store, const Query& query, std::optional<ArticleId> after);

// One article's edition in a locale (absent when the article does not exist or is deleted).
std::optional<WorkItem> find_edition(const Store& store, ArticleId id, const locale::Tag& locale);
// One article in all enabled locales.
std::vector<WorkItem> editions_of(const Store& store, ArticleId id);

struct StateTotal {
    std::int64_t articles = 0;
    content::Counts words;
};
struct Coverage {
    locale::Tag locale;
    std::array<StateTotal, 5> states;  // by State
    StateTotal source;                 // articles whose source locale this is, counted apart
};
std::vector<Coverage> coverage(const Store& store);

// Folds the appended deltas of the counters. Called by the server now and then and at the end of an import.
void fold_tallies(const Store& store);

}  // namespace stele::worklist
