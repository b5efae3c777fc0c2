// What does not depend on language: key, type, priority, shared fields; deleting and restoring.
#include <fmt/format.h>

#include "src/editing/all_editions.hpp"
#include "src/editing/commit.hpp"
#include "src/editing/save.hpp"
#include "src/editing/source_locale.hpp"
#include "src/editing/validate.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/revisions.hpp"

namespace stele::editing {
namespace {

void check_version(const storage::Article& article, std::optional<std::int64_t> expected) {
    if (!expected) throw Error(ErrorCode::precondition_required);
    if (*expected != article.version)
        throw Error(ErrorCode::version_conflict, {}, {}, {}, {{"version", article.version}});
}

boost::json::object merged(std::string_view stored, const boost::json::object& changes) {
    auto fields = boost::json::parse(stored).as_object();
    for (const auto& [name, value] : changes) {
        if (value.is_null()) {
            fields.erase(name);
        } else {
            fields[name] = value;
        }
    }
    return fields;
}

storage::Article changed(const Store& store, const Source& source, const ArticleChanges& changes) {
    auto article = source.article;
    FieldErrors errors;
    if (changes.key && *changes.key != article.key) {
        check_key(errors, "/key", *changes.key, *source.site);
        article.key = *changes.key;
    }
    if (changes.type) {
        if (!store.types.find(*changes.type))
            errors.push_back({"/type", "field.unknown-type", {{"value", *changes.type}}});
        article.type = *changes.type;
    }
    if (changes.priority) {
        if (*changes.priority < 0 || *changes.priority > 9)
            errors.push_back({"/priority", "field.out-of-range", {{"min", std::int64_t(0)}, {"max", std::int64_t(9)}}});
        article.priority = *changes.priority;
    }
    if (changes.shared) {
        auto fields = merged(article.shared, *changes.shared);
        check_shared(errors, fields);
        for (auto& error : content::check_shared_fields(store.types.find_or_page(article.type), fields))
            errors.push_back(std::move(error));
        article.shared = boost::json::serialize(fields);
    }
    throw_if_any(std::move(errors));
    return article;
}

bool differs(const storage::Article& a, const storage::Article& b) {
    return std::tie(a.key, a.type, a.priority, a.shared, a.source_locale) !=
           std::tie(b.key, b.type, b.priority, b.shared, b.source_locale);
}

void write_article(db::Transaction& t, const storage::Article& article) {
    if (storage::update_article(t, article)) return;
    const auto other = storage::find_article(*t, article.key);
    throw Error(ErrorCode::taken, "key-taken", {{"key", article.key}},
                {{"/key", "field.taken", {{"value", article.key}}}}, {{"article_id", other ? number(other->id) : 0}});
}

void add_editions(storage::EditionPlan& plan, std::vector<content::Edition> before,
                  const std::vector<content::Edition>& after) {
    for (const auto& e : after) {
        const auto at = std::find_if(before.begin(), before.end(), [&](const auto& b) { return b.locale == e.locale; });
        auto next = e;
        if (at != before.end()) {
            next.updated_at = at->updated_at;
            plan.add(*at, next);
            before.erase(at);
        } else {
            plan.add(std::nullopt, next);
        }
    }
    for (const auto& gone : before) plan.add(gone, std::nullopt);
}

void restore(db::Transaction& t, const Store& store, ArticleId id, const Actor& actor, Time now) {
    if (!storage::raise_seq(t, id)) throw Error(ErrorCode::not_found, "article");
    auto article = *storage::find_article(*t, id);
    if (!article.deleted_at) return;
    article.deleted_at.reset();
    article.version += 1;
    write_article(t, article);
    const Source source = read_source(*t, store, id);
    detail::hold(t, source.site->version);
    storage::EditionPlan editions(source.site);
    add_editions(editions, {}, all_editions(*t, source, now));
    storage::ListingPlan listings(source.site);
    listings.change(id, article.type, {}, article.type, storage::find_published(*t, id));
    editions.apply(t);
    listings.apply(t);
    for (const auto& head : storage::find_publication_heads(*t, id))
        if (auto owner = storage::set_route(t, id, head.locale, head.slug))
            throw Error(ErrorCode::taken, "slug-taken", {{"slug", head.slug}}, {},
                        {{"article_id", number(*owner)}, {"locale", head.locale.text()}});
    storage::add_change(t, now, {"restore", id, std::nullopt, actor, "{}"});
}

}  // namespace

Plan<std::int64_t> plan_article(db::Connection& c, const Store& store, Source& source, const ArticleChanges& changes,
                                std::optional<std::int64_t> expected, const Actor& actor) {
    check_version(source.article, expected);
    Plan<std::int64_t> plan(source);
    plan.result = source.article.version;
    Source after = source;
    const Time now = store.now();
    after.article = changed(store, source, changes);
    if (changes.source_locale && *changes.source_locale != source.article.source_locale)
        move_source(plan.steps, c, source, after, *changes.source_locale, actor, now);
    if (!differs(source.article, after.article)) return plan;
    after.article.version += 1;
    after.article.updated_at = now;
    plan.result = after.article.version;

    storage::EditionPlan editions(source.site);
    const auto old_editions = editions_of(c, source);
    if (after.article.source_locale != source.article.source_locale) {
        add_editions(editions, old_editions, editions_after_move(c, source, after, now));
    } else if (after.article.priority != source.article.priority) {
        for (auto next : old_editions) {
            const auto old = next;
            next.priority = after.article.priority;
            editions.add(old, next);
            after.ahead.editions.insert_or_assign(next.locale, next);
        }
    }
    storage::ListingPlan listings(source.site);
    if (after.article.type != source.article.type) {
        const auto published = storage::find_published(c, source.article.id);
        listings.change(source.article.id, source.article.type, published, after.article.type, published);
    }
    plan.step([article = after.article, editions, listings, actor, now](db::Transaction& t) {
        write_article(t, article);
        editions.apply(t);
        listings.apply(t);
        storage::add_change(
            t, now, {"article", article.id, std::nullopt, actor, fmt::format("{{\"version\":{}}}", article.version)});
    });
    source = std::move(after);
    return plan;
}

std::int64_t change_article(const Store& store, ArticleId id, const ArticleChanges& changes,
                            std::optional<std::int64_t> expected, const Actor& actor) {
    return commit(store, id, [&](db::Connection& c) {
        Source source = read_source(c, store, id);
        return plan_article(c, store, source, changes, expected, actor);
    });
}

void delete_article(const Store& store, ArticleId id, std::optional<std::int64_t> expected, const Actor& actor) {
    commit(store, id, [&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        check_version(source.article, expected);
        Plan<int> plan(source);
        const Time now = store.now();
        auto article = source.article;
        article.deleted_at = now;
        article.version += 1;
        storage::EditionPlan editions(source.site);
        for (const auto& e : storage::find_editions(c, id)) editions.add(e, std::nullopt);
        storage::ListingPlan listings(source.site);
        listings.change(id, article.type, storage::find_published(c, id), article.type, {});
        const auto heads = storage::find_publication_heads(c, id);
        plan.step([article, editions, listings, heads, actor, now](db::Transaction& t) {
            write_article(t, article);
            editions.apply(t);
            listings.apply(t);
            for (const auto& head : heads) storage::release_routes(t, article.id, head.locale);
            storage::add_change(t, now, {"delete", article.id, std::nullopt, actor, "{}"});
        });
        return plan;
    });
}

void restore_article(const Store& store, ArticleId id, const Actor& actor) {
    for (int i = 0; i < 20; ++i) try {
            const Time now = store.now();
            store.db.write([&](db::Transaction& t) { restore(t, store, id, actor, now); });
            return;
        } catch (const detail::Stale&) {
            // Thrown, so that nothing of it was committed.
        }
    throw Error(ErrorCode::overloaded, "contended");
}

void delete_translation(const Store& store, ArticleId id, const locale::Tag& locale, const Expected& expected,
                        const Actor& actor, const std::function<void(db::Transaction&)>& within) {
    commit(store, id, [&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        if (locale == source.article.source_locale) throw Error(ErrorCode::conflict, "delete-source");
        const Work before = read_work(c, source, locale);
        if (!before.exists()) throw Error(ErrorCode::not_found, "translation");
        check_whole_version(before.frame, expected);
        Plan<int> plan(source);
        const Time now = store.now();
        const Work after{
            .frame = {.locale = locale}, .targets = {}, .wordings = {}, .edition = before.edition, .publication = {}};
        plan_removal(plan.steps, c, source, before, after, actor, now);
        if (within) plan.step(within);
        return plan;
    });
}

}  // namespace stele::editing
