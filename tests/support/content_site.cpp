#include "tests/support/content_site.hpp"

#include <cstdlib>

namespace stele::testing {

std::string Seeded::words(int count) {
    static const std::vector<std::string> all{"harbour", "lantern", "city",    "river",  "mayor",  "school",
                                              "bread",   "winter",  "ålesund", "straße", "مدينة",  "welcome",
                                              "family",  "work",    "train",   "letter", "garden", "bridge",
                                              "music",   "library", "market",  "summer", "door",   "road"};
    std::string text;
    for (int i = 0; i < count; ++i)
        text += (i ? " " : "") + all[size_t(below(int(all.size())))] + std::to_string(below(50));
    return text;
}

std::string Seeded::paragraph() {
    auto text = words(8 + below(12)) + ".";
    if (chance(20)) text += " See [" + words(2) + "](/" + words(1) + ").";
    return text;
}

std::string Seeded::body(int paragraphs) {
    std::string text;
    for (int i = 0; i < paragraphs; ++i) {
        if (i % 4 == 2) {
            text += "## " + words(3) + "\n\n";
        } else if (i % 4 == 3) {
            text += "- " + paragraph() + "\n- " + paragraph() + "\n\n";
        } else {
            text += paragraph() + "\n\n";
        }
    }
    return text;
}

ContentSite::ContentSite(db::Database& db, const std::vector<std::string>& locales)
    : types(content::ContentTypes::built_in()), store{db, types, tag("en")} {
    worklist::ensure_default_locale(store);
    for (const auto& locale : locales)
        if (locale != "en") worklist::change_locale(store, tag(locale), {.enabled = true}, std::nullopt, "test");
    worklist::fill_orders(store);
}

ArticleId ContentSite::add(const std::string& source, const std::string& title, const std::string& body,
                           const std::string& summary) {
    editing::NewArticle article{.source_locale = tag(source)};
    article.translation.title = title;
    article.translation.body = body;
    if (!summary.empty()) article.translation.summary = summary;
    return editing::create_article(store, article, "test").id;
}

editing::Version ContentSite::version(ArticleId id, const std::string& locale) {
    return editing::find_translation(store, id, tag(locale)).value().version;
}

editing::Expected ContentSite::now(ArticleId id, const std::string& locale) {
    const auto v = version(id, locale);
    return editing::Expected::of(v.translation, v.source);
}

editing::Saved ContentSite::save(ArticleId id, const std::string& locale, const editing::Changes& changes) {
    auto saved = editing::save_translation(store, id, tag(locale), changes, now(id, locale), "test");
    // What a save says of itself is what can be read then, unless somebody else has saved meanwhile.
    const auto then = editing::find_translation(store, id, tag(locale));
    if (then && then->version == saved.version && then != saved.now)
        throw std::logic_error("a save does not say what it left: " + locale);
    return saved;
}

editing::Saved ContentSite::set_body(ArticleId id, const std::string& locale, const std::string& body) {
    editing::Changes changes;
    changes.body = body;
    return save(id, locale, changes);
}

editing::Saved ContentSite::set_segment(ArticleId id, const std::string& locale, const std::string& segment,
                                        const std::string& text) {
    editing::Changes changes;
    changes.segments.push_back({segment, text});
    return save(id, locale, changes);
}

void ContentSite::translate_all(ArticleId id, const std::string& locale, const std::string& mark) {
    editing::Changes changes;
    for (const auto& s : segments(id, locale))
        if (!s.retired && s.state != editing::SegmentView::State::current)
            changes.segments.push_back({s.id, mark + s.source});
    if (!changes.segments.empty()) save(id, locale, changes);
}

void ContentSite::publish(ArticleId id, const std::string& locale, bool incomplete) {
    publishing::publish(store, id, tag(locale), {.incomplete = incomplete}, now(id, locale), "test");
}

std::vector<editing::SegmentView> ContentSite::segments(ArticleId id, const std::string& locale) {
    return editing::list_segments(store, id, tag(locale));
}

editing::Translation ContentSite::translation(ArticleId id, const std::string& locale) {
    return editing::find_translation(store, id, tag(locale)).value();
}

int ContentSite::outdated(ArticleId id, const std::string& locale) {
    return int(translation(id, locale).segments.outdated);
}

int ContentSite::missing(ArticleId id, const std::string& locale) {
    return int(translation(id, locale).segments.missing);
}

std::string ContentSite::check() {
    std::string text;
    for (const auto& line : worklist::check_editions(store)) text += line + "\n";
    return text;
}

}  // namespace stele::testing
