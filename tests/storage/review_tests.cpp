// Reviews and comments: steps, who is told, and that no version of a text moves.
#include "src/workflow/comments.hpp"
#include "src/workflow/publish.hpp"
#include "src/workflow/review.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;
using workflow::ReviewStatus;

namespace {

const auto en = locale::Tag::stored("en");

std::int64_t last_step(PeopleSite& site, ArticleId id) { return workflow::find_review(site.store, id, en).step; }

// By somebody who looked at the review just now.
workflow::Review ask(PeopleSite& site, ArticleId id, const std::string& who = "tove") {
    return workflow::set_review(site.store, id, en, {ReviewStatus::requested, "please", last_step(site, id)}, {},
                                site.who(who));
}
workflow::Review decide(PeopleSite& site, ArticleId id, ReviewStatus status, const std::string& who = "rita") {
    return workflow::set_review(site.store, id, en, {status, "", last_step(site, id)}, site.now(id, "en"),
                                site.who(who));
}
// By somebody who has not looked since the step `seen`.
std::string decide_late(PeopleSite& site, ArticleId id, ReviewStatus status, const std::string& who,
                        std::optional<std::int64_t> seen) {
    return error_of([&] {
        workflow::set_review(site.store, id, en, {status, "", seen}, site.now(id, "en"), site.who(who));
    });
}
std::int64_t waiting(PeopleSite& site) {
    return std::int64_t(workflow::list_reviews(site.store, {.locale = en, .limit = 200}).items.size());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reviews)

STELE_ON_BOTH_DATABASES(are_asked_for_decided_and_told) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto before = site.version(id, "en");
    const auto seq = site.count("article WHERE seq = (SELECT MAX(seq) FROM article)");
    BOOST_TEST((workflow::find_review(site.store, id, en).status == ReviewStatus::none));
    ask(site, id);
    BOOST_TEST(site.told(site.rita) == "review-requested");
    BOOST_TEST(site.told(site.edda) == "review-requested");
    BOOST_TEST(site.told(site.tove) == "");
    BOOST_TEST(site.told(site.amir) == "");
    decide(site, id, ReviewStatus::changes_requested);
    BOOST_TEST(site.told(site.tove) == "changes-requested");
    decide(site, id, ReviewStatus::approved);
    const auto review = workflow::find_review(site.store, id, en);
    BOOST_TEST((review.status == ReviewStatus::approved));
    BOOST_TEST(review.requested_by == "tove");
    BOOST_TEST(site.told(site.tove).find("approved") != std::string::npos);
    const auto steps = workflow::list_review_steps(site.store, id, en, 10, std::nullopt);
    BOOST_REQUIRE_EQUAL(steps.size(), 3);
    BOOST_TEST(steps.back().note == "please");
    BOOST_TEST((site.version(id, "en") == before));
    BOOST_TEST(seq == 1);
    BOOST_TEST(site.count("change WHERE kind = 'review'") == 3);
}

STELE_ON_BOTH_DATABASES(an_approval_holds_for_its_text) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    ask(site, id);
    decide(site, id, ReviewStatus::approved);
    site.publish(id, "en");
    BOOST_TEST((workflow::find_review(site.store, id, en).status == ReviewStatus::approved));
    const auto segment = site.segments(id, "en").back();
    site.set_segment(id, "en", segment.id, "Something else");
    auto review = workflow::find_review(site.store, id, en);
    BOOST_TEST((review.status == ReviewStatus::none));
    BOOST_TEST(review.changed_since_approval);
    site.set_segment(id, "en", segment.id, *segment.target);
    review = workflow::find_review(site.store, id, en);
    BOOST_TEST((review.status == ReviewStatus::approved));
    BOOST_TEST(!review.changed_since_approval);
}

STELE_ON_BOTH_DATABASES(nobody_approves_what_they_have_not_seen) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    ask(site, id);
    const auto seen = site.now(id, "en");
    site.set_segment(id, "en", "title", "Another title");
    const auto approve = [&](const editing::Expected& expected) {
        return error_of([&] {
            workflow::set_review(site.store, id, en, {ReviewStatus::approved, "", last_step(site, id)}, expected,
                                 site.who("rita"));
        });
    };
    BOOST_TEST(approve(seen) == "version-conflict");
    BOOST_TEST(approve({}) == "precondition-required");
    BOOST_TEST(approve(site.now(id, "en")) == "");
    const auto untouched = site.add("nb", "Ny", "Tekst.\n");
    BOOST_TEST(error_of([&] { ask(site, untouched); }) == "conflict review-nothing");
    BOOST_TEST(error_of([&] { ask(site, ArticleId(999)); }) == "not-found article");
    BOOST_TEST(error_of([&] {
                   workflow::set_review(site.store, id, en, {ReviewStatus::requested, std::string(2'001, 'x'), {}}, {},
                                        site.who("tove"));
               }) == "invalid /note field.too-long");
}

STELE_ON_BOTH_DATABASES(of_a_translation_that_was_taken_away_end_with_it) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    ask(site, id);
    workflow::delete_translation(site.store, id, en, site.now(id, "en"), "edda");
    BOOST_TEST((workflow::find_review(site.store, id, en).status == ReviewStatus::none));
    BOOST_TEST(waiting(site) == 0);
    BOOST_TEST(site.count("review") == 0);
    BOOST_TEST(site.told(site.tove) == "review-withdrawn");
    const auto steps = workflow::list_review_steps(site.store, id, en, 10, std::nullopt);
    BOOST_REQUIRE_EQUAL(steps.size(), 2);
    BOOST_TEST((steps.front().status == ReviewStatus::none));
    BOOST_TEST(steps.front().actor == "edda");
    // Nobody has asked for a review of what is written then.
    site.translate_all(id, "en");
    const auto review = workflow::find_review(site.store, id, en);
    BOOST_TEST((review.status == ReviewStatus::none));
    BOOST_TEST(review.requested_by == "");
    BOOST_TEST(waiting(site) == 0);
}

STELE_ON_BOTH_DATABASES(are_decided_only_by_whoever_has_seen_the_last_step) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto asked = ask(site, id).step;
    decide(site, id, ReviewStatus::approved);
    // Tove's page is from before: taking back would undo what she has not seen.
    BOOST_TEST(decide_late(site, id, ReviewStatus::none, "tove", asked) == "version-conflict review-moved");
    BOOST_TEST(decide_late(site, id, ReviewStatus::changes_requested, "edda", asked) ==
               "version-conflict review-moved");
    BOOST_TEST(decide_late(site, id, ReviewStatus::changes_requested, "edda", {}) ==
               "precondition-required review-step");
    BOOST_TEST((workflow::find_review(site.store, id, en).status == ReviewStatus::approved));
}

STELE_ON_BOTH_DATABASES(are_taken_back_by_their_asker_and_set_back_by_reviewers_who_tell) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    ask(site, id);
    BOOST_TEST(decide_late(site, id, ReviewStatus::none, "amir", last_step(site, id)) == "forbidden");
    BOOST_TEST(decide_late(site, id, ReviewStatus::approved, "tove", last_step(site, id)) == "forbidden");
    decide(site, id, ReviewStatus::none, "tove");
    ask(site, id, "tove");
    // Who asks again helps; whoever asked first is told what comes of it.
    BOOST_TEST(ask(site, id, "amir").requested_by == "tove");
    decide(site, id, ReviewStatus::approved);
    for (const auto wanted : {ReviewStatus::none, ReviewStatus::requested, ReviewStatus::changes_requested})
        BOOST_TEST(decide_late(site, id, wanted, "tove", last_step(site, id)) == "forbidden");
    site.clock += std::chrono::seconds(1);
    decide(site, id, ReviewStatus::none, "edda");
    BOOST_TEST(site.told(site.tove).starts_with("review-withdrawn"));
    BOOST_TEST(site.told(site.rita).starts_with("review-withdrawn"));
    // Nothing stands, so there is nothing to set back, and nobody to tell.
    const auto steps = site.count("review_step");
    decide(site, id, ReviewStatus::none, "tove");
    BOOST_TEST(site.count("review_step") == steps);
}

STELE_ON_BOTH_DATABASES(end_as_approved_by_whoever_publishes_the_text) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto asked = ask(site, id).step;
    workflow::publish(site.store, id, en, {}, site.now(id, "en"), site.who("rita"), asked);
    auto review = workflow::find_review(site.store, id, en);
    BOOST_TEST((review.status == ReviewStatus::approved));
    BOOST_TEST(review.actor == "rita");
    BOOST_TEST(review.version == site.version(id, "en").translation);
    BOOST_TEST(site.told(site.tove) == "approved");
    BOOST_TEST(waiting(site) == 0);
    // Of two reviewers the one who has not seen the other's decision publishes nothing.
    site.set_segment(id, "en", "title", "Another title");
    const auto again = ask(site, id).step;
    decide(site, id, ReviewStatus::changes_requested, "edda");
    const auto before = site.version(id, "en");
    BOOST_TEST(error_of([&] {
                   workflow::publish(site.store, id, en, {}, site.now(id, "en"), site.who("rita"), again);
               }) == "version-conflict review-moved");
    BOOST_TEST((site.version(id, "en") == before));
}

STELE_ON_BOTH_DATABASES(end_in_every_locale_that_is_published_with_another) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    site.publish(id, "nb");
    site.publish(id, "en");
    site.set_segment(id, "en", "title", "Another title");
    ask(site, id);
    const auto publish_all = [&](const std::string& who) {
        workflow::publish(site.store, id, locale::Tag::stored("nb"), {.all_published = true}, site.now(id, "nb"),
                          site.who(who));
    };
    // The right is asked for each of them.
    site.add_person("nils", accounts::Role::editor, {"nb"});
    BOOST_TEST(error_of([&] { publish_all("nils"); }) == "forbidden");
    BOOST_TEST((workflow::find_review(site.store, id, en).status == ReviewStatus::requested));
    publish_all("edda");
    const auto review = workflow::find_review(site.store, id, en);
    BOOST_TEST((review.status == ReviewStatus::approved));
    BOOST_TEST(review.actor == "edda");
    // Who has not looked at the review overrules no decision.
    decide(site, id, ReviewStatus::changes_requested);
    publish_all("edda");
    BOOST_TEST((workflow::find_review(site.store, id, en).status == ReviewStatus::changes_requested));
}

STELE_ON_BOTH_DATABASES(of_deleted_articles_leave_no_holes_in_the_list) {
    PeopleSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 6; ++i) {
        ids.push_back(site.add_translated("By " + std::to_string(i)));
        site.clock += std::chrono::seconds(1);
        ask(site, ids.back());
    }
    for (int i = 0; i < 3; ++i) editing::delete_article(site.store, ids[size_t(i)], 1, "edda");
    workflow::delete_translation(site.store, ids[3], en, site.now(ids[3], "en"), "edda");
    const auto page = workflow::list_reviews(site.store, {.locale = en, .limit = 2});
    BOOST_REQUIRE_EQUAL(page.items.size(), 2);
    BOOST_TEST(!page.next.has_value());
    BOOST_TEST((page.items[0].work.edition.article_id == ids[4]));
}

STELE_ON_BOTH_DATABASES(wait_in_a_list_the_longest_first) {
    PeopleSite site(db);
    std::vector<ArticleId> asked;
    for (int i = 0; i < 5; ++i) {
        asked.push_back(site.add_translated("By " + std::to_string(i)));
        site.clock += std::chrono::seconds(1);
        ask(site, asked.back());
    }
    decide(site, asked[1], ReviewStatus::approved);
    std::vector<ArticleId> listed;
    workflow::ReviewQuery query{.locale = en, .limit = 2};
    do {
        const auto page = workflow::list_reviews(site.store, query);
        for (const auto& item : page.items) listed.push_back(item.work.edition.article_id);
        query.after = page.next;
    } while (query.after);
    BOOST_TEST((listed == std::vector<ArticleId>{asked[0], asked[2], asked[3], asked[4]}));
    BOOST_TEST(waiting(site) == 4);
    query.locale = locale::Tag::stored("ar");
    query.after = "x";
    BOOST_TEST(error_of([&] { workflow::list_reviews(site.store, query); }).starts_with("malformed cursor"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(comments)

STELE_ON_BOTH_DATABASES(tell_those_who_are_concerned) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto segment = site.segments(id, "en")[1].id;
    editing::Changes changes;
    changes.segments.push_back({segment, "By Tove"});
    editing::save_translation(site.store, id, en, changes, site.now(id, "en"), "tove");
    const auto version = site.version(id, "en");
    const auto first =
        workflow::add_comment(site.store, id, en, {.segment = segment, .text = "Is this so? @amir."}, "rita");
    BOOST_TEST(site.told(site.tove) == "comment");
    BOOST_TEST(site.told(site.amir) == "mention");
    BOOST_TEST(site.told(site.rita) == "");
    const auto answer = workflow::add_comment(site.store, id, en, {.text = "It is.", .thread = first.id}, "tove");
    BOOST_TEST(answer.segment == segment);
    BOOST_TEST(answer.thread == first.id);
    BOOST_TEST(site.told(site.rita) == "comment");
    workflow::add_comment(site.store, id, en, {.text = "Sure?", .thread = first.id}, "amir");
    BOOST_TEST(site.told(site.rita) == "comment 2");
    BOOST_TEST(site.told(site.tove) == "comment 2");
    BOOST_TEST((site.version(id, "en") == version));
    BOOST_TEST(error_of([&] { workflow::add_comment(site.store, id, en, {.text = " \n"}, "tove"); }) ==
               "invalid /text field.required");
    BOOST_TEST(error_of([&] { workflow::add_comment(site.store, id, en, {.segment = "b99", .text = "x"}, "tove"); }) ==
               "invalid /segment segment.unknown");
    BOOST_TEST(error_of([&] {
                   workflow::add_comment(site.store, id, locale::Tag::stored("ar"), {.text = "x", .thread = first.id},
                                         "tove");
               }) == "not-found comment");
}

STELE_ON_BOTH_DATABASES(are_resolved_and_reopened_by_an_answer) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto first = workflow::add_comment(site.store, id, en, {.text = "A question"}, "rita");
    const auto answer = workflow::add_comment(site.store, id, en, {.text = "A try", .thread = first.id}, "tove");
    BOOST_TEST(workflow::count_open_threads(site.store, id, en)[""] == 1);
    workflow::change_comment(site.store, answer.id, {.text = {}, .resolved = true}, "rita");
    BOOST_TEST(workflow::find_comment(site.store, first.id)->resolved_by.value() == "rita");
    BOOST_TEST(workflow::count_open_threads(site.store, id, en).empty());
    workflow::add_comment(site.store, id, en, {.text = "But", .thread = first.id}, "tove");
    BOOST_TEST(workflow::count_open_threads(site.store, id, en)[""] == 1);
}

STELE_ON_BOTH_DATABASES(are_changed_by_their_writer_and_tell_whom_they_name_first) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto first = workflow::add_comment(site.store, id, en, {.text = "@tove: is it so?"}, "rita");
    const auto change = [&](const std::string& text, const std::string& who) {
        return error_of([&] { workflow::change_comment(site.store, first.id, {text, true}, who); });
    };
    // Both or nothing: the thread is not resolved where the text may not be changed.
    BOOST_TEST(change("Mine now", "tove") == "forbidden not-own");
    BOOST_TEST(workflow::count_open_threads(site.store, id, en)[""] == 1);
    BOOST_TEST(change("@tove and @amir: is it so?", "rita") == "");
    BOOST_TEST(site.told(site.amir) == "mention");
    BOOST_TEST(site.told(site.tove) == "mention");
    BOOST_TEST(workflow::count_open_threads(site.store, id, en).empty());
}

STELE_ON_BOTH_DATABASES(that_are_deleted_leave_their_answers) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto first = workflow::add_comment(site.store, id, en, {.text = "A question"}, "rita");
    const auto answer = workflow::add_comment(site.store, id, en, {.text = "An answer", .thread = first.id}, "tove");
    workflow::delete_comment(site.store, first.id, "rita");
    auto left = workflow::list_comments(site.store, id, en, {});
    BOOST_REQUIRE_EQUAL(left.size(), 2);
    BOOST_TEST(left[0].deleted);
    BOOST_TEST(left[0].text == "");
    BOOST_TEST(error_of([&] {
                   workflow::change_comment(site.store, first.id, {.text = "again", .resolved = {}}, "rita");
               }) == "not-found comment");
    workflow::change_comment(site.store, answer.id, {.text = "A better answer", .resolved = {}}, "tove");
    left = workflow::list_comments(site.store, id, en, {});
    BOOST_TEST(left[1].text == "A better answer");
    BOOST_TEST(left[1].edited_at.has_value());
    workflow::delete_comment(site.store, answer.id, "tove");
    BOOST_TEST(workflow::list_comments(site.store, id, en, {}).empty());
}

STELE_ON_BOTH_DATABASES(stay_with_a_segment_that_is_cut_from_the_source) {
    PeopleSite site(db);
    const auto id = site.add_translated();
    const auto cut = site.segments(id, "en").back().id;
    workflow::add_comment(site.store, id, en, {.segment = cut, .text = "A good one"}, "rita");
    site.set_body(id, "nb", "Første avsnitt.\n");
    auto found = workflow::list_comments(site.store, id, en, {.segment = cut});
    BOOST_TEST(found.size() == 1);
    workflow::add_comment(site.store, id, en, {.segment = cut, .text = "Where is it?"}, "tove");
    site.set_body(id, "nb", "Første avsnitt.\n\nAndre avsnitt.\n");
    found = workflow::list_comments(site.store, id, en, {.segment = site.segments(id, "en").back().id});
    BOOST_TEST(found.size() == 2);
    BOOST_TEST(workflow::list_comments(site.store, id, en, {.limit = 1, .after = found[0].id}).size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
