#pragma once
// The form of a translation: each segment of the source with its text, side by side.
#include "server/call.hpp"
#include "server/studio/typed.hpp"

namespace stele::studio {

// The working text as it is now; over it, what was `typed` and not saved, with the remarks on it.
http::Response translation_page(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                                const Typed& typed = {}, const Remarks& remarks = {}, int status = 200);

}  // namespace stele::studio
