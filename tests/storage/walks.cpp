#include "tests/storage/walks.hpp"

#include <algorithm>
#include <limits>

#include "src/base/error.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::testing {
namespace {

ListKind articles_by(const locale::Tag& locale, publishing::Sort sort, bool fallback, std::optional<std::string> type,
                     int limit) {
    const bool by_title = sort == publishing::Sort::title;
    return {
        "articles in " + locale.text() + (by_title ? " by title" : " by date") + (fallback ? "" : ", own") +
            (type ? " of " + *type : ""),
        locale, by_title, [=](const Store& store, const std::optional<std::string>& after) {
            const auto page = publishing::list_articles(
                store,
                {.locale = locale, .type = type, .sort = sort, .fallback = fallback, .limit = limit, .after = after});
            ListPage result{.rows = {}, .next = page.next};
            for (const auto& item : page.items)
                result.rows.push_back({item.id, item.title.text, -item.published_at.time_since_epoch().count()});
            return result;
        }};
}

std::int64_t number_of(const content::Edition& e, worklist::Sort sort) {
    switch (sort) {
        case worklist::Sort::title:
            return 0;
        case worklist::Sort::words:
            return e.words.missing + e.words.outdated;
        case worklist::Sort::age:
            return e.since.time_since_epoch().count();
        case worklist::Sort::priority:
            return -e.priority;
    }
    return 0;
}

ListKind work_by(const locale::Tag& locale, worklist::Sort sort, const std::vector<content::State>& states,
                 std::optional<bool> pending, int limit) {
    return {
        "work in " + locale.text() + " by " + std::to_string(static_cast<int>(sort)) + ", " +
            std::to_string(states.size()) + " states" + (pending ? *pending ? ", pending" : ", not pending" : ""),
        locale, sort == worklist::Sort::title, [=](const Store& store, const std::optional<std::string>& after) {
            const auto page = worklist::list(
                store,
                {.locale = locale, .states = states, .pending = pending, .sort = sort, .limit = limit, .after = after});
            ListPage result{.rows = {}, .next = page.next};
            for (const auto& item : page.items)
                result.rows.push_back({item.edition.article_id, item.edition.title, number_of(item.edition, sort)});
            return result;
        }};
}

void add_articles(std::vector<ListKind>& lists, const locale::Tag& locale, int limit) {
    for (const auto sort : {publishing::Sort::title, publishing::Sort::published})
        for (const bool fallback : {true, false})
            for (const auto& type : {std::optional<std::string>(), std::optional<std::string>("news")})
                lists.push_back(articles_by(locale, sort, fallback, type, limit));
}

void add_work(std::vector<ListKind>& lists, const locale::Tag& locale, int limit) {
    using enum content::State;
    using enum worklist::Sort;
    const std::vector<content::State> all{untranslated, incomplete, outdated, ready, current};
    for (const auto sort : {title, words, age, priority}) {
        lists.push_back(work_by(locale, sort, {}, std::nullopt, limit));
        lists.push_back(work_by(locale, sort, all, std::nullopt, limit));
        lists.push_back(work_by(locale, sort, all, false, limit));
    }
}

// The key of each row, compared with those of all before it.
bool in_order(const std::vector<Row>& rows, const locale::Tag& locale, const locale::Collation& collation) {
    std::string last;
    for (const auto& row : rows) {
        auto key = collation.sort_key(row.title, locale);
        if (key < last) return false;
        last = std::move(key);
    }
    return true;
}

std::string first_out_of_order(const std::vector<Row>& rows, const locale::Tag& locale,
                               const locale::Collation& collation) {
    for (size_t i = 1; i < rows.size(); ++i)
        if (collation.sort_key(rows[i].title, locale) < collation.sort_key(rows[i - 1].title, locale))
            return rows[i - 1].title + "\" before \"" + rows[i].title;
    return {};
}

}  // namespace

std::vector<ListKind> all_lists(const std::vector<std::string>& locales, int limit) {
    std::vector<ListKind> lists;
    for (const auto& text : locales) {
        add_articles(lists, tag(text), limit);
        add_work(lists, tag(text), limit);
    }
    return lists;
}

std::optional<std::vector<Row>> walk(const Store& store, const ListKind& kind) {
    std::vector<Row> rows;
    std::optional<std::string> after;
    try {
        do {
            auto page = kind.read(store, after);
            std::ranges::move(page.rows, std::back_inserter(rows));
            after = std::move(page.next);
        } while (after);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::cursor_expired) throw;
        return std::nullopt;
    }
    return rows;
}

void Touched::write(ArticleId id, const std::function<void()>& body) {
    {
        const std::lock_guard lock(mutex_);
        touched_[id] = std::numeric_limits<std::int64_t>::max();
    }
    body();
    const std::lock_guard lock(mutex_);
    touched_[id] = now();
}

std::set<ArticleId> Touched::since(std::int64_t begin) {
    std::set<ArticleId> ids;
    const std::lock_guard lock(mutex_);
    for (const auto& [id, end] : touched_)
        if (end >= begin) ids.insert(id);
    return ids;
}

std::string fault_in(const std::vector<Row>& rows, const ListKind& kind, const std::set<ArticleId>& moved,
                     const std::vector<locale::Collation>& collations) {
    std::set<ArticleId> seen;
    for (const auto& row : rows)
        if (!moved.contains(row.id) && !seen.insert(row.id).second)
            return kind.name + ": article " + std::to_string(number(row.id)) + " twice";
    if (!kind.by_title) {
        const auto at = std::ranges::adjacent_find(rows, std::ranges::greater(), &Row::number);
        return at == rows.end() ? "" : kind.name + ": article " + std::to_string(number(at->id)) + " out of order";
    }
    auto looked_at = rows;
    if (collations.size() > 1) std::erase_if(looked_at, [&](const Row& row) { return moved.contains(row.id); });
    const auto holds = [&](const auto& collation) { return in_order(looked_at, kind.locale, collation); };
    if (std::ranges::any_of(collations, holds)) return {};
    return kind.name + ": \"" + first_out_of_order(looked_at, kind.locale, collations.front()) + '"';
}

std::vector<ArticleId> ids_of(const std::vector<Row>& rows, const std::set<ArticleId>& which) {
    std::vector<ArticleId> ids;
    for (const auto& row : rows)
        if (which.contains(row.id)) ids.push_back(row.id);
    std::ranges::sort(ids);
    return ids;
}

}  // namespace stele::testing
