#include "tests/bench/support/filled_site.hpp"

#include <fmt/format.h>

#include <array>

#include "server/make_app.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/site.hpp"
#include "src/worklist/locales.hpp"

namespace stele::bench {
namespace {

constexpr std::array vocabulary{"harbour", "lantern", "city",   "river",  "mayor",   "school", "bread",      "winter",
                                "ålesund", "straße",  "family", "work",   "train",   "letter", "garden",     "bridge",
                                "music",   "library", "market", "summer", "doorway", "road",   "Österreich", "ferry"};

constexpr std::array known{"en", "nb", "de", "ar", "sv", "da", "fr", "es", "it", "pl", "cs", "sk", "fi", "et",
                           "lv", "lt", "hu", "ro", "bg", "el", "tr", "uk", "ru", "he", "fa", "ur", "hi", "bn",
                           "ta", "th", "vi", "id", "ja", "ko", "so", "sw", "am", "ti", "ku", "sq"};

}  // namespace

std::string words(unsigned seed, int n) {
    std::string text;
    for (int i = 0; i < n; ++i) {
        seed = seed * 1'664'525u + 1'013'904'223u;
        text += (i ? " " : "") + std::string(vocabulary[(seed >> 16) % vocabulary.size()]);
    }
    return text;
}

std::string body(unsigned seed, int paragraphs) {
    std::string text;
    for (int i = 0; i < paragraphs; ++i) {
        if (i == 1 || i == paragraphs / 2) text += "## " + words(seed + unsigned(i) * 7919u, 3) + "\n\n";
        text += words(seed + unsigned(i) * 104'729u, 40) + ".\n\n";
    }
    return text;
}

locale::Tag tag(std::string_view text) { return locale::Tag::parse(text).value(); }

std::vector<std::string> locales(size_t count) { return {known.begin(), known.begin() + std::ptrdiff_t(count)}; }

std::unique_ptr<App> open_site(const std::string& file, const std::vector<std::string>& locales, Use use) {
    auto app = std::make_unique<App>();
    app->options.database = "sqlite:" + file;
    app->options.base_url = "https://stele.test";
    app->secret = "of the benchmarks";
    db::Options options{.url = app->options.database};
    if (use == Use::filling) {
        options.cache_bytes = size_t{1} << 30;
        options.statement_timeout_ms = 0;  // an index of millions of rows takes its time
    }
    // On connections of its own: a migration leaves temporary storage open, which a fill wants to put elsewhere.
    db::migrate(*db::Database::open(options));
    app->database = db::Database::open(options);
    load_parts(*app);
    const auto store = store_of(*app);
    worklist::ensure_default_locale(store);
    const auto there = store.db.reading([&](db::Connection& c) { return storage::read_site(c, store.default_locale); });
    for (const auto& l : locales)
        if (!there->find(tag(l))) worklist::change_locale(store, tag(l), {.enabled = true}, std::nullopt, "bench");
    worklist::fill_orders(store);
    return app;
}

std::string slug_of(unsigned seed, const std::string& locale) { return fmt::format("page-{}-{}", seed, locale); }

editing::Created add_article(const Store& store, unsigned seed, int paragraphs, bool published) {
    static constexpr std::array types{"news", "page", "event"};
    editing::NewArticle article{.type = types[seed % types.size()], .source_locale = store.default_locale};
    article.key = fmt::format("article-{}", seed);
    article.translation.title = fmt::format("{} {}", words(seed, 4), seed);
    article.translation.slug = slug_of(seed, "en");
    article.translation.summary = words(seed + 1, 20) + ".";
    article.translation.body = body(seed, paragraphs);
    auto created = editing::create_article(store, article, "bench");
    if (published)
        publishing::publish(store, created.id, store.default_locale, {},
                            editing::Expected::of(created.version.translation, created.version.source), "bench");
    return created;
}

editing::Saved translate(const Store& store, ArticleId id, const std::string& locale, unsigned seed, int paragraphs,
                         bool published) {
    editing::Changes changes;
    const auto other = seed + 1'000'003u;
    changes.title = fmt::format("{} {}", words(other, 4), seed);
    changes.slug = slug_of(seed, locale);
    changes.summary = words(other + 1, 20) + ".";
    changes.body = body(other, paragraphs);
    auto saved = editing::save_translation(store, id, tag(locale), changes, {}, "bench");
    if (published)
        publishing::publish(store, id, tag(locale), {},
                            editing::Expected::of(saved.version.translation, saved.version.source), "bench");
    return saved;
}

}  // namespace stele::bench
