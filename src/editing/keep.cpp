// "The meaning did not change": segments whose basis becomes the source's text now, and the way back.
#include <fmt/format.h>

#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/structure.hpp"

namespace stele::editing {
namespace {

struct Moved {
    Written what;
    Work after;
};

bool is_wanted(const KeepRequest& request, const std::string& id) {
    return request.segments.empty() ||
           std::find(request.segments.begin(), request.segments.end(), id) != request.segments.end();
}

void check_segments(const Source& source, const Work& work, const KeepRequest& request) {
    FieldErrors errors;
    for (size_t i = 0; i < request.segments.size(); ++i)
        if (!work.targets.contains(request.segments[i]) ||
            (!source.find(request.segments[i]) && request.segments[i] != content::body_id))
            errors.push_back({fmt::format("/segments/{}", i), "segment.unknown", {{"segment", request.segments[i]}}});
    throw_if_any(std::move(errors));
}

// The source's text now, as a basis.
std::pair<content::Hash, content::Hash> basis_now(const Source& source, const std::string& id, Written& what) {
    if (id != content::body_id) {
        const auto* s = source.find(id);
        return s ? std::pair{s->exact, s->hash} : std::pair<content::Hash, content::Hash>{};
    }
    auto text = source_body(source);
    auto exact = content::exact_hash(text);
    what.wordings.push_back({exact, std::move(text)});
    return {exact, source.body_hash()};
}

Moved keep(const Source& source, const Work& before, const KeepRequest& request, const Actor& actor, Time now) {
    Moved moved{{.action = "keep", .actor = actor, .now = now}, before};
    for (auto& [id, target] : moved.after.targets) {
        if (!is_wanted(request, id)) continue;
        const auto [basis, hash] = basis_now(source, id, moved.what);
        if (basis.empty() || target.basis_hash == hash) continue;
        moved.what.kept.push_back({id, target.basis, target.basis_hash, request.reason, actor, now});
        // Destinations that were followed from the old basis are followed for good.
        target.text = before.text(source, before.targets.at(id));
        target.basis = basis;
        target.basis_hash = hash;
    }
    return moved;
}

Moved undo(const Work& before, const std::map<std::string, storage::Keep>& keeps, const KeepRequest& request,
           const Actor& actor, Time now) {
    Moved moved{{.action = "undo-keep", .actor = actor, .now = now}, before};
    for (const auto& [id, keep] : keeps) {
        const auto at = moved.after.targets.find(id);
        if (at == moved.after.targets.end() || !is_wanted(request, id)) continue;
        at->second.basis = keep.former_basis;
        at->second.basis_hash = keep.former_basis_hash;
        moved.what.unkept.push_back(id);
    }
    return moved;
}

// The targets change their basis, but neither text nor version: nobody's work on them is in conflict with this.
void add_steps(Plan<Version>& plan, const Source& source, const Work& before, Moved moved) {
    auto& frame = moved.after.frame;
    frame.version += 1;
    frame.updated_at = moved.what.now;
    frame.actor = moved.what.actor;
    frame.text_hash = working_hash(source, moved.after);
    std::vector<content::Target> targets;
    for (const auto& k : moved.what.kept) targets.push_back(moved.after.targets.at(k.segment_id));
    for (const auto& id : moved.what.unkept) targets.push_back(moved.after.targets.at(id));
    commit_translation(plan, source, before, moved.after, moved.what);
    plan.step([id = source.article.id, locale = frame.locale, targets](db::Transaction& t) {
        storage::upsert_targets(t, id, locale, targets);
    });
}

std::vector<locale::Tag> locales_of(db::Connection& c, const Source& source, const locale::Tag& locale,
                                    const KeepRequest& request) {
    std::vector<locale::Tag> locales{locale};
    auto more = request.locales;
    if (request.all_locales)
        for (const auto& [tag, mode] : storage::find_modes(c, source.article.id)) more.push_back(tag);
    for (const auto& tag : more)
        if (tag != source.article.source_locale && std::find(locales.begin(), locales.end(), tag) == locales.end())
            locales.push_back(tag);
    if (locale == source.article.source_locale) locales.erase(locales.begin());
    return locales;
}

Version change_bases(const Store& store, ArticleId id, const locale::Tag& locale, const KeepRequest& request,
                     const Expected& expected, const Actor& actor, bool undoing) {
    return commit(store, id, [&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        Plan<Version> plan(source);
        plan.result = {0, source.frame.version};
        for (const auto& tag : locales_of(c, source, locale, request)) {
            const Work before = read_work(c, source, tag);
            if (tag == locale) {
                if (!before.exists()) throw Error(ErrorCode::not_found, "translation");
                check_whole_version(before.frame, expected);
                check_segments(source, before, request);
            }
            if (!before.exists()) continue;
            const Time now = store.now();
            auto moved = undoing ? undo(before, storage::find_keeps(c, id, tag), request, actor, now)
                                 : keep(source, before, request, actor, now);
            if (tag == locale) plan.result.translation = before.frame.version;
            if (moved.what.kept.empty() && moved.what.unkept.empty()) continue;
            if (tag == locale) plan.result.translation = before.frame.version + 1;
            add_steps(plan, source, before, std::move(moved));
        }
        if (locale == source.article.source_locale) plan.result.translation = source.frame.version;
        return plan;
    });
}

}  // namespace

void check_whole_version(const content::Frame& frame, const Expected& expected) {
    if (!expected.seen) throw Error(ErrorCode::precondition_required);
    if (expected.seen->first != frame.version)
        throw Error(ErrorCode::version_conflict, {}, {}, {},
                    {{"version", frame.version}, {"actor", frame.actor}, {"at", rfc3339(frame.updated_at)}});
}

Version keep_meaning(const Store& store, ArticleId id, const locale::Tag& locale, const KeepRequest& request,
                     const Expected& expected, const Actor& actor) {
    return change_bases(store, id, locale, request, expected, actor, false);
}

Version undo_keep(const Store& store, ArticleId id, const locale::Tag& locale, const KeepRequest& request,
                  const Expected& expected, const Actor& actor) {
    return change_bases(store, id, locale, request, expected, actor, true);
}

std::string Version::etag() const { return fmt::format("\"{}.{}\"", translation, source); }

}  // namespace stele::editing
