#pragma once
// The page of a translation while it is being made; for translation_view.cpp and rows_view.cpp only.
#include <map>
#include <string>
#include <vector>

#include "server/call.hpp"
#include "server/studio/typed.hpp"
#include "server/views.hpp"

namespace stele::studio {

struct Making {
    App& app;
    const Call& call;
    const editing::Article& article;
    const locale::Tag& locale;
    const editing::Translation& translation;
    const Typed& typed;
    const Remarks& remarks;
    bool can_write, can_keep, can_publish;
    std::vector<editing::SegmentView> segments;
};

// The rows, former translations of what was cut, and texts for places that are no more. Names each place, as a summary
// of mistakes calls it: "Paragraph 5" by segment.
std::map<std::string, std::string> put_rows(const Making& m, ViewData& data);

}  // namespace stele::studio
