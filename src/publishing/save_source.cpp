#include "src/publishing/save_source.hpp"

#include "src/editing/save.hpp"
#include "src/publishing/candidate.hpp"

namespace stele::publishing {
namespace {

using SavePlan = editing::Plan<SourceSaved>;

template <class Result>
Result take_on(SavePlan& plan, editing::Plan<Result> part) {
    std::move(part.steps.begin(), part.steps.end(), std::back_inserter(plan.steps));
    return std::move(part.result);
}

// Whether somebody else wrote since `save.expected`. `source` becomes what is saved.
bool add_texts(SavePlan& plan, db::Connection& c, const Store& store, editing::Source& source, const SourceSave& save,
               const Actor& actor) {
    auto planned = editing::plan_source(c, store, source, *save.texts, save.expected, actor);
    const auto saved = take_on(plan, std::move(planned.save));
    if (save.keep) editing::plan_kept(plan.steps, c, source, planned.after, actor, store.now());
    source = std::move(planned.after);
    plan.result.version = saved.version;
    return saved.version.translation != save.expected.seen->first + (saved.changed ? 1 : 0);
}

SavePlan plan_save(db::Connection& c, const Store& store, ArticleId id, const SourceSave& save, const Actor& actor) {
    auto source = editing::read_source(c, store, id);
    const auto locale = source.article.source_locale;
    editing::enabled_locale(*source.site, locale);
    SavePlan plan(source);
    if (save.expected.seen) plan.result.version = {save.expected.seen->first, save.expected.seen->second};
    const bool moved = save.texts && add_texts(plan, c, store, source, save, actor);
    if (save.article)
        take_on(plan, editing::plan_article(c, store, source, *save.article, save.article_version, actor));
    if (!save.publish || moved) return plan;
    const auto& version = plan.result.version;
    const auto seen = editing::Expected::of(version.translation, version.source);
    plan.result.version = take_on(plan, plan_publish(c, store, source, locale, {.each = save.each}, seen, actor));
    plan.result.published = true;
    return plan;
}

}  // namespace

SourceSaved save_source(const Store& store, ArticleId id, const SourceSave& save, const Actor& actor) {
    return editing::commit(store, id, [&](db::Connection& c) { return plan_save(c, store, id, save, actor); });
}

}  // namespace stele::publishing
