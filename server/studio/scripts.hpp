#pragma once
// The scripts of the studio, and style sheets that only some pages need: /studio/script/{version}/{file}. The version
// is a hash of all of them, so that a browser may keep each for ever, and modules find one another by relative address.
#include <string>
#include <string_view>

#include "server/call.hpp"

namespace stele::studio {

// "editor.mjs" → "/studio/script/HASH/editor.mjs"
std::string script_address(std::string_view file);
// The messages of the group "script." as JSON that may stand in a page: their patterns, as scripts put arguments in
// themselves (script/words.mjs).
std::string script_words(const App& app, const Call& call);
// JSON for a <script type="application/json">, where "</script>" and "<!--" would end or begin something.
std::string in_page(const boost::json::value& value);

}  // namespace stele::studio
