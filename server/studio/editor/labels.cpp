#include "server/studio/editor/labels.hpp"

#include <fmt/format.h>

#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"

namespace stele::studio {
namespace {

std::string kind_key(const editing::SegmentView& segment) {
    if (segment.id == content::title_id || segment.id == content::summary_id) return "segment.kind." + segment.id;
    if (segment.field != content::body_id) return "segment.kind.field";
    if (segment.id == content::body_id || segment.kind == content::Kind::block) return "segment.kind.body";
    return fmt::format("segment.kind.{}", content::name_of(segment.kind));
}

}  // namespace

std::string field_label(const App& app, const Call& call, const std::string& name) {
    const auto key = "content-field." + name;
    return app.catalog->has(key) ? word(app, call, key) : name;
}

std::string kind_label(const App& app, const Call& call, const editing::SegmentView& segment) {
    constexpr std::string_view fields = "fields.";
    if (segment.field.starts_with(fields)) return field_label(app, call, segment.field.substr(fields.size()));
    return word(app, call, kind_key(segment));
}

std::map<std::string, std::string> place_labels(const App& app, const Call& call,
                                                const std::vector<editing::SegmentView>& segments) {
    std::map<std::string, std::string> places;
    std::int64_t n = 0;
    for (const auto& segment : segments) {
        if (segment.retired) continue;
        ++n;
        const auto kind = kind_label(app, call, segment);
        const Params numbered{{"kind", kind}, {"number", locale::format_number(n, call.language)}};
        places[segment.id] = segment.field != content::body_id ? kind : word(app, call, "editor.place", numbered);
    }
    return places;
}

}  // namespace stele::studio
