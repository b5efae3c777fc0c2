#pragma once
// The settings' own navigation, {{> settings/tabs}}: of each part of the settings what the caller may see.
#include "server/call.hpp"
#include "server/views.hpp"

namespace stele::studio {

// Puts "settings" into the data of a page of the settings.
void put_settings(ViewData& data, const App& app, const Call& call);

}  // namespace stele::studio
