#pragma once
// Tables glossary, term and term_translation.
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
// Inserts where n is 0; gives the number. Absent: another term has the text with this part.
std::optional<std::int64_t> write_term(db::Transaction& t, const Term& term);
void write_translation(db::Transaction& t, std::int64_t n, const locale::Tag& locale, const Translation& translation);
void delete_translation(db::Transaction& t, std::int64_t n, const locale::Tag& locale);

// As terms are told apart: folded, with plain spaces.
std::string key_of(std::string_view text);

}  // namespace stele::terms
