#pragma once
// Whether a text shows anything.
#include <string_view>

namespace stele::locale {

// Something else than white space, controls and what Unicode says to ignore in display: zero-width characters, marks of
// direction, fillers (Default_Ignorable_Code_Point, UAX #44).
bool has_visible(std::string_view text);

}  // namespace stele::locale
