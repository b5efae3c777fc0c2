#pragma once
// Readers that page through lists from begin to end, and what must be true of every list that was read to its end,
// whoever wrote meanwhile.
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "tests/storage/work_site.hpp"

namespace stele::testing {

struct Row {
    ArticleId id{};
    std::string title;
    std::int64_t number = 0;  // what it is sorted by, where that is no title; ascending
};

struct ListPage {
    std::vector<Row> rows;
    std::optional<std::string> next;
};

struct ListKind {
    std::string name;
    locale::Tag locale;
    bool by_title = false;
    std::function<ListPage(const Store&, const std::optional<std::string>& after)> read;
};

// Every list of articles and of work of these locales: sorts, filters.
std::vector<ListKind> all_lists(const std::vector<std::string>& locales, int limit);

// Empty: its cursor has expired on the way.
std::optional<std::vector<Row>> walk(const Store& store, const ListKind& kind);

// When each article was written to: a walk says nothing of those that moved while it lasted.
class Touched {
  public:
    std::int64_t now() { return ++clock_; }
    void write(ArticleId id, const std::function<void()>& body);
    std::set<ArticleId> since(std::int64_t begin);  // also those being written to

  private:
    std::atomic<std::int64_t> clock_ = 0;
    std::mutex mutex_;
    std::map<ArticleId, std::int64_t> touched_;  // the end of the last write; far in the future during one
};

// What is wrong with the walk: articles twice or not in order; "" = nothing. In lists by title the order is that of one
// of the collations, from begin to end; of `moved` only the second kind of order is asked where one collation is given.
std::string fault_in(const std::vector<Row>& rows, const ListKind& kind, const std::set<ArticleId>& moved,
                     const std::vector<locale::Collation>& collations);
// Those of the rows that are in `which`, as a sorted list with duplicates.
std::vector<ArticleId> ids_of(const std::vector<Row>& rows, const std::set<ArticleId>& which);

}  // namespace stele::testing
