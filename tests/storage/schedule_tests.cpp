// What happens at its time: the text as it is then, by the rights of then, once.
#include <thread>

#include "src/accounts/tokens.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/schedule.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

const auto en = locale::Tag::stored("en");

std::optional<std::int64_t> seen(PeopleSite& site, ArticleId id) {
    return workflow::find_schedule(site.store, id, en).version();
}

workflow::Schedule set(PeopleSite& site, ArticleId id, std::optional<Time> publish, std::optional<Time> unpublish = {},
                       const std::string& who = "rita") {
    return workflow::set_schedule(site.store, id, en, {.publish_at = publish, .unpublish_at = unpublish},
                                  seen(site, id), who);
}

std::optional<std::string> page_title(PeopleSite& site, ArticleId id) {
    const auto page = publishing::find_page(site.store, id, en);
    if (!page || page->resolved_locale != en) return std::nullopt;
    return page->title.text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schedule)

STELE_ON_BOTH_DATABASES(publishes_what_is_there_then_and_takes_it_down) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto version = site.version(id, "en");
    const auto made = set(site, id, site.clock + 1h, site.clock + 2h);
    BOOST_TEST(made.publish->actor == "rita");
    BOOST_TEST((site.version(id, "en") == version));
    auto due = workflow::run_due(site.store, checks::Policy());
    BOOST_TEST(due.done == 0);
    BOOST_TEST((due.next == site.clock + 1h));
    site.set_segment(id, "en", "title", "As it is then");
    site.clock += 1h;
    due = workflow::run_due(site.store, checks::Policy());
    BOOST_TEST(due.done == 1);
    BOOST_TEST(page_title(site, id).value() == "As it is then");
    BOOST_TEST(editing::list_revisions(site.store, id, en, 1, {}).at(0).actor == "rita");
    BOOST_TEST(!workflow::find_schedule(site.store, id, en).publish.has_value());
    site.clock += 5h;  // nobody was there when it was due
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).done == 1);
    BOOST_TEST(!page_title(site, id).has_value());
    BOOST_TEST(!workflow::run_due(site.store, checks::Policy()).next.has_value());
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(refuses_as_publishing_does_and_tells_whoever_asked) {
    PeopleSite site(db);
    const auto incomplete = site.add_translated("Delvis");
    set(site, incomplete, site.clock + 1h);
    site.set_segment(incomplete, "en", site.segments(incomplete, "en").back().id, "");
    const auto whole = site.add_translated();
    set(site, whole, site.clock + 1h, {}, "edda");
    const auto gone = site.add_translated("Borte");
    set(site, gone, site.clock + 1h);
    editing::delete_article(site.store, gone, 1, "edda");
    accounts::disable_user(site.store, "edda");
    site.clock += 1h;
    const auto due = workflow::run_due(site.store, checks::Policy());
    BOOST_TEST(due.done == 0);
    BOOST_TEST(due.refused == 3);
    BOOST_TEST(!page_title(site, incomplete).has_value());
    BOOST_TEST(!page_title(site, whole).has_value());
    const auto told = site.unread(site.rita);
    // Her own two, and the one of an account that is disabled now.
    BOOST_REQUIRE_EQUAL(told.size(), 3);
    std::string reasons;
    for (const auto& n : told) reasons += std::string(n.detail.at("reason").as_string()) + ";";
    BOOST_TEST(reasons.find("publish-incomplete;") != std::string::npos);
    BOOST_TEST(site.count("schedule") == 0);
    BOOST_TEST(site.count("change WHERE kind = 'schedule-failed'") == 3);
    workflow::set_schedule(site.store, incomplete, en, {.publish_at = site.clock + 1h, .incomplete = true}, {}, "rita");
    site.clock += 1h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).done == 1);
}

STELE_ON_BOTH_DATABASES(holds_a_text_with_errors_and_says_so) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    // A control that turns the direction and is never ended.
    site.set_segment(id, "en", "title", "The \u202Ecity");
    set(site, id, site.clock + 1h);
    site.clock += 1h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).refused == 1);
    BOOST_TEST(!page_title(site, id).has_value());
    const auto told = site.unread(site.rita);
    BOOST_REQUIRE_EQUAL(told.size(), 1);
    BOOST_TEST(told[0].detail.at("reason").as_string() == "publish-checks");
}

STELE_ON_BOTH_DATABASES(takes_times_to_come_in_their_order) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto error = [&](std::optional<Time> publish, std::optional<Time> unpublish) {
        return error_of([&] { set(site, id, publish, unpublish); });
    };
    BOOST_TEST(error(site.clock, {}) == "invalid /publish_at field.time-passed");
    BOOST_TEST(error(site.clock + 2h, site.clock + 1h) == "invalid /unpublish_at field.time-order");
    BOOST_TEST(error(site.clock + std::chrono::hours(24 * 366 * 6), {}) == "invalid /publish_at field.time-far");
    set(site, id, site.clock + 1h, site.clock + 2h);
    set(site, id, std::optional<Time>(), site.clock + 3h);
    auto schedule = workflow::find_schedule(site.store, id, en);
    BOOST_TEST(!schedule.publish.has_value());
    BOOST_TEST((schedule.unpublish->at == site.clock + 3h));
    workflow::set_schedule(site.store, id, en, workflow::nothing_scheduled, seen(site, id), "rita");
    BOOST_TEST(!workflow::find_schedule(site.store, id, en).unpublish.has_value());
}

STELE_ON_BOTH_DATABASES(is_changed_only_by_whoever_has_seen_it_and_only_where_it_is_said) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto none = seen(site, id);
    set(site, id, site.clock + 1h);
    // The page of another one, from before.
    const auto late = [&](std::optional<std::int64_t> version) {
        return error_of(
            [&] { workflow::set_schedule(site.store, id, en, {.unpublish_at = site.clock + 2h}, version, "edda"); });
    };
    BOOST_TEST(late(none) == "version-conflict schedule-moved");
    BOOST_TEST(late({}) == "precondition-required schedule");
    BOOST_TEST(late(seen(site, id)) == "");
    const auto schedule = workflow::find_schedule(site.store, id, en);
    BOOST_TEST((schedule.publish->at == site.clock + 1h));
    BOOST_TEST(schedule.publish->actor == "rita");
    BOOST_TEST(schedule.unpublish->actor == "edda");
}

STELE_ON_BOTH_DATABASES(is_not_set_for_what_a_machine_made_until_somebody_has_read_it) {
    PeopleSite site(db);
    const auto id = site.add("nb", "By", "Tekst.\n");
    editing::Changes changes;
    changes.origin = "machine";
    changes.segments = {{"title", "City"}, {"b1", "Text."}};
    site.save(id, "en", changes);
    BOOST_TEST(error_of([&] { set(site, id, site.clock + 1h); }) == "conflict publish-unread");
    site.set_segment(id, "en", "title", "City");
    BOOST_TEST(error_of([&] { set(site, id, site.clock + 1h); }) == "conflict publish-unread");
    site.set_segment(id, "en", "b1", "Text.");
    BOOST_TEST(set(site, id, site.clock + 1h).publish.has_value());
}

STELE_ON_BOTH_DATABASES(is_not_set_for_a_text_with_holes_unless_that_is_said) {
    PeopleSite site(db);
    const auto id = site.add("nb", "By", "Tekst.\n");
    BOOST_TEST(error_of([&] { set(site, id, site.clock + 1h); }) == "conflict publish-nothing");
    site.set_segment(id, "en", "title", "City");
    BOOST_TEST(error_of([&] { set(site, id, site.clock + 1h); }) == "conflict publish-incomplete");
    workflow::set_schedule(site.store, id, en, {.publish_at = site.clock + 1h, .incomplete = true}, {}, "rita");
    // It stays said when the time alone is moved.
    BOOST_TEST(set(site, id, site.clock + 2h).incomplete);
    site.clock += 2h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).done == 1);
}

STELE_ON_BOTH_DATABASES(is_done_for_the_token_that_asked_and_not_for_another_of_its_name) {
    PeopleSite site(db);
    const accounts::Grants all{{accounts::Role::editor, {}}};
    const auto id = site.add_translated(), other = site.add_translated("Annen");
    accounts::create_token(site.store, {.name = "ci", .grants = all});
    set(site, id, site.clock + 1h, {}, "token:ci");
    accounts::revoke_token(site.store, "ci");
    accounts::create_token(site.store, {.name = "ci", .grants = all});
    set(site, other, site.clock + 1h, {}, "token:ci");
    site.clock += 1h;
    const auto due = workflow::run_due(site.store, checks::Policy());
    BOOST_TEST(due.done == 1);
    BOOST_TEST(due.refused == 1);
    BOOST_TEST(!page_title(site, id).has_value());
    BOOST_TEST(page_title(site, other).has_value());
    // Nobody reads what a token is told, so those who may publish there are.
    BOOST_TEST(site.told(site.rita) == "schedule-failed");
    BOOST_TEST(site.told(site.edda) == "schedule-failed");
    BOOST_TEST(site.told(site.tove) == "");
}

STELE_ON_BOTH_DATABASES(ends_a_review_that_waits_and_leaves_nothing_of_what_is_refused) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    workflow::set_review(site.store, id, en, {}, {}, site.who("tove"));
    set(site, id, site.clock + 1h);
    // To be taken down where nothing is published: done, and off the schedule.
    const auto bare = site.add_translated("Bar");
    set(site, bare, {}, site.clock + 1h);
    site.clock += 1h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).done == 2);
    BOOST_TEST((workflow::find_review(site.store, id, en).status == workflow::ReviewStatus::approved));
    BOOST_TEST(site.count("schedule") == 0);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(publishes_nothing_of_which_a_reviewer_asked_for_changes_since) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto ask = [&](workflow::ReviewStatus status, const std::string& who) {
        const auto step = workflow::find_review(site.store, id, en).step;
        workflow::set_review(site.store, id, en, {status, "", step}, site.now(id, "en"), site.who(who));
    };
    set(site, id, site.clock + 1h);
    ask(workflow::ReviewStatus::changes_requested, "edda");
    site.clock += 1h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).refused == 1);
    BOOST_TEST(!page_title(site, id).has_value());
    BOOST_TEST((workflow::find_review(site.store, id, en).status == workflow::ReviewStatus::changes_requested));
    const auto told = site.unread(site.rita);
    BOOST_REQUIRE_EQUAL(told.size(), 1);
    BOOST_TEST(told[0].detail.at("reason").as_string() == "review-changes");
    // Whoever sets a time then knows of them: it is published, and they stand.
    set(site, id, site.clock + 1h);
    site.clock += 1h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).done == 1);
    BOOST_TEST((workflow::find_review(site.store, id, en).status == workflow::ReviewStatus::changes_requested));
    // Nor has whoever set a time read what is sent to review after that.
    set(site, id, site.clock + 1h);
    ask(workflow::ReviewStatus::requested, "tove");
    site.clock += 1h;
    BOOST_TEST(workflow::run_due(site.store, checks::Policy()).done == 1);
    BOOST_TEST((workflow::find_review(site.store, id, en).status == workflow::ReviewStatus::requested));
    BOOST_TEST(site.count("schedule") == 0);
}

// Two nodes, each with a connection to the database of its own.
STELE_ON_BOTH_DATABASES(is_done_once_by_two_nodes) {
    PeopleSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 40; ++i) {
        ids.push_back(site.add_translated("By " + std::to_string(i)));
        set(site, ids.back(), site.clock + 1h);
    }
    site.clock += 2h;
    const auto second = db::Database::open({.url = db.url()});
    Store other{*second, site.types, site.store.default_locale, site.store.now};
    workflow::Due here, there;
    std::thread thread([&] { there = workflow::run_due(other, checks::Policy()); });
    here = workflow::run_due(site.store, checks::Policy());
    thread.join();
    BOOST_TEST_MESSAGE("done here " << here.done << ", there " << there.done);
    BOOST_TEST(here.done + there.done == 40);
    BOOST_TEST(here.refused + there.refused == 0);
    BOOST_TEST(site.count("revision WHERE action = 'publish'") == 40);
    for (const auto id : ids) BOOST_TEST(page_title(site, id).has_value());
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()
