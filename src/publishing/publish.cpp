// Publishing and unpublishing: the snapshot readers get, its route, and what readers of the locales behind it see.
#include "src/checks/of_translation.hpp"
#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/structure.hpp"
#include "src/publishing/candidate.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"

namespace stele::publishing {
namespace {

using editing::Source;
using editing::Work;

editing::Entry entry_of(db::Connection& c, const Source& source, const content::Frame& frame, std::string action,
                        const Actor& actor, Time now, boost::json::object detail = {}) {
    const auto& locale = frame.locale;
    const bool is_source = locale == source.article.source_locale;
    const auto past =
        is_source ? editing::past_of(source) : editing::past_of(source, editing::read_work(c, source, locale));
    return {source.article.id,          locale,           frame.version, std::move(action), actor, now,
            editing::document_of(past), std::move(detail)};
}

// Whether there are errors that do not hold it, since its publisher said so.
bool check(db::Connection& c, const content::ContentTypes& types, const Source& source, const Work& work,
           const PublishRequest& request) {
    if (!request.checks) return false;
    try {
        checks::hold(c, source, work, *request.checks, types);
        return false;
    } catch (const Error& error) {
        if (!request.override_checks || error.reason() != "publish-checks") throw;
        return true;
    }
}

Candidate read_candidate(db::Connection& c, const content::ContentTypes& types, const Source& source,
                         const locale::Tag& locale, const PublishRequest& request, Time now) {
    auto work = editing::read_work(c, source, locale);
    const bool overridden = check(c, types, source, work, request);
    std::optional<std::string> source_title;
    if (locale != source.article.source_locale)
        if (auto published = storage::find_publication(c, source.article.id, source.article.source_locale))
            source_title = std::move(published->title);
    const auto old = storage::find_publication(c, source.article.id, locale);
    auto candidate = candidate_of(source, std::move(work), source_title,
                                  old ? std::optional(old->published_at) : std::nullopt, request, now);
    candidate.checks_overridden = overridden;
    return candidate;
}

boost::json::object detail_of(const Candidate& candidate) {
    if (!candidate.checks_overridden) return {};
    return {{"checks", "overridden"}};
}

}  // namespace

editing::Plan<editing::Version> plan_publish(db::Connection& c, const Store& store, const Source& source,
                                             const locale::Tag& locale, const PublishRequest& request,
                                             const editing::Expected& expected, const Actor& actor) {
    const auto id = source.article.id;
    editing::enabled_locale(*source.site, locale);
    const Time now = store.now();
    std::vector<Candidate> candidates{read_candidate(c, store.types, source, locale, request, now)};
    auto seen = candidates.front().frame;
    seen.version -= 1;
    editing::check_whole_version(seen, expected);
    const auto published = storage::find_published(c, id);
    if (request.all_published)
        for (const auto& [tag, what] : published)
            if (tag != locale && source.site->find_enabled(tag))
                candidates.push_back(
                    read_candidate(c, store.types, source, tag, {.incomplete = true, .unread = request.unread}, now));

    editing::Plan<editing::Version> plan(source);
    plan.result = {candidates.front().frame.version, source.frame.version};
    if (locale == source.article.source_locale) plan.result.source = plan.result.translation;
    auto after = published;
    storage::EditionPlan editions(source.site);
    std::vector<std::tuple<content::Frame, storage::Publication, editing::Entry>> rows;
    for (const auto& p : candidates) {
        after[p.locale] = {p.publication.title, p.publication.published_at};
        editions.add(p.edition, p.next);
        rows.emplace_back(p.frame, p.publication, entry_of(c, source, p.frame, "publish", actor, now, detail_of(p)));
    }
    storage::ListingPlan listings(source.site);
    listings.change(id, source.article.type, published, source.article.type, after);
    plan.step([id, rows = std::move(rows), editions, listings](db::Transaction& t) {
        for (const auto& [frame, publication, entry] : rows) {
            editing::write_frame(t, id, frame);
            write_publication(t, id, publication);
            editing::record(t, entry);
        }
        editions.apply(t);
        listings.apply(t);
    });
    if (request.each)
        plan.step([each = request.each, candidates](db::Transaction& t) {
            for (const auto& p : candidates) each(t, p.locale);
        });
    if (request.within) plan.step(request.within);
    return plan;
}

editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale, const PublishRequest& request,
                         const editing::Expected& expected, const Actor& actor) {
    return editing::commit(store, id, [&](db::Connection& c) {
        return plan_publish(c, store, editing::read_source(c, store, id), locale, request, expected, actor);
    });
}

editing::Version unpublish(const Store& store, ArticleId id, const locale::Tag& locale,
                           const editing::Expected& expected, const Actor& actor, const Within& within) {
    return editing::commit(store, id, [&](db::Connection& c) {
        const Source source = editing::read_source(c, store, id);
        editing::enabled_locale(*source.site, locale);
        const bool is_source = locale == source.article.source_locale;
        Work work = editing::read_work(c, source, locale);
        auto frame = is_source ? source.frame : work.frame;
        editing::check_whole_version(frame, expected);
        editing::Plan<editing::Version> plan(source);
        plan.result = {frame.version, source.frame.version};
        if (!work.publication) {
            if (within) plan.step(within);
            return plan;
        }
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
        if (within) plan.step(within);
        return plan;
    });
}

}  // namespace stele::publishing
