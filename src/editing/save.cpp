#include "src/editing/save.hpp"

#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/structure.hpp"
#include "src/storage/editions.hpp"

namespace stele::editing {

void write_frame(db::Transaction& t, ArticleId id, const content::Frame& frame) {
    if (auto owner = storage::upsert_frame(t, id, frame))
        throw Error(ErrorCode::taken, "slug-taken", {{"slug", frame.slug}},
                    {{"/slug", "field.taken", {{"value", frame.slug}}}}, {{"article_id", number(*owner)}});
}

void add_translation_steps(std::vector<std::function<void(db::Transaction&)>>& steps, const Source& source,
                           const Work& before, Work& after, const Written& what) {
    const auto id = source.article.id;
    const auto locale = after.frame.locale;
    std::vector<content::Target> targets;
    for (const auto& segment : what.written) targets.push_back(after.targets.at(segment));
    std::vector<std::string> unkept = what.unkept;
    if (before.exists()) {
        unkept.insert(unkept.end(), what.written.begin(), what.written.end());
        unkept.insert(unkept.end(), what.removed.begin(), what.removed.end());
    }
    storage::EditionPlan editions(source.site);
    after.edition = edition_of(source, after, after.frame.text_hash, what.now);
    editions.add(before.edition, after.edition);
    Entry entry{
        id, locale, after.frame.version, what.action, what.actor, what.now, document_of(past_of(source, after))};
    steps.push_back([id, locale, frame = after.frame, targets = std::move(targets), removed = what.removed,
                     wordings = what.wordings, unkept = std::move(unkept), kept = what.kept,
                     editions = std::move(editions), entry = std::move(entry)](db::Transaction& t) {
        write_frame(t, id, frame);
        storage::add_wordings(t, id, wordings);
        storage::upsert_targets(t, id, locale, targets);
        storage::delete_targets(t, id, locale, removed);
        storage::delete_keeps(t, id, locale, unkept);
        storage::add_keeps(t, id, locale, kept);
        editions.apply(t);
        record(t, entry);
    });
}

Saved save_translation(const Store& store, ArticleId id, const locale::Tag& locale, const Changes& changes,
                       const Expected& expected, const Actor& actor) {
    return commit(store, id, [&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        if (locale == source.article.source_locale) return plan_source_save(c, store, source, changes, expected, actor);
        return plan_target_save(c, store, source, locale, changes, expected, actor);
    });
}

}  // namespace stele::editing
