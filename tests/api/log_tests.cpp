// The log of changes as administrators read it in the studio.
#include <boost/test/unit_test.hpp>

#include "src/storage/change_kinds.hpp"
#include "src/storage/revisions.hpp"
#include "src/workflow/feed.hpp"
#include "tests/api/studio_person.hpp"

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
