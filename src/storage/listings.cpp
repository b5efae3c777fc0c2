#include "src/storage/listings.hpp"

#include "src/storage/many.hpp"

namespace stele::storage {
namespace {

template <class Row>
Tally listed(const Row& row, int sign) {
    return Tally{.locale = row.locale,
                 .scope = Scope::read,
                 .generation = row.generation,
                 .slot = row.own ? 1 : 0,
                 .type = row.type,
                 .articles = sign,
                 .words = {}};
}

template <class Row>
void put_row(std::vector<db::Value>& values, const Row& r) {
    for (auto value : {db::to_value(r.locale.text()), db::to_value(r.generation), db::to_value(r.article_id),
                       db::to_value(r.type), db::to_value(r.own), db::to_value(r.resolved.text()),
                       db::to_value(r.title), db::to_value(db::Bytes{r.sort_key}), db::to_value(r.published_at)})
        values.push_back(std::move(value));
}

constexpr ManyRows upsert_sql = {
    "INSERT INTO listing (locale, generation, article_id, type, own, resolved_locale, title, sort_key, published_at) "
    "VALUES ",
    "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
    " ON CONFLICT (locale, generation, article_id) DO UPDATE SET type = excluded.type, own = excluded.own, "
    "resolved_locale = excluded.resolved_locale, title = excluded.title, sort_key = excluded.sort_key, "
    "published_at = excluded.published_at"};

template <class Keys>
std::vector<db::Value> key_values(const Keys& keys) {
    std::vector<db::Value> values;
    for (const auto& key : keys)
        for (auto value : {db::to_value(key.locale.text()), db::to_value(key.generation), db::to_value(key.article_id)})
            values.push_back(std::move(value));
    return values;
}

ManyRows delete_sql(std::string_view tail) {
    return {"DELETE FROM listing WHERE ", "(locale = ? AND generation = ? AND article_id = ?)", tail, " OR "};
}

}  // namespace

PublishedIn find_published(db::Connection& c, ArticleId id) {
    PublishedIn published;
    const std::vector<db::Value> values{number(id)};
    c.query(
        "SELECT p.locale, p.title, p.published_at FROM article a CROSS JOIN publication p "
        "WHERE a.id = $1 AND a.deleted_at IS NULL AND p.id > a.id * 4096 AND p.id < (a.id + 1) * 4096",
        values, [&](db::Row row) {
            published.emplace(locale::Tag::stored(row.text(0)), Published{row.text(1), time_of(row.integer(2))});
        });
    return published;
}

std::optional<locale::Tag> resolve(const PublishedIn& published, const std::vector<locale::Tag>& chain) {
    for (const auto& tag : chain)
        if (published.contains(tag)) return tag;
    return std::nullopt;
}

std::optional<ListingPlan::Row> ListingPlan::row_of(ArticleId id, const std::string& type, const PublishedIn& published,
                                                    const locale::Tag& tag, const Generation& generation) const {
    const auto resolved = resolve(published, generation.chain);
    if (!resolved) return std::nullopt;
    const auto& publication = published.at(*resolved);
    return Row{.locale = tag,
               .generation = generation.number,
               .article_id = id,
               .type = type,
               .own = *resolved == tag,
               .resolved = *resolved,
               .title = publication.title,
               .sort_key = {},
               .published_at = publication.published_at};
}

void ListingPlan::change(ArticleId id, const std::string& type_before, const PublishedIn& before,
                         const std::string& type_after, const PublishedIn& after) {
    if (type_before == type_after && before == after) return;
    for (const auto& l : site_->locales) {
        if (l.active)
            change_active(row_of(id, type_before, before, l.tag, *l.active),
                          row_of(id, type_after, after, l.tag, *l.active), site_->has_keys_of_active(l));
        if (l.next) refill(id, type_after, after, l);
    }
}

void ListingPlan::refill(ArticleId id, const std::string& type, const PublishedIn& published, const SiteLocale& l) {
    refills_.push_back({l.tag, l.next->number, id});
    auto row = row_of(id, type, published, l.tag, *l.next);
    if (!row) return;
    if (site_->has_keys_of_next())
        row->sort_key = site_->collation.sort_key(row->title, row->locale);
    else
        unkeyed_.push_back({row->locale, row->generation, id});
    refilled_.push_back(std::move(*row));
}

void ListingPlan::change_active(const std::optional<Row>& before, std::optional<Row> after, bool has_keys) {
    if (before == after) return;
    if (before) tallies_.push_back(listed(*before, -1));
    if (!after) {
        removals_.push_back({before->locale, before->generation, before->article_id});
        return;
    }
    tallies_.push_back(listed(*after, 1));
    if (has_keys) {
        after->sort_key = site_->collation.sort_key(after->title, after->locale);
        upserts_.push_back(std::move(*after));
    } else {
        const bool same_title = before && before->title == after->title;
        (same_title ? kept_ : placed_).push_back(std::move(*after));
    }
}

void ListingPlan::place_rows(db::Connection& c) const {
    for (const auto& row : kept_)
        c.run(
            "UPDATE listing SET type = $1, own = $2, resolved_locale = $3, published_at = $4 "
            "WHERE locale = $5 AND generation = $6 AND article_id = $7",
            row.type, row.own, row.resolved.text(), row.published_at, row.locale.text(), row.generation,
            row.article_id);
    auto marked = unkeyed_;
    for (auto row : placed_) {
        const OrderRow place{row.locale, row.generation, row.article_id};
        const std::vector<OrderRow> keys{place};
        run_many(c, delete_sql(""), key_values(keys));
        row.sort_key = key_beside_neighbour(c, Order::listing, place, row.title, site_->collation);
        std::vector<db::Value> values;
        put_row(values, row);
        run_many(c, upsert_sql, values);
        marked.push_back(place);
    }
    mark_placed(c, marked);
}

void ListingPlan::apply(db::Transaction& t) const {
    auto tallies = tallies_;
    run_many(*t, delete_sql(""), key_values(removals_));
    std::vector<db::Value> values;
    for (const auto& row : upserts_) put_row(values, row);
    run_many(*t, upsert_sql, values);
    place_rows(*t);

    // Whether a generation that is being filled has this article yet is known only here.
    query_many(*t, delete_sql(" RETURNING locale, generation, type, own"), key_values(refills_), [&](db::Row row) {
        tallies.push_back(Tally{.locale = locale::Tag::stored(row.text(0)),
                                .scope = Scope::read,
                                .generation = row.integer(1),
                                .slot = static_cast<int>(row.integer(3)),
                                .type = row.text(2),
                                .articles = -1,
                                .words = {}});
    });
    values.clear();
    for (const auto& row : refilled_) {
        put_row(values, row);
        tallies.push_back(listed(row, 1));
    }
    run_many(*t, upsert_sql, values);
    append_tallies(*t, tallies);
}

}  // namespace stele::storage
