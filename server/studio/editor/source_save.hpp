#pragma once
#include "server/call.hpp"
#include "server/form.hpp"

namespace stele::studio {

// action=review shows what a save would do; save, publish: do it; edit: back to the form with all that was typed.
http::Response save_source(App& app, const Call& call, const editing::Article& article, const Form& form);

}  // namespace stele::studio
