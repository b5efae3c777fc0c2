#pragma once
// Terms: words of a source locale, and what is said for them in other locales. Texts are matched by the language's own
// rules (stem.hpp); matching costs the length of the text, however many terms there are (index.hpp).
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/base/time.hpp"
#include "src/content/prose.hpp"
#include "src/locale/tag.hpp"
#include "src/storage/store.hpp"

namespace stele::terms {

inline constexpr size_t max_term_chars = 200;
inline constexpr size_t max_term_words = 12;
inline constexpr size_t max_note_chars = 1'000;
inline constexpr size_t max_alternatives = 20;
inline constexpr std::int64_t max_terms = 50'000;  // of a source locale; all of them are held in memory

// What a term is in another locale.
struct Translation {
    std::vector<std::string> texts;      // the first is the one to use, the others are right as well
    bool keep = false;                   // not to be translated: as it is in the source
    std::vector<std::string> forbidden;  // texts that must not be used for it
    std::string note;
    bool empty() const { return texts.empty() && !keep && forbidden.empty() && note.empty(); }
    friend bool operator==(const Translation&, const Translation&) = default;
};
using Translations = std::map<locale::Tag, Translation>;

struct Term {
    std::int64_t n = 0;
    locale::Tag source_locale;
    std::string text;
    std::string part;  // of speech, or whatever tells two terms with one text apart
    std::string note;
    Translations translations;
    std::int64_t version = 1;  // its ETag
    Actor actor;
    Time updated_at{};
    bool deleted = false;

    // Of the locale, else of the nearest shorter tag ("de" for de-AT); null when nothing is said.
    const Translation* in(const locale::Tag& locale) const;
};

struct Query {
    locale::Tag source;
    std::optional<locale::Tag> target;  // `q` is looked for in this locale's translations, too
    std::string q;                      // beginnings of words
    bool untranslated = false;          // only those without anything said in `target`
    int limit = 25;
    std::optional<std::string> after;
};
struct Page {
    std::vector<Term> items;            // in the order of the source locale
    std::optional<std::string> next;    // opaque
    std::optional<std::int64_t> total;  // absent for a search
};
// Throws malformed ("cursor").
Page list(const Store& store, const Query& query);
// `deleted` ones too.
std::optional<Term> find(const Store& store, std::int64_t n);

struct NewTerm {
    locale::Tag source_locale;
    std::string text, part, note;
    Translations translations;
};
// Throws invalid (no word in it, too long, locales that are not enabled or the source's), taken ("term", members:
// term) where the source locale has the text with this part already, conflict ("too-many-terms").
Term create(const Store& store, const NewTerm& term, const Actor& actor);

struct TermChanges {
    std::optional<std::string> text, part, note;
    std::map<locale::Tag, std::optional<Translation>> translations;  // absent value: nothing is said any more
};
// `expected`: the version that was seen. What is there already is not written, and nothing at all is no new version.
// Throws not_found, precondition_required, what create() throws, and version_conflict where a part that is written (the
// text, the part of speech, the note, one locale) was changed since (members: version; conflicts: pointer, yours,
// theirs, actor, at).
Term change(const Store& store, std::int64_t n, const TermChanges& changes, std::optional<std::int64_t> expected,
            const Actor& actor);
// Throws version_conflict where anything was changed since.
void remove(const Store& store, std::int64_t n, std::optional<std::int64_t> expected, const Actor& actor);
Term restore(const Store& store, std::int64_t n, const Actor& actor);

// ---- in a text ----
struct Match {
    Term term;
    content::Range range;  // in the text, UTF-16 code units
};
// The longest terms, from the left; those with the same text stand beside each other.
std::vector<Match> matches(const Store& store, std::string_view text, const locale::Tag& source, bool markup = true);

// ---- as a table (CSV, RFC 4180) of one source and one target locale ----
// Columns: text, part, note, translation, do_not_translate, forbidden, translation_note; alternatives are parted by
// " | ". Deleted terms are left out.
std::string to_csv(const Store& store, const locale::Tag& source, const locale::Tag& target);
struct Imported {
    std::int64_t created = 0, changed = 0, unchanged = 0;
};
// What a row leaves empty stays as it is. `may_create`: may the caller write terms of the source; else rows without a
// term are mistakes. Throws invalid, with a FieldError for each row that is wrong ("/rows/3/text"), before anything is
// written. What is written is written in pieces, so that no save waits for long: a fault between them leaves the rows
// before it, and the same table again adds the rest.
Imported from_csv(const Store& store, const locale::Tag& source, const locale::Tag& target, std::string_view csv,
                  bool may_create, const Actor& actor);

}  // namespace stele::terms
