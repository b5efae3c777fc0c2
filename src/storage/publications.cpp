#include "src/storage/publications.hpp"

#include <fmt/format.h>

#include <array>

#include "src/storage/many.hpp"

namespace stele::storage {
namespace {

namespace json = boost::json;

json::value value_of(const std::optional<std::string>& text) {
    if (text) return json::value(*text);
    return nullptr;
}

std::optional<std::string> text_of(const json::value& v) {
    if (v.is_null()) return std::nullopt;
    return std::string(v.as_string());
}

std::optional<locale::Tag> optional_tag(const db::Row& r, int column) {
    if (r.is_null(column)) return std::nullopt;
    return locale::Tag::stored(r.text(column));
}

Publication publication_from(db::Row r) {
    return {.locale = locale::Tag::stored(r.text(0)),
            .number = r.integer(1),
            .title = r.text(2),
            .slug = r.text(3),
            .title_lang = optional_tag(r, 4),
            .summary = r.optional_text(5),
            .document = r.text(6),
            .text_hash = r.bytes(7),
            .published_at = time_of(r.integer(8)),
            .updated_at = time_of(r.integer(9))};
}

template <class T>
std::vector<db::Value> values_of(const std::vector<T>& list) {
    std::vector<db::Value> values;
    for (const auto& one : list) values.push_back(db::to_value(one));
    return values;
}

std::string where_id(std::string_view statement) {
    return fmt::format("{} WHERE id = {}", statement, publication_id_sql);
}

ArticleId next(ArticleId id) { return ArticleId(number(id) + 1); }

RouteRow route_from(db::Row r) { return {locale::Tag::stored(r.text(0)), ArticleId(r.integer(1)), r.boolean(2)}; }

}  // namespace

std::string to_document(const Snapshot& s) {
    json::object fields;
    for (const auto& [name, text] : s.fields) fields[name] = value_of(text);
    json::array texts;
    for (const auto& text : s.texts) texts.push_back(value_of(text));
    json::object document{{"summary", value_of(s.summary)},
                          {"fields", std::move(fields)},
                          {"skeleton", content::to_stored(s.skeleton)},
                          {"slots", json::value_from(s.slots)},
                          {"texts", std::move(texts)}};
    if (s.title_lang) document["title_lang"] = s.title_lang->text();
    return json::serialize(document);
}

Snapshot snapshot_from(std::string_view document) {
    // A pool of its own, thrown away as a whole: most of what parsing costs is else memory by memory.
    std::array<unsigned char, 8192> first;
    json::monotonic_resource memory(first.data(), first.size());
    const auto parsed = json::parse(document, &memory);
    const auto& o = parsed.as_object();
    Snapshot s;
    if (auto* lang = o.if_contains("title_lang")) s.title_lang = locale::Tag::stored(std::string(lang->as_string()));
    s.summary = text_of(o.at("summary"));
    for (const auto& [name, text] : o.at("fields").as_object()) s.fields[name] = text_of(text);
    s.skeleton = content::parse_skeleton(o.at("skeleton").as_string());
    for (const auto& id : o.at("slots").as_array()) s.slots.emplace_back(id.as_string());
    for (const auto& text : o.at("texts").as_array()) s.texts.push_back(text_of(text));
    return s;
}

std::optional<Publication> find_publication(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql = where_id(
        "SELECT locale, number, title, slug, title_lang, summary, document, text_hash, published_at, updated_at "
        "FROM publication");
    return c.one(sql, publication_from, id, locale.text());
}

namespace {
constexpr std::string_view heads = "SELECT locale, slug, text_hash FROM publication";
PublicationHead head_from(db::Row r) { return {locale::Tag::stored(r.text(0)), r.text(1), r.bytes(2)}; }
}  // namespace

std::vector<PublicationHead> find_publication_heads(db::Connection& c, ArticleId id) {
    static const auto sql = fmt::format("{} WHERE id > $1 AND id < $2", heads);
    return c.all(sql, head_from, first_publication_id(id), first_publication_id(next(id)));
}

std::optional<PublicationHead> find_publication_head(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql = where_id(heads);
    return c.one(sql, head_from, id, locale.text());
}

void upsert_publication(db::Transaction& t, ArticleId id, const Publication& p) {
    std::optional<std::string> title_lang;
    if (p.title_lang) title_lang = p.title_lang->text();
    static const auto sql = fmt::format(
        "INSERT INTO publication (id, article_id, locale, number, published_at, updated_at, title, title_lang, slug, "
        "text_hash, summary, document) VALUES ({}, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
        "ON CONFLICT (id) DO UPDATE SET number = excluded.number, updated_at = excluded.updated_at, "
        "title = excluded.title, title_lang = excluded.title_lang, slug = excluded.slug, "
        "text_hash = excluded.text_hash, summary = excluded.summary, document = excluded.document",
        publication_id_sql);
    t->run(sql, id, p.locale.text(), p.number, p.published_at, p.updated_at, p.title, title_lang, p.slug,
           db::Bytes{p.text_hash}, p.summary, p.document);
}

void delete_publication(db::Transaction& t, ArticleId id, const locale::Tag& locale) {
    static const auto sql = where_id("DELETE FROM publication");
    t->run(sql, id, locale.text());
}

std::vector<std::pair<ArticleId, std::string>> find_source_summaries(db::Connection& c,
                                                                     const std::vector<ArticleId>& ids) {
    std::vector<std::pair<ArticleId, std::string>> found;
    query_in(c,
             {"SELECT a.id, p.summary FROM article a CROSS JOIN locale l CROSS JOIN publication p WHERE a.id IN (",
              ") AND l.tag = a.source_locale AND p.id = a.id * 4096 + l.number AND p.summary IS NOT NULL"},
             values_of(ids), [&](db::Row r) { found.emplace_back(ArticleId(r.integer(0)), r.text(1)); });
    return found;
}

std::optional<RouteRow> find_route(db::Connection& c, const locale::Tag& locale, std::string_view slug) {
    return c.one("SELECT locale, article_id, former FROM route WHERE locale = $1 AND slug = $2", route_from,
                 locale.text(), slug);
}

std::vector<RouteRow> find_routes(db::Connection& c, std::string_view slug) {
    return c.all("SELECT locale, article_id, former FROM route WHERE slug = $1 ORDER BY slug, locale LIMIT 100",
                 route_from, slug);
}

std::multimap<std::string, RouteRow> find_live_routes(db::Connection& c, const std::vector<std::string>& slugs) {
    std::multimap<std::string, RouteRow> found;
    query_in(c,
             {"SELECT r.locale, r.article_id, r.former, r.slug FROM route r CROSS JOIN article a WHERE r.slug IN (",
              ") AND a.id = r.article_id AND a.deleted_at IS NULL"},
             values_of(slugs), [&](db::Row r) { found.emplace(r.text(3), route_from(r)); });
    return found;
}

std::optional<ArticleId> set_route(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view slug) {
    const auto there = find_route(*t, locale, slug);
    if (there && there->article_id == id && !there->former) return std::nullopt;
    if (there && there->article_id != id && !there->former) return there->article_id;
    release_routes(t, id, locale);
    // Own beats former: a former slug of another article is taken over.
    t->run(
        "INSERT INTO route (locale, slug, article_id, former) VALUES ($1, $2, $3, 0) ON CONFLICT (slug, locale) DO "
        "UPDATE SET article_id = excluded.article_id, former = 0",
        locale.text(), slug, id);
    return std::nullopt;
}

void release_routes(db::Transaction& t, ArticleId id, const locale::Tag& locale) {
    t->run("UPDATE route SET former = 1 WHERE article_id = $1 AND locale = $2 AND former = 0", id, locale.text());
}

}  // namespace stele::storage
