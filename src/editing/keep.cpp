// "The meaning did not change": segments whose basis becomes the source's text now, and the way back.
#include <fmt/format.h>

#include <set>

#include "src/content/limits.hpp"
#include "src/editing/basis.hpp"
#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/validate.hpp"

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

// `seen`: the source as the writer saw it, where it has moved on: nobody can say of a text that they have not seen that
// it means the same.
Moved keep(const Source& source, const std::optional<Past>& seen, const Work& before, const KeepRequest& request,
           const Actor& actor, Time now) {
    Moved moved{{.action = "keep", .actor = actor, .now = now}, before};
    for (auto& [id, target] : moved.after.targets) {
        if (!is_wanted(request, id)) continue;
        const auto current = find_basis(source, std::nullopt, id), basis = find_basis(source, seen, id);
        if (!current || !basis) continue;
        if (target.basis_hash == current->meaning || target.basis_hash == basis->meaning) continue;
        if (id == content::body_id) moved.what.wordings.push_back({basis->exact, basis->text});
        moved.after.wordings.emplace(basis->exact, basis->text);
        moved.what.kept.push_back({id, target.basis, target.basis_hash, request.reason, actor, now});
        // Destinations that were followed from the old basis are followed for good.
        target.text = before.text(source, before.targets.at(id));
        target.basis = basis->exact;
        target.basis_hash = basis->meaning;
    }
    return moved;
}

Moved undo(db::Connection& c, const Source& source, const Work& before, const KeepRequest& request, const Actor& actor,
           Time now) {
    Moved moved{{.action = "undo-keep", .actor = actor, .now = now}, before};
    std::vector<content::Hash> former;
    for (const auto& [id, keep] : storage::find_keeps(c, source.article.id, before.frame.locale)) {
        const auto at = moved.after.targets.find(id);
        if (at == moved.after.targets.end() || !is_wanted(request, id)) continue;
        at->second.basis = keep.former_basis;
        at->second.basis_hash = keep.former_basis_hash;
        former.push_back(keep.former_basis);
        moved.what.unkept.push_back(id);
    }
    moved.after.wordings.merge(storage::find_wordings(c, source.article.id, former));
    return moved;
}

// The targets change their basis, but neither text nor version: nobody's work on them is in conflict with this.
void add_steps(std::vector<std::function<void(db::Transaction&)>>& steps, const Source& source, const Work& before,
               Moved& moved) {
    auto& frame = moved.after.frame;
    frame.version += 1;
    frame.updated_at = moved.what.now;
    frame.actor = moved.what.actor;
    frame.text_hash = working_hash(source, moved.after);
    std::vector<content::Target> targets;
    for (const auto& k : moved.what.kept) targets.push_back(moved.after.targets.at(k.segment_id));
    for (const auto& id : moved.what.unkept) targets.push_back(moved.after.targets.at(id));
    add_translation_steps(steps, source, before, moved.after, moved.what);
    steps.push_back([id = source.article.id, locale = frame.locale, targets](db::Transaction& t) {
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

void check_request(const storage::Site& site, const KeepRequest& request) {
    FieldErrors errors;
    check_text(errors, "/reason", request.reason, content::max_reason_chars, true);
    for (size_t i = 0; i < request.locales.size(); ++i)
        if (!site.find_enabled(request.locales[i]))
            errors.push_back(
                {fmt::format("/locales/{}", i), "field.not-enabled", {{"locale", request.locales[i].text()}}});
    throw_if_any(std::move(errors));
}

Version change_bases(const Store& store, ArticleId id, const locale::Tag& locale, const KeepRequest& request,
                     const Expected& expected, const Actor& actor, bool undoing) {
    return commit(store, id, [&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        check_request(*source.site, request);
        Plan<Version> plan(source);
        plan.result = {0, source.frame.version};
        std::optional<Past> seen;
        if (locale == source.article.source_locale) {
            if (!expected.seen) throw Error(ErrorCode::precondition_required);
            seen = find_past_source(c, source, expected.seen->second);
        }
        for (const auto& tag : locales_of(c, source, locale, request)) {
            const Work before = read_work(c, source, tag);
            if (tag == locale) {
                if (!before.exists()) throw Error(ErrorCode::not_found, "translation");
                check_whole_version(before.frame, expected);
                check_segments(source, before, request);
                seen = find_past_source(c, source, expected.seen->second);
            }
            if (!before.exists()) continue;
            const Time now = store.now();
            auto moved = undoing ? undo(c, source, before, request, actor, now)
                                 : keep(source, seen, before, request, actor, now);
            if (tag == locale) plan.result.translation = before.frame.version;
            if (moved.what.kept.empty() && moved.what.unkept.empty()) continue;
            if (tag == locale) plan.result.translation = before.frame.version + 1;
            add_steps(plan.steps, source, before, moved);
        }
        if (locale == source.article.source_locale) plan.result.translation = source.frame.version;
        return plan;
    });
}

// By locale, the segments that were current and are not after this save. A text of its own is one segment.
std::map<locale::Tag, std::vector<std::string>> made_outdated(db::Connection& c, const Source& before,
                                                              const Source& after) {
    std::vector<std::string> moved;
    for (const auto& s : before.live)
        if (const auto* is = after.find(s.id); is && is->hash != s.hash) moved.push_back(s.id);
    const auto body_was = before.body_hash(), body_is = after.body_hash();
    if (body_was != body_is) moved.emplace_back(content::body_id);
    if (moved.empty()) return {};
    std::set<locale::Tag> independent;
    for (const auto& [locale, mode] : storage::find_modes(c, before.article.id))
        if (mode == content::Mode::independent) independent.insert(locale);
    std::map<locale::Tag, std::vector<std::string>> found;
    for (const auto& basis : storage::find_bases(c, before.article.id, moved)) {
        const auto* was = before.find(basis.segment_id);
        const bool of_body = !was || before.is_body(*was);
        if (of_body && independent.contains(basis.locale) != (basis.segment_id == content::body_id)) continue;
        if (basis.basis_hash == (was ? was->hash : body_was)) found[basis.locale].push_back(basis.segment_id);
    }
    found.erase(before.article.source_locale);
    return found;
}

}  // namespace

void plan_kept(std::vector<std::function<void(db::Transaction&)>>& steps, db::Connection& c, const Source& before,
               Source& after, const Actor& actor, Time now) {
    for (auto& [locale, segments] : made_outdated(c, before, after)) {
        const Work work = read_work(c, after, locale);
        if (!work.exists()) continue;
        KeepRequest request;
        request.segments = std::move(segments);
        auto moved = keep(after, std::nullopt, work, request, actor, now);
        if (moved.what.kept.empty()) continue;
        add_steps(steps, after, work, moved);
        after.ahead.frames.insert_or_assign(locale, moved.after.frame);
        if (moved.after.edition) after.ahead.editions.insert_or_assign(locale, *moved.after.edition);
    }
}

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
