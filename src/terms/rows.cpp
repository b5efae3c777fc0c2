#include "src/terms/rows.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <random>
#include <unordered_map>

#include "src/locale/text.hpp"
#include "src/storage/rows.hpp"

namespace stele::terms {
namespace {

std::string stored(const std::vector<std::string>& texts) {
    return boost::json::serialize(boost::json::array(texts.begin(), texts.end()));
}

std::vector<std::string> texts_from(std::string_view text) {
    std::vector<std::string> texts;
    const auto parsed = boost::json::parse(text);
    for (const auto& one : parsed.as_array()) texts.emplace_back(one.as_string());
    return texts;
}

Term term_from(db::Row row) {
    return {.n = row.integer(0),
            .source_locale = locale::Tag::stored(row.text(1)),
            .text = row.text(2),
            .part = row.text(3),
            .note = row.text(4),
            .translations = {},
            .version = row.integer(5),
            .actor = row.text(6),
            .updated_at = time_of(row.integer(7)),
            .deleted = row.boolean(8)};
}

Translation translation_from(db::Row row, int column) {
    return {.texts = texts_from(row.text(column)),
            .keep = row.boolean(column + 1),
            .forbidden = texts_from(row.text(column + 2)),
            .note = row.text(column + 3)};
}

// Random and not counted: a number could come again in a database that was set back.
std::string new_stamp() {
    thread_local std::mt19937_64 random{std::random_device{}()};
    return fmt::format("{:016x}{:016x}", random(), random());
}

// Where the two say something else, or only one says anything.
std::vector<locale::Tag> locales_changed(const Term& before, const Term& after) {
    std::vector<locale::Tag> locales;
    for (const auto& [locale, said] : after.translations) {
        const auto was = before.translations.find(locale);
        if (was == before.translations.end() || was->second != said) locales.push_back(locale);
    }
    for (const auto& [locale, said] : before.translations)
        if (!after.translations.contains(locale)) locales.push_back(locale);
    return locales;
}

// Inserts where n is 0. Absent: another term has the text with this part.
std::optional<std::int64_t> write_term(db::Transaction& t, const Term& term) {
    const auto number = [](db::Row row) { return row.integer(0); };
    const auto key = key_of(term.text);
    if (term.n == 0)
        return t->one(
            "INSERT INTO term (source_locale, key, text, part, note, version, deleted, actor, updated_at) "
            "VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8) ON CONFLICT DO NOTHING RETURNING id",
            number, term.source_locale.text(), key, term.text, term.part, term.note, term.version, term.actor,
            term.updated_at);
    const auto other =
        t->one("SELECT id FROM term WHERE source_locale = $1 AND key = $2 AND part = $3 AND deleted = 0 AND id <> $4",
               number, term.source_locale.text(), key, term.part, term.n);
    if (other && !term.deleted) return std::nullopt;
    t->run(
        "UPDATE term SET key = $2, text = $3, part = $4, note = $5, version = $6, deleted = $7, actor = $8, "
        "updated_at = $9 WHERE id = $1",
        term.n, key, term.text, term.part, term.note, term.version, term.deleted, term.actor, term.updated_at);
    return term.n;
}

void write_translation(db::Transaction& t, std::int64_t n, const locale::Tag& locale, const Translation& translation) {
    t->run(
        "INSERT INTO term_translation (term_id, locale, texts, keep, forbidden, note) VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (term_id, locale) DO UPDATE SET texts = excluded.texts, keep = excluded.keep, "
        "forbidden = excluded.forbidden, note = excluded.note",
        n, locale.text(), stored(translation.texts), translation.keep, stored(translation.forbidden), translation.note);
}

void delete_translation(db::Transaction& t, std::int64_t n, const locale::Tag& locale) {
    t->run("DELETE FROM term_translation WHERE term_id = $1 AND locale = $2", n, locale.text());
}

}  // namespace

std::string key_of(std::string_view text) { return locale::fold_case(locale::normalize_space(text)); }

std::string read_stamp(db::Connection& c, const locale::Tag& source) {
    return c
        .one(
            "SELECT stamp FROM glossary WHERE source_locale = $1", [](db::Row row) { return row.text(0); },
            source.text())
        .value_or("");
}

std::vector<Term> read_terms(db::Connection& c, const locale::Tag& source) {
    auto terms = c.all(
        "SELECT id, source_locale, text, part, note, version, actor, updated_at, deleted FROM term "
        "WHERE source_locale = $1 AND deleted = 0",
        term_from, source.text());
    std::unordered_map<std::int64_t, size_t> places;
    for (size_t i = 0; i < terms.size(); ++i) places.emplace(terms[i].n, i);
    const std::vector<db::Value> values{db::to_value(source.text())};
    c.query(
        "SELECT t.term_id, t.locale, t.texts, t.keep, t.forbidden, t.note FROM term_translation AS t "
        "JOIN term ON term.id = t.term_id WHERE term.source_locale = $1 AND term.deleted = 0",
        values, [&](db::Row row) {
            const auto at = places.find(row.integer(0));
            if (at == places.end()) return;
            terms[at->second].translations.emplace(locale::Tag::stored(row.text(1)), translation_from(row, 2));
        });
    return terms;
}

std::optional<Term> find_term(db::Connection& c, std::int64_t n) {
    auto term =
        c.one("SELECT id, source_locale, text, part, note, version, actor, updated_at, deleted FROM term WHERE id = $1",
              term_from, n);
    if (!term) return term;
    const std::vector<db::Value> values{db::to_value(n)};
    c.query(
        "SELECT locale, texts, keep, forbidden, note FROM term_translation WHERE term_id = $1", values,
        [&](db::Row row) { term->translations.emplace(locale::Tag::stored(row.text(0)), translation_from(row, 1)); });
    return term;
}

std::int64_t count_terms(db::Connection& c, const locale::Tag& source) {
    return c
        .one(
            "SELECT count(*) FROM term WHERE source_locale = $1 AND deleted = 0",
            [](db::Row row) { return row.integer(0); }, source.text())
        .value();
}

void renew_stamp(db::Transaction& t, const locale::Tag& source) {
    t->run(
        "INSERT INTO glossary (source_locale, stamp) VALUES ($1, $2) "
        "ON CONFLICT (source_locale) DO UPDATE SET stamp = excluded.stamp",
        source.text(), new_stamp());
}

std::optional<std::string> renew_stamp(db::Transaction& t, const locale::Tag& source, const std::string& stamp) {
    auto made = new_stamp();
    const auto renewed =
        stamp.empty() ? t->run("INSERT INTO glossary (source_locale, stamp) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                               source.text(), made)
                      : t->run("UPDATE glossary SET stamp = $2 WHERE source_locale = $1 AND stamp = $3", source.text(),
                               made, stamp);
    if (renewed == 0) return std::nullopt;
    return made;
}

std::map<std::string, LastChange> read_last_changes(db::Connection& c, std::int64_t n) {
    std::map<std::string, LastChange> changes;
    c.query("SELECT part, version, actor, at FROM term_change WHERE term_id = $1",
            std::vector<db::Value>{db::to_value(n)}, [&](db::Row row) {
                changes[row.text(0)] = {row.integer(1), row.text(2), time_of(row.integer(3))};
            });
    return changes;
}

std::vector<std::string> parts_changed(const Term& before, const Term& after) {
    std::vector<std::string> parts;
    if (before.text != after.text) parts.emplace_back("/text");
    if (before.part != after.part) parts.emplace_back("/part");
    if (before.note != after.note) parts.emplace_back("/note");
    for (const auto& locale : locales_changed(before, after)) parts.push_back("/translations/" + locale.text());
    return parts;
}

std::optional<std::int64_t> write_change(db::Transaction& t, const Term& before, const Term& after) {
    const auto n = write_term(t, after);
    if (!n) return n;
    for (const auto& locale : locales_changed(before, after)) {
        const auto said = after.translations.find(locale);
        if (said == after.translations.end())
            delete_translation(t, *n, locale);
        else
            write_translation(t, *n, locale, said->second);
    }
    if (before.n == 0) return n;
    storage::Rows changes("term_change", "term_id, part, version, actor, at",
                          "ON CONFLICT (term_id, part) DO UPDATE SET version = excluded.version, actor = "
                          "excluded.actor, at = excluded.at");
    for (const auto& part : parts_changed(before, after))
        changes.add(*n, part, after.version, after.actor, after.updated_at);
    changes.write(t);
    return n;
}

}  // namespace stele::terms
