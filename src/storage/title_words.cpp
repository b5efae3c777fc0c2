#include "src/storage/title_words.hpp"

#include <algorithm>
#include <set>

#include "src/locale/search_words.hpp"
#include "src/storage/many.hpp"

namespace stele::storage {
namespace {

std::vector<std::string> own_words(const std::optional<content::Edition>& e) {
    if (!e || e->title_locale != e->locale) return {};
    return locale::search_words(e->title, e->locale);
}

}  // namespace

void TitleWordPlan::change(const std::optional<content::Edition>& before,
                           const std::optional<content::Edition>& after) {
    if (before && after && before->title == after->title && before->title_locale == after->title_locale) return;
    const auto former = own_words(before), now = own_words(after);
    const auto add = [](std::vector<db::Value>& values, const std::string& word, const content::Edition& e) {
        values.emplace_back(db::Bytes{word});
        values.emplace_back(number(e.article_id));
        values.emplace_back(e.locale.text());
    };
    for (const auto& word : former)
        if (!std::binary_search(now.begin(), now.end(), word)) add(gone_, word, *before);
    for (const auto& word : now)
        if (!std::binary_search(former.begin(), former.end(), word)) add(come_, word, *after);
}

void TitleWordPlan::apply(db::Transaction& t) const {
    run_many(*t, {"DELETE FROM title_word WHERE ", "(word = ? AND article_id = ? AND locale = ?)", "", " OR "}, gone_);
    run_many(*t, {"INSERT INTO title_word (word, article_id, locale) VALUES ", "(?, ?, ?)", " ON CONFLICT DO NOTHING"},
             come_);
}

std::vector<WordPlace> find_words(db::Connection& c, std::string_view prefix, const std::optional<WordPlace>& after,
                                  int limit) {
    const auto place = [](const db::Row& row) { return WordPlace{row.bytes(0), row.integer(1)}; };
    // No word goes on with this byte: it is not UTF-8.
    const db::Bytes first{std::string(prefix)}, end{std::string(prefix) + '\xFF'};
    const std::string head = "SELECT DISTINCT word, article_id FROM title_word WHERE ";
    const std::string tail = " ORDER BY word, article_id LIMIT " + std::to_string(limit);
    if (!after) return c.all(head + "word >= $1 AND word < $2" + tail, place, first, end);
    return c.all(head + "(word, article_id) > ($1, $2) AND word < $3" + tail, place, db::Bytes{after->word},
                 after->article, end);
}

std::vector<OwnWord> missing_words(db::Connection& c, const std::vector<content::Edition>& editions) {
    std::set<OwnWord> missing;
    std::vector<db::Value> values;
    for (const auto& edition : editions)
        for (auto& word : own_words(edition)) {
            values.emplace_back(db::Bytes{word});
            values.emplace_back(number(edition.article_id));
            values.emplace_back(edition.locale.text());
            missing.insert({std::move(word), number(edition.article_id), edition.locale.text()});
        }
    query_many(c,
               {"SELECT word, article_id, locale FROM title_word WHERE ",
                "(word = ? AND article_id = ? AND locale = ?)", "", " OR "},
               values, [&](const db::Row& row) {
                   missing.erase({row.bytes(0), row.integer(1), row.text(2)});
               });
    return {missing.begin(), missing.end()};
}

}  // namespace stele::storage
