#pragma once
// A translation as it is shown to whoever works on it, from what was read or is about to be written.
#include "src/editing/work.hpp"

namespace stele::editing {

// The edition is that of `work`.
Translation shown(const Source& source, const Work& work);
// The source itself.
Translation shown(const Source& source, const std::optional<content::Edition>& edition);

}  // namespace stele::editing
