#include "tests/storage/work_site.hpp"

#include <charconv>
#include <cstdlib>
#include <random>

#include "src/publishing/publishing.hpp"
#include "src/storage/publications.hpp"
#include "src/worklist/facts.hpp"

namespace stele::testing {
namespace {

Time now_of(int tick) { return time_of(1'800'000'000'000'000 + tick); }

Clock ticking() {
    auto tick = std::make_shared<std::atomic<int>>(0);
    return [tick] { return now_of(++*tick); };
}

void put_segment(db::Connection& c, ArticleId id, const std::string& segment, const std::string& text, int place) {
    c.run(
        "INSERT INTO segment (article_id, id, place, kind, text, hash, exact, words, version, actor, updated_at) "
        "VALUES ($1, $2, $3, 'paragraph', $4, $5, $6, $7, 1, 'kari', 0) ON CONFLICT (article_id, id) DO UPDATE SET "
        "text = excluded.text, hash = excluded.hash, exact = excluded.exact, words = excluded.words",
        id, segment, place, text, db::Bytes{content::meaning_hash(text)}, db::Bytes{content::exact_hash(text)},
        std::count(text.begin(), text.end(), ' ') + 1);
}

// The working text's hash, as far as these tests go: over the texts of the locale.
void renew_frame(db::Connection& c, ArticleId id, const std::string& locale, const std::string& sql) {
    std::vector<std::string> texts;
    c.query(sql, std::vector<db::Value>{number(id), locale}, [&](db::Row row) { texts.push_back(row.text(0)); });
    std::ranges::sort(texts);
    std::string joined;
    for (const auto& text : texts) joined += text + '\n';
    c.run(
        "INSERT INTO translation (article_id, locale, version, independent, slug, text_hash, created_at, updated_at, "
        "actor) "
        "VALUES ($1, $2, 1, 0, $3, $4, 0, 0, 'kari') ON CONFLICT (article_id, locale) DO UPDATE SET "
        "text_hash = excluded.text_hash",
        id, locale, "s" + std::to_string(number(id)), db::Bytes{content::exact_hash(joined)});
}

void renew_source(db::Connection& c, ArticleId id, const std::string& locale) {
    renew_frame(c, id, locale, "SELECT text FROM segment WHERE article_id = $1 AND $2 <> ''");
}

void put_target(db::Connection& c, ArticleId id, const std::string& locale, const std::string& segment,
                const std::string& text) {
    c.run(
        "INSERT INTO target (article_id, locale, segment_id, text, basis, basis_hash, origin, version, actor, "
        "updated_at) "
        "SELECT article_id, $2, id, $4, exact, hash, 'human', 1, 'kari', 0 FROM segment WHERE article_id = $1 AND id = "
        "$3 "
        "ON CONFLICT (article_id, locale, segment_id) DO UPDATE SET text = excluded.text, basis = excluded.basis, "
        "basis_hash = excluded.basis_hash",
        id, locale, segment, text);
    renew_frame(c, id, locale, "SELECT text FROM target WHERE article_id = $1 AND locale = $2");
}

std::string source_locale_of(db::Connection& c, ArticleId id) {
    return c
        .one(
            "SELECT source_locale FROM article WHERE id = $1", [](const db::Row& r) { return r.text(0); }, id)
        .value();
}

void put_publication(db::Connection& c, ArticleId id, const std::string& locale, Time now) {
    const auto is_source = source_locale_of(c, id) == locale;
    const std::string title = is_source ? "SELECT text FROM segment WHERE article_id = $1 AND id = 'title' AND $2 <> ''"
                                        : "SELECT text FROM target WHERE article_id = $1 AND locale = $2 "
                                          "AND segment_id = 'title'";
    c.run(
        "INSERT INTO publication (id, article_id, locale, number, title, slug, summary, document, text_hash, "
        "published_at, updated_at) SELECT " +
            std::string(storage::publication_id_sql) + ", article_id, locale, 1, COALESCE((" + title +
            "), 'untitled'), slug, " + (is_source ? "'In short'" : "NULL") +
            ", $3, text_hash, $4, $4 FROM translation WHERE article_id = $1 AND locale = $2 "
            "ON CONFLICT (id) DO UPDATE SET title = excluded.title, text_hash = excluded.text_hash",
        id, locale, is_source ? R"({"summary":"In short","fields":{}})" : R"({"summary":null,"fields":{}})", now);
}

ArticleId insert_article(db::Connection& c, const std::string& source_locale, const std::string& type, int priority) {
    const auto key = "k" + std::to_string(std::random_device()()) + "-" + std::to_string(std::random_device()());
    return ArticleId(c.one(
                          "INSERT INTO article (key, type, source_locale, priority, shared, version, seq, "
                          "next_segment, created_at, updated_at, deleted_at) VALUES ($1, $2, $3, $4, '{}', 1, 1, 1, 0, "
                          "0, 0) RETURNING id",
                          [](const db::Row& r) { return r.integer(0); }, key, type, source_locale, priority)
                         .value());
}

void put_source(db::Connection& c, ArticleId id, const std::string& locale, const std::string& title, int segments) {
    c.run("UPDATE article SET deleted_at = NULL WHERE id = $1", id);
    put_segment(c, id, "title", title, 0);
    for (int i = 1; i <= segments; ++i)
        put_segment(c, id, "b" + std::to_string(i), "one two three number " + std::to_string(i), 999 + i);
    renew_source(c, id, locale);
}

void put_whole(db::Connection& c, const NewWork& work, Time now) {
    const auto id = insert_article(c, work.source_locale, work.type, work.priority);
    put_source(c, id, work.source_locale, work.title, 1);
    if (work.published) put_publication(c, id, work.source_locale, now);
    for (const auto& [locale, title] : work.translations) {
        put_target(c, id, locale, "b1", "b1 i " + locale);
        put_target(c, id, locale, "title", title);
        if (work.published) put_publication(c, id, locale, now);
    }
}

struct State {
    std::map<locale::Tag, content::Edition> editions;
    std::string type;
    storage::PublishedIn published;
};

State stored_state(db::Connection& c, ArticleId id) {
    State state;
    for (auto& edition : storage::find_editions(c, id)) state.editions.emplace(edition.locale, edition);
    state.type = c.one(
                      "SELECT type FROM article WHERE id = $1", [](const db::Row& r) { return r.text(0); }, id)
                     .value_or("");
    state.published = storage::find_published(c, id);
    return state;
}

void plan_editions(storage::EditionPlan& plan, const State& before, const worklist::ArticleFacts* article,
                   const storage::Site& site) {
    for (const auto& l : site.locales) {
        if (!l.tracked()) continue;
        const auto at = before.editions.find(l.tag);
        const auto old = at == before.editions.end() ? std::nullopt : std::optional(at->second);
        plan.add(old, article ? std::optional(article->edition(l.tag)) : std::nullopt);
    }
}

}  // namespace

WorkSite::WorkSite(Db& database, std::vector<std::string> locales, const locale::Collation& collation)
    : db(database),
      types(content::ContentTypes::built_in()),
      store{*database, types, tag(locales.front()), ticking(), collation} {
    worklist::ensure_default_locale(store);
    for (size_t i = 1; i < locales.size(); ++i) enable(locales[i]);
}

void WorkSite::enable(const std::string& locale, std::optional<std::vector<std::string>> fallback) {
    worklist::LocaleChange change{.enabled = true, .fallback = {}, .position = {}};
    if (fallback) {
        change.fallback.emplace(std::vector<locale::Tag>());
        for (const auto& member : *fallback) (*change.fallback)->push_back(tag(member));
    }
    const auto version = version_of(locale);
    worklist::change_locale(store, tag(locale), change, version ? std::optional(version) : std::nullopt, "admin");
}

void WorkSite::disable(const std::string& locale) {
    worklist::change_locale(store, tag(locale), {.enabled = false, .fallback = {}, .position = {}}, version_of(locale),
                            "admin");
}

std::int64_t WorkSite::version_of(const std::string& locale) {
    const auto now = site();
    const auto* l = now.find(tag(locale));
    return l ? l->version : 0;
}

storage::Site WorkSite::site() {
    return db->reading([&](db::Connection& c) { return *storage::read_site_uncached(c, store); });
}

void WorkSite::write(ArticleId id, const std::function<void(db::Connection&)>& change) {
    const auto attempt = [&](db::Transaction& t) {
        t->run("UPDATE article SET seq = seq + 1 WHERE id = $1", id);
        const auto site = storage::read_site(*t, store);
        if (!storage::hold_site(t, site->version)) return false;
        const auto before = stored_state(*t, id);
        change(*t);
        const auto after = stored_state(*t, id);
        const auto facts = worklist::read_facts(*t, number(id) - 1, number(id));
        storage::EditionPlan editions(site);
        plan_editions(editions, before, facts.empty() ? nullptr : &facts.begin()->second, *site);
        storage::ListingPlan listings(site);
        listings.change(id, before.type, before.published, after.type, after.published);
        editions.apply(t);
        listings.apply(t);
        return true;
    };
    while (!db->writing(attempt)) {
    }
}

ArticleId WorkSite::add(const std::string& source_locale, const std::string& title, int body_segments,
                        const std::string& type, int priority) {
    const auto id = db->writing([&](db::Transaction& t) { return insert_article(*t, source_locale, type, priority); });
    write(id, [&](db::Connection& c) { put_source(c, id, source_locale, title, body_segments); });
    return id;
}

void WorkSite::know(const std::string& locale) {
    if (site().find(tag(locale))) return;
    enable(locale);
    disable(locale);
}

void WorkSite::add_many(const std::vector<NewWork>& articles) {
    for (const auto& work : articles)
        for (const auto& [locale, title] : work.translations) know(locale);
    constexpr size_t batch = 250;
    for (size_t i = 0; i < articles.size(); i += batch)
        db->write([&](db::Transaction& t) {
            const auto site = storage::read_site_uncached(*t, store);
            const auto before = t->one("SELECT COALESCE(MAX(id), 0) FROM article", [](const db::Row& r) {
                                     return r.integer(0);
                                 }).value();
            for (size_t n = i; n < std::min(i + batch, articles.size()); ++n) put_whole(*t, articles[n], store.now());
            storage::EditionPlan editions(site);
            storage::ListingPlan listings(site);
            for (const auto& [id, facts] : worklist::read_facts(*t, before, before + std::int64_t(2 * batch))) {
                plan_editions(editions, {}, &facts, *site);
                listings.change(id, facts.type, {}, facts.type, facts.published());
            }
            editions.apply(t);
            listings.apply(t);
        });
}

void WorkSite::set_source(ArticleId id, const std::string& segment, const std::string& text) {
    write(id, [&](db::Connection& c) {
        put_segment(c, id, segment, text, segment == "title" ? 0 : 2000);
        renew_source(c, id, source_locale_of(c, id));
    });
}

void WorkSite::translate(ArticleId id, const std::string& locale, const std::string& segment, const std::string& text) {
    write(id, [&](db::Connection& c) { put_target(c, id, locale, segment, text); });
}

void WorkSite::translate_all(ArticleId id, const std::string& locale, const std::string& title) {
    write(id, [&](db::Connection& c) {
        const auto segments = c.all(
            "SELECT id FROM segment WHERE article_id = $1 AND place IS NOT NULL",
            [](const db::Row& r) { return r.text(0); }, id);
        for (const auto& segment : segments)
            put_target(c, id, locale, segment, segment == "title" ? title : segment + " i " + locale);
    });
}

void WorkSite::publish(ArticleId id, const std::string& locale) {
    write(id, [&](db::Connection& c) { put_publication(c, id, locale, store.now()); });
}

void WorkSite::unpublish(ArticleId id, const std::string& locale) {
    write(id, [&](db::Connection& c) {
        c.run("DELETE FROM publication WHERE article_id = $1 AND locale = $2", id, locale);
    });
}

void WorkSite::set_type(ArticleId id, const std::string& type) {
    write(id, [&](db::Connection& c) { c.run("UPDATE article SET type = $2 WHERE id = $1", id, type); });
}

void WorkSite::set_deleted(ArticleId id, bool deleted) {
    write(id, [&](db::Connection& c) {
        c.run("UPDATE article SET deleted_at = $2 WHERE id = $1", id,
              deleted ? std::optional<std::int64_t>(1) : std::nullopt);
    });
}

std::vector<std::string> WorkSite::titles(const std::string& locale) {
    using enum content::State;
    std::vector<std::string> list;
    const auto items = all_work(store, {.locale = tag(locale),
                                        .states = {untranslated, incomplete, outdated, ready, current},
                                        .pending = {},
                                        .sort = worklist::Sort::title,
                                        .limit = 7,
                                        .after = {}});
    for (const auto& item : items) list.push_back(item.edition.title);
    return list;
}

std::vector<std::string> WorkSite::listed(const std::string& locale, bool fallback) {
    std::vector<std::string> list;
    publishing::ListQuery query{.locale = tag(locale), .type = {}, .fallback = fallback, .limit = 7, .after = {}};
    do {
        const auto page = publishing::list_articles(store, query);
        for (const auto& item : page.items) list.push_back(item.title.text);
        query.after = page.next;
    } while (query.after);
    return list;
}

std::vector<worklist::WorkItem> all_work(const Store& store, worklist::Query query) {
    std::vector<worklist::WorkItem> items;
    do {
        auto page = worklist::list(store, query);
        items.insert(items.end(), page.items.begin(), page.items.end());
        query.after = page.next;
    } while (query.after);
    return items;
}

std::int64_t count_rows(db::Database& db, const std::string& table_and_condition) {
    return db.reading([&](db::Connection& c) {
        return c.one("SELECT COUNT(*) FROM " + table_and_condition, [](const db::Row& r) { return r.integer(0); })
            .value();
    });
}

}  // namespace stele::testing
