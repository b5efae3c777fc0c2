#pragma once
// Inside the glossary's pages: between which two languages somebody is.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/call.hpp"

namespace stele::studio {

struct Between {
    locale::Tag source;
    std::optional<locale::Tag> target;  // absent on a site of one language
};
// As the names say ("nb"), else from the site's default into the first other language that the caller translates into.
Between between_of(App& app, const Call& call, const std::optional<std::string>& source,
                   const std::optional<std::string>& target);
std::string terms_address(const Between& between);  // "/studio/terms?source=en&target=nb"

}  // namespace stele::studio
