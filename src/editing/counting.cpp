#include "src/editing/counting.hpp"

namespace stele::editing {
namespace {

void add(content::Counts& a, const content::Counts& b, int sign) {
    a.total += sign * b.total;
    a.missing += sign * b.missing;
    a.outdated += sign * b.outdated;
}

bool has_work(const content::Counts& c) { return c.missing + c.outdated > 0; }

}  // namespace

Totals& Totals::operator+=(const Totals& other) {
    add(segments, other.segments, 1);
    add(words, other.words, 1);
    return *this;
}

Totals& Totals::operator-=(const Totals& other) {
    add(segments, other.segments, -1);
    add(words, other.words, -1);
    return *this;
}

Totals totals_of(const content::Hash& hash, std::int64_t words, const std::optional<content::Hash>& basis_hash) {
    const std::int64_t missing = basis_hash ? 0 : 1;
    const std::int64_t outdated = basis_hash && *basis_hash != hash ? 1 : 0;
    return {{1, missing, outdated}, {words, missing * words, outdated * words}};
}

Totals totals_of(const Source& source, const Work& work) {
    const bool independent = work.frame.mode == content::Mode::independent;
    auto basis_of = [&](std::string_view id) -> std::optional<content::Hash> {
        const auto at = work.targets.find(id);
        if (at == work.targets.end()) return std::nullopt;
        return at->second.basis_hash;
    };
    Totals totals;
    for (const auto& s : source.live)
        if (!independent || !source.is_body(s)) totals += totals_of(s.hash, s.words, basis_of(s.id));
    if (independent) totals += totals_of(source.body_hash(), source.body_words(), basis_of(content::body_id));
    return totals;
}

Totals source_totals(const Source& source) {
    Totals totals;
    for (const auto& s : source.live) totals += totals_of(s.hash, s.words, s.hash);
    return totals;
}

content::Edition edition_of(const storage::Article& article, const locale::Tag& locale, const EditionFacts& facts,
                            const std::optional<content::Edition>& before, Time now) {
    content::Edition e{.article_id = article.id, .locale = locale, .title_locale = facts.title_locale};
    e.is_source = facts.is_source;
    e.state = content::state_of(facts.totals.segments, facts.published, facts.pending);
    e.published = facts.published;
    e.pending = facts.pending;
    e.title = facts.title;
    e.segments = facts.totals.segments;
    e.words = facts.totals.words;
    e.priority = article.priority;
    const bool goes_on = before && (has_work(e.segments) ? has_work(before->segments) : before->state == e.state);
    e.since = goes_on ? before->since : now;
    e.updated_at = now;
    return e;
}

content::Edition edition_of(const Source& source, const Work& work, const content::Hash& hash, Time now) {
    const auto own_title = work.text(source, content::title_id);
    return edition_of(source.article, work.frame.locale,
                      {.totals = totals_of(source, work),
                       .published = work.publication.has_value(),
                       .pending = work.publication && work.publication->text_hash != hash,
                       .title = own_title.value_or(source.text(content::title_id)),
                       .title_locale = own_title ? work.frame.locale : source.article.source_locale},
                      work.edition, now);
}

content::Edition source_edition(const Source& source, const std::optional<content::Edition>& before,
                                const std::optional<content::Hash>& published_hash, Time now) {
    return edition_of(source.article, source.article.source_locale,
                      {.totals = source_totals(source),
                       .published = published_hash.has_value(),
                       .pending = published_hash && *published_hash != source.frame.text_hash,
                       .title = source.text(content::title_id),
                       .title_locale = source.article.source_locale,
                       .is_source = true},
                      before, now);
}

}  // namespace stele::editing
