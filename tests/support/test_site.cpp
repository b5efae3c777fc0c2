#include "tests/support/test_site.hpp"

#include "src/publishing/publishing.hpp"

namespace stele::testing {
namespace {

locale::Tag tag(const std::string& text) { return locale::Tag::stored(text); }

editing::Changes text(std::string title, std::string slug, std::string body, std::string summary = {}) {
    editing::Changes changes;
    changes.title = std::move(title);
    changes.slug = std::move(slug);
    changes.body = std::move(body);
    if (!summary.empty()) changes.summary = std::move(summary);
    return changes;
}

ArticleId create(TestApp& app, const std::string& key, const std::string& type, const std::string& source,
                 editing::Changes changes, boost::json::object shared = {}) {
    return editing::create_article(app.store(),
                                   {.key = key,
                                    .type = type,
                                    .source_locale = tag(source),
                                    .shared = std::move(shared),
                                    .translation = std::move(changes)},
                                   "test")
        .id;
}

void publish(TestApp& app, ArticleId id, const std::string& locale, bool incomplete = false) {
    const auto seen = editing::find_translation(app.store(), id, tag(locale)).value().version;
    publishing::publish(app.store(), id, tag(locale), {.incomplete = incomplete},
                        editing::Expected::of(seen.translation, seen.source), "test");
}

ArticleId create_harbour(TestApp& app) {
    const auto id = create(app, "harbour", "news", "nb",
                           text("Havna åpner igjen", "havna",
                                "Havna i byen åpner igjen i mai.\n\n## Hva er nytt\n\nDet er plass til flere båter.\n\n"
                                "- Bedre lys\n- Nye benker\n",
                                "Etter to år med arbeid."),
                           {{"date", "2026-05-02"}});
    publish(app, id, "nb");
    editing::save_translation(
        app.store(), id, tag("en"),
        text("The harbour reopens", "harbour",
             "The town's harbour reopens in May.\n\n## What is new\n\nThere is room for more boats.\n\n"
             "- Better light\n- New benches\n",
             "After two years of work."),
        {}, "test");
    publish(app, id, "en");
    return id;
}

ArticleId create_about(TestApp& app) {
    const auto id = create(app, "about", "page", "en",
                           text("About us", "about", "We are a small network of towns.\n\nWrite to us at any time.\n"));
    publish(app, id, "en");
    auto changes = text("Om oss", "om-oss", "Vi er et lite nettverk av byer.\n");
    changes.body_lacks = std::vector<size_t>{1};
    editing::save_translation(app.store(), id, tag("nb"), changes, {}, "test");
    publish(app, id, "nb", true);
    return id;
}

ArticleId create_statement(TestApp& app) {
    const boost::json::array signatories{
        {{"city", "Zwolle"}}, {{"city", "Århus"}}, {{"city", "Alta"}}, {{"city", "Ørsta"}}};
    const auto id =
        create(app, "statement", "statement", "en", text("What we stand for", "statement", "Towns take part.\n"),
               {{"date", "2025-06-20"}, {"signatories", signatories}});
    publish(app, id, "en");
    return id;
}

}  // namespace

TestSite::TestSite(Db& db)
    : TestApp(db),
      harbour(create_harbour(*this)),
      about(create_about(*this)),
      statement(create_statement(*this)),
      welcome(create(*this, "welcome", "page", "ar", text("أهلا وسهلا", "welcome-ar", "نرحب بكم في مدينتنا.\n"))) {}

editing::Translation TestSite::translation(ArticleId id, const std::string& locale) {
    return editing::find_translation(store(), id, tag(locale)).value();
}

std::string TestSite::segment(ArticleId id, const std::string& locale, std::string_view source_begins) {
    for (const auto& s : editing::list_segments(store(), id, tag(locale)))
        if (std::string_view(s.source).starts_with(source_begins)) return s.id;
    BOOST_FAIL("no segment begins with " << source_begins);
    return {};
}

std::string path_of(ArticleId id) { return "/api/v1/articles/" + std::to_string(number(id)); }
std::string path_of(ArticleId id, const std::string& locale) { return path_of(id) + "/translations/" + locale; }

}  // namespace stele::testing
