#pragma once
// The board: articles with their editions in all locales. Each filter has an index that lists what it finds; of several
// filters the narrowest index is read, and the others are asked of what it gives, a bounded number at a time.
#include <optional>
#include <string>
#include <vector>

#include "src/content/edition.hpp"
#include "src/storage/store.hpp"

namespace stele::worklist {

struct BoardRow {
    ArticleId id{};
    std::string key, type;
    locale::Tag source_locale;
    int priority = 0;
    std::string title;  // the worker's in the board's locale
    locale::Tag title_locale;
    std::vector<content::Edition> editions;  // in the order of the site's locales, one for each that is enabled
};

struct BoardQuery {
    locale::Tag locale;  // its order, its titles, and what `state` is about
    std::optional<content::State> state;
    std::optional<std::string> type;
    std::string text;                      // words that a title in any language begins with or holds, in any order
    std::optional<std::int64_t> assignee;  // the account of somebody who is to translate it into any language
    int limit = 25;                        // 1..100
    std::optional<std::string> after;      // a cursor of the same query
};

struct Board {
    // By title in the locale's order; with a person the one due first first; with a text in the order of the word that
    // was found; with a type alone the newest first.
    std::vector<BoardRow> rows;
    std::optional<std::string> next;
    // Fewer rows than asked for, and yet there may be more: it was looked through as many as one request may.
    bool looked_far = false;
};

// Throws not_found (locale not enabled), malformed and cursor_expired (the cursor).
Board board(const Store& store, const BoardQuery& query);

// What the filters find, whatever page is shown: the first `most` of it, in the board's order.
struct Found {
    std::vector<ArticleId> ids;
    bool more = false;        // there is at least one behind them
    bool looked_far = false;  // there may be more: it was looked through as many as one request may
};
Found find_on_board(const Store& store, const BoardQuery& query, int most);
// These articles, in this order; deleted ones are left out.
std::vector<BoardRow> board_rows(const Store& store, const locale::Tag& locale, const std::vector<ArticleId>& ids);

}  // namespace stele::worklist
