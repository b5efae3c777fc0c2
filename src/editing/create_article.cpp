// A new article: its source translation, and an edition in every tracked locale.
#include "src/content/key.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/new_article.hpp"
#include "src/editing/save.hpp"
#include "src/editing/source_change.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/validate.hpp"
#include "src/locale/text.hpp"
#include "src/storage/editions.hpp"

namespace stele::editing {
namespace {

// An article with nothing in it yet.
Source empty_source(std::shared_ptr<const storage::Site> site, const NewArticle& article, const Actor& actor,
                    Time now) {
    Source source{.site = std::move(site),
                  .article = {.key = article.key,
                              .type = article.type,
                              .source_locale = article.source_locale,
                              .priority = article.priority,
                              .shared = boost::json::serialize(article.shared),
                              .created_at = now,
                              .updated_at = now},
                  .frame = {.locale = article.source_locale, .created_at = now, .updated_at = now, .actor = actor},
                  .live = {},
                  .retired = {}};
    source.frame.skeleton = content::segments_of("").skeleton;
    return source;
}

void add_inside(FieldErrors& errors, FieldErrors inside) {
    for (auto& error : inside) {
        error.pointer = "/translation" + error.pointer;
        errors.push_back(std::move(error));
    }
}

void check_article(FieldErrors& errors, const Store& store, const NewArticle& article, const storage::Site& site) {
    if (!store.types.find(article.type)) errors.push_back({"/type", "field.unknown-type", {{"value", article.type}}});
    if (article.priority < 0 || article.priority > 9)
        errors.push_back({"/priority", "field.out-of-range", {{"min", std::int64_t(0)}, {"max", std::int64_t(9)}}});
    if (!article.key.empty()) check_key(errors, "/key", article.key, site);
    if (!site.find_enabled(article.source_locale))
        errors.push_back({"/source_locale", "field.not-enabled", {{"locale", article.source_locale.text()}}});
    if (!article.translation.title || locale::normalize_space(*article.translation.title).empty())
        errors.push_back({"/translation/title", "field.required", {}});
    check_shared(errors, article.shared);
    for (auto& error : content::check_shared_fields(store.types.find_or_page(article.type), article.shared))
        errors.push_back(std::move(error));
    FieldErrors inside;
    check_changes(inside, article.translation);
    add_inside(errors, std::move(inside));
}

// The mistakes in the text of a new article lie in its member "translation".
void first_text(Source& source, const Source& empty, const content::ContentType& type, const Changes& changes,
                const By& by) {
    FieldErrors errors;
    try {
        (void)change_source(source, empty, type, changes, by);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid) throw;
        add_inside(errors, error.fields());
    }
    throw_if_any(std::move(errors));
}

void take_names(db::Connection& c, Source& source, const NewArticle& article, FieldErrors& errors) {
    const auto& site = *source.site;
    const auto& locale = article.source_locale;
    const auto& title = *article.translation.title;
    auto slug_is_free = [&](const std::string& slug) {
        const auto route = storage::find_route(c, locale, slug);
        return !storage::find_slug_owner(c, locale, slug) && (!route || route->former);
    };
    if (source.article.key.empty())
        source.article.key = free_name(title, locale, "article", site, [&](const std::string& key) {
            return !content::check_key(key) && !storage::find_article(c, key);
        });
    if (article.translation.slug && !article.translation.slug->empty()) {
        source.frame.slug = *article.translation.slug;
        check_slug(errors, "/translation/slug", source.frame.slug, site);
    } else {
        source.frame.slug = free_name(title, locale, source.article.key, site, slug_is_free);
    }
}

}  // namespace

void throw_if_taken(db::Connection& c, const std::string& key, const content::Frame& frame) {
    if (const auto other = storage::find_article(c, key))
        throw Error(ErrorCode::taken, "key-taken", {{"key", key}}, {{"/key", "field.taken", {{"value", key}}}},
                    {{"article_id", number(other->id)}});
    if (const auto owner = storage::find_slug_owner(c, frame.locale, frame.slug))
        throw Error(ErrorCode::taken, "slug-taken", {{"slug", frame.slug}},
                    {{"/translation/slug", "field.taken", {{"value", frame.slug}}}}, {{"article_id", number(*owner)}});
}

NewSource plan_source(db::Connection& c, const Store& store, const NewArticle& article, const Actor& actor, Time now) {
    auto site = storage::read_site(c, store);
    FieldErrors errors;
    check_article(errors, store, article, *site);
    throw_if_any(std::move(errors));
    const Source empty = empty_source(std::move(site), article, actor, now);
    Source source = empty;
    take_names(c, source, article, errors);
    throw_if_any(std::move(errors));
    throw_if_taken(c, source.article.key, source.frame);
    auto changes = article.translation;
    if (!changes.body) changes.body = "";
    first_text(source, empty, store.types.find_or_page(article.type), changes, {actor, now});
    source.frame.version = 1;
    for (auto& s : source.live) s.version = 1;
    source.frame.text_hash = source_working_hash(source);
    Entry entry{{},
                source.frame.locale,
                1,
                article.translation.origin == "human" ? "create" : article.translation.origin,
                actor,
                now,
                document_of(past_of(source))};
    return {std::move(source), std::move(entry)};
}

ArticleId insert_source(db::Transaction& t, Source& source, Entry entry) {
    const auto id = storage::insert_article(t, source.article);
    if (!id) {
        const auto other = storage::find_article(*t, source.article.key);
        throw Error(ErrorCode::taken, "key-taken", {{"key", source.article.key}},
                    {{"/key", "field.taken", {{"value", source.article.key}}}},
                    {{"article_id", other ? number(other->id) : 0}});
    }
    source.article.id = *id;
    write_frame(t, *id, source.frame);
    storage::upsert_segments(t, *id, source.live);
    entry.id = *id;
    record(t, entry);
    return *id;
}

std::vector<content::Edition> first_editions(const Source& source, Time now) {
    std::vector<content::Edition> editions;
    for (const auto& l : source.site->locales) {
        if (!l.tracked()) continue;
        if (l.tag == source.article.source_locale) {
            editions.push_back(source_edition(source, std::nullopt, std::nullopt, now));
            continue;
        }
        const Work work{.frame = {.locale = l.tag}, .targets = {}, .wordings = {}, .edition = {}, .publication = {}};
        editions.push_back(edition_of(source, work, {}, now));
    }
    return editions;
}

void insert_editions(db::Transaction& t, const Source& source, const std::vector<content::Edition>& editions) {
    storage::EditionPlan plan(source.site);
    for (auto edition : editions) {
        edition.article_id = source.article.id;
        plan.add(std::nullopt, edition);
    }
    plan.apply(t);
}

Created create_article(const Store& store, const NewArticle& article, const Actor& actor) {
    for (int i = 0; i < 20; ++i) {
        const Time now = store.now();
        const auto plan =
            store.db.reading([&](db::Connection& c) { return plan_source(c, store, article, actor, now); });
        const auto editions = first_editions(plan.source, now);
        Created created;
        bool stale = false;
        store.db.write([&](db::Transaction& t) {
            stale = !storage::hold_site(t, plan.source.site->version);
            if (stale) return;
            auto source = plan.source;
            const auto id = insert_source(t, source, plan.entry);
            insert_editions(t, source, editions);
            created = {id, source.article.key, {1, 1}};
        });
        if (!stale) return created;
    }
    throw Error(ErrorCode::overloaded, "contended");
}

}  // namespace stele::editing
