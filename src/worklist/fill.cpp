#include <algorithm>

#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/statistics.hpp"
#include "src/worklist/facts.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/orders.hpp"
#include "src/worklist/purge.hpp"
#include "src/worklist/site_change.hpp"

namespace stele::worklist {
namespace {

using storage::SiteLocale;

constexpr int max_batch = 200;  // articles that one transaction holds
constexpr int min_batch = 25;   // the same, where people save them faster than they are filled

struct Batch {
    std::shared_ptr<const storage::Site> site;
    std::vector<SiteLocale> waiting;  // being filled
    std::int64_t after = 0, last = 0;
    std::vector<Sequence> sequences;  // empty: every article is filled
    std::map<ArticleId, ArticleFacts> facts;
    Editions editions;
};

// How far is to be filled while the locales are those of `version`. Who creates an article later writes it to the next
// orders himself: whoever ran after those would not arrive while people are faster.
struct Goal {
    std::int64_t version = -1;
    std::int64_t last = 0;  // article
};

Goal goal_of(db::Connection& c, const storage::Site& site) {
    const auto last =
        c.one("SELECT COALESCE(MAX(id), 0) FROM article", [](const db::Row& row) { return row.integer(0); });
    return {site.version, last.value_or(0)};
}

// Which articles are next; nothing of them yet.
Batch next_batch(db::Connection& c, const Store& store, Goal& goal, int size) {
    Batch batch;
    batch.site = storage::read_site_uncached(c, store);
    if (!can_fill(*batch.site)) return batch;
    if (batch.site->version != goal.version) goal = goal_of(c, *batch.site);
    for (const auto& l : batch.site->locales)
        if (l.next) batch.waiting.push_back(l);
    if (batch.waiting.empty()) return batch;
    batch.after = std::ranges::min(batch.waiting, {}, &SiteLocale::filled_to).filled_to;
    batch.sequences = find_sequences(c, batch.after, size);
    std::erase_if(batch.sequences, [&](const Sequence& s) { return number(s.id) > goal.last; });
    if (!batch.sequences.empty()) batch.last = number(batch.sequences.back().id);
    return batch;
}

void read_contents(db::Connection& c, Batch& batch) {
    if (batch.sequences.empty()) return;
    const bool new_locale = std::ranges::any_of(batch.waiting, [](const SiteLocale& l) { return !l.active; });
    batch.facts = read_facts(c, batch.after, batch.last, new_locale ? Depth::all : Depth::publications);
    batch.editions = read_editions(c, batch.after, batch.last);
}

Batch read_batch(db::Connection& c, const Store& store, Goal& goal, int size) {
    auto batch = next_batch(c, store, goal, size);
    read_contents(c, batch);
    return batch;
}

std::optional<content::Edition> stored_edition(const Batch& batch, ArticleId id, const locale::Tag& tag) {
    const auto at = batch.editions.find({id, tag});
    return at == batch.editions.end() ? std::nullopt : std::optional(at->second);
}

bool has_work(const content::Edition& e) { return e.segments.missing + e.segments.outdated > 0; }

// The edition of a locale that is new, or was not kept for a while. What texts do not tell is taken from the old row,
// as a save would: since when there is work, and where nothing changed, when it was changed.
content::Edition renewed(const ArticleFacts& article, const locale::Tag& tag,
                         const std::optional<content::Edition>& before, Time now) {
    auto edition = article.edition(tag);
    edition.since = now;
    if (!before) return edition;
    const bool goes_on = has_work(edition) ? has_work(*before) : before->state == edition.state;
    if (goes_on) edition.since = before->since;
    const auto updated_at = std::exchange(edition.updated_at, before->updated_at);
    if (edition != *before) edition.updated_at = updated_at;
    return edition;
}

struct Plans {
    storage::EditionPlan editions;
    storage::ListingPlan listings;
};

void plan_article(Plans& plans, const Batch& batch, ArticleId id, const SiteLocale& l, Time now) {
    const auto before = stored_edition(batch, id, l.tag);
    const auto facts = batch.facts.find(id);
    if (facts == batch.facts.end()) {  // deleted
        plans.editions.add(before, std::nullopt);
        plans.listings.refill(id, "", {}, l);
        return;
    }
    const auto& article = facts->second;
    // In a locale that is in force every save keeps the editions: only the new order is missing.
    if (!l.active)
        plans.editions.fill(before, renewed(article, l.tag, before, now), l);
    else if (before)
        plans.editions.fill(before, *before, l);
    plans.listings.refill(id, article.type, article.published(), l);
}

Plans plan_batch(const Batch& batch, Time now) {
    Plans plans{storage::EditionPlan(batch.site), storage::ListingPlan(batch.site)};
    for (const auto& sequence : batch.sequences)
        for (const auto& l : batch.waiting) plan_article(plans, batch, sequence.id, l, now);
    return plans;
}

// Holds the articles and says whether they are as they were when they were read.
bool hold_articles(db::Transaction& t, const Batch& batch) {
    std::vector<Sequence> now;
    t->query("UPDATE article SET seq = seq + 1 WHERE id > $1 AND id <= $2 RETURNING id, seq",
             std::vector<db::Value>{batch.after, batch.last}, [&](db::Row row) {
                 now.push_back({ArticleId(row.integer(0)), row.integer(1) - 1});
             });
    std::ranges::sort(now, {}, &Sequence::id);
    return now == batch.sequences;
}

void apply(db::Transaction& t, const Batch& batch, const Plans& plans) {
    plans.editions.apply(t);
    plans.listings.apply(t);
    for (const auto& l : batch.waiting) storage::set_filled_to(t, l, std::max(l.filled_to, batch.last));
}

// False when an article or the locales changed meanwhile: nothing is written then.
bool write_batch(const Store& store, const Batch& batch) {
    const auto plans = plan_batch(batch, store.now());
    return store.db.writing([&](db::Transaction& t) {
        if (!hold_articles(t, batch) || !storage::hold_site(t, batch.site->version)) return false;
        apply(t, batch, plans);
        return true;
    });
}

// Where somebody always comes between: few articles, which are held before they are read. The number of them; 0 when
// the locales changed meanwhile.
size_t write_held_batch(const Store& store, Goal goal) {
    return store.db.writing([&](db::Transaction& t) -> size_t {
        auto batch = next_batch(*t, store, goal, min_batch);
        if (batch.sequences.empty()) return 0;
        hold_articles(t, batch);
        if (!storage::hold_site(t, batch.site->version)) return 0;
        read_contents(*t, batch);
        apply(t, batch, plan_batch(batch, store.now()));
        return batch.sequences.size();
    });
}

// The number of articles that were filled; `size` becomes what is likely to do next time.
size_t fill_batch(const Store& store, const Batch& batch, const Goal& goal, int& size) {
    if (write_batch(store, batch)) {
        size = std::min(size * 2, max_batch);
        return batch.sequences.size();
    }
    if (size == min_batch) return write_held_batch(store, goal);
    size = std::max(size / 2, min_batch);
    return 0;
}

struct Count {
    std::int64_t done = 0, total = 0;
};

Count count_articles(const Store& store) {
    return store.db.reading([&](db::Connection& c) {
        Count count;
        const auto site = storage::read_site_uncached(c, store);
        std::optional<std::int64_t> filled_to;
        for (const auto& l : site->locales)
            if (l.next) filled_to = std::min(filled_to.value_or(l.filled_to), l.filled_to);
        c.query("SELECT COUNT(*) FROM article", {}, [&](db::Row row) { count.total = row.integer(0); });
        c.query("SELECT COUNT(*) FROM article WHERE id <= $1", std::vector<db::Value>{filled_to.value_or(0)},
                [&](db::Row row) { count.done = row.integer(0); });
        return count;
    });
}

void plan_what_is_needed(const Store& store) {
    const bool needed = store.db.reading(
        [&](db::Connection& c) { return needs_planning(c, store, *storage::read_site_uncached(c, store)); });
    if (needed) change_locales(store, "stele", [](db::Connection&, Locales&) {});
}

// Fills and switches until nothing waits. False when `progress` stopped it.
bool fill_all(const Store& store, const Progress& progress) {
    auto count = count_articles(store);
    const auto goes_on = [&] { return !progress || progress(count.done, count.total); };
    Goal goal;
    for (int size = max_batch;;) {
        const auto batch = store.db.reading([&](db::Connection& c) { return read_batch(c, store, goal, size); });
        if (!can_fill(*batch.site)) return true;
        if (batch.sequences.empty()) {
            key_placed_titles(store);
            storage::renew_statistics(store.db);
            if (!put_in_force(store, batch.site->version) && !goes_on()) return false;
            continue;
        }
        const auto filled = fill_batch(store, batch, goal, size);
        count.done += static_cast<std::int64_t>(filled);
        count.total = std::max(count.total, count.done);
        if (!goes_on()) return false;  // asked also where somebody came between: that may happen for long
    }
}

}  // namespace

void fill_orders(const Store& store, const Progress& progress) {
    plan_what_is_needed(store);
    if (fill_all(store, progress)) purge_orders(store);
}

}  // namespace stele::worklist
