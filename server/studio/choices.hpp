#pragma once
// What a select offers: {"value", "text", "chosen"} each.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/call.hpp"
#include "server/views.hpp"

namespace stele::studio {

using Choices = std::vector<std::pair<std::string, std::string>>;  // value, text
ViewData choices_view(const Choices& choices, std::string_view chosen);

Choices type_choices(const App& app, const Call& call);
// A language in the reader's, as it stands alone; within a sentence it is language_name().
std::string language_label(const Call& call, const locale::Tag& tag);
Choices language_choices(const Call& call, const std::vector<locale::Tag>& tags);

// Which of the site's languages a list has its titles and its order in: the one that ?in= asks for, else the reader's
// or the nearest to it.
locale::Tag titles_in(const App& app, const Call& call, const std::vector<locale::Tag>& tags);

}  // namespace stele::studio
