#include "src/workflow/follow.hpp"

#include <algorithm>
#include <map>

#include "src/content/state.hpp"
#include "src/storage/editions.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"

namespace stele::workflow {
namespace {

constexpr int at_once = 500;

struct Entry {
    std::int64_t position = 0;
    Time at{};
    bool published = false;
    ArticleId article_id{};
    locale::Tag locale;
    Actor actor;
    bool of_source = false;
    std::int64_t version = 0;  // of the text, that it made
};

std::int64_t version_in(std::string_view detail) {
    const auto parsed = boost::json::parse({detail.data(), detail.size()});
    const auto* version = parsed.as_object().if_contains("version");
    return version ? version->to_number<std::int64_t>() : 0;
}

// What is done in the transaction that says how far the log was taken.
struct Work {
    std::int64_t from = 0, to = 0;
    bool more = false;
    std::vector<std::pair<Telling, std::vector<std::int64_t>>> tellings;
    std::vector<Assignment> finished;
};

std::vector<Entry> read_entries(db::Connection& c, std::int64_t from, std::int64_t to) {
    return c.all(
        "SELECT l.position, l.at, l.kind, l.article_id, l.locale, l.actor, a.source_locale, l.detail FROM (SELECT "
        "position, at, "
        "kind, article_id, locale, actor, detail FROM change WHERE position > $1 AND position <= $2 AND article_id IS "
        "NOT NULL "
        "AND locale IS NOT NULL AND kind IN ('save', 'restore', 'import', 'publish') ORDER BY position LIMIT $3) l "
        "JOIN article a ON a.id = l.article_id WHERE a.deleted_at IS NULL ORDER BY l.position",
        [](db::Row r) {
            return Entry{r.integer(0),
                         time_of(r.integer(1)),
                         r.text_view(2) == "publish",
                         ArticleId(r.integer(3)),
                         locale::Tag::stored(r.text(4)),
                         r.text(5),
                         r.text_view(4) == r.text_view(6),
                         version_in(r.text(7))};
        },
        from, to, at_once);
}

// How far this part goes: to the end, unless there is more than one part.
std::int64_t end_of_part(db::Connection& c, std::int64_t from, std::int64_t to) {
    return c
        .one(
            "SELECT position FROM change WHERE position > $1 AND position <= $2 ORDER BY position LIMIT 1 OFFSET $3",
            [](db::Row r) { return r.integer(0); }, from, to, at_once - 1)
        .value_or(to);
}

struct Concerned {
    locale::Tag locale;
    std::optional<Actor> translator;
    std::optional<std::int64_t> assignee;
};

// Editions that this save gave something to do: a segment that it wrote is missing or outdated in them. Who was behind
// before is not told again by a save that changed nothing for them, nor who has dealt with it before this look. A body
// that stands for itself is of no segment: it is asked whether anybody wrote it after the save.
std::vector<Concerned> concerned_by(db::Connection& c, const Entry& entry) {
    return c.all(
        "SELECT e.locale, t.actor, s.account_id FROM edition e LEFT JOIN translation t ON t.article_id = e.article_id "
        "AND t.locale = e.locale LEFT JOIN assignment s ON s.article_id = e.article_id AND s.locale = e.locale WHERE "
        "e.article_id = $1 AND e.is_source = 0 AND e.segments_outdated + e.segments_missing > 0 AND "
        "(EXISTS (SELECT 1 FROM segment g LEFT JOIN target x ON x.article_id = g.article_id AND x.segment_id = g.id "
        "AND x.locale = e.locale WHERE g.article_id = e.article_id AND g.version >= $2 AND g.place IS NOT NULL AND "
        "(g.place < 1000 OR COALESCE(t.independent, 0) = 0) AND (x.segment_id IS NULL OR x.basis_hash <> g.hash)) OR "
        "(t.independent = 1 AND e.updated_at >= $3 AND NOT EXISTS (SELECT 1 FROM target b WHERE b.article_id = "
        "e.article_id AND b.locale = e.locale AND b.segment_id = 'body' AND b.updated_at > $3)))",
        [](db::Row r) {
            return Concerned{locale::Tag::stored(r.text(0)), r.optional_text(1), r.optional_integer(2)};
        },
        entry.article_id, entry.version, entry.at);
}

// Those who are named in one part of the log, each looked up once.
class Named {
  public:
    explicit Named(db::Connection& c) : c_(c) {}
    const std::optional<Person>& find(const Actor& name) {
        const auto [at, is_new] = found_.try_emplace(name);
        if (is_new) at->second = find_person(c_, name);
        return at->second;
    }

  private:
    db::Connection& c_;
    std::map<Actor, std::optional<Person>> found_;
};

void add_source_change(db::Connection& c, Work& work, const Entry& entry, Named& people) {
    const auto by = people.find(entry.actor);
    for (const auto& one : concerned_by(c, entry)) {
        std::vector<std::int64_t> accounts;
        if (one.assignee) accounts.push_back(*one.assignee);
        const auto translator = one.translator ? people.find(*one.translator) : std::nullopt;
        if (translator && accounts::can(translator->known, accounts::Action::translate, one.locale))
            accounts.push_back(translator->account);
        if (by) std::erase(accounts, by->account);
        if (accounts.empty()) continue;
        work.tellings.push_back(
            {{Kind::source_changed, entry.article_id, one.locale, entry.actor, {}, entry.at}, std::move(accounts)});
    }
}

void add_finished(db::Connection& c, Work& work, const Entry& entry) {
    const auto assignment = find_assignment(c, entry.article_id, entry.locale);
    if (!assignment || assignment->assigned_at > entry.at) return;
    const auto editions = storage::find_editions(c, entry.article_id, {entry.locale});
    if (!editions.empty() && editions.front().state == content::State::current) work.finished.push_back(*assignment);
}

std::int64_t told_position(db::Connection& c) {
    return c.one("SELECT position FROM told WHERE name = 'notifications'", [](db::Row r) { return r.integer(0); })
        .value_or(0);
}

Work work_of(db::Connection& c, std::int64_t settled) {
    Work work;
    work.from = told_position(c);
    work.to = std::max(work.from, settled);
    if (work.to == work.from) return work;
    const auto end = end_of_part(c, work.from, work.to);
    work.more = end < work.to;
    work.to = end;
    // Ten saves of one article in a row are told once.
    std::map<std::pair<std::int64_t, Actor>, Entry> sources;
    for (const auto& entry : read_entries(c, work.from, work.to)) {
        if (entry.published)
            add_finished(c, work, entry);
        else if (entry.of_source)
            sources.emplace(std::pair(number(entry.article_id), entry.actor), entry);
    }
    Named people(c);
    for (const auto& [key, entry] : sources) add_source_change(c, work, entry, people);
    return work;
}

void write(db::Transaction& t, const Work& work, Time now) {
    const auto taken =
        t->run("UPDATE told SET position = $2 WHERE name = 'notifications' AND position = $1", work.from, work.to);
    if (taken == 0) return;  // another server was here first, and has told it
    for (const auto& [what, accounts] : work.tellings) tell(t, what, accounts);
    for (const auto& done : work.finished)
        if (t->run("DELETE FROM assignment WHERE id = $1 AND assigned_at = $2", done.id, done.assigned_at) > 0)
            log(t, now, "assignment-done", done.article_id, done.locale, done.name, {{"account", done.name}});
}

}  // namespace

bool follow_log(const Store& store, std::int64_t settled) {
    const bool news = store.db.reading([&](db::Connection& c) { return told_position(c) < settled; });
    if (!news) return false;
    const auto work = store.db.reading([&](db::Connection& c) { return work_of(c, settled); });
    if (work.to == work.from) return false;
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) { write(t, work, now); });
    return work.more;
}

}  // namespace stele::workflow
