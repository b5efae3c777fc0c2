// One article as a reader gets it, and which article a slug means (the route table of ARCHITECTURE.md).
#include "src/editing/structure.hpp"
#include "src/publishing/publishing.hpp"
#include "src/publishing/routes.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/site.hpp"

namespace stele::publishing {
namespace {

using storage::Site;
using storage::SiteLocale;

const SiteLocale& enabled(const Site& site, const locale::Tag& locale) { return editing::enabled_locale(site, locale); }

std::vector<Alternate> alternates_of(db::Connection& c, const Site& site, ArticleId id) {
    const auto heads = storage::find_publication_heads(c, id);
    std::vector<Alternate> alternates;
    for (const auto& l : site.locales) {
        if (!l.active) continue;
        for (const auto& head : heads)
            if (head.locale == l.tag) alternates.push_back({head.locale, head.slug});
    }
    return alternates;
}

// The first of the chain in which the article is published itself.
const Alternate* resolve(const std::vector<Alternate>& alternates, const std::vector<locale::Tag>& chain) {
    for (const auto& tag : chain)
        for (const auto& a : alternates)
            if (a.locale == tag) return &a;
    return nullptr;
}

bool has_holes(const storage::Snapshot& s) {
    auto missing = [](const std::optional<std::string>& text) { return !text; };
    return missing(s.summary) || std::any_of(s.texts.begin(), s.texts.end(), missing) ||
           std::any_of(s.fields.begin(), s.fields.end(), [](const auto& f) { return !f.second; });
}

// The source's published texts by segment id: what stands in for missing segments.
std::map<std::string, std::string> texts_by_id(const storage::Snapshot& s) {
    std::map<std::string, std::string> texts;
    if (s.summary) texts["summary"] = *s.summary;
    for (const auto& [name, text] : s.fields)
        if (text) texts["fields." + name] = *text;
    for (size_t i = 0; i < s.slots.size(); ++i)
        if (s.texts[i]) texts[s.slots[i]] = *s.texts[i];
    return texts;
}

struct Filler {
    locale::Tag lang;
    std::map<std::string, std::string> texts;
    std::optional<Text> text(const std::string& id) const {
        const auto at = texts.find(id);
        if (at == texts.end() || at->second.empty()) return std::nullopt;
        return Text{at->second, lang};
    }
};

Filler filler_of(db::Connection& c, const Store& store, const storage::Article& article, const locale::Tag& locale) {
    Filler filler{article.source_locale, {}};
    const auto missing = store.types.find_or_page(article.type).missing;
    if (missing == content::Missing::omit || locale == article.source_locale) return filler;
    if (const auto source = storage::find_publication(c, article.id, article.source_locale))
        filler.texts = texts_by_id(storage::snapshot_from(source->document));
    return filler;
}

void fill_body(Page& page, const storage::Snapshot& snapshot, const Filler& filler) {
    for (size_t i = 0; i < snapshot.texts.size(); ++i) {
        content::Part part{snapshot.texts[i], std::nullopt};
        if (!part.text && i < snapshot.slots.size())
            if (auto text = filler.text(snapshot.slots[i])) part = {std::move(text->text), filler.lang};
        page.parts.push_back(std::move(part));
    }
}

Page page_of(const storage::Article& article, const locale::Tag& locale, const storage::Publication& p,
             const storage::Snapshot& snapshot, const Filler& filler) {
    const auto& lang = p.locale;
    Page page{.id = article.id,
              .key = article.key,
              .type = article.type,
              .locale = locale,
              .resolved_locale = lang,
              .source_locale = article.source_locale,
              .slug = p.slug,
              .here = p.slug,
              .title = {p.title, snapshot.title_lang.value_or(lang)},
              .skeleton = snapshot.skeleton};
    auto take = [&](const std::optional<std::string>& own, const std::string& id) -> std::optional<Text> {
        if (!own) return filler.text(id);
        if (own->empty()) return std::nullopt;
        return Text{*own, lang};
    };
    page.summary = take(snapshot.summary, "summary");
    for (const auto& [name, own] : snapshot.fields)
        if (auto text = take(own, "fields." + name)) page.localized_fields.emplace(name, std::move(*text));
    fill_body(page, snapshot, filler);
    page.shared = boost::json::parse(article.shared).as_object();
    page.published_at = p.published_at;
    page.updated_at = p.updated_at;
    page.number = p.number;
    return page;
}

// `here`: the slug under which readers of `locale` find it, where that is known already.
std::optional<Page> read_resolved(db::Connection& c, const Store& store, const Site& site,
                                  const storage::Article& article, const locale::Tag& locale,
                                  std::vector<Alternate> alternates, std::optional<std::string> here = std::nullopt) {
    const auto* resolved = resolve(alternates, enabled(site, locale).active->chain);
    if (!resolved) return std::nullopt;
    const auto publication = storage::find_publication(c, article.id, resolved->locale);
    if (!publication) return std::nullopt;
    const auto snapshot = storage::snapshot_from(publication->document);
    const Filler none{article.source_locale, {}};
    auto page = page_of(article, locale, *publication, snapshot,
                        has_holes(snapshot) ? filler_of(c, store, article, resolved->locale) : none);
    if (resolved->locale != locale)
        page.here = here ? *std::move(here) : fallback_slug(c, site, locale, article.id, article.key, page.slug);
    page.alternates = std::move(alternates);
    return page;
}

std::optional<storage::Article> find_live(db::Connection& c, ArticleId id) {
    auto article = storage::find_article(c, id);
    if (!article || article->deleted_at) return std::nullopt;
    return article;
}

// `slug` means this article; is it the one that a reader of `locale` should have?
Route answer(db::Connection& c, const Store& store, const Site& site, const storage::Article& article,
             const locale::Tag& locale, std::string_view slug) {
    auto alternates = alternates_of(c, site, article.id);
    const auto* resolved = resolve(alternates, enabled(site, locale).active->chain);
    if (!resolved) return Nothing{std::move(alternates)};
    const bool own = resolved->locale == locale;
    const auto wanted = own || resolved->slug == slug
                            ? resolved->slug
                            : fallback_slug(c, site, locale, article.id, article.key, resolved->slug);
    if (wanted == slug) return *read_resolved(c, store, site, article, locale, std::move(alternates), wanted);
    const auto route = storage::find_route(c, locale, slug);
    const bool own_former = own && route && route->article_id == article.id;
    return Redirect{own_former ? 308 : 302, locale, wanted};
}

}  // namespace

Route read_page(const Store& store, const locale::Tag& locale, std::string_view slug) {
    return store.db.reading([&](db::Connection& c) -> Route {
        const auto site = storage::read_site(c, store.default_locale);
        const auto article = find_meant(c, *site, locale, slug);
        if (!article) return Nothing{};
        return answer(c, store, *site, *article, locale, slug);
    });
}

Route read_bare(const Store& store, std::string_view slug, const locale::Tag& reader) {
    return store.db.reading([&](db::Connection& c) -> Route {
        const auto site = storage::read_site(c, store.default_locale);
        const auto article = find_meant(c, *site, reader, slug);
        if (!article) return Nothing{};
        auto route = answer(c, store, *site, *article, reader, slug);
        if (std::holds_alternative<Page>(route)) return Redirect{302, reader, std::string(slug)};
        if (auto* redirect = std::get_if<Redirect>(&route)) redirect->status = 302;
        return route;
    });
}

std::optional<Page> find_page(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) -> std::optional<Page> {
        const auto site = storage::read_site(c, store.default_locale);
        enabled(*site, locale);
        const auto article = find_live(c, id);
        if (!article) return std::nullopt;
        return read_resolved(c, store, *site, *article, locale, alternates_of(c, *site, id));
    });
}

std::optional<Page> preview_page(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) -> std::optional<Page> {
        if (!find_live(c, id)) return std::nullopt;
        const auto source = editing::read_source(c, store, id);
        enabled(*source.site, locale);
        const bool is_source = locale == source.article.source_locale;
        const auto work = editing::read_work(c, source, locale);
        const auto& frame = is_source ? source.frame : work.frame;
        const auto snapshot = is_source ? editing::source_snapshot(source) : editing::snapshot_of(source, work);
        const auto own_title = is_source ? source.text(content::title_id) : work.text(source, content::title_id);
        const storage::Publication p{.locale = locale,
                                     .number = frame.version,
                                     .title = own_title.value_or(source.text(content::title_id)),
                                     .slug = frame.slug,
                                     .published_at = store.now(),
                                     .updated_at = store.now()};
        const Filler filler{source.article.source_locale, texts_by_id(editing::source_snapshot(source))};
        auto page = page_of(source.article, locale, p, snapshot, filler);
        page.alternates = alternates_of(c, *source.site, id);
        return page;
    });
}

}  // namespace stele::publishing
