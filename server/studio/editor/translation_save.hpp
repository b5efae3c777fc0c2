#pragma once
#include "server/call.hpp"
#include "server/form.hpp"

namespace stele::studio {

// Saves what differs from the form, then does what its button says: save, publish, publish-incomplete, publish-anyway,
// unpublish, preview, independent or aligned. Whatever is refused comes back in the form, with all that was typed.
http::Response save_translation(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                                const Form& form);

}  // namespace stele::studio
