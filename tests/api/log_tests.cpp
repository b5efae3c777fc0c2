// The log of changes as administrators read it in the studio.
#include <boost/test/unit_test.hpp>
#include <set>

#include "src/checks/checks.hpp"
#include "src/storage/change_kinds.hpp"
#include "src/storage/revisions.hpp"
#include "src/workflow/feed.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/recording.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string log_page = "/studio/settings/log";

void add(TestSite& site, const std::string& kind, const std::string& detail) {
    site.app.database->write([&](db::Transaction& t) {
        t->run("UPDATE account SET name = name");
        storage::add_change(t, site.app.now(), {kind, site.harbour, locale::Tag::stored("en"), "anne", detail});
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(log_of_changes)

STELE_ON_BOTH_DATABASES(each_kind_can_be_asked_for_and_is_named_in_every_language) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    const auto page = anne.get(log_page);
    for (const auto kind : storage::change_kinds) {
        const auto key = "log.kind." + std::string(kind);
        std::set<std::string> words;
        for (const auto* language : {"en", "nb", "de", "ar"}) {
            const auto word = site.app.catalog->text(locale::Tag::stored(language), key, {});
            BOOST_TEST(word != key);
            words.insert(word);
        }
        BOOST_TEST(words.size() >= 3u, key + " is not translated");
        BOOST_TEST(has(page, "value=\"" + std::string(kind) + "\""), kind);
    }
    BOOST_CHECK_THROW(add(site, "something-else", "{}"), Error);
}

STELE_ON_BOTH_DATABASES(why_and_what_was_said_stands_beside_it) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    add(site, "schedule-failed", R"({"action": "publish", "reason": "publish-incomplete"})");
    add(site, "review", R"({"status": "changes-requested", "note": "The second paragraph is too long."})");
    add(site, "comment-edited", R"({"comment": 1, "before": "What it said <once>."})");
    const auto page = anne.get(log_page);
    for (const auto* part :
         {"parts of the translation were missing", "The second paragraph is too long.", "What it said &lt;once&gt;."})
        BOOST_TEST(has(page, part), part);
}

STELE_ON_BOTH_DATABASES(articles_are_named_in_the_readers_language_and_lead_to_them) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    const auto text = [&](const std::string& title, const std::string& tag, const std::string& dir, ArticleId id) {
        return "<a href=\"/studio/articles/" + std::to_string(number(id)) + "\"><bdi lang=\"" + tag + "\" dir=\"" +
               dir + "\">" + title + "</bdi></a>";
    };
    const auto page = anne.get(log_page);
    BOOST_TEST(has(page, text("The harbour reopens", "en", "ltr", site.harbour)));
    // Nobody has translated it: the title is the source's.
    BOOST_TEST(has(page, "\"><bdi lang=\"ar\" dir=\"rtl\">"));
    BOOST_TEST(has(page, "</a> · Norwegian Bokmål"));
    BOOST_TEST(!has(page, ">nb</bdi>"));
    anne.post("/studio/language", {{"csrf", between(page.text, "name=\"csrf\" value=\"", "\"")}, {"language", "nb"}});
    const auto norsk = anne.get(log_page);
    BOOST_TEST(has(norsk, text("Havna åpner igjen", "nb", "ltr", site.harbour)));
    BOOST_TEST(has(norsk, "</a> · Engelsk"));
    const auto about = editing::find_article(site.store(), "about").value();
    editing::delete_article(site.store(), site.about, about.version, "anne");
    const auto after = anne.get(log_page + "?kind=delete");
    // It leads to where one may restore it.
    const auto restore = "/studio/deleted/" + std::to_string(number(site.about));
    BOOST_TEST(has(after, "<a href=\"" + restore + "\">"));
    BOOST_TEST(has(after, ">about</bdi></a> <span class=\"tag\">slettet</span>"));
    BOOST_TEST(!has(after, "href=\"/studio/articles/" + std::to_string(number(site.about))));
}

STELE_ON_BOTH_DATABASES(what_entries_tell_is_told_in_words) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    accounts::create_user(site.store(), {.name = "kari", .grants = {{Role::translator, {locale::Tag::stored("nb")}}}});
    accounts::create_link(site.store(), "kari", accounts::Purpose::invitation);
    for (const auto* detail :
         {R"({"status": "changes-requested"})", R"({"status": "none"})", R"({"check": "same-as-source"})",
          R"({"account": "kari", "due": "2026-12-24"})", R"({"publish": "2026-12-01T08:00:00Z"})"})
        add(site, "review", detail);
    add(site, "schedule-failed", R"({"action": "unpublish", "reason": "not-found"})");
    add(site, "terms-imported", R"({"source": "nb", "count": 3})");
    const auto page = anne.get(log_page);
    for (const auto* part :
         {"Changes asked for", "Request taken back", "Same as the source", "due Dec 24, 2026",
          "Publish at: ", "was to be taken down", "Norwegian Bokmål", "3 terms", "kari · translator: Norwegian Bokmål",
          "kari · invitation", "with a link", "<bdi>Command line</bdi>", "actor=command%20line"})
        BOOST_TEST(has(page, part), part);
    for (const auto* code : {"changes-requested", "same-as-source", ">command line<", "2026-12-24", "not-found"})
        BOOST_TEST(!has(page, code), code);
    for (size_t i = 0; i < checks::check_count; ++i)
        BOOST_TEST(site.app.catalog->has("log.check." + std::string(checks::name_of(checks::Check(i)))));
    for (const auto purpose : {accounts::Purpose::sign_in, accounts::Purpose::invitation, accounts::Purpose::reset})
        BOOST_TEST(site.app.catalog->has("log.purpose." + std::string(accounts::name_of(purpose))));
}

STELE_ON_BOTH_DATABASES(a_page_of_it_looks_all_articles_up_at_once) {
    TestSite site(db);
    for (int i = 0; i < 12; ++i) {
        const auto created = editing::create_article(
            site.store(), {.type = "page", .source_locale = locale::Tag::stored("en"), .translation = {.title = "A"}},
            "anne");
        BOOST_TEST(number(created.id) > 0);
    }
    RecordingDatabase recording(*site.app.database);
    auto store = site.store();
    const Store recorded{recording, store.types, store.default_locale, store.now, store.collation};
    accounts::LogQuery query{.titles_in = locale::Tag::stored("nb"), .limit = 10};
    const auto page = accounts::read_log(recorded, query);
    BOOST_TEST(page.articles.size() > 5u);
    BOOST_TEST(recording.asked.size() == 3u);
}

STELE_ON_BOTH_DATABASES(the_key_of_a_feed_is_logged_when_it_is_made_and_when_it_is_ended) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    const auto account = accounts::find_user(site.store(), "anne")->id;
    const auto secret = workflow::renew_feed_token(site.store(), account);
    workflow::revoke_feed_token(site.store(), account);
    workflow::revoke_feed_token(site.store(), account);
    for (const auto* kind : {"feed-made", "feed-revoked"}) {
        const auto entries = accounts::read_log(site.store(), {.kind = kind, .actor = "anne", .before = {}}).entries;
        BOOST_TEST(entries.size() == 1u);
        for (const auto& entry : entries)
            BOOST_TEST(boost::json::serialize(entry.detail).find(secret) == std::string::npos);
    }
}

STELE_ON_BOTH_DATABASES(taking_the_memory_out_and_files_into_it_is_logged) {
    TestSite site(db);
    const auto admin = site.token(Role::admin);
    BOOST_TEST(site.call("GET", "/api/v1/memory.tmx?source=en", admin).status == 200);
    const std::string tmx =
        R"(<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Harbour</seg></tuv>)"
        R"(<tuv xml:lang="nb"><seg>Havn</seg></tuv></tu></body></tmx>)";
    BOOST_TEST(site.call("POST", "/api/v1/memory.tmx", admin, tmx, {{"Content-Type", "application/xml"}}).status ==
               200);
    const auto entries_of = [&](const std::string& kind) {
        return accounts::read_log(site.store(), {.kind = kind, .actor = {}, .before = {}}).entries;
    };
    BOOST_REQUIRE(entries_of("memory-exported").size() == 1u);
    BOOST_TEST(entries_of("memory-exported")[0].detail.at("source").as_string() == "en");
    BOOST_REQUIRE(entries_of("memory-imported").size() == 1u);
    BOOST_TEST(entries_of("memory-imported")[0].detail.at("added").as_int64() == 1);
}

STELE_ON_BOTH_DATABASES(what_a_term_was_before_stays_in_the_log) {
    TestSite site(db);
    Client admin(site, Role::admin);
    const auto made = admin.post(
        "/api/v1/terms", R"({"source_locale": "en", "text": "harbour", "translations": {"nb": {"texts": ["havn"]}}})");
    BOOST_REQUIRE(made.status == 201);
    const auto path = "/api/v1/terms/" + std::to_string(made.integer("/n"));
    const auto changed = admin.patch(path, R"({"translations": {"nb": {"texts": ["hamn"]}}})", made.etag());
    BOOST_REQUIRE(changed.status == 200);
    BOOST_REQUIRE(admin.del(path, changed.etag()).status == 204);
    const auto detail_of = [&](const std::string& kind) {
        const auto entries = accounts::read_log(site.store(), {.kind = kind, .actor = {}, .before = {}}).entries;
        BOOST_REQUIRE(entries.size() == 1u);
        return boost::json::serialize(entries[0].detail);
    };
    BOOST_TEST(detail_of("term-created").find("harbour") != std::string::npos);
    BOOST_TEST(detail_of("term-changed").find("havn") != std::string::npos);
    BOOST_TEST(detail_of("term-deleted").find("hamn") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
