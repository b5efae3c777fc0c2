#include "src/storage/editions.hpp"

#include <map>

#include "src/storage/many.hpp"

namespace stele::storage {
namespace {

content::Counts counts_from(const db::Row& row, int first) {
    return {row.integer(first), row.integer(first + 1), row.integer(first + 2)};
}

std::vector<std::int64_t> generations_of(const SiteLocale& l) {
    std::vector<std::int64_t> list;
    if (l.active) list.push_back(l.active->number);
    if (l.next) list.push_back(l.next->number);
    return list;
}

template <class... A>
void put(std::vector<db::Value>& values, const A&... args) {
    (values.push_back(db::to_value(args)), ...);
}

}  // namespace

content::Edition edition_from(const db::Row& row, int first) {
    const auto bucket = static_cast<int>(row.integer(first + 3));
    return content::Edition{.article_id = ArticleId(row.integer(first)),
                            .locale = locale::Tag::stored(row.text(first + 1)),
                            .is_source = row.boolean(first + 2),
                            .state = static_cast<content::State>(bucket / 2),
                            .published = row.boolean(first + 4),
                            .pending = bucket % 2 == 1,
                            .title = row.text(first + 5),
                            .title_locale = locale::Tag::stored(row.text(first + 6)),
                            .segments = counts_from(row, first + 7),
                            .words = counts_from(row, first + 10),
                            .priority = static_cast<int>(row.integer(first + 13)),
                            .since = time_of(row.integer(first + 14)),
                            .updated_at = time_of(row.integer(first + 15))};
}

std::vector<content::Edition> find_editions(db::Connection& c, ArticleId id, const std::vector<locale::Tag>& locales) {
    std::string sql = "SELECT " + std::string(edition_columns) + " FROM edition e WHERE e.article_id = $1";
    std::vector<db::Value> values{number(id)};
    if (!locales.empty()) sql += " AND e.locale IN (" + parameters(2, locales.size()) + ")";
    for (const auto& tag : locales) values.emplace_back(tag.text());
    std::vector<content::Edition> editions;
    c.query(sql, values, [&](db::Row row) { editions.push_back(edition_from(row)); });
    std::ranges::sort(editions, {}, &content::Edition::locale);
    return editions;
}

void EditionPlan::add(const std::optional<content::Edition>& before, const std::optional<content::Edition>& after) {
    const auto* l = after ? site_->find(after->locale) : nullptr;
    if (!after || !l || !l->tracked()) {
        if (before) remove(*before);
        return;
    }
    if (before == after) return;
    plan_row(before, *after);
    plan_titles(before ? &*before : nullptr, *after, *l);
}

void EditionPlan::fill(const std::optional<content::Edition>& before, const content::Edition& after,
                       const SiteLocale& l) {
    if (before != after) plan_row(before, after);
    titles_.push_back({after.locale, l.next->number, after.article_id, after.bucket(),
                       site_->collation.sort_key(after.title, after.locale)});
}

void EditionPlan::plan_row(const std::optional<content::Edition>& before, const content::Edition& after) {
    upserts_.push_back(after);
    words_.change(before, after);
    if (before) tallies_.push_back(tally_of(*before, -1));
    tallies_.push_back(tally_of(after, 1));
}

void EditionPlan::plan_titles(const content::Edition* before, const content::Edition& after, const SiteLocale& l) {
    const bool same_title = before && before->title == after.title;
    if (same_title && before->bucket() == after.bucket()) return;
    const auto plan = [&](std::int64_t generation, bool has_keys, std::optional<std::string> place_of) {
        if (same_title)
            titles_.push_back({after.locale, generation, after.article_id, after.bucket(), std::nullopt});
        else if (has_keys)
            titles_.push_back({after.locale, generation, after.article_id, after.bucket(),
                               site_->collation.sort_key(after.title, after.locale)});
        else
            foreign_.push_back({{after.locale, generation, after.article_id}, after.bucket(), std::move(place_of)});
    };
    if (l.active) plan(l.active->number, site_->has_keys_of_active(l), after.title);
    if (l.next) plan(l.next->number, site_->has_keys_of_next(), std::nullopt);
}

void EditionPlan::remove(const content::Edition& before) {
    removals_.emplace_back(before.article_id, before.locale);
    words_.change(before, std::nullopt);
    tallies_.push_back(tally_of(before, -1));
}

void EditionPlan::apply(db::Transaction& t) const {
    remove_rows(*t);
    upsert_editions(*t);
    upsert_titles(*t);
    place_titles(*t);
    append_tallies(*t, tallies_);
    words_.apply(t);
}

void EditionPlan::upsert_editions(db::Connection& c) const {
    std::vector<db::Value> values;
    for (const auto& e : upserts_)
        put(values, e.article_id, e.locale.text(), e.is_source, e.bucket(), e.published, e.title, e.title_locale.text(),
            e.segments.total, e.segments.missing, e.segments.outdated, e.words.total, e.words.missing, e.words.outdated,
            e.words.missing + e.words.outdated, e.priority, e.since, e.updated_at);
    run_many(c,
             {"INSERT INTO edition (article_id, locale, is_source, bucket, published, title, title_locale, "
              "segments_total, segments_missing, segments_outdated, words_total, words_missing, words_outdated, "
              "words_left, priority, since, updated_at) VALUES ",
              "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              " ON CONFLICT (article_id, locale) DO UPDATE SET is_source = excluded.is_source, "
              "bucket = excluded.bucket, published = excluded.published, title = excluded.title, "
              "title_locale = excluded.title_locale, segments_total = excluded.segments_total, "
              "segments_missing = excluded.segments_missing, segments_outdated = excluded.segments_outdated, "
              "words_total = excluded.words_total, words_missing = excluded.words_missing, "
              "words_outdated = excluded.words_outdated, words_left = excluded.words_left, "
              "priority = excluded.priority, since = excluded.since, updated_at = excluded.updated_at"},
             values);
}

void EditionPlan::upsert_titles(db::Connection& c) const {
    std::vector<db::Value> keyed, moved;
    for (const auto& title : titles_) {
        if (title.sort_key)
            put(keyed, title.locale.text(), title.generation, title.article_id, title.bucket,
                db::Bytes{*title.sort_key});
        else
            put(moved, title.locale.text(), title.generation, title.article_id, title.bucket);
    }
    run_many(c,
             {"INSERT INTO work_title (locale, generation, article_id, bucket, sort_key) VALUES ", "(?, ?, ?, ?, ?)",
              " ON CONFLICT (locale, generation, article_id) DO UPDATE SET bucket = excluded.bucket, "
              "sort_key = excluded.sort_key"},
             keyed);
    // A row that a new generation does not have yet is made by what fills it.
    run_many(c,
             {"UPDATE work_title SET bucket = v.column4 FROM (VALUES ",
              "(?, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS BIGINT))",
              ") AS v WHERE work_title.locale = v.column1 AND work_title.generation = v.column2 "
              "AND work_title.article_id = v.column3"},
             moved);
}

void EditionPlan::place_titles(db::Connection& c) const {
    std::vector<OrderRow> marked;
    for (const auto& [row, bucket, title] : foreign_) {
        const auto tag = row.locale.text();
        c.run("DELETE FROM work_title WHERE locale = $1 AND generation = $2 AND article_id = $3", tag, row.generation,
              row.article_id);
        const auto key = title ? key_beside_neighbour(c, Order::work, row, *title, site_->collation) : std::string();
        c.run("INSERT INTO work_title (locale, generation, article_id, bucket, sort_key) VALUES ($1, $2, $3, $4, $5)",
              tag, row.generation, row.article_id, bucket, db::Bytes{key});
        marked.push_back(row);
    }
    mark_placed(c, marked);
}

void EditionPlan::remove_rows(db::Connection& c) const {
    std::vector<db::Value> editions, titles;
    for (const auto& [id, tag] : removals_) {
        put(editions, id, tag.text());
        const auto* l = site_->find(tag);
        if (!l) continue;
        for (const auto generation : generations_of(*l)) put(titles, tag.text(), generation, id);
    }
    run_many(c, {"DELETE FROM edition WHERE ", "(article_id = ? AND locale = ?)", "", " OR "}, editions);
    run_many(c, {"DELETE FROM work_title WHERE ", "(locale = ? AND generation = ? AND article_id = ?)", "", " OR "},
             titles);
}

}  // namespace stele::storage
