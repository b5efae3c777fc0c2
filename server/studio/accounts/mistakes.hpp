#pragma once
// What is wrong with a form of accounts: beside each field, and all of it together above ({{> remarks}}), where the
// focus is.
#include "server/call.hpp"
#include "server/views.hpp"

namespace stele::studio {

// Puts what remarks.mustache shows beside a "notice" that stands in `data`, and for each of the fields name, mail,
// mail_old, old, password and days a "mistake_FIELD", false where nothing is wrong with it. Those of roles stand in
// their rows (put_grants). `name_label`: the words of the field "name".
void put_mistakes(ViewData& data, const App& app, const Call& call, const Error* error,
                  std::string_view name_label = "account.name-new");
// What is wrong in one of the rows of roles; "" = nothing. No role at all is a mistake of the first.
struct GrantMistakes {
    std::string role, locales;
};
GrantMistakes grant_mistakes_of(const App& app, const Call& call, const Error* error, size_t row);
// Of all at once: throws invalid where anything is wrong with what only the form knows (`own`), and names `others` too.
void throw_together(const FieldErrors& own, FieldErrors others);
// What a form can mend, so that it is shown again; else the page of errors is.
bool is_mendable(const Error& error);

}  // namespace stele::studio
