#include "src/memory/follow.hpp"

#include <map>
#include <set>

#include "src/storage/change_log.hpp"

namespace stele::memory {

// What one look at the log comes to.
struct Follower::Batch {
    std::int64_t to = 0;
    bool full = false;  // there is more behind it
    std::vector<NewUnit> added;
    std::vector<Unit> removed;
};

namespace {

constexpr int changes_at_once = 50;
constexpr size_t units_at_once = 50;
constexpr std::chrono::seconds lease{30};

struct Change {
    std::int64_t position;
    std::optional<ArticleId> article;
    std::optional<locale::Tag> locale;
    std::string kind;
};

std::vector<Change> read_changes(db::Connection& c, std::int64_t after, std::int64_t to) {
    const auto change_from = [](const db::Row& r) {
        Change change{.position = r.integer(0), .article = std::nullopt, .locale = std::nullopt, .kind = r.text(3)};
        if (const auto id = r.optional_integer(1)) change.article = ArticleId(*id);
        if (auto tag = r.optional_text(2)) change.locale = locale::Tag::stored(std::move(*tag));
        return change;
    };
    return c.all(
        "SELECT position, article_id, locale, kind FROM change WHERE position > $1 AND position <= $2 ORDER BY "
        "position LIMIT $3",
        change_from, after, to, changes_at_once);
}

// Changes that leave the texts of translations and what they were made from alone.
bool concerns_memory(const Change& change) {
    return change.article && change.kind != "publish" && change.kind != "unpublish";
}

// The articles of some changes, each with the locales that are concerned; none named: all.
std::map<ArticleId, std::set<locale::Tag>> articles_of(const std::vector<Change>& changes) {
    std::map<ArticleId, std::set<locale::Tag>> articles;
    std::set<ArticleId> whole;
    for (const auto& change : changes) {
        if (!concerns_memory(change)) continue;
        auto& locales = articles[*change.article];
        if (!change.locale) whole.insert(*change.article);
        if (change.locale) locales.insert(*change.locale);
    }
    for (const auto id : whole) articles[id].clear();
    return articles;
}

struct State {
    std::int64_t position;
    std::string keeper;
    Time kept_until;
};

State read_state(db::Connection& c) {
    return c
        .one("SELECT position, keeper, kept_until FROM memory_state WHERE id = 1",
             [](const db::Row& r) {
                 return State{r.integer(0), r.text(1), time_of(r.integer(2))};
             })
        .value();
}

}  // namespace

// The lease is taken, or renewed in its second half.
bool Follower::is_mine(const Store& store) {
    const auto now = store.now();
    const auto state = store.db.reading(read_state);
    position_ = state.position;
    if (state.keeper != name_ && state.kept_until > now) return false;
    if (state.keeper == name_ && state.kept_until > now + lease / 2) return true;
    return store.db.writing([&](db::Transaction& t) {
        return t->run(
                   "UPDATE memory_state SET keeper = $1, kept_until = $2 WHERE id = 1 AND keeper = $3 AND kept_until = "
                   "$4",
                   name_, now + lease, state.keeper, state.kept_until) > 0;
    });
}

Follower::Batch Follower::read(db::Connection& c, const Store& store, std::int64_t settled) const {
    const auto changes = read_changes(c, position_, settled);
    Batch batch{.to = settled, .full = changes.size() == size_t(changes_at_once)};
    if (batch.full) batch.to = changes.back().position;
    const auto take = [&](Difference one) {
        std::ranges::move(one.added, std::back_inserter(batch.added));
        std::ranges::move(one.removed, std::back_inserter(batch.removed));
    };
    for (const auto& [id, locales] : articles_of(changes)) {
        if (locales.empty()) take(difference(c, store, id, std::nullopt));
        for (const auto& tag : locales) take(difference(c, store, id, tag));
    }
    return batch;
}

// In pieces, of which the last moves the position: what is stopped between them is compared again. A unit that replaces
// another comes after it is gone.
bool Follower::write(const Store& store, const Batch& batch) {
    auto added = std::span(batch.added);
    auto removed = std::span(batch.removed);
    for (bool last = false; !last;) {
        const auto out = removed.first(std::min(removed.size(), units_at_once));
        const auto in = added.first(out.size() < removed.size() ? 0 : std::min(added.size(), units_at_once));
        last = out.size() == removed.size() && in.size() == added.size();
        const bool mine = store.db.writing([&](db::Transaction& t) {
            const auto held =
                t->run("UPDATE memory_state SET position = $1 WHERE id = 1 AND position = $2 AND keeper = $3",
                       last ? batch.to : position_, position_, name_);
            if (held == 0) return false;
            remove_units(t, out);
            add_units(t, in);
            return true;
        });
        if (!mine) return false;
        removed = removed.subspan(out.size());
        added = added.subspan(in.size());
    }
    position_ = batch.to;
    return true;
}

Follower::Step Follower::step(const Store& store) {
    const auto settled = log_.settled(store.db);
    if (settled == position_ || !is_mine(store) || settled <= position_) return {};
    const auto batch = store.db.reading([&](db::Connection& c) { return read(c, store, settled); });
    if (!write(store, batch)) return {.more = true};
    return {
        .more = batch.full, .added = std::int64_t(batch.added.size()), .removed = std::int64_t(batch.removed.size())};
}

}  // namespace stele::memory
