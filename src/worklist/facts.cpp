#include "src/worklist/facts.hpp"

#include "src/content/translation.hpp"
#include "src/storage/editions.hpp"

namespace stele::worklist {
namespace {

using Facts = std::map<ArticleId, ArticleFacts>;

// Calls `each` with the facts that a row belongs to (column 0 is the article); rows of deleted articles are passed
// over.
template <class Each>
void for_rows(db::Connection& c, std::string_view sql, std::int64_t after, std::int64_t last, Facts& facts, Each each) {
    c.query(sql, std::vector<db::Value>{after, last}, [&](db::Row row) {
        const auto at = facts.find(ArticleId(row.integer(0)));
        if (at != facts.end()) each(at->second, row);
    });
}

locale::Tag tag_at(const db::Row& row, int column) { return locale::Tag::stored(row.text(column)); }

Facts read_articles(db::Connection& c, std::int64_t after, std::int64_t last) {
    Facts facts;
    c.query(
        "SELECT id, type, source_locale, priority, seq FROM article WHERE id > $1 AND id <= $2 AND deleted_at IS NULL",
        std::vector<db::Value>{after, last}, [&](db::Row row) {
            const auto id = ArticleId(row.integer(0));
            facts.emplace(id, ArticleFacts{.id = id,
                                           .type = row.text(1),
                                           .source_locale = tag_at(row, 2),
                                           .priority = static_cast<int>(row.integer(3)),
                                           .seq = row.integer(4),
                                           .source_title = {},
                                           .segments = {},
                                           .bases = {},
                                           .titles = {},
                                           .translations = {},
                                           .publications = {}});
        });
    return facts;
}

struct Todo {
    content::Counts segments, words;
    void count(std::int64_t word_count, const content::Hash& hash, const content::Hash* basis) {
        const bool missing = basis == nullptr;
        const bool outdated = basis && *basis != hash;
        segments.total += 1;
        segments.missing += missing;
        segments.outdated += outdated;
        words.total += word_count;
        words.missing += missing ? word_count : 0;
        words.outdated += outdated ? word_count : 0;
    }
};

const content::Hash* find_basis(const std::map<std::string, content::Hash>* bases, const std::string& segment) {
    if (!bases) return nullptr;
    const auto at = bases->find(segment);
    return at == bases->end() ? nullptr : &at->second;
}

// Law 9: the body of an independent translation is one segment, whatever the source's body is made of.
Todo todo_of(const ArticleFacts& article, const locale::Tag& locale, bool independent) {
    const auto own = article.bases.find(locale);
    const auto* bases = own == article.bases.end() ? nullptr : &own->second;
    Todo todo;
    std::vector<content::Hash> body;
    std::int64_t body_words = 0;
    for (const auto& [id, segment] : article.segments) {
        if (independent && segment.in_body) {
            body.push_back(segment.hash);
            body_words += segment.words;
        } else {
            todo.count(segment.words, segment.hash, find_basis(bases, id));
        }
    }
    if (independent)
        todo.count(body_words, content::body_hash(std::move(body)), find_basis(bases, std::string(content::body_id)));
    return todo;
}

Todo source_todo(const ArticleFacts& article) {
    Todo todo;
    for (const auto& [id, segment] : article.segments) todo.count(segment.words, segment.hash, &segment.hash);
    return todo;
}

template <class Read>
void read_texts(const Read& read) {
    read(
        "SELECT article_id, id, place, hash, words, CASE WHEN id = 'title' THEN text ELSE '' END FROM segment "
        "WHERE article_id > $1 AND article_id <= $2 AND place IS NOT NULL",
        [](ArticleFacts& article, const db::Row& row) {
            const auto id = row.text(1);
            article.segments[id] = {row.integer(2) >= 1000, row.bytes(3), row.integer(4)};
            if (id == content::title_id) article.source_title = row.text(5);
        });
    read(
        "SELECT article_id, locale, segment_id, basis_hash, CASE WHEN segment_id = 'title' THEN text ELSE '' END "
        "FROM target WHERE article_id > $1 AND article_id <= $2",
        [](ArticleFacts& article, const db::Row& row) {
            const auto id = row.text(2);
            article.bases[tag_at(row, 1)][id] = row.bytes(3);
            if (id == content::title_id) article.titles[tag_at(row, 1)] = row.text(4);
        });
    read(
        "SELECT article_id, locale, independent, text_hash, updated_at FROM translation "
        "WHERE article_id > $1 AND article_id <= $2",
        [](ArticleFacts& article, const db::Row& row) {
            article.translations[tag_at(row, 1)] = {row.boolean(2), row.bytes(3), time_of(row.integer(4))};
        });
}

template <class Read>
void read_publications(const Read& read) {
    read(
        "SELECT article_id, locale, title, published_at, text_hash FROM publication "
        "WHERE id > ($1 + CAST(1 AS BIGINT)) * 4096 AND id < ($2 + CAST(1 AS BIGINT)) * 4096",
        [](ArticleFacts& article, const db::Row& row) {
            article.publications[tag_at(row, 1)] = {{row.text(2), time_of(row.integer(3))}, row.bytes(4)};
        });
}

}  // namespace

storage::PublishedIn ArticleFacts::published() const {
    storage::PublishedIn in;
    for (const auto& [tag, publication] : publications) in.emplace(tag, publication.listed);
    return in;
}

content::Edition ArticleFacts::edition(const locale::Tag& locale) const {
    const auto frame = translations.find(locale);
    const auto source = translations.find(source_locale);
    const bool exists = frame != translations.end();
    const bool is_source = locale == source_locale;
    const auto todo = is_source ? source_todo(*this) : todo_of(*this, locale, exists && frame->second.independent);
    const auto publication = publications.find(locale);
    const bool is_published = publication != publications.end();
    const bool pending = is_published && (!exists || frame->second.text_hash != publication->second.text_hash);
    const auto own_title = titles.find(locale);
    const bool own = own_title != titles.end();
    const auto updated = exists                         ? frame->second.updated_at
                         : source != translations.end() ? source->second.updated_at
                                                        : Time{};
    return content::Edition{.article_id = id,
                            .locale = locale,
                            .is_source = is_source,
                            .state = content::state_of(todo.segments, is_published, pending),
                            .published = is_published,
                            .pending = pending,
                            .title = own && !is_source ? own_title->second : source_title,
                            .title_locale = own && !is_source ? locale : source_locale,
                            .segments = todo.segments,
                            .words = todo.words,
                            .priority = priority,
                            .since = updated,
                            .updated_at = updated};
}

std::vector<Sequence> find_sequences(db::Connection& c, std::int64_t after, int limit) {
    auto list = c.all(
        "SELECT id, seq FROM article WHERE id > $1 ORDER BY id LIMIT $2",
        [](const db::Row& row) {
            return Sequence{ArticleId(row.integer(0)), row.integer(1)};
        },
        after, limit);
    return list;
}

Facts read_facts(db::Connection& c, std::int64_t after, std::int64_t last, Depth depth) {
    auto facts = read_articles(c, after, last);
    const auto read = [&](std::string_view sql, auto each) { for_rows(c, sql, after, last, facts, each); };
    if (depth == Depth::all) read_texts(read);
    read_publications(read);
    return facts;
}

Editions read_editions(db::Connection& c, std::int64_t after, std::int64_t last) {
    const auto sql = "SELECT " + std::string(storage::edition_columns) +
                     " FROM edition e WHERE e.article_id > $1 AND e.article_id <= $2";
    Editions editions;
    c.query(sql, std::vector<db::Value>{after, last}, [&](db::Row row) {
        auto edition = storage::edition_from(row);
        auto key = std::pair{edition.article_id, edition.locale};
        editions.emplace(std::move(key), std::move(edition));
    });
    return editions;
}

}  // namespace stele::worklist
