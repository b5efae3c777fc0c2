#pragma once
// Another source locale for an article, and the removal of a translation: the writes that change what stands for what.
#include <vector>

#include "src/editing/commit.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

using Steps = std::vector<std::function<void(db::Transaction&)>>;

// `after` becomes the article with `to` as its source. Throws conflict "source-incomplete" (the new source lacks
// segments) or "source-independent" (it has a body of its own structure). States are kept: what was current stays
// current.
void move_source(Steps& steps, db::Connection& c, const Source& before, Source& after, const locale::Tag& to,
                 const Actor& actor, Time now);
std::vector<content::Edition> editions_after_move(db::Connection& c, const Source& before, const Source& after,
                                                  Time now);

// Takes a translation away with its publication; revisions stay.
void plan_removal(Steps& steps, db::Connection& c, const Source& source, const Work& before, const Work& after,
                  const Actor& actor, Time now);

}  // namespace stele::editing
