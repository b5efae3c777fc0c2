#include "src/terms/terms.hpp"

#include <fmt/format.h>

#include "src/storage/cursor.hpp"
#include "src/storage/site.hpp"
#include "src/terms/index.hpp"
#include "src/terms/log.hpp"
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

boost::json::value value_of(const Term& term, const std::string& part) {
    if (part == "/text") return boost::json::string(term.text);
    if (part == "/part") return boost::json::string(term.part);
    if (part == "/note") return boost::json::string(term.note);
    for (const auto& [locale, said] : term.translations)
        if (part == "/translations/" + locale.text())
            return boost::json::object{{"texts", boost::json::value_from(said.texts)},
                                       {"keep", said.keep},
                                       {"forbidden", boost::json::value_from(said.forbidden)},
                                       {"note", said.note}};
    return nullptr;
}

// Law 5: only what is written counts, and only where somebody else wrote the same since.
void check_conflicts(db::Connection& c, const Term& before, const Term& after, std::int64_t expected) {
    boost::json::array conflicts;
    const auto changes = read_last_changes(c, before.n);
    for (const auto& part : parts_changed(before, after)) {
        const auto last = changes.find(part);
        if (last == changes.end() || last->second.version <= expected) continue;
        conflicts.push_back({{"pointer", part},
                             {"yours", value_of(after, part)},
                             {"theirs", value_of(before, part)},
                             {"actor", last->second.actor},
                             {"at", rfc3339(last->second.at)}});
    }
    if (conflicts.empty() && expected <= before.version) return;
    throw Error(ErrorCode::version_conflict, {}, {}, {},
                {{"version", before.version}, {"conflicts", std::move(conflicts)}});
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

Term written(db::Transaction& t, const Term& before, Term after, const Actor& actor, Time now) {
    after.version += 1;
    after.actor = actor;
    after.updated_at = now;
    if (!write_change(t, before, after)) refuse_taken(t, after);
    log(t, after.deleted ? "term-deleted" : before.deleted ? "term-restored" : "term-changed", before, actor, now);
    return after;
}

Term with(Term term, const TermChanges& changes) {
    if (changes.text) term.text = *changes.text;
    if (changes.part) term.part = *changes.part;
    if (changes.note) term.note = *changes.note;
    for (const auto& [locale, translation] : changes.translations) {
        if (translation)
            term.translations.insert_or_assign(locale, *translation);
        else
            term.translations.erase(locale);
    }
    tidy(term);
    return term;
}

void check(db::Connection& c, const Store& store, const Term& term, const Term* before) {
    FieldErrors errors;
    check_term(errors, term, before, *storage::read_site(c, store));
    throw_if_any(std::move(errors));
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
    return store.db.writing([&](db::Transaction& t) {
        check(*t, store, term, nullptr);
        renew_stamp(t, term.source_locale);
        check_room(t, term.source_locale);
        Term made = term;
        made.actor = actor;
        made.updated_at = store.now();
        const auto n = write_change(t, {.source_locale = made.source_locale}, made);
        if (!n) refuse_taken(t, made);
        made.n = *n;
        log(t, "term-created", made, actor, made.updated_at);
        return made;
    });
}

Term change(const Store& store, std::int64_t n, const TermChanges& changes, std::optional<std::int64_t> expected,
            const Actor& actor) {
    return store.db.writing([&](db::Transaction& t) {
        const Term before = held(t, n);
        if (before.deleted) throw Error(ErrorCode::not_found, "term");
        if (!expected) throw Error(ErrorCode::precondition_required);
        Term after = with(before, changes);
        check_conflicts(*t, before, after, *expected);
        if (parts_changed(before, after).empty()) return before;
        check(*t, store, after, &before);
        return written(t, before, std::move(after), actor, store.now());
    });
}

void remove(const Store& store, std::int64_t n, std::optional<std::int64_t> expected, const Actor& actor) {
    store.db.write([&](db::Transaction& t) {
        const Term before = held(t, n);
        if (before.deleted) throw Error(ErrorCode::not_found, "term");
        check_version(before, expected);
        Term after = before;
        after.deleted = true;
        written(t, before, std::move(after), actor, store.now());
    });
}

Term restore(const Store& store, std::int64_t n, const Actor& actor) {
    return store.db.writing([&](db::Transaction& t) {
        const Term before = held(t, n);
        if (!before.deleted) return before;
        check_room(t, before.source_locale);
        Term after = before;
        after.deleted = false;
        return written(t, before, std::move(after), actor, store.now());
    });
}

std::vector<Match> matches(const Store& store, std::string_view text, const locale::Tag& source, bool markup) {
    const auto index = store.db.reading([&](db::Connection& c) { return index_of(c, source); });
    return matches(*index, text, markup);
}

}  // namespace stele::terms
