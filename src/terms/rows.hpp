#pragma once
// Tables glossary, term, term_translation and term_change.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/db/db.hpp"
#include "src/terms/terms.hpp"

namespace stele::terms {

// Empty where the locale has never had a term.
std::string read_stamp(db::Connection& c, const locale::Tag& source);
// All that are not deleted.
std::vector<Term> read_terms(db::Connection& c, const locale::Tag& source);
std::optional<Term> find_term(db::Connection& c, std::int64_t n);
std::int64_t count_terms(db::Connection& c, const locale::Tag& source);

// The first of every write: from then on nobody else changes terms of this source until the transaction ends.
void renew_stamp(db::Transaction& t, const locale::Tag& source);
// The same where the stamp is still `stamp`, with the new one; absent where somebody has changed a term since.
std::optional<std::string> renew_stamp(db::Transaction& t, const locale::Tag& source, const std::string& stamp);
// Of each part that was changed since the term was made, by its place ("/text", "/translations/nb").
struct LastChange {
    std::int64_t version = 0;  // the term's, by this change
    Actor actor;
    Time at{};
};
std::map<std::string, LastChange> read_last_changes(db::Connection& c, std::int64_t n);

// The places of what is not the same in the two.
std::vector<std::string> parts_changed(const Term& before, const Term& after);
// The rows of `after` as far as they differ (of a new term, `before` has the number 0), with its version, who and when.
// Its number; absent: another term has the text with this part.
std::optional<std::int64_t> write_change(db::Transaction& t, const Term& before, const Term& after);

// As terms are told apart: folded, with plain spaces.
std::string key_of(std::string_view text);

}  // namespace stele::terms
