#pragma once
// A whole text sent by somebody who has not seen the last saves: what of it is theirs.
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"

namespace stele::editing {

// The changes without what the source had when its writer saw it (`past`): that was sent along, not written. A body in
// which only texts differ becomes the segments that do.
Changes without_unwritten(const Changes& changes, const Past& past, const Source& source);

}  // namespace stele::editing
