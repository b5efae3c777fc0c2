#pragma once
// Grants as a form asks for them: a row for each, and one more for another. Fields role.N, all.N, and locale.N as often
// as there are locales.
#include "server/call.hpp"
#include "server/form.hpp"
#include "server/views.hpp"

namespace stele::studio {

// A row as it was filled in, which need not be a grant.
struct GrantRow {
    std::optional<accounts::Role> role{};
    bool everywhere = false;
    std::vector<locale::Tag> locales{};
};
using GrantRows = std::vector<GrantRow>;
GrantRows rows_of(const Form& form);
GrantRows rows_of(const accounts::Grants& grants);

// Puts "grants" into `data`; {{> accounts/grants}} shows them. `error`: what was wrong with them.
void put_grants(ViewData& data, App& app, const Call& call, const GrantRows& rows, const Error* error = nullptr);
// Rows without a role are none. Mistakes: there is no other one ("/grants"); one is neither for all languages nor for
// any ("/grants/ROW/locales").
FieldErrors grant_mistakes(const GrantRows& rows);
// Throws invalid where there is such a mistake.
accounts::Grants grants_of(const GrantRows& rows);
// "translator: Norwegian Bokmål, English · editor", in the language of the page.
std::string grant_words(const App& app, const Call& call, const accounts::Grants& grants);

}  // namespace stele::studio
