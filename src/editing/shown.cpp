#include "src/editing/shown.hpp"

#include "src/editing/structure.hpp"

namespace stele::editing {
namespace {

Translation frame_view(const Source& source, const content::Frame& frame,
                       const std::optional<content::Edition>& edition) {
    Translation t{.article_id = source.article.id,
                  .key = source.article.key,
                  .type = source.article.type,
                  .locale = frame.locale,
                  .source_locale = source.article.source_locale,
                  .version = {frame.version, source.frame.version}};
    t.mode = frame.mode;
    t.slug = frame.slug;
    t.updated_at = frame.version > 0 ? frame.updated_at : source.article.created_at;
    if (edition) {
        t.state = edition->state;
        t.published = edition->published;
        t.pending = edition->pending;
        t.segments = edition->segments;
        t.words = edition->words;
    }
    return t;
}

// text: of a segment, "" where there is none.
template <class Text>
void fill_plain(Translation& t, const Source& source, const Text& text) {
    t.title = text(content::title_id);
    t.summary = text(content::summary_id);
    for (const auto& name : field_names(source)) t.fields[name] = text("fields." + name);
}

}  // namespace

Translation shown(const Source& source, const Work& work) {
    auto t = frame_view(source, work.frame, work.edition);
    fill_plain(t, source, [&](std::string_view segment) { return work.text(source, segment).value_or(""); });
    if (work.exists()) t.body = working_body(source, work);
    return t;
}

Translation shown(const Source& source, const std::optional<content::Edition>& edition) {
    auto t = frame_view(source, source.frame, edition);
    fill_plain(t, source, [&](std::string_view segment) { return source.text(segment); });
    t.body = source_body(source);
    return t;
}

}  // namespace stele::editing
