// Publishing and unpublishing: the snapshot readers get, its route, and what readers of the locales behind it see.
#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/structure.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"

namespace stele::publishing {
namespace {

using editing::Source;
using editing::Work;

// One locale as it is to be published.
struct Candidate {
    locale::Tag locale;
    content::Frame frame;
    std::string title;
    storage::Snapshot snapshot;
    std::optional<storage::Publication> old;
    std::optional<content::Edition> edition;
    content::Edition next;
};

// Readers know only publications: a missing title is the source's published one, while it has one.
std::string title_of(db::Connection& c, const Source& source, const Work& work, bool is_source) {
    if (!is_source) {
        if (auto own = work.text(source, content::title_id)) return *std::move(own);
        if (auto published = storage::find_publication(c, source.article.id, source.article.source_locale))
            return std::move(published->title);
    }
    return source.text(content::title_id);
}

boost::json::array missing_segments(const Source& source, const Work& work) {
    const bool independent = work.frame.mode == content::Mode::independent;
    boost::json::array missing;
    for (const auto& s : source.live)
        if (!work.targets.contains(s.id) && !(independent && source.is_body(s))) missing.emplace_back(s.id);
    if (independent && !work.targets.contains(content::body_id)) missing.emplace_back(content::body_id);
    return missing;
}

Candidate candidate_of(db::Connection& c, const Source& source, const locale::Tag& locale,
                       const PublishRequest& request, Time now) {
    const bool is_source = locale == source.article.source_locale;
    Work work = editing::read_work(c, source, locale);
    auto old = storage::find_publication(c, source.article.id, locale);
    if (!is_source && !work.exists()) throw Error(ErrorCode::conflict, "publish-nothing");
    if (!is_source) {
        const auto totals = editing::totals_of(source, work);
        if (totals.segments.missing == totals.segments.total) throw Error(ErrorCode::conflict, "publish-nothing");
        if (totals.segments.missing > 0 && !request.incomplete) {
            throw Error(ErrorCode::conflict, "publish-incomplete", {{"missing", totals.segments.missing}}, {},
                        {{"missing", totals.segments.missing}, {"segments", missing_segments(source, work)}});
        }
    }
    auto frame = is_source ? source.frame : work.frame;
    frame.version += 1;
    const auto edition = work.edition;
    work.publication = storage::PublicationHead{locale, frame.slug, frame.text_hash};
    auto next = is_source ? editing::source_edition(source, edition, frame.text_hash, now)
                          : editing::edition_of(source, work, frame.text_hash, now);
    auto snapshot = is_source ? editing::source_snapshot(source) : editing::snapshot_of(source, work);
    return {locale,  std::move(frame), title_of(c, source, work, is_source), std::move(snapshot), std::move(old),
            edition, std::move(next)};
}

storage::Publication publication_of(const Candidate& p, Time now) {
    return {.locale = p.locale,
            .number = p.frame.version,
            .title = p.title,
            .slug = p.frame.slug,
            .title_lang = p.snapshot.title_lang,
            .summary = p.snapshot.summary,
            .document = storage::to_document(p.snapshot),
            .text_hash = p.frame.text_hash,
            .published_at = p.old ? p.old->published_at : now,
            .updated_at = now};
}

editing::Entry entry_of(db::Connection& c, const Source& source, const content::Frame& frame, std::string action,
                        const Actor& actor, Time now) {
    const auto& locale = frame.locale;
    const bool is_source = locale == source.article.source_locale;
    const auto past =
        is_source ? editing::past_of(source) : editing::past_of(source, editing::read_work(c, source, locale));
    return {source.article.id, locale, frame.version, std::move(action), actor, now, editing::document_of(past)};
}

void throw_taken(const std::string& slug, ArticleId owner) {
    throw Error(ErrorCode::taken, "slug-taken", {{"slug", slug}}, {{"/slug", "field.taken", {{"value", slug}}}},
                {{"article_id", number(owner)}});
}

}  // namespace

editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale, const PublishRequest& request,
                         const editing::Expected& expected, const Actor& actor) {
    return editing::commit(store, id, [&](db::Connection& c) {
        const Source source = editing::read_source(c, store, id);
        editing::enabled_locale(*source.site, locale);
        const Time now = store.now();
        std::vector<Candidate> candidates{candidate_of(c, source, locale, request, now)};
        auto seen = candidates.front().frame;
        seen.version -= 1;
        editing::check_whole_version(seen, expected);
        const auto published = storage::find_published(c, id);
        if (request.all_published)
            for (const auto& [tag, what] : published)
                if (tag != locale && source.site->find_enabled(tag))
                    candidates.push_back(candidate_of(c, source, tag, {.incomplete = true}, now));

        editing::Plan<editing::Version> plan(source);
        plan.result = {candidates.front().frame.version, source.frame.version};
        if (locale == source.article.source_locale) plan.result.source = plan.result.translation;
        auto after = published;
        storage::EditionPlan editions(source.site);
        std::vector<std::tuple<content::Frame, storage::Publication, editing::Entry>> rows;
        for (const auto& p : candidates) {
            auto publication = publication_of(p, now);
            after[p.locale] = {p.title, publication.published_at};
            editions.add(p.edition, p.next);
            rows.emplace_back(p.frame, std::move(publication), entry_of(c, source, p.frame, "publish", actor, now));
        }
        storage::ListingPlan listings(source.site);
        listings.change(id, source.article.type, published, source.article.type, after);
        plan.step([id, rows = std::move(rows), editions, listings](db::Transaction& t) {
            for (const auto& [frame, publication, entry] : rows) {
                editing::write_frame(t, id, frame);
                storage::upsert_publication(t, id, publication);
                if (auto owner = storage::set_route(t, id, publication.locale, publication.slug))
                    throw_taken(publication.slug, *owner);
                editing::record(t, entry);
            }
            editions.apply(t);
            listings.apply(t);
        });
        return plan;
    });
}

editing::Version unpublish(const Store& store, ArticleId id, const locale::Tag& locale,
                           const editing::Expected& expected, const Actor& actor) {
    return editing::commit(store, id, [&](db::Connection& c) {
        const Source source = editing::read_source(c, store, id);
        editing::enabled_locale(*source.site, locale);
        const bool is_source = locale == source.article.source_locale;
        Work work = editing::read_work(c, source, locale);
        auto frame = is_source ? source.frame : work.frame;
        editing::check_whole_version(frame, expected);
        editing::Plan<editing::Version> plan(source);
        plan.result = {frame.version, source.frame.version};
        if (!work.publication) return plan;
        const Time now = store.now();
        frame.version += 1;
        plan.result.translation = frame.version;
        if (is_source) plan.result.source = frame.version;
        const auto before = work.edition;
        work.publication.reset();
        storage::EditionPlan editions(source.site);
        editions.add(before, is_source ? editing::source_edition(source, before, std::nullopt, now)
                                       : editing::edition_of(source, work, frame.text_hash, now));
        const auto published = storage::find_published(c, id);
        auto after = published;
        after.erase(locale);
        storage::ListingPlan listings(source.site);
        listings.change(id, source.article.type, published, source.article.type, after);
        const auto entry = entry_of(c, source, frame, "unpublish", actor, now);
        plan.step([id, locale, frame, editions, listings, entry](db::Transaction& t) {
            editing::write_frame(t, id, frame);
            storage::delete_publication(t, id, locale);
            storage::release_routes(t, id, locale);
            editions.apply(t);
            listings.apply(t);
            editing::record(t, entry);
        });
        return plan;
    });
}

}  // namespace stele::publishing
