#pragma once
// How far each language is, as cards: {{> board/coverage}} over "cards".
#include <vector>

#include "server/call.hpp"
#include "server/views.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::studio {

ViewData coverage_view(const App& app, const Call& call, const std::vector<worklist::Coverage>& coverage);
// Articles that wait for a translator in one of these states.
std::int64_t to_do(const worklist::Coverage& coverage);
// Those whose texts the caller may write; a reader, who writes nowhere, looks at all.
std::vector<locale::Tag> my_locales(App& app, const Call& call);

}  // namespace stele::studio
