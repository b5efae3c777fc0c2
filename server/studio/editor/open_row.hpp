#pragma once
// One row that is open without script: what the memory, the terms and the checks say about it, and buttons that put
// something into its field. Nothing is saved by looking: all that was typed goes along in the form and comes back.
#include <string>

#include "server/form.hpp"
#include "server/studio/editor/making.hpp"

namespace stele::studio {

// Of the segment that is open (Remarks::open); nothing() for any other.
ViewData open_row_view(const Making& m, const editing::SegmentView& segment);

// "look ID", "copy ID", "insert ID PRINT", "mend ID FINDING": what the row's buttons do.
bool is_look(const std::string& action);
// Puts what the button names over what is `typed`, and opens the row.
Remarks look(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale, const Form& form,
             Typed& typed);

}  // namespace stele::studio
