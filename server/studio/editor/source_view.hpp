#pragma once
// The form of a source, and the page that says what saving it does.
#include "server/call.hpp"
#include "server/studio/editor/source_typed.hpp"

namespace stele::studio {

http::Response source_page(App& app, const Call& call, const editing::Article& article, const SourceTyped& typed = {},
                           const Remarks& remarks = {}, int status = 200);
// Carries all that was sent; nothing is saved yet.
http::Response consequences_page(App& app, const Call& call, const editing::Article& article, const Form& form,
                                 const SourceTyped& typed, const editing::Consequences& consequences);

}  // namespace stele::studio
