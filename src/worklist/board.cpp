#include "src/worklist/board.hpp"

#include <algorithm>
#include <limits>

#include "src/base/error.hpp"
#include "src/base/number.hpp"
#include "src/locale/search_words.hpp"
#include "src/storage/ranges.hpp"
#include "src/storage/site.hpp"
#include "src/storage/title_words.hpp"
#include "src/worklist/board_rows.hpp"

namespace stele::worklist {
namespace {

// What one request looks through for the filters that its index does not answer.
constexpr size_t most_examined = 1'000;
constexpr size_t most_titles_examined = 400;
constexpr int batch = 100;

// An article that the index gave, and the cursor behind it.
struct Candidate {
    storage::Cursor place;
    std::int64_t id = 0;
};

class Search {
  public:
    Search(db::Connection& c, const storage::Site& site, const BoardQuery& query)
        : c_(c),
          site_(site),
          query_(query),
          generation_(site.find_enabled(query.locale)->active->number),
          words_(locale::search_words(query.text, query.locale)) {
        for (const auto& word : words_)
            if (word.size() > longest_.size()) longest_ = word;
    }

    Board run(int limit) {
        Board board;
        std::optional<storage::Cursor> after;
        if (query_.after) after = storage::cursor_from(*query_.after, name(), generation_);
        std::vector<Candidate> found;
        const auto wanted = static_cast<size_t>(limit) + 1;
        size_t examined = 0;
        bool ended = false;
        while (found.size() < wanted && !ended && examined < budget()) {
            const auto candidates = read(after, has_more_filters() ? batch : static_cast<int>(wanted));
            ended = candidates.empty();
            examined += candidates.size();
            if (!ended) after = candidates.back().place;
            for (auto& one : fitting(candidates))
                if (found.size() < wanted) found.push_back(std::move(one));
        }
        if (found.size() == wanted) {
            found.pop_back();
            after = found.back().place;
        } else if (ended) {
            after.reset();
        } else {
            board.looked_far = true;
        }
        if (after) board.next = storage::to_text(*after, name());
        for (const auto& one : found) ids_.push_back(one.id);
        return board;
    }
    const std::vector<std::int64_t>& ids() const { return ids_; }

  private:
    bool has_text() const { return !words_.empty(); }
    bool by_person() const { return query_.assignee.has_value(); }
    bool by_text() const { return !by_person() && has_text(); }
    bool by_type() const { return !by_person() && !has_text() && !query_.state && query_.type.has_value(); }
    bool has_more_filters() const {
        return has_text() || (query_.state && query_.type) || (by_person() && (query_.state || query_.type));
    }
    size_t budget() const { return has_text() ? most_titles_examined : most_examined; }

    std::string name() const {
        std::string text = "board " + query_.locale.text() + ' ' + query_.type.value_or("");
        text += query_.state ? std::string(content::name_of(*query_.state)) : std::string();
        for (const auto& word : words_) text += ' ' + word;
        if (query_.assignee) text += " @" + std::to_string(*query_.assignee);
        return text;
    }

    std::vector<Candidate> read(const std::optional<storage::Cursor>& after, int limit) {
        if (by_person()) return read_assigned(after, limit);
        if (by_text()) return read_words(after, limit);
        return by_type() ? read_type(after, limit) : read_titles(after, limit);
    }

    std::vector<Candidate> read_words(const std::optional<storage::Cursor>& after, int limit) {
        std::optional<storage::WordPlace> place;
        if (after) place = {after->key, after->id};
        std::vector<Candidate> list;
        for (auto& found : storage::find_words(c_, longest_, place, limit))
            list.push_back({{generation_, std::move(found.word), found.article}, found.article});
        return list;
    }

    // An article is listed at the first of its assignments to the person, and not again at another.
    // "+ 0": of the article's few assignments, by their index, and not of all that the person has.
    std::vector<Candidate> read_assigned(const std::optional<storage::Cursor>& after, int limit) {
        static const std::string head =
            "SELECT s.due, s.id, s.article_id FROM assignment s JOIN article a ON a.id = s.article_id "
            "WHERE s.account_id = $1 AND (s.due, s.id) > ($2, $3) AND a.deleted_at IS NULL AND NOT EXISTS "
            "(SELECT 1 FROM assignment b WHERE b.article_id = s.article_id AND b.account_id + 0 = s.account_id "
            "AND (b.due, b.id) < (s.due, s.id)) ORDER BY s.due, s.id LIMIT ";
        constexpr auto first = std::numeric_limits<std::int64_t>::min();
        const auto due = after ? number_from(after->key).value_or(first) : first;
        return c_.all(
            head + std::to_string(limit),
            [&](const db::Row& row) {
                return Candidate{{generation_, std::to_string(row.integer(0)), row.integer(1)}, row.integer(2)};
            },
            *query_.assignee, due, after ? after->id : 0);
    }

    std::vector<Candidate> read_type(const std::optional<storage::Cursor>& after, int limit) {
        static const std::string head =
            "SELECT id FROM article WHERE type = $1 AND id < $2 AND deleted_at IS NULL ORDER BY id DESC LIMIT ";
        const auto before = after ? after->id : std::numeric_limits<std::int64_t>::max();
        return c_.all(
            head + std::to_string(limit),
            [&](const db::Row& row) {
                return Candidate{{generation_, {}, row.integer(0)}, row.integer(0)};
            },
            *query_.type, before);
    }

    std::vector<Candidate> read_titles(const std::optional<storage::Cursor>& after, int limit) {
        static const storage::Ranges ranges{"work_title", "sort_key", {"locale", "generation"}, "bucket", true, false};
        std::vector<std::int64_t> buckets;
        for (std::int64_t bucket = 0; bucket < 10; ++bucket)
            if (!query_.state || bucket / 2 == static_cast<std::int64_t>(*query_.state)) buckets.push_back(bucket);
        const auto listed =
            storage::read_ranges(c_, ranges, {query_.locale.text(), generation_}, buckets, {limit, after}, {"0", ""},
                                 generation_, [](const db::Row&) { return 0; });
        std::vector<Candidate> list;
        for (const auto& [place, none] : listed.rows)
            list.push_back({storage::cursor_at(place, ranges, generation_), place.id});
        return list;
    }

    // Those that every filter lets through, in order.
    std::vector<Candidate> fitting(const std::vector<Candidate>& candidates) {
        if (!has_more_filters()) return candidates;
        std::vector<std::int64_t> ids;
        for (const auto& one : candidates) ids.push_back(one.id);
        const auto rows = rows_of(c_, site_, query_.locale, ids, has_text() ? Breadth::all : Breadth::one);
        std::vector<Candidate> list;
        for (const auto& one : candidates)
            if (const auto row = rows.find(one.id); row != rows.end() && fits(row->second, one)) list.push_back(one);
        return list;
    }

    bool fits(const BoardRow& row, const Candidate& candidate) const {
        if (query_.type && row.type != *query_.type) return false;
        if (query_.state) {
            const auto in = std::ranges::find(row.editions, query_.locale, &content::Edition::locale);
            if (in == row.editions.end() || in->state != *query_.state) return false;
        }
        return !has_text() || fits_text(row, candidate.place.key);
    }

    // Found by its words, an article is listed at the first of them that begins so, and not again at another.
    bool fits_text(const BoardRow& row, const std::string& found_at) const {
        std::vector<std::string> titles;
        for (const auto& e : row.editions)
            if (e.locale == e.title_locale)
                for (auto& word : locale::search_words(e.title, e.locale)) titles.push_back(std::move(word));
        std::ranges::sort(titles);
        const auto first_with = [&](const std::string& prefix) {
            const auto at = std::ranges::lower_bound(titles, prefix);
            return at != titles.end() && at->starts_with(prefix) ? at : titles.end();
        };
        if (const auto at = first_with(longest_); by_text() && (at == titles.end() || *at != found_at)) return false;
        return std::ranges::all_of(words_, [&](const auto& word) { return first_with(word) != titles.end(); });
    }

    db::Connection& c_;
    const storage::Site& site_;
    const BoardQuery& query_;
    std::int64_t generation_;
    std::vector<std::string> words_;
    std::string longest_;
    std::vector<std::int64_t> ids_;
};

std::vector<BoardRow> in_order(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                               const std::vector<std::int64_t>& ids) {
    auto rows = rows_of(c, site, locale, ids, Breadth::all);
    std::vector<BoardRow> list;
    for (const auto id : ids)
        if (const auto row = rows.find(id); row != rows.end()) list.push_back(std::move(row->second));
    return list;
}

std::shared_ptr<const storage::Site> site_with(db::Connection& c, const Store& store, const locale::Tag& locale) {
    auto site = storage::read_site(c, store.default_locale);
    if (!site->find_enabled(locale)) throw Error(ErrorCode::not_found, "locale", {{"locale", locale.text()}});
    return site;
}

}  // namespace

Board board(const Store& store, const BoardQuery& query) {
    return store.db.reading([&](db::Connection& c) {
        const auto site = site_with(c, store, query.locale);
        Search search(c, *site, query);
        auto board = search.run(std::clamp(query.limit, 1, 100));
        board.rows = in_order(c, *site, query.locale, search.ids());
        return board;
    });
}

Found find_on_board(const Store& store, const BoardQuery& query, int most) {
    auto from_the_first = query;
    from_the_first.after.reset();
    return store.db.reading([&](db::Connection& c) {
        const auto site = site_with(c, store, query.locale);
        Search search(c, *site, from_the_first);
        const auto board = search.run(most);
        Found found{.ids = {}, .more = board.next && !board.looked_far, .looked_far = board.looked_far};
        for (const auto id : search.ids()) found.ids.push_back(ArticleId(id));
        return found;
    });
}

std::vector<BoardRow> board_rows(const Store& store, const locale::Tag& locale, const std::vector<ArticleId>& ids) {
    std::vector<std::int64_t> numbers;
    for (const auto id : ids) numbers.push_back(number(id));
    return store.db.reading([&](db::Connection& c) {
        const auto site = site_with(c, store, locale);
        return in_order(c, *site, locale, numbers);
    });
}

}  // namespace stele::worklist
