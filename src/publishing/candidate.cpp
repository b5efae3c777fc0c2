#include "src/publishing/candidate.hpp"

#include "src/editing/counting.hpp"
#include "src/editing/structure.hpp"

namespace stele::publishing {
namespace {

using editing::Source;
using editing::Work;

boost::json::array missing_segments(const Source& source, const Work& work) {
    const bool independent = work.frame.mode == content::Mode::independent;
    boost::json::array missing;
    for (const auto& s : source.live)
        if (!work.targets.contains(s.id) && !(independent && source.is_body(s))) missing.emplace_back(s.id);
    if (independent && !work.targets.contains(content::body_id)) missing.emplace_back(content::body_id);
    return missing;
}

void check_has_text(const Source& source, const Work& work, bool incomplete) {
    if (!work.exists()) throw Error(ErrorCode::conflict, "publish-nothing");
    const auto totals = editing::totals_of(source, work);
    if (totals.segments.missing == totals.segments.total) throw Error(ErrorCode::conflict, "publish-nothing");
    if (totals.segments.missing > 0 && !incomplete)
        throw Error(ErrorCode::conflict, "publish-incomplete", {{"missing", totals.segments.missing}}, {},
                    {{"missing", totals.segments.missing}, {"segments", missing_segments(source, work)}});
}

boost::json::array unread_segments(const Source& source, const Work& work) {
    const bool independent = work.frame.mode == content::Mode::independent;
    boost::json::array unread;
    const auto look_at = [&](const std::string& id) {
        const auto target = work.targets.find(id);
        if (target != work.targets.end() && target->second.origin == "machine") unread.emplace_back(id);
    };
    for (const auto& s : source.live)
        if (!independent || !source.is_body(s)) look_at(s.id);
    if (independent) look_at(std::string(content::body_id));
    return unread;
}

// What a machine wrote is a draft until a person stands behind it.
void check_is_read(const Source& source, const Work& work) {
    auto unread = unread_segments(source, work);
    if (unread.empty()) return;
    const auto count = std::int64_t(unread.size());
    throw Error(ErrorCode::conflict, "publish-unread", {{"count", count}}, {},
                {{"unread", count}, {"segments", std::move(unread)}});
}

}  // namespace

void check_read(db::Connection& c, const Store& store, ArticleId id, const locale::Tag& locale) {
    const auto source = editing::read_source(c, store, id);
    if (locale != source.article.source_locale) check_is_read(source, editing::read_work(c, source, locale));
}

storage::Publication publication_of(const content::Frame& frame, std::string title, const storage::Snapshot& snapshot,
                                    Time published_at, Time now) {
    return {.locale = frame.locale,
            .number = frame.version,
            .title = std::move(title),
            .slug = frame.slug,
            .title_lang = snapshot.title_lang,
            .summary = snapshot.summary,
            .document = storage::to_document(snapshot),
            .text_hash = frame.text_hash,
            .published_at = published_at,
            .updated_at = now};
}

Candidate candidate_of(const Source& source, Work work, const std::optional<std::string>& source_title,
                       const std::optional<Time>& published_at, const PublishRequest& request, Time now) {
    const bool is_source = work.frame.locale == source.article.source_locale;
    if (!is_source) check_has_text(source, work, request.incomplete);
    if (!is_source && !request.unread) check_is_read(source, work);
    auto frame = is_source ? source.frame : work.frame;
    frame.version += 1;
    const auto own_title = is_source ? source.text(content::title_id) : work.text(source, content::title_id);
    auto title = own_title ? *own_title : source_title.value_or(source.text(content::title_id));
    const auto snapshot = is_source ? editing::source_snapshot(source) : editing::snapshot_of(source, work);
    work.publication = storage::PublicationHead{frame.locale, frame.slug, frame.text_hash};
    auto next = is_source ? editing::source_edition(source, work.edition, frame.text_hash, now)
                          : editing::edition_of(source, work, frame.text_hash, now);
    auto publication = publication_of(frame, std::move(title), snapshot, published_at.value_or(now), now);
    return {frame.locale, frame, std::move(publication), std::move(work.edition), std::move(next)};
}

void write_publication(db::Transaction& t, ArticleId id, const storage::Publication& publication) {
    storage::upsert_publication(t, id, publication);
    if (const auto owner = storage::set_route(t, id, publication.locale, publication.slug))
        throw Error(ErrorCode::taken, "slug-taken", {{"slug", publication.slug}},
                    {{"/slug", "field.taken", {{"value", publication.slug}}}}, {{"article_id", number(*owner)}});
}

}  // namespace stele::publishing
