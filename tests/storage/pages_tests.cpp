// What readers get: publications, fallbacks, holes and routes.
#include <fmt/format.h>

#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;
using publishing::Nothing;
using publishing::Page;
using publishing::Redirect;

namespace {

const std::string body = "A first paragraph for everyone.\n\nA second paragraph for the rest.\n";

ContentSite fallback_site(db::Database& db) {
    ContentSite site(db, {"en", "nb"});
    worklist::change_locale(site.store, ContentSite::tag("nn"),
                            {.enabled = true, .fallback = std::optional(std::vector{ContentSite::tag("nb")})},
                            std::nullopt, "test");
    worklist::fill_orders(site.store);
    return site;
}

std::string where(const publishing::Route& route) {
    if (const auto* page = std::get_if<Page>(&route))
        return fmt::format("200 {} in {}", page->slug, page->resolved_locale.text());
    if (const auto* r = std::get_if<Redirect>(&route))
        return fmt::format("{} /{}/{}", r->status, r->locale.text(), r->slug);
    return fmt::format("404 of {}", std::get<Nothing>(route).exists_in.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)

STELE_ON_BOTH_DATABASES(each_slug_leads_where_the_table_of_routes_says) {
    auto site = fallback_site(db);
    const auto nn = ContentSite::tag("nn"), nb = ContentSite::tag("nb"), en = ContentSite::tag("en");
    const auto id = site.add("nb", "Byen vår", body);
    auto read = [&](const locale::Tag& l, const std::string& slug) {
        return where(publishing::read_page(site.store, l, slug));
    };
    BOOST_TEST(read(nb, "byen-vaar") == "404 of 0");
    site.publish(id, "nb");
    const auto slug = site.translation(id, "nb").slug;
    BOOST_TEST(read(nb, slug) == "200 " + slug + " in nb");
    BOOST_TEST(read(nn, slug) == "200 " + slug + " in nb");
    BOOST_TEST(read(en, slug) == "404 of 1");
    editing::Changes changes;
    changes.slug = "byen";
    site.save(id, "nb", changes);
    BOOST_TEST(read(nb, slug) == "200 " + slug + " in nb");
    site.publish(id, "nb");
    BOOST_TEST(read(nb, slug) == "308 /nb/byen");
    BOOST_TEST(read(nb, "byen") == "200 byen in nb");
    BOOST_TEST(read(nn, slug) == "302 /nn/byen");
    site.translate_all(id, "nn", "nynorsk ");
    changes.slug = "bygda";
    site.save(id, "nn", changes);
    site.publish(id, "nn");
    BOOST_TEST(read(nn, "bygda") == "200 bygda in nn");
    BOOST_TEST(read(nn, "byen") == "302 /nn/bygda");
    BOOST_TEST(read(nb, "bygda") == "302 /nb/byen");
    BOOST_TEST(read(nb, site.translation(id, "nb").key) == "308 /nb/byen");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_foreign_slug_that_is_taken_is_served_under_the_key) {
    auto site = fallback_site(db);
    const auto nn = ContentSite::tag("nn");
    const auto first = site.add("nb", "Om oss", body);
    site.publish(first, "nb");
    const auto second = site.add("nn", "Om oss", body);
    site.publish(second, "nn");
    const auto key = site.translation(first, "nb").key;
    const auto page = std::get<Page>(publishing::read_page(site.store, nn, "om-oss"));
    BOOST_TEST((page.id == second));
    BOOST_TEST(key == "om-oss");
    // Its key is taken here as well: its number is left.
    const auto id = std::to_string(number(first));
    BOOST_TEST((std::get<Page>(publishing::read_page(site.store, nn, id)).id == first));
    const auto list = publishing::list_articles(site.store, {.locale = nn});
    BOOST_REQUIRE(list.items.size() == 2);
    for (const auto& item : list.items)
        BOOST_TEST((std::get<Page>(publishing::read_page(site.store, nn, item.here)).id == item.id));
}

STELE_ON_BOTH_DATABASES(a_slug_that_a_nearer_locale_has_leads_to_that_article_alone) {
    auto site = fallback_site(db);
    const auto nn = ContentSite::tag("nn");
    const auto near = site.add("nb", "Info", body);
    site.publish(near, "nb");
    editing::NewArticle article{.key = "information", .source_locale = ContentSite::tag("en")};
    article.translation.title = "Information";
    article.translation.slug = "info";
    article.translation.body = body;
    const auto far = editing::create_article(site.store, article, "test").id;
    site.publish(far, "en");
    BOOST_TEST((std::get<Page>(publishing::read_page(site.store, nn, "info")).id == near));
    BOOST_TEST((std::get<Page>(publishing::read_page(site.store, nn, "information")).id == far));
    for (const auto& item : publishing::list_articles(site.store, {.locale = nn}).items)
        BOOST_TEST((std::get<Page>(publishing::read_page(site.store, nn, item.here)).id == item.id));
}

STELE_ON_BOTH_DATABASES(what_a_machine_made_is_not_published_until_somebody_has_read_it) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.publish(id, "en");
    editing::Changes changes;
    changes.origin = "machine";
    changes.segments = {{"b1", "The first one."}, {"b2", "The second one."}};
    site.save(id, "en", changes);
    const auto publish = [&](const std::string& locale, const publishing::PublishRequest& request) -> std::string {
        try {
            publishing::publish(site.store, id, ContentSite::tag(locale), request, site.now(id, locale), "test");
            return "published";
        } catch (const Error& error) {
            return error.reason() + " " + boost::json::serialize(error.members());
        }
    };
    const std::string held = R"(publish-unread {"unread":2,"segments":["b1","b2"]})";
    BOOST_TEST(publish("en", {}) == held);
    BOOST_TEST(publish("en", {.incomplete = true}) == held);
    BOOST_TEST(publish("nb", {.all_published = true}) == held);  // nor beside another
    site.set_segment(id, "en", "b1", "The first one.");
    BOOST_TEST(publish("en", {}) == R"(publish-unread {"unread":1,"segments":["b2"]})");
    BOOST_TEST(publish("en", {.unread = true}) == "published");
    BOOST_TEST(publish("nb", {}) == "published");
}

STELE_ON_BOTH_DATABASES(missing_segments_show_the_published_source_with_its_language) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    editing::Changes changes;
    changes.title = "The town";
    changes.body = "The first one.\n";
    site.save(id, "en", changes);
    BOOST_CHECK_EXCEPTION(site.publish(id, "en", false), Error,
                          [](const Error& e) { return e.reason() == "publish-incomplete"; });
    site.publish(id, "en");
    auto page = *publishing::find_page(site.store, id, ContentSite::tag("en"));
    BOOST_REQUIRE(page.parts.size() == 2);
    BOOST_TEST(!page.parts[1].text.has_value());
    site.publish(id, "nb");
    page = *publishing::find_page(site.store, id, ContentSite::tag("en"));
    BOOST_TEST(page.parts[1].text.value() == "A second paragraph for the rest.");
    BOOST_TEST(page.parts[1].lang.value().text() == "nb");
    BOOST_TEST(page.alternates.size() == 2);
}

STELE_ON_BOTH_DATABASES(readers_keep_the_publication_while_it_is_worked_on) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.publish(id, "nb");
    site.set_segment(id, "nb", "title", "Bygda");
    BOOST_TEST(publishing::find_page(site.store, id, ContentSite::tag("nb"))->title.text == "Byen");
    BOOST_TEST(publishing::preview_page(site.store, id, ContentSite::tag("nb"))->title.text == "Bygda");
    BOOST_TEST(site.translation(id, "nb").pending);
    site.set_segment(id, "nb", "title", "Byen");
    BOOST_TEST(!site.translation(id, "nb").pending);
    const auto v = site.now(id, "nb");
    publishing::unpublish(site.store, id, ContentSite::tag("nb"), v, "kari");
    BOOST_TEST(!publishing::find_page(site.store, id, ContentSite::tag("nb")).has_value());
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()
