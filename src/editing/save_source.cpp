// Saving the source: which segments are which (identity), what changed, and what that means for every other locale.
#include <set>
#include <unordered_set>

#include "src/content/content_type.hpp"
#include "src/editing/basis.hpp"
#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/shown.hpp"
#include "src/editing/source_change.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/unwritten.hpp"
#include "src/editing/validate.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/revisions.hpp"

namespace stele::editing {
namespace {

void check_expected(const Source& source, const Expected& expected) {
    if (!expected.seen) throw Error(ErrorCode::precondition_required);
    if (expected.seen->first > source.frame.version)
        throw Error(ErrorCode::version_conflict, {}, {}, {}, {{"version", source.frame.version}});
}

boost::json::object conflict_with(const content::SourceSegment& s, const std::string& yours) {
    return {{"segment", s.id}, {"yours", yours}, {"theirs", s.text}, {"actor", s.actor}, {"at", rfc3339(s.updated_at)}};
}

boost::json::object conflict_with_removal(const Source& source, const std::string& id, const std::string& yours) {
    return {{"segment", id},
            {"yours", yours},
            {"theirs", ""},
            {"actor", source.frame.actor},
            {"at", rfc3339(source.frame.updated_at)}};
}

[[noreturn]] void throw_conflicts(boost::json::array conflicts, std::int64_t version) {
    boost::json::object members = conflicts.front().as_object();
    members["conflicts"] = std::move(conflicts);
    members["version"] = version;
    throw Error(ErrorCode::version_conflict, {}, {}, {}, std::move(members));
}

// Segments that the writer names and has seen, and that somebody has cut since.
void check_cut(const Source& source, const Changes& changes, const std::optional<Past>& past) {
    if (!past) return;
    boost::json::array conflicts;
    for (const auto& [id, text] : changes.segments)
        if (const auto* then = past->text(id); then && *then != text && !source.find(id))
            conflicts.push_back(conflict_with_removal(source, id, text));
    if (!conflicts.empty()) throw_conflicts(std::move(conflicts), source.frame.version);
}

// Law 5: only what this writer writes, and somebody else changed after what the writer saw, is in conflict.
void check_conflicts(const Source& source, const SourceChange& change, const Changes& changes,
                     const std::optional<Past>& past, std::int64_t seen_version) {
    if (seen_version >= source.frame.version) return;
    boost::json::array conflicts;
    const auto field = [&](std::string_view name, const std::string& yours, const std::string& theirs) {
        conflicts.push_back({{"field", name},
                             {"yours", yours},
                             {"theirs", theirs},
                             {"actor", source.frame.actor},
                             {"at", rfc3339(source.frame.updated_at)}});
    };
    for (const auto& s : change.changed) {
        const auto* now = source.find(s.id);
        if (now && now->version > seen_version) conflicts.push_back(conflict_with(*now, s.text));
    }
    for (const auto& id : change.removed)
        if (const auto* now = source.find(id); now->version > seen_version)
            conflicts.push_back(conflict_with(*now, ""));
    // Title, summary and fields; a body's segments get new ids unless the whole comes back, of which more below.
    for (const auto& s : change.added)
        if (past && past->text(s.id) && !source.find(s.id) && !source.is_body(s))
            conflicts.push_back(conflict_with_removal(source, s.id, s.text));
    // A whole body also takes away what was added, and brings back what was cut, since the writer saw it.
    if (change.body_replaced && conflicts.empty() && past && past->slots != source.frame.slots)
        field("body", "", source_body(source));
    if (past && changes.slug && !changes.slug->empty() && *changes.slug != source.frame.slug &&
        past->slug != source.frame.slug)
        field("slug", *changes.slug, source.frame.slug);
    if (!conflicts.empty()) throw_conflicts(std::move(conflicts), source.frame.version);
}

void take_slug(db::Connection& c, const Source& source, const Changes& changes, content::Frame& frame,
               FieldErrors& errors) {
    if (!changes.slug || changes.slug->empty() || *changes.slug == frame.slug) return;
    check_slug(errors, "/slug", *changes.slug, *source.site);
    if (auto owner = storage::find_slug_owner(c, frame.locale, *changes.slug); owner && *owner != source.article.id)
        throw Error(ErrorCode::taken, "slug-taken", {{"slug", *changes.slug}},
                    {{"/slug", "field.taken", {{"value", *changes.slug}}}}, {{"article_id", number(*owner)}});
    frame.slug = *changes.slug;
}

// The frames of translations whose structure or destinations follow the source's: their hashes, not their texts.
struct Followers {
    std::vector<content::Frame> frames;
    std::map<locale::Tag, bool> pending;  // of those that are published
};

Followers followers_of(db::Connection& c, const Source& before, const Source& after, const SourceChange& change) {
    Followers found;
    if (!change.structure_moved && !change.destinations_moved) return found;
    const bool restructured = !content::same_structure(*before.frame.skeleton, *after.frame.skeleton);
    for (const auto& frame : storage::find_frames(c, before.article.id)) {
        if (frame.locale == before.article.source_locale) continue;
        Work work = read_work(c, before, frame.locale);
        for (const auto& s : before.live) work.wordings.emplace(s.exact, s.text);
        if (restructured && work.frame.mode == content::Mode::aligned)
            work.frame.skeleton.reset(), work.frame.slots.clear();
        work.frame.text_hash = working_hash(after, work);
        if (work.publication) found.pending[frame.locale] = work.publication->text_hash != work.frame.text_hash;
        if (work.frame.text_hash != frame.text_hash || frame.skeleton.has_value() != work.frame.skeleton.has_value())
            found.frames.push_back(std::move(work.frame));
    }
    return found;
}

}  // namespace

std::vector<EditionChange> follow_editions(db::Connection& c, const Source& before, const Source& after,
                                           const SourceChange& change, const std::map<locale::Tag, bool>& pending,
                                           Time now) {
    const auto ids = change.touched();
    std::map<std::pair<locale::Tag, std::string>, content::Hash> bases;
    std::set<locale::Tag> independent;
    auto asked = ids;
    asked.emplace_back(content::body_id);
    asked.emplace_back(content::title_id);
    for (auto& b : storage::find_bases(c, before.article.id, asked)) bases[{b.locale, b.segment_id}] = b.basis_hash;
    for (const auto& frame : storage::find_modes(c, before.article.id))
        if (frame.second == content::Mode::independent) independent.insert(frame.first);
    auto basis = [&](const locale::Tag& locale, std::string_view id) -> std::optional<content::Hash> {
        const auto at = bases.find({locale, std::string(id)});
        if (at == bases.end()) return std::nullopt;
        return at->second;
    };
    auto add_all = [&](const Source& source, const locale::Tag& locale, Totals& totals, bool plus) {
        Totals sum;
        const bool own_body = independent.contains(locale);
        for (const auto& id : ids)
            if (const auto* s = source.find(id); s && !(own_body && source.is_body(*s)))
                sum += totals_of(s->hash, s->words, basis(locale, id));
        if (own_body) sum += totals_of(source.body_hash(), source.body_words(), basis(locale, content::body_id));
        plus ? totals += sum : totals -= sum;
    };
    std::vector<EditionChange> changes;
    for (auto& edition : storage::find_editions(c, before.article.id)) {
        if (edition.is_source) continue;
        Totals totals{edition.segments, edition.words};
        add_all(before, edition.locale, totals, false);
        add_all(after, edition.locale, totals, true);
        const bool own_title = basis(edition.locale, content::title_id).has_value();
        const auto at = pending.find(edition.locale);
        auto next = edition_of(after.article, edition.locale,
                               {.totals = totals,
                                .published = edition.published,
                                .pending = at == pending.end() ? edition.pending : at->second,
                                .title = own_title ? edition.title : after.text(content::title_id),
                                .title_locale = edition.title_locale},
                               edition, now);
        next.updated_at = edition.updated_at;
        if (!(next == edition)) next.updated_at = now, changes.push_back({edition, next});
    }
    return changes;
}

SourcePlan plan_source(db::Connection& c, const Store& store, const Source& source, const Changes& sent,
                       const Expected& expected, const Actor& actor) {
    const Time now = store.now();
    check_expected(source, expected);
    FieldErrors errors;
    check_changes(errors, sent);
    if (sent.mode == content::Mode::independent) errors.push_back({"/mode", "mode.source", {}});
    throw_if_any(std::move(errors));

    const auto seen_version = expected.seen->first;
    const auto past = find_past_source(c, source, seen_version);
    const auto changes = past ? without_unwritten(sent, *past, source) : sent;
    check_cut(source, changes, past);
    Source after = source;
    const auto& type = store.types.find_or_page(source.article.type);
    const auto change = change_source(after, source, type, changes, {actor, now});
    check_conflicts(source, change, changes, past, seen_version);
    take_slug(c, source, changes, after.frame, errors);
    throw_if_any(std::move(errors));

    Plan<Saved> plan(source);
    plan.result = {.id = source.article.id, .version = {source.frame.version, source.frame.version}};
    auto own = storage::find_editions(c, source.article.id, {source.article.source_locale});
    auto edition = own.empty() ? std::nullopt : std::optional(std::move(own.front()));
    if (change.empty() && after.frame.slug == source.frame.slug) {
        plan.result.now = shown(source, edition);
        return {std::move(plan), source};
    }
    after.frame.version = source.frame.version + 1;
    after.frame.updated_at = now;
    after.frame.actor = actor;
    const auto ids = change.touched_texts();
    const std::unordered_set<std::string_view> touched(ids.begin(), ids.end());
    const auto is_touched = [&](const content::SourceSegment& s) { return touched.contains(s.id); };
    for (auto& s : after.live)
        if (const auto* old = source.find(s.id); is_touched(s) && !(old && old->text == s.text))
            s.version = after.frame.version;
    after.frame.text_hash = source_working_hash(after);
    plan.result.version = {after.frame.version, after.frame.version};
    plan.result.changed = true;

    const auto followers = followers_of(c, source, after, change);
    storage::EditionPlan editions(source.site);
    for (const auto& e : follow_editions(c, source, after, change, followers.pending, now)) {
        editions.add(e.before, e.after);
        after.ahead.editions.insert_or_assign(e.after->locale, *e.after);
    }
    if (const auto before = edition) {
        const auto published = storage::find_publication_head(c, source.article.id, source.article.source_locale);
        const auto hash = published ? std::optional(published->text_hash) : std::nullopt;
        edition = source_edition(after, before, hash, now);
        editions.add(before, edition);
        after.ahead.editions.insert_or_assign(edition->locale, *edition);
    }
    plan.result.now = shown(after, edition);

    std::vector<content::SourceSegment> written;
    std::copy_if(after.live.begin(), after.live.end(), std::back_inserter(written), is_touched);
    std::vector<storage::Wording> wordings;
    for (const auto& s : change.changed)
        if (const auto* old = source.find(s.id)) wordings.push_back({old->exact, old->text});
    for (const auto& s : source.retired)
        if (const auto* back = after.find(s.id); back && back->exact != s.exact) wordings.push_back({s.exact, s.text});
    for (const auto& w : wordings) after.ahead.wordings.emplace(w.exact, w.text);
    for (const auto& frame : followers.frames) after.ahead.frames.insert_or_assign(frame.locale, frame);
    for (const auto& id : change.removed)
        if (const auto* was = source.find(id)) after.retired.push_back(*was);
    Entry entry{source.article.id,
                source.article.source_locale,
                after.frame.version,
                changes.origin == "human" ? "save" : changes.origin,
                actor,
                now,
                document_of(past_of(after))};
    plan.step([id = source.article.id, frame = after.frame, next = after.article.next_segment,
               moved_next = after.article.next_segment != source.article.next_segment, written,
               removed = change.removed, wordings, followers, editions, entry](db::Transaction& t) {
        write_frame(t, id, frame);
        if (moved_next) storage::set_next_segment(t, id, next);
        storage::add_wordings(t, id, wordings);
        storage::upsert_segments(t, id, written);
        storage::retire_segments(t, id, removed);
        for (const auto& follower : followers.frames) storage::update_structure(t, id, follower);
        editions.apply(t);
        record(t, entry);
    });
    return {std::move(plan), std::move(after)};
}

}  // namespace stele::editing
