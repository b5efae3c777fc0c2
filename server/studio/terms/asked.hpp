#pragma once
// Inside the glossary's pages: between which two languages somebody is.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/call.hpp"
#include "server/form.hpp"

namespace stele::studio {

struct Between {
    locale::Tag source;
    std::optional<locale::Tag> target;  // absent on a site of one language
};
// To look at: as the names say ("nb"), else from the site's default into the first other language that the caller
// translates into.
Between between_of(App& app, const Call& call, const std::optional<std::string>& source,
                   const std::optional<std::string>& target);
// The same with a source that is known, enabled or not.
Between between_from(App& app, const Call& call, locale::Tag source, const std::optional<std::string>& target);
// To write: exactly what the form was made for, a language of the site (still) or not. Throws malformed ("form").
Between between_in(const Form& form);
std::string terms_address(const Between& between);  // "/studio/terms?source=en&target=nb"

}  // namespace stele::studio
