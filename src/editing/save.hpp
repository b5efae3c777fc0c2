#pragma once
// Inside editing/: the pieces that a save is made of.
#include <string>
#include <vector>

#include "src/editing/commit.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

// What of a translation is written besides its frame.
struct Written {
    std::vector<std::string> written, removed;  // segment ids whose targets were written or taken away
    std::vector<storage::Wording> wordings;     // that must exist for their bases
    std::vector<std::string> unkept;            // whose record of "the meaning did not change" goes, besides those
    std::vector<storage::Keep> kept;
    std::string action;
    Actor actor;
    Time now{};
};
// A save of a translation, computed: it as it was and as it will be. Of an article that is not inserted yet, too.
struct TargetSave {
    Work before, after;
    Written what;
    Saved result;  // changed = false: there is nothing to write
};
TargetSave target_save(db::Connection& c, const Store& store, const Source& source, Work before, const Changes& changes,
                       const Expected& expected, const Actor& actor);

Plan<Saved> plan_target_save(db::Connection& c, const Store& store, const Source& source, const locale::Tag& locale,
                             const Changes& changes, const Expected& expected, const Actor& actor);
// A save of the source, and the source as it leaves it: what comes after it in the same transaction is planned from
// that.
struct SourcePlan {
    Plan<Saved> save;
    Source after;
};
SourcePlan plan_source(db::Connection& c, const Store& store, const Source& source, const Changes& changes,
                       const Expected& expected, const Actor& actor);
inline Plan<Saved> plan_source_save(db::Connection& c, const Store& store, const Source& source, const Changes& changes,
                                    const Expected& expected, const Actor& actor) {
    return plan_source(c, store, source, changes, expected, actor).save;
}
// "The meaning did not change" of all that a save of the source made outdated, in every locale; what was outdated
// before stays so. `after` is of plan_source(), and goes on.
void plan_kept(std::vector<std::function<void(db::Transaction&)>>& steps, db::Connection& c, const Source& before,
               Source& after, const Actor& actor, Time now);
// `source` goes on: it has the article as it will be, and its editions.
Plan<std::int64_t> plan_article(db::Connection& c, const Store& store, Source& source, const ArticleChanges& changes,
                                std::optional<std::int64_t> expected, const Actor& actor);

// The steps that write a translation's frame, targets, edition and revision. `after.frame` has its new version and
// hash; `after.edition` becomes the one that is written.
void add_translation_steps(std::vector<std::function<void(db::Transaction&)>>& steps, const Source& source,
                           const Work& before, Work& after, const Written& what);

template <class Result>
void commit_translation(Plan<Result>& plan, const Source& source, const Work& before, Work& after,
                        const Written& what) {
    add_translation_steps(plan.steps, source, before, after, what);
}

// Publish, unpublish, restore and keep compare T whole. Throws precondition_required, version_conflict.
void check_whole_version(const content::Frame& frame, const Expected& expected);

// Throws taken where another article has the slug.
void write_frame(db::Transaction& t, ArticleId id, const content::Frame& frame);

}  // namespace stele::editing
