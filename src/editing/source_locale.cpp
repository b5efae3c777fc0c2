#include "src/editing/source_locale.hpp"

#include "src/content/translation.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/source_change.hpp"
#include "src/editing/structure.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/revisions.hpp"

namespace stele::editing {
namespace {

// The bases of a translation after the move: what was made from the source's text now was made from the new source's.
storage::Targets rebased(const Source& before, const Source& after, const storage::Targets& targets) {
    auto moved = targets;
    for (auto& [id, target] : moved) {
        const auto* was = before.find(id);
        const auto* is = after.find(id);
        if (id == content::body_id) {
            if (target.basis_hash == before.body_hash()) {
                target.basis = content::exact_hash(source_body(after));
                target.basis_hash = after.body_hash();
            }
        } else if (was && is && target.basis_hash == was->hash) {
            target.basis = is->exact;
            target.basis_hash = is->hash;
        }
    }
    return moved;
}

// The old source as a translation of the new one. Where the new source was outdated, the two do not say the same: they
// stay marked as outdated, made from nothing that is there.
Work former_source(const Source& before, const Source& after, const Work& new_source, const Actor& actor, Time now) {
    Work work{.frame = before.frame, .targets = {}, .wordings = {}, .edition = {}, .publication = {}};
    const auto nothing = content::exact_hash("");
    for (const auto& s : before.live) {
        const auto* is = after.find(s.id);
        const bool current = new_source.targets.at(s.id).basis_hash == s.hash;
        work.targets.emplace(s.id, content::Target{s.id, s.text, current ? is->exact : nothing,
                                                   current ? is->hash : content::meaning_hash(""), "human",
                                                   before.frame.version + 1, s.actor, s.updated_at});
    }
    work.wordings.emplace(nothing, "");
    work.frame.version += 1;
    work.frame.actor = actor;
    work.frame.updated_at = now;
    return work;
}

}  // namespace

void move_source(Steps& steps, db::Connection& c, const Source& before, Source& after, const locale::Tag& to,
                 const Actor& actor, Time now) {
    enabled_locale(*before.site, to);
    const auto id = before.article.id;
    const Work work = read_work(c, before, to);
    if (work.frame.mode == content::Mode::independent) throw Error(ErrorCode::conflict, "source-independent");
    const auto totals = totals_of(before, work);
    if (!work.exists() || totals.segments.missing > 0)
        throw Error(ErrorCode::conflict, "source-incomplete", {{"missing", totals.segments.missing}}, {},
                    {{"missing", totals.segments.missing}});

    const auto structure = structure_of(before, work, true);
    auto skeleton = *structure.skeleton;
    auto slots = *structure.slots;
    after.article.source_locale = to;
    after.frame = work.frame;
    after.frame.skeleton = std::move(skeleton);
    after.frame.slots = std::move(slots);
    after.frame.version += 1;
    after.frame.actor = actor;
    after.frame.updated_at = now;
    for (auto& s : after.live) {
        const auto& target = work.targets.at(s.id);
        auto moved =
            make_segment(s.id, s.place, s.kind, work.text(before, target), to, {target.actor, target.updated_at});
        moved.version = target.version;
        s = std::move(moved);
    }
    after.frame.text_hash = source_working_hash(after);
    Work old = former_source(before, after, work, actor, now);
    old.frame.text_hash = working_hash(after, old);

    std::vector<content::Target> old_targets;
    for (const auto& [segment, target] : old.targets) old_targets.push_back(target);
    std::vector<std::pair<locale::Tag, std::vector<content::Target>>> others;
    std::vector<content::Frame> frames;
    for (const auto& [tag, mode] : storage::find_modes(c, id)) {
        if (tag == to || tag == before.article.source_locale) continue;
        Work other = read_work(c, before, tag);
        other.targets = rebased(before, after, other.targets);
        std::vector<content::Target> list;
        for (const auto& [segment, target] : other.targets) list.push_back(target);
        others.emplace_back(tag, std::move(list));
        other.frame.text_hash = working_hash(after, other);
        frames.push_back(other.frame);
    }
    const storage::Wording whole{content::exact_hash(source_body(after)), source_body(after)};
    const Entry first{id, to, after.frame.version, "source", actor, now, document_of(past_of(after))};
    const Entry second{id, old.frame.locale, old.frame.version, "source", actor, now, document_of(past_of(after, old))};
    steps.push_back([=, frame = after.frame, live = after.live](db::Transaction& t) {
        storage::delete_all_targets(t, id, to);
        write_frame(t, id, frame);
        storage::upsert_segments(t, id, live);
        storage::add_wordings(t, id, {{content::exact_hash(""), ""}, whole});
        write_frame(t, id, old.frame);
        storage::upsert_targets(t, id, old.frame.locale, old_targets);
        for (const auto& [tag, list] : others) storage::upsert_targets(t, id, tag, list);
        for (const auto& follower : frames) storage::update_structure(t, id, follower);
        record(t, first);
        record(t, second);
    });
}

std::vector<content::Edition> editions_after_move(db::Connection& c, const Source& before, const Source& after,
                                                  Time now) {
    std::vector<content::Edition> editions;
    const Work new_source = read_work(c, before, after.article.source_locale);
    for (const auto& l : before.site->locales) {
        if (!l.tracked()) continue;
        Work work = read_work(c, before, l.tag);
        if (l.tag == after.article.source_locale) {
            const auto published = work.publication ? std::optional(work.publication->text_hash) : std::nullopt;
            editions.push_back(source_edition(after, work.edition, published, now));
        } else if (l.tag == before.article.source_locale) {
            Work old = former_source(before, after, new_source, "", now);
            old.edition = work.edition;
            old.publication = work.publication;
            editions.push_back(edition_of(after, old, working_hash(after, old), now));
        } else {
            work.targets = rebased(before, after, work.targets);
            editions.push_back(
                edition_of(after, work, work.exists() ? working_hash(after, work) : content::Hash(), now));
        }
    }
    return editions;
}

void plan_removal(Steps& steps, db::Connection& c, const Source& source, const Work& before, const Work& after,
                  const Actor& actor, Time now) {
    const auto id = source.article.id;
    const auto locale = before.frame.locale;
    storage::EditionPlan editions(source.site);
    editions.add(before.edition, edition_of(source, after, {}, now));
    auto published = storage::find_published(c, id);
    auto remaining = published;
    remaining.erase(locale);
    storage::ListingPlan listings(source.site);
    listings.change(id, source.article.type, published, source.article.type, remaining);
    const Entry entry{id, locale, before.frame.version + 1, "delete", actor, now, document_of(past_of(source, before))};
    steps.push_back([=](db::Transaction& t) {
        storage::delete_all_targets(t, id, locale);
        storage::delete_frame(t, id, locale);
        storage::delete_publication(t, id, locale);
        storage::release_routes(t, id, locale);
        editions.apply(t);
        listings.apply(t);
        record(t, entry);
    });
}

}  // namespace stele::editing
