// Assignments, presence, notifications, visits, feeds and letters of the day.
#include <atomic>
#include <barrier>
#include <thread>

#include "src/storage/revisions.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/digest.hpp"
#include "src/workflow/feed.hpp"
#include "src/workflow/looks.hpp"
#include "src/workflow/presence.hpp"
#include "src/workflow/recent.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

const auto en = locale::Tag::stored("en"), ar = locale::Tag::stored("ar");

workflow::Day day(int d) { return std::chrono::year(2026) / 12 / d; }

std::vector<ArticleId> listed(PeopleSite& site, std::int64_t account, int limit) {
    std::vector<ArticleId> ids;
    workflow::AssignmentQuery query{.account = account, .limit = limit, .after = {}};
    do {
        const auto page = workflow::list_assignments(site.store, query);
        for (const auto& item : page.items) ids.push_back(item.assignment.article_id);
        query.after = page.next;
    } while (query.after);
    return ids;
}

// As by two servers at once.
void twice(const std::function<void()>& action) {
    std::thread other(action);
    action();
    other.join();
}

// Looks at the home page, as the server notes it. The position that its reader had seen before this visit.
std::int64_t visit(PeopleSite& site, std::int64_t account) {
    workflow::Looks looks;
    const auto since = looks.visited(site.store, account);
    looks.write(site.store);
    return since;
}

// Opens the text, as the server notes it.
void read_about(PeopleSite& site, std::int64_t account, ArticleId id, const locale::Tag& locale) {
    workflow::Looks looks;
    if (looks.opened(site.store, account, id, locale)) looks.write(site.store);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(assignments)

STELE_ON_BOTH_DATABASES(of_two_who_take_a_text_the_second_finds_it_taken) {
    PeopleSite site(db);
    const auto id = site.add("nb", "By", "Tekst.\n");
    const auto take = [&](const std::string& who, const std::string& to) {
        return error_of([&] { workflow::assign(site.store, id, en, {to, {}}, site.who(who)); });
    };
    BOOST_TEST(take("tove", "amir") == "forbidden");
    BOOST_TEST(take("tove", "tove") == "");
    BOOST_TEST(take("amir", "amir") == "conflict assigned");
    BOOST_TEST(error_of([&] { workflow::unassign(site.store, id, en, site.who("amir")); }) == "forbidden");
    BOOST_TEST(workflow::find_assignment(site.store, id, en)->name == "tove");
    BOOST_TEST(site.told(site.tove) == "");
    // Whoever had it is told, and not by whom they gave it back to.
    BOOST_TEST(take("rita", "amir") == "");
    BOOST_TEST(site.told(site.tove) == "unassigned");
    BOOST_TEST(site.told(site.amir) == "assigned");
    workflow::unassign(site.store, id, en, site.who("amir"));
    BOOST_TEST(site.told(site.amir) == "assigned");
}

// The one reads while the other writes; only where what they decide on is held do they see each other.
STELE_ON_BOTH_DATABASES(are_taken_by_one_of_two_at_once) {
    PeopleSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 40; ++i) ids.push_back(site.add("nb", "By " + std::to_string(i), "Tekst.\n"));
    std::barrier start(2);
    std::vector<int> taken(ids.size() * 2);
    const auto take_all = [&](size_t place, const accounts::Known& who) {
        for (size_t i = 0; i < ids.size(); ++i) {
            start.arrive_and_wait();
            taken[2 * i + place] = error_of([&] {
                                       workflow::assign(site.store, ids[i], en, {who.name, {}}, who);
                                   }).empty();
        }
    };
    const auto tove = site.who("tove"), amir = site.who("amir");
    std::thread other([&] { take_all(1, amir); });
    take_all(0, tove);
    other.join();
    for (size_t i = 0; i < ids.size(); ++i) BOOST_TEST(taken[2 * i] + taken[2 * i + 1] == 1);
    BOOST_TEST(site.count("change WHERE kind = 'assign'") == 40);
}

STELE_ON_BOTH_DATABASES(of_deleted_articles_leave_no_holes_in_the_list) {
    PeopleSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 4; ++i) {
        ids.push_back(site.add("nb", "By " + std::to_string(i), "Tekst.\n"));
        workflow::assign(site.store, ids.back(), en, {"tove", day(i + 1)}, site.who("edda"));
    }
    for (int i = 0; i < 3; ++i) editing::delete_article(site.store, ids[size_t(i)], 1, "edda");
    const auto page = workflow::list_assignments(site.store, {.account = site.tove, .limit = 2, .after = {}});
    BOOST_REQUIRE_EQUAL(page.items.size(), 1);
    BOOST_TEST(!page.next.has_value());
}

STELE_ON_BOTH_DATABASES(are_listed_by_their_day) {
    PeopleSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 4; ++i) ids.push_back(site.add("nb", "By " + std::to_string(i), "Tekst.\n"));
    workflow::assign(site.store, ids[0], en, {"tove", std::nullopt}, site.who("edda"));
    workflow::assign(site.store, ids[1], en, {"tove", day(9)}, site.who("edda"));
    workflow::assign(site.store, ids[2], en, {"tove", day(2)}, site.who("edda"));
    workflow::assign(site.store, ids[3], en, {"amir", day(1)}, site.who("edda"));
    BOOST_TEST((listed(site, site.tove, 2) == std::vector<ArticleId>{ids[2], ids[1], ids[0]}));
    BOOST_TEST(site.told(site.tove) == "assigned, assigned, assigned");
    workflow::assign(site.store, ids[1], en, {"tove", day(1)}, site.who("edda"));
    BOOST_TEST((listed(site, site.tove, 25) == std::vector<ArticleId>{ids[1], ids[2], ids[0]}));
    BOOST_TEST(site.unread(site.tove).size() == 3);
    BOOST_TEST(workflow::unassign(site.store, ids[1], en, site.who("edda")));
    BOOST_TEST(!workflow::unassign(site.store, ids[1], en, site.who("edda")));
    const auto error = [&](const std::string& account, const locale::Tag& locale) {
        return error_of([&] { workflow::assign(site.store, ids[0], locale, {account, {}}, site.who("edda")); });
    };
    BOOST_TEST(error("nobody", en) == "invalid /account field.account");
    BOOST_TEST(error("tove", ar) == "invalid /account field.no-translator");
    BOOST_TEST(error("amir", locale::Tag::stored("fi")) == "invalid /account field.no-translator");
    BOOST_TEST(workflow::find_assignments(site.store, ids).size() == 3);
}

STELE_ON_BOTH_DATABASES(many_are_made_each_for_itself) {
    PeopleSite site(db);
    std::vector<workflow::TextPlace> places;
    for (int i = 0; i < 250; ++i) places.push_back({ArticleId(i % 2 ? 99'999 : 0), en});
    const auto id = site.add("nb", "By", "Tekst.\n");
    for (auto& place : places)
        if (place.article_id == ArticleId(0)) place.article_id = id;
    places.push_back({id, ar});
    const auto result = workflow::assign_many(site.store, places, workflow::AssignTo{"tove", day(3)}, site.who("edda"));
    BOOST_TEST(result.done == 125);
    BOOST_TEST(result.refused.size() == 126);
    BOOST_TEST(workflow::find_assignment(site.store, id, en)->name == "tove");
    BOOST_TEST(
        workflow::assign_many(site.store, std::vector<workflow::TextPlace>{{id, en}}, std::nullopt, site.who("edda"))
            .done == 1);
    BOOST_TEST(!workflow::find_assignment(site.store, id, en));
}

STELE_ON_BOTH_DATABASES(end_when_the_work_is_done_and_published) {
    PeopleSite site(db);
    const auto id = site.add("nb", "By", "Tekst.\n");
    workflow::assign(site.store, id, en, {"tove", {}}, site.who("edda"));
    site.set_segment(id, "en", "title", "City");
    site.publish(id, "en");
    site.follow();
    BOOST_TEST(workflow::find_assignment(site.store, id, en).has_value());
    site.translate_all(id, "en");
    site.clock += 1s;
    site.publish(id, "en");
    site.follow();
    BOOST_TEST(!workflow::find_assignment(site.store, id, en).has_value());
    BOOST_TEST(site.count("change WHERE kind = 'assignment-done'") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(presence)

STELE_ON_BOTH_DATABASES(says_who_else_is_there_and_leaves_no_trace) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto log = site.count("change"), seq = site.count("article WHERE seq > 1");
    const auto version = site.version(id, "en");
    BOOST_TEST(workflow::say_present(site.store, id, en, "title", "tove").empty());
    site.clock += 10s;
    auto others = workflow::say_present(site.store, id, en, "", "amir");
    BOOST_REQUIRE_EQUAL(others.size(), 1);
    BOOST_TEST(others[0].name == "tove");
    BOOST_TEST(others[0].segment == "title");
    BOOST_TEST(workflow::say_present(site.store, id, ar, "", "amir").empty());
    site.clock += 30s;
    const auto since = workflow::say_present(site.store, id, en, "", "tove").at(0).since;
    BOOST_TEST((since == site.clock - 30s));
    site.clock += 20s;
    BOOST_TEST(workflow::say_present(site.store, id, en, "", "tove").empty());
    workflow::leave(site.store, id, en, "tove");
    BOOST_TEST(workflow::say_present(site.store, id, en, "", "rita").empty());
    site.clock += 60s;
    workflow::forget_absent(site.store);
    BOOST_TEST(site.count("presence") == 0);
    BOOST_TEST(site.count("change") == log);
    BOOST_TEST(site.count("article WHERE seq > 1") == seq);
    BOOST_TEST((site.version(id, "en") == version));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(notifications)

STELE_ON_BOTH_DATABASES(of_a_changed_source_come_once_until_they_are_read) {
    PeopleSite site(db);
    const auto id = site.add("nb", "By", "Tekst her.\n");
    editing::Changes changes;
    changes.title = "City";
    changes.body = "Text here.\n";
    editing::save_translation(site.store, id, en, changes, {}, "tove");
    workflow::assign(site.store, id, ar, {"amir", {}}, site.who("edda"));
    site.translate_all(id, "ar");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "");
    // Nothing becomes outdated by a destination, nor by a translation.
    site.clock += 1s;
    site.set_body(id, "nb", "Tekst  her.\n");
    site.set_segment(id, "en", "title", "The city");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "");
    for (int i = 0; i < 3; ++i) {
        site.clock += 1s;
        site.set_body(id, "nb", "Ny tekst " + std::to_string(i) + " her.\n");
        site.follow();
    }
    // The last writer of en is "test", who has no account.
    BOOST_TEST(site.told(site.tove) == "");
    BOOST_TEST(site.told(site.amir) == "source-changed 3, assigned");
    changes = {};
    changes.title = "My city";
    editing::save_translation(site.store, id, en, changes, site.now(id, "en"), "tove");
    site.clock += 1s;
    site.set_body(id, "nb", "Ny tekst 3 her.\n");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "source-changed");
    BOOST_TEST(workflow::unread_count(site.store, site.amir) == 2);
    read_about(site, site.amir, id, ar);
    BOOST_TEST(workflow::unread_count(site.store, site.amir) == 0);
    site.clock += 1s;
    site.set_body(id, "nb", "Ny tekst 4 her.\n");
    site.follow();
    BOOST_TEST(site.told(site.amir) == "source-changed");
    BOOST_TEST(workflow::list_notifications(site.store, site.amir, {}).items.size() == 3);
}

STELE_ON_BOTH_DATABASES(are_made_once_by_two_servers) {
    PeopleSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 30; ++i) {
        ids.push_back(site.add("nb", "By " + std::to_string(i), "Tekst.\n"));
        editing::Changes changes;
        changes.title = "City";
        editing::save_translation(site.store, ids.back(), en, changes, {}, "tove");
    }
    site.clock += 1s;
    for (const auto id : ids) site.set_segment(id, "nb", "title", "Stad");
    twice([&] { site.follow(); });
    const auto items = site.unread(site.tove);
    BOOST_TEST(items.size() == 30);
    for (const auto& n : items) BOOST_TEST(n.times == 1);
}

STELE_ON_BOTH_DATABASES(are_paged_newest_first_and_read) {
    PeopleSite site(db);
    for (int i = 0; i < 5; ++i) {
        site.clock += 1s;
        workflow::assign(site.store, site.add("nb", "By " + std::to_string(i), "T.\n"), en, {"tove", {}},
                         site.who("edda"));
    }
    const auto seen = site.clock;
    site.clock += 1s;
    workflow::assign(site.store, site.add("nb", "By 5", "T.\n"), en, {"tove", {}}, site.who("edda"));
    std::string titles;
    workflow::NotificationQuery query{.unread = true, .limit = 4, .after = {}};
    do {
        const auto page = workflow::list_notifications(site.store, site.tove, query);
        for (const auto& n : page.items) titles += n.title.back();
        query.after = page.next;
    } while (query.after);
    BOOST_TEST(titles == "543210");
    workflow::read_all_notifications(site.store, site.tove, seen);
    const auto left = site.unread(site.tove);
    BOOST_REQUIRE_EQUAL(left.size(), 1);
    workflow::read_notifications(site.store, site.amir, {left[0].id});
    BOOST_TEST(workflow::unread_count(site.store, site.tove) == 1);
    workflow::read_notifications(site.store, site.tove, {left[0].id});
    BOOST_TEST(workflow::unread_count(site.store, site.tove) == 0);
    site.clock += std::chrono::hours(100 * 24);
    workflow::forget_notifications(site.store);
    BOOST_TEST(site.count("notification") == 0);
}

STELE_ON_BOTH_DATABASES(names_are_found_in_texts) {
    const auto names = [](std::string_view text) {
        std::string found;
        for (const auto& name : workflow::mentioned_in(text)) found += name + ";";
        return found;
    };
    BOOST_TEST(names("@tove, ask @amir. And @tove! mail@example.org @ @-") == "tove;amir;");
    BOOST_TEST(names("(@kåre_2) @أمير") == "kåre_2;أمير;");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(visits_feeds_and_letters)

STELE_ON_BOTH_DATABASES(a_visit_shows_what_others_did_before_it) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const accounts::Known tove{.name = "tove", .grants = {{accounts::Role::translator, {en}}}};
    const auto shown = [&](std::int64_t position) {
        std::string text;
        for (const auto& change : workflow::changes_since(site.store, tove, position, 10).items)
            text += fmt::format("{} {} {};", change.kind, change.locale.text(), change.times);
        return text;
    };
    const auto begun = visit(site, site.tove);
    BOOST_TEST(shown(begun) == "save en 1;create nb 1;");
    site.clock += 10min;
    site.set_segment(id, "nb", "title", "Stad");
    BOOST_TEST(visit(site, site.tove) == begun);
    site.clock += 31min;
    site.set_segment(id, "nb", "title", "Stor stad");
    site.translate_all(id, "ar");
    editing::Changes changes;
    changes.title = "My own";
    editing::save_translation(site.store, id, en, changes, site.now(id, "en"), "tove");
    const auto since = visit(site, site.tove);
    BOOST_TEST(since > begun);
    BOOST_TEST(shown(since) == "save nb 1;");
    BOOST_TEST(visit(site, site.tove) == since);
}

STELE_ON_BOTH_DATABASES(a_visit_passes_over_what_is_of_no_interest) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    site.translate_all(id, "ar");
    const accounts::Known tove{.name = "tove", .grants = {{accounts::Role::translator, {en}}}};
    site.store.db.write([&](db::Transaction& t) {
        for (int i = 0; i < 1'200; ++i) storage::add_change(t, site.clock, {"save", id, ar, "amir", "{}"});
    });
    const auto changes = workflow::changes_since(site.store, tove, 0, 10);
    std::string text;
    for (const auto& change : changes.items) text += change.kind + " " + std::string(change.locale.text()) + ";";
    BOOST_TEST(text == "save en;create nb;");
    BOOST_TEST(!changes.more);
}

STELE_ON_BOTH_DATABASES(a_feed_shows_the_newest_work_to_whoever_has_its_address) {
    PeopleSite site(db);
    for (int i = 0; i < 3; ++i) {
        site.clock += 1s;
        site.add("nb", "By " + std::to_string(i), "T.\n");
    }
    site.add_translated("Ferdig");
    const auto secret = workflow::renew_feed_token(site.store, site.tove);
    BOOST_TEST(workflow::find_feed_reader(site.store, secret)->known.name == "tove");
    BOOST_TEST(!workflow::find_feed_reader(site.store, secret + "x"));
    const auto again = workflow::renew_feed_token(site.store, site.tove);
    BOOST_TEST(!workflow::find_feed_reader(site.store, secret));
    const auto items = workflow::newest_work(site.store, en, 2);
    BOOST_REQUIRE_EQUAL(items.size(), 2);
    BOOST_TEST(items[0].edition.title == "By 2");
    BOOST_TEST(items[1].edition.title == "By 1");
    accounts::disable_user(site.store, "tove");
    BOOST_TEST(!workflow::find_feed_reader(site.store, again));
}

STELE_ON_BOTH_DATABASES(a_letter_that_the_outbox_does_not_take_is_written_when_it_does) {
    PeopleSite site(db);
    accounts::create_user(site.store,
                          {.name = "kari", .grants = {{accounts::Role::translator, {}}}, .mail = "kari@example.org"});
    workflow::assign(site.store, site.add("nb", "By", "T.\n"), en, {"kari", {}}, site.who("edda"));
    const auto write = [&] {
        return workflow::write_digests(site.store, [](const auto& person, const auto&, bool) {
            return mail::Mail{.to = *person.mail, .subject = "News", .text = "x"};
        });
    };
    site.clock += std::chrono::hours(3);
    site.store.db.write([&](db::Transaction& t) {
        t->run(
            "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < $1) INSERT INTO "
            "mail (address, subject, text, created_at, due_at, useless_at, attempts) SELECT 'x@example.org', '', '', "
            "$2, $2, $3, 0 FROM n",
            std::int64_t{mail::most_waiting}, site.clock, site.clock + 24h);
    });
    BOOST_TEST(write() == 0);
    site.store.db.write([](db::Transaction& t) { t->run("DELETE FROM mail"); });
    BOOST_TEST(write() == 1);
}

STELE_ON_BOTH_DATABASES(a_letter_is_written_once_a_day) {
    PeopleSite site(db);
    const auto kari =
        accounts::create_user(
            site.store, {.name = "kari", .grants = {{accounts::Role::translator, {}}}, .mail = "kari@example.org"})
            .id;
    const auto write = [&] {
        return workflow::write_digests(site.store, [](const auto& person, const auto& items, bool) {
            return mail::Mail{.to = *person.mail, .subject = std::to_string(items.size()), .text = "x"};
        });
    };
    for (int i = 0; i < 2; ++i) {
        const auto id = site.add("nb", "By " + std::to_string(i), "T.\n");
        for (const auto* account : {"kari", "tove"})
            workflow::assign(site.store, id, en, {account, {}}, site.who("edda"));
    }
    BOOST_TEST(write() == 0);  // the day's have not begun
    site.clock += std::chrono::hours(3);
    std::atomic<int> written = 0;
    twice([&] { written += write(); });
    BOOST_TEST(written == 1);
    BOOST_TEST(site.count("mail") == 1);
    site.clock += std::chrono::hours(24);
    BOOST_TEST(write() == 0);  // nothing new
    workflow::assign(site.store, site.add("nb", "Ny", "T.\n"), en, {"kari", {}}, site.who("edda"));
    BOOST_TEST(workflow::wants_digest(site.store, kari));
    workflow::set_digest(site.store, kari, false);
    site.clock += std::chrono::hours(24);
    BOOST_TEST(write() == 0);
    workflow::set_digest(site.store, kari, true);
    BOOST_TEST(write() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
