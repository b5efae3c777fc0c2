#include "src/exchange/render_work.hpp"

#include "src/content/markdown.hpp"

namespace stele::exchange {
namespace {

using editing::SegmentView;

bool is_leaf(const SegmentView& s) { return s.field == content::body_id && !s.retired; }

struct Places {
    std::vector<content::Leaf> source;
    std::vector<size_t> translated;  // indexes into `source`
};

Places places_of(const Present& present, const std::vector<SegmentView>& source) {
    std::map<std::string_view, bool> has;
    for (const auto& s : present.segments) has[s.id] = s.target.has_value();
    Places places;
    for (const auto& s : source) {
        if (!is_leaf(s)) continue;
        if (has[s.id]) places.translated.push_back(places.source.size());
        places.source.push_back({s.kind, s.source});
    }
    return places;
}

bool aligns(const Places& places, const std::vector<content::Leaf>& body, const std::vector<size_t>& lacks) {
    if (body.size() != places.translated.size()) return false;
    const auto aligned = content::align(places.source, body, lacks);
    for (size_t i = 0; i < body.size(); ++i)
        if (aligned[i] != places.translated[i]) return false;
    return true;
}

}  // namespace

WorkLines work_lines(const Present& present, const std::vector<SegmentView>& source) {
    WorkLines lines;
    if (present.is_source()) return lines;
    const bool aligned = present.translation.mode == content::Mode::aligned;
    if (aligned) {
        const auto places = places_of(present, source);
        std::vector<size_t> lacks;
        for (size_t i = 0, at = 0; i < places.source.size(); ++i) {
            if (at < places.translated.size() && places.translated[at] == i) {
                ++at;
            } else {
                lacks.push_back(i);
                lines.missing.push_back(std::int64_t(i + 1));
            }
        }
        const auto body = content::segments_of(present.translation.body);
        lines.missing_needed = !body.leaves.empty() && !lacks.empty() && !aligns(places, body.leaves, {});
        lines.ambiguous = !aligns(places, body.leaves, lacks);
    }
    std::int64_t number = 0;
    for (const auto& s : present.segments) {
        if (s.retired || !s.target) continue;
        const bool numbered = aligned && is_leaf(s);
        if (numbered) ++number;
        if (s.state != SegmentView::State::outdated || !s.basis) continue;
        lines.outdated.push_back(boost::json::object{
            {"place", numbered ? boost::json::value(number) : boost::json::value(s.id)}, {"source", *s.basis}});
    }
    return lines;
}

}  // namespace stele::exchange
