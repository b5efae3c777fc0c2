#include "src/terms/terms.hpp"

#include <fmt/format.h>

#include "src/storage/cursor.hpp"
#include "src/terms/index.hpp"
#include "src/terms/rows.hpp"
#include "src/terms/validate.hpp"

namespace stele::terms {
namespace {

[[noreturn]] void refuse_taken(db::Transaction& t, const Term& term) {
    const auto other = t->one(
        "SELECT id FROM term WHERE source_locale = $1 AND key = $2 AND part = $3 AND deleted = 0",
        [](db::Row row) { return row.integer(0); }, term.source_locale.text(), key_of(term.text), term.part);
    throw Error(ErrorCode::taken, "term", {{"text", term.text}}, {{"/text", "field.taken", {{"value", term.text}}}},
                {{"term", other.value_or(0)}});
}

void check_version(const Term& term, const std::optional<std::int64_t>& expected) {
    if (!expected) throw Error(ErrorCode::precondition_required);
    if (*expected != term.version) throw Error(ErrorCode::version_conflict, {}, {}, {}, {{"version", term.version}});
}

// With everybody else who changes terms of its source kept out.
Term held(db::Transaction& t, std::int64_t n) {
    const auto found = find_term(*t, n);
    if (!found) throw Error(ErrorCode::not_found, "term");
    renew_stamp(t, found->source_locale);
    return find_term(*t, n).value();
}

Term written(db::Transaction& t, Term term, const Actor& actor, Time now) {
    term.version += 1;
    term.actor = actor;
    term.updated_at = now;
    if (!write_term(t, term)) refuse_taken(t, term);
    return term;
}

void check_room(db::Transaction& t, const locale::Tag& source) {
    if (count_terms(*t, source) >= max_terms) throw Error(ErrorCode::conflict, "too-many-terms", {{"max", max_terms}});
}

}  // namespace

Page list(const Store& store, const Query& query) {
    const auto index = store.db.reading([&](db::Connection& c) { return index_of(c, query.source); });
    const auto& terms = index->terms();
    const auto described = fmt::format("terms {} {} {} {}", query.source.text(),
                                       query.target ? query.target->text() : "", query.untranslated, query.q);
    size_t begin = 0;
    if (query.after) {
        const auto cursor = storage::cursor_from(*query.after, described, 0);
        begin = index->after(cursor.key, cursor.id);
    }
    Page page;
    size_t last = 0;
    bool more = false;
    const auto take = [&](size_t place) {
        const auto& term = terms[place];
        if (query.untranslated && query.target && term.in(*query.target)) return true;
        if (page.items.size() == size_t(query.limit)) {
            more = true;
            return false;
        }
        page.items.push_back(term);
        last = place;
        return true;
    };
    if (query.q.empty()) {
        for (size_t place = begin; place < terms.size() && take(place);) ++place;
        if (!query.untranslated) page.total = std::int64_t(terms.size());
    } else {
        for (const auto place : index->search(query.q, query.target ? &*query.target : nullptr))
            if (place >= begin && !take(place)) break;
    }
    if (more) page.next = storage::to_text({0, index->sort_key(last), terms[last].n}, described);
    return page;
}

std::optional<Term> find(const Store& store, std::int64_t n) {
    return store.db.reading([&](db::Connection& c) { return find_term(c, n); });
}

Term create(const Store& store, const NewTerm& wanted, const Actor& actor) {
    Term term{.n = 0,
              .source_locale = wanted.source_locale,
              .text = wanted.text,
              .part = wanted.part,
              .note = wanted.note,
              .translations = wanted.translations};
    tidy(term);
    FieldErrors errors;
    check_term(errors, term);
    throw_if_any(std::move(errors));
    std::erase_if(term.translations, [](const auto& entry) { return entry.second.empty(); });
    return store.db.writing([&](db::Transaction& t) {
        renew_stamp(t, term.source_locale);
        check_room(t, term.source_locale);
        Term made = term;
        made.actor = actor;
        made.updated_at = store.now();
        const auto n = write_term(t, made);
        if (!n) refuse_taken(t, made);
        made.n = *n;
        for (const auto& [locale, translation] : made.translations) write_translation(t, made.n, locale, translation);
        return made;
    });
}

Term change(const Store& store, std::int64_t n, const TermChanges& changes, std::optional<std::int64_t> expected,
            const Actor& actor) {
    return store.db.writing([&](db::Transaction& t) {
        const Term before = held(t, n);
        if (before.deleted) throw Error(ErrorCode::not_found, "term");
        check_version(before, expected);
        Term after = before;
        if (changes.text) after.text = *changes.text;
        if (changes.part) after.part = *changes.part;
        if (changes.note) after.note = *changes.note;
        for (const auto& [locale, translation] : changes.translations) {
            if (translation)
                after.translations.insert_or_assign(locale, *translation);
            else
                after.translations.erase(locale);
        }
        tidy(after);
        std::erase_if(after.translations, [](const auto& entry) { return entry.second.empty(); });
        FieldErrors errors;
        check_term(errors, after);
        throw_if_any(std::move(errors));
        after = written(t, std::move(after), actor, store.now());
        for (const auto& [locale, translation] : changes.translations) {
            const auto now = after.translations.find(locale);
            if (now == after.translations.end())
                delete_translation(t, n, locale);
            else
                write_translation(t, n, locale, now->second);
        }
        return after;
    });
}

void remove(const Store& store, std::int64_t n, std::optional<std::int64_t> expected, const Actor& actor) {
    store.db.write([&](db::Transaction& t) {
        Term term = held(t, n);
        if (term.deleted) throw Error(ErrorCode::not_found, "term");
        check_version(term, expected);
        term.deleted = true;
        written(t, std::move(term), actor, store.now());
    });
}

Term restore(const Store& store, std::int64_t n, const Actor& actor) {
    return store.db.writing([&](db::Transaction& t) {
        Term term = held(t, n);
        if (!term.deleted) return term;
        check_room(t, term.source_locale);
        term.deleted = false;
        return written(t, std::move(term), actor, store.now());
    });
}

std::vector<Match> matches(const Store& store, std::string_view text, const locale::Tag& source, bool markup) {
    const auto index = store.db.reading([&](db::Connection& c) { return index_of(c, source); });
    return matches(*index, text, markup);
}

}  // namespace stele::terms
