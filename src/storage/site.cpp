#include "src/storage/site.hpp"

#include <algorithm>
#include <charconv>
#include <deque>
#include <mutex>
#include <random>

namespace stele::storage {
namespace {

using Tags = std::vector<locale::Tag>;

// Tags have no spaces: "nn nb da en".
std::string to_stored(const Tags& tags) {
    std::string text;
    for (const auto& tag : tags) text += (text.empty() ? "" : " ") + tag.text();
    return text;
}

Tags tags_from(std::string_view text) {
    Tags tags;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        tags.push_back(locale::Tag::stored(std::string(text.substr(0, end))));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return tags;
}

std::optional<Tags> optional_tags(const db::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return tags_from(row.text(column));
}

std::optional<Generation> generation_from(const db::Row& row, int chain, int number) {
    if (row.is_null(chain)) return std::nullopt;
    return Generation{row.integer(number), tags_from(row.text(chain))};
}

SiteLocale locale_from(const db::Row& row) {
    return SiteLocale{.tag = locale::Tag::stored(row.text(0)),
                      .wanted = row.boolean(1),
                      .fallback = optional_tags(row, 2),
                      .position = static_cast<int>(row.integer(3)),
                      .version = row.integer(4),
                      .active = generation_from(row, 5, 6),
                      .next = generation_from(row, 8, 9),
                      .fingerprint = row.text(7),
                      .filled_to = row.integer(10)};
}

std::int64_t integer_from(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::string setting(db::Connection& c, std::string_view name) {
    return c
        .one(
            "SELECT value FROM site WHERE name = $1", [](const db::Row& row) { return row.text(0); }, name)
        .value_or("");
}

std::int64_t read_version(db::Connection& c) { return integer_from(setting(c, "version")); }

// Names one configuration of one database; empty = never changed.
std::string read_stamp(db::Connection& c) { return setting(c, "stamp"); }

// Who reads the locales.
struct Reader {
    const locale::Tag& default_locale;
    const locale::Collation& collation;
};

std::shared_ptr<const Site> load_site(db::Connection& c, std::int64_t version, const Reader& reader) {
    auto site = std::make_shared<Site>(Site{.version = version,
                                            .locales = {},
                                            .default_locale = reader.default_locale,
                                            .filling = setting(c, "filling"),
                                            .collation = reader.collation});
    site->locales = c.all(
        "SELECT tag, wanted, fallback, position, version, chain, generation, fingerprint, next_chain, next_generation, "
        "filled_to FROM locale",
        locale_from);
    std::ranges::sort(site->locales, [](const SiteLocale& a, const SiteLocale& b) {
        return std::tie(a.position, a.tag) < std::tie(b.position, b.tag);
    });
    return site;
}

// The last few sites of this process, by their stamp: a stamp is random and renewed with each change, so that two
// databases, or a database and its restored backup, never have the same one for different locales.
class Cache {
  public:
    std::shared_ptr<const Site> find(const std::string& stamp, const Reader& reader) {
        const std::lock_guard lock(mutex_);
        for (const auto& [known, site] : entries_)
            if (known == stamp && site->default_locale == reader.default_locale &&
                site->collation.fingerprint() == reader.collation.fingerprint())
                return site;
        return nullptr;
    }
    void put(const std::string& stamp, std::shared_ptr<const Site> site) {
        const std::lock_guard lock(mutex_);
        entries_.emplace_front(stamp, std::move(site));
        if (entries_.size() > max_entries) entries_.pop_back();
    }

  private:
    static constexpr size_t max_entries = 8;
    std::mutex mutex_;
    std::deque<std::pair<std::string, std::shared_ptr<const Site>>> entries_;
};

Cache& cache() {
    static Cache instance;
    return instance;
}

std::string new_stamp() {
    std::random_device random;
    std::string stamp;
    for (int i = 0; i < 4; ++i) stamp += std::to_string(random()) + (i < 3 ? "-" : "");
    return stamp;
}

std::shared_ptr<const Site> known_site(db::Connection& c, const Reader& reader) {
    const auto stamp = read_stamp(c);
    if (stamp.empty()) return load_site(c, read_version(c), reader);
    if (auto known = cache().find(stamp, reader)) return known;
    auto site = load_site(c, read_version(c), reader);
    // Outside a snapshot (in a write on PostgreSQL) the locales may have changed between the two.
    if (read_stamp(c) == stamp) cache().put(stamp, site);
    return site;
}

// One number for the lock on the locales of a database; advisory locks are per database.
constexpr std::string_view lock_shared = "SELECT pg_advisory_xact_lock_shared(5397251)";
constexpr std::string_view lock_alone = "SELECT pg_advisory_xact_lock(5397251)";

void lock(db::Transaction& t, std::string_view sql) {
    // SQLite has one writer at a time.
    if (t->dialect() == db::Dialect::postgres) t->query(sql, {}, [](db::Row) {});
}

}  // namespace

const SiteLocale* Site::find(const locale::Tag& tag) const {
    const auto it = std::ranges::find(locales, tag, &SiteLocale::tag);
    return it == locales.end() ? nullptr : &*it;
}

const SiteLocale* Site::find_enabled(const locale::Tag& tag) const {
    const auto* found = find(tag);
    return found && found->active ? found : nullptr;
}

std::vector<locale::Enabled> Site::enabled() const {
    std::vector<locale::Enabled> list;
    for (const auto& l : locales) list.push_back({l.tag, l.fallback, l.position, l.active.has_value()});
    return list;
}

std::shared_ptr<const Site> read_site(db::Connection& c, const Store& store) {
    return known_site(c, {store.default_locale, store.collation});
}

std::shared_ptr<const Site> read_site(db::Connection& c, const locale::Tag& default_locale) {
    return known_site(c, {default_locale, locale::Collation::system()});
}

std::shared_ptr<const Site> read_site_uncached(db::Connection& c, const Store& store) {
    return load_site(c, read_version(c), {store.default_locale, store.collation});
}

std::shared_ptr<const Site> read_site_uncached(db::Connection& c, const locale::Tag& default_locale) {
    return load_site(c, read_version(c), {default_locale, locale::Collation::system()});
}

void set_filling_fingerprint(db::Transaction& t, const std::string& fingerprint) {
    t->run(
        "INSERT INTO site (name, value) VALUES ('filling', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        fingerprint);
}

void set_filled_to(db::Transaction& t, const SiteLocale& l, std::int64_t article) {
    t->run("UPDATE locale SET filled_to = $1 WHERE tag = $2 AND next_generation = $3", article, l.tag.text(),
           l.next->number);
}

bool hold_site(db::Transaction& t, std::int64_t version) {
    lock(t, lock_shared);
    return read_version(*t) == version;
}

std::int64_t change_site(db::Transaction& t) {
    lock(t, lock_alone);
    const auto version = read_version(*t) + 1;
    t->run("UPDATE site SET value = $1 WHERE name = 'version'", std::to_string(version));
    t->run(
        "INSERT INTO site (name, value) VALUES ('stamp', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        new_stamp());
    return version;
}

void upsert_locale(db::Transaction& t, const SiteLocale& l, Time now) {
    const auto stored = [](const auto& tags) { return tags ? std::optional(to_stored(*tags)) : std::nullopt; };
    t->run(
        "INSERT INTO locale (tag, number, wanted, fallback, position, version, chain, generation, fingerprint, "
        "next_chain, next_generation, filled_to, updated_at) VALUES ($1, (SELECT COALESCE(MAX(number), 0) + 1 FROM "
        "locale), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) "
        "ON CONFLICT (tag) DO UPDATE SET wanted = excluded.wanted, fallback = excluded.fallback, "
        "position = excluded.position, version = excluded.version, chain = excluded.chain, "
        "generation = excluded.generation, fingerprint = excluded.fingerprint, next_chain = excluded.next_chain, "
        "next_generation = excluded.next_generation, filled_to = excluded.filled_to, updated_at = excluded.updated_at",
        l.tag.text(), l.wanted, stored(l.fallback), l.position, l.version,
        l.active ? std::optional(to_stored(l.active->chain)) : std::nullopt, l.active ? l.active->number : 0,
        l.fingerprint, l.next ? std::optional(to_stored(l.next->chain)) : std::nullopt,
        l.next ? std::optional(l.next->number) : std::nullopt, l.filled_to, now);
}

}  // namespace stele::storage
