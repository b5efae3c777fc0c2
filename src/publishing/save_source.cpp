#include "src/publishing/save_source.hpp"

#include <algorithm>

#include "src/db/joined.hpp"

namespace stele::publishing {
namespace {

using editing::SegmentView;

struct Kept {
    locale::Tag locale;
    std::vector<std::string> segments;
};

// Of what the save touches, that which is current now. What was outdated before stays so.
std::vector<Kept> kept_by(const Store& store, ArticleId id, const editing::Changes& changes) {
    std::vector<Kept> kept;
    const auto consequences = editing::preview_source_save(store, id, changes);
    const auto touched = [&](const SegmentView& segment) {
        return segment.id == content::body_id ||
               std::any_of(consequences.segments.begin(), consequences.segments.end(),
                           [&](const auto& changed) { return changed.id == segment.id; });
    };
    for (const auto& one : consequences.locales) {
        Kept here{one.locale, {}};
        for (const auto& segment : editing::list_segments(store, id, one.locale))
            if (!segment.retired && segment.state == SegmentView::State::current && touched(segment))
                here.segments.push_back(segment.id);
        if (!here.segments.empty()) kept.push_back(std::move(here));
    }
    return kept;
}

void keep_all(const Store& store, ArticleId id, const std::vector<Kept>& kept, std::int64_t source_version,
              const Actor& actor) {
    for (const auto& one : kept)
        if (const auto now = editing::find_translation(store, id, one.locale))
            editing::keep_meaning(store, id, one.locale, {.segments = one.segments},
                                  editing::Expected::of(now->version.translation, source_version), actor);
}

SourceSaved save_within(const Store& store, ArticleId id, const locale::Tag& locale, const SourceSave& save,
                        const Actor& actor) {
    SourceSaved result;
    if (save.expected.seen) result.version = {save.expected.seen->first, save.expected.seen->second};
    bool moved = false;
    if (save.texts) {
        const auto kept = save.keep ? kept_by(store, id, *save.texts) : std::vector<Kept>();
        const auto saved = editing::save_translation(store, id, locale, *save.texts, save.expected, actor);
        moved = saved.version.translation != result.version.translation + (saved.changed ? 1 : 0);
        result.version = saved.version;
        keep_all(store, id, kept, result.version.source, actor);
    }
    if (save.article) editing::change_article(store, id, *save.article, save.article_version, actor);
    if (!save.publish || moved) return result;
    const auto seen = editing::Expected::of(result.version.translation, result.version.source);
    result.version = publish(store, id, locale, {.each = save.each}, seen, actor);
    result.published = true;
    return result;
}

}  // namespace

SourceSaved save_source(const Store& store, ArticleId id, const SourceSave& save, const Actor& actor) {
    const auto article = editing::find_article(store, std::to_string(number(id)));
    if (!article) throw Error(ErrorCode::not_found, "article");
    SourceSaved result;
    store.db.write([&](db::Transaction& t) {
        db::Joined joined(store.db, t);
        const Store within{.db = joined,
                           .types = store.types,
                           .default_locale = store.default_locale,
                           .now = store.now,
                           .collation = store.collation};
        result = save_within(within, id, article->source_locale, save, actor);
    });
    return result;
}

}  // namespace stele::publishing
