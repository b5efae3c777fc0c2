// The memory as translators meet it: filled by their saves, asked for a segment, used to fill what is missing.
#include "src/memory/follow.hpp"
#include "src/memory/memory.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto nb = locale::Tag::stored("nb"), en = locale::Tag::stored("en"), de = locale::Tag::stored("de");

struct Site : ContentSite {
    using ContentSite::ContentSite;
    memory::Follower follower{"test"};

    void follow() {
        while (follower.step(store).more) {
        }
    }
    std::vector<memory::Suggestion> suggest(ArticleId id, const std::string& segment,
                                            const std::string& locale = "nb") {
        return memory::suggest_for(store, id, tag(locale), segment);
    }
    // "score text" of each.
    std::string told(ArticleId id, const std::string& segment, const std::string& locale = "nb") {
        std::string text;
        for (const auto& s : suggest(id, segment, locale))
            text += std::to_string(s.score) + (s.context ? "*" : "") + " " + s.text + "\n";
        return text;
    }
    std::int64_t units() {
        std::int64_t sum = 0;
        for (const auto& pair : memory::stock(store)) sum += pair.own + pair.imported;
        return sum;
    }
    std::int64_t rows(const std::string& table) {
        return store.db.reading([&](db::Connection& c) {
            return c.one("SELECT COUNT(*) FROM " + table, [](db::Row r) { return r.integer(0); }).value();
        });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(filling_the_memory)

STELE_ON_BOTH_DATABASES(what_a_person_wrote_is_suggested_elsewhere) {
    Site site(db);
    const auto a = site.add("en", "Opening hours", "The library is open today.\n");
    const auto b = site.add("en", "Other", "The library is open today.\n");
    site.set_segment(a, "nb", "b1", "Biblioteket er åpent i dag.");
    BOOST_TEST(site.told(b, "b1") == "");  // a save does not do it
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "100 Biblioteket er åpent i dag.\n");
    const auto made = site.suggest(b, "b1").at(0);
    BOOST_TEST(made.source == "The library is open today.");
    BOOST_TEST(made.key == site.translation(a, "en").key);
    BOOST_TEST(made.actor == "test");
    BOOST_TEST(!made.imported);
    BOOST_TEST(site.told(b, "b1", "de") == "");
    BOOST_TEST(site.told(a, "b1") == "");  // not to itself
}

STELE_ON_BOTH_DATABASES(what_was_written_in_this_article_is_suggested_at_once) {
    Site site(db);
    const auto a = site.add("en", "Opening hours",
                            "The library is open today.\n\nSomething else.\n\nThe library is open today.\n\n"
                            "The library is open again today.\n");
    site.set_segment(a, "nb", "b1", "Biblioteket er åpent i dag.");
    BOOST_TEST(site.told(a, "b3") == "100* Biblioteket er åpent i dag.\n");
    BOOST_TEST(site.told(a, "b4").ends_with(" Biblioteket er åpent i dag.\n"));
    BOOST_TEST(site.told(a, "b1") == "");
    site.follow();
    BOOST_TEST(site.told(a, "b3") == "100* Biblioteket er åpent i dag.\n");
}

STELE_ON_BOTH_DATABASES(a_correction_replaces_what_it_corrects) {
    Site site(db);
    const auto a = site.add("en", "A", "The library is open today.\n");
    const auto b = site.add("en", "B", "The library is open today.\n");
    site.set_segment(a, "nb", "b1", "Bibloteket er åpent.");
    site.follow();
    site.set_segment(a, "nb", "b1", "Biblioteket er åpent.");
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "100 Biblioteket er åpent.\n");
    BOOST_TEST(site.units() == 1);
}

STELE_ON_BOTH_DATABASES(what_is_taken_away_is_forgotten_with_all_that_led_to_it) {
    Site site(db);
    const auto a = site.add("en", "Title of it", "The library is open today.\n\nBread and winter.\n");
    const auto b = site.add("en", "B", "The library is open today.\n");
    site.translate_all(a, "nb");
    site.translate_all(a, "de");
    site.follow();
    BOOST_TEST(site.units() == 6);
    site.set_segment(a, "nb", "b1", "");
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "");
    BOOST_TEST(site.units() == 5);
    editing::delete_translation(site.store, a, nb, site.now(a, "nb"), "test");
    site.follow();
    BOOST_TEST(site.units() == 3);
    editing::delete_article(site.store, a, 1, "test");
    site.follow();
    BOOST_TEST(site.units() == 0);
    BOOST_TEST(site.rows("memory_source") == 0);
    BOOST_TEST(site.rows("memory_key") == 0);
    editing::restore_article(site.store, a, "test");
    site.follow();
    BOOST_TEST(site.units() == 3);
}

STELE_ON_BOTH_DATABASES(a_translation_of_an_old_wording_stays_one_of_that_wording) {
    Site site(db);
    const auto a = site.add("en", "A", "The library is open today.\n");
    const auto b = site.add("en", "B", "The library is open today.\n");
    site.set_segment(a, "nb", "b1", "Biblioteket er åpent i dag.");
    site.follow();
    site.set_body(a, "en", "The old library is closed today.\n");
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "100 Biblioteket er åpent i dag.\n");
    // Someone says that the meaning is the same: now it is one of the new wording.
    editing::keep_meaning(site.store, a, nb, {.segments = {"b1"}}, site.now(a, "nb"), "test");
    site.follow();
    const auto c = site.add("en", "C", "The old library is closed today.\n");
    BOOST_TEST(site.told(c, "b1") == "100 Biblioteket er åpent i dag.\n");
    BOOST_TEST(site.units() == 1);
}

STELE_ON_BOTH_DATABASES(what_nobody_confirmed_is_no_memory) {
    Site site(db);
    const auto a = site.add("en", "A", "The library is open today.\n");
    const auto b = site.add("en", "B", "The library is open today.\n");
    editing::Changes changes;
    changes.origin = "machine";
    changes.segments = {{"b1", "Biblioteket er åpen i dag."}};
    site.save(a, "nb", changes);
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "");
    // A person names the segment and leaves its text as it is: it is theirs now.
    site.set_segment(a, "nb", "b1", "Biblioteket er åpen i dag.");
    BOOST_TEST(site.segments(a, "nb").at(1).origin == "human");
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "100 Biblioteket er åpen i dag.\n");
}

STELE_ON_BOTH_DATABASES(two_servers_do_not_do_it_twice) {
    Site site(db);
    const auto a = site.add("en", "A", "The library is open today.\n");
    site.translate_all(a, "nb");
    memory::Follower other("other");
    site.follow();
    site.translate_all(a, "de");
    BOOST_TEST(other.step(site.store).added == 0);  // the first one has the lease
    site.store.now = [] { return system_now() + std::chrono::hours(1); };
    BOOST_TEST(other.step(site.store).added == 2);
    site.follow();
    BOOST_TEST(site.units() == 4);
}

STELE_ON_BOTH_DATABASES(it_goes_on_where_it_was) {
    Site site(db);
    for (int i = 0; i < 30; ++i) {
        const auto id = site.add("en", "Title " + std::to_string(i), "Paragraph number " + std::to_string(i) + ".\n");
        site.translate_all(id, "nb");
    }
    BOOST_TEST(site.follower.step(site.store).more);
    BOOST_TEST(site.units() < 60);
    site.follower = memory::Follower("test");
    site.follow();
    BOOST_TEST(site.units() == 60);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(suggesting)

STELE_ON_BOTH_DATABASES(the_same_place_comes_first_then_the_better_then_the_later) {
    Site site(db);
    const auto a = site.add("en", "A", "Before.\n\nRead more.\n\nAfter.\n");
    const auto b = site.add("en", "B", "Read more.\n");
    const auto c = site.add("en", "C", "Before.\n\nRead more.\n\nAfter.\n");
    const auto d = site.add("en", "D", "Read more now.\n");
    site.set_segment(a, "nb", "b2", "Les mer.");
    site.set_segment(b, "nb", "b1", "Mer om dette.");
    site.set_segment(d, "nb", "b1", "Les mer nå.");
    site.follow();
    BOOST_TEST(site.told(c, "b2") == "100* Les mer.\n100 Mer om dette.\n");
    const auto e = site.add("en", "E", "Read more here now.\n");
    BOOST_TEST(site.told(e, "b1") == "76 Les mer nå.\n");
}

STELE_ON_BOTH_DATABASES(links_and_numbers_are_those_of_the_source_at_hand) {
    Site site(db);
    const auto a = site.add("en", "A", "See [the list](/list) of 12 schools.\n");
    const auto b = site.add("en", "B", "See [the list](https://example.org/all) of 15 schools.\n");
    site.set_segment(a, "nb", "b1", "Se [listen](/list) over 12 skoler.");
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "99 Se [listen](https://example.org/all) over 15 skoler.\n");
}

STELE_ON_BOTH_DATABASES(what_was_translated_the_other_way_is_found_word_for_word) {
    Site site(db);
    const auto a = site.add("nb", "A", "Biblioteket er åpent.\n");
    const auto b = site.add("en", "B", "The library is open.\n");
    site.set_segment(a, "en", "b1", "The library is open.");
    site.follow();
    BOOST_TEST(site.told(b, "b1") == "99 Biblioteket er åpent.\n");
}

STELE_ON_BOTH_DATABASES(a_phrase_is_found_where_it_stands) {
    Site site(db);
    const auto a = site.add("en", "A", "The municipality opened a new library.\n\nA library, new or old.\n");
    site.set_segment(a, "nb", "b1", "Kommunen åpnet et nytt bibliotek.");
    site.set_segment(a, "nb", "b2", "Et bibliotek, nytt eller gammelt.");
    site.follow();
    const auto found = memory::find_phrase(site.store, en, nb, "new Library", 10);
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST(found[0].text == "Kommunen åpnet et nytt bibliotek.");
    BOOST_TEST(memory::find_phrase(site.store, en, nb, "library", 10).size() == 2u);
    BOOST_TEST(memory::find_phrase(site.store, en, nb, "library", 1).size() == 1u);
    BOOST_TEST(memory::find_phrase(site.store, en, de, "library", 10).empty());
    BOOST_TEST(memory::find_phrase(site.store, en, nb, " .", 10).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(pretranslating)

STELE_ON_BOTH_DATABASES(what_is_missing_is_filled_and_what_is_there_stays) {
    Site site(db);
    const auto a = site.add("en", "A title", "One sentence.\n\nAnother sentence.\n\nA third one.\n");
    const auto b = site.add("en", "Other", "One sentence.\n\nAnother sentence.\n\nNothing like it at all.\n");
    site.translate_all(a, "nb", "NB ");
    site.set_segment(b, "nb", "b2", "Mine.");
    site.follow();
    const auto made = memory::pretranslate(site.store, b, nb, {.threshold = 75}, "kari");
    BOOST_TEST(made.filled == 1);
    BOOST_TEST(made.missing == 2);
    BOOST_TEST(!made.next);
    const auto segments = site.segments(b, "nb");
    BOOST_TEST(segments.at(1).target.value() == "NB One sentence.");
    BOOST_TEST(segments.at(1).origin == "memory");
    BOOST_TEST(segments.at(2).target.value() == "Mine.");
    BOOST_TEST(segments.at(2).origin == "human");
    BOOST_TEST((made.version == site.version(b, "nb")));
    BOOST_TEST(memory::pretranslate(site.store, b, nb, {.threshold = 75}, "kari").filled == 0);
}

STELE_ON_BOTH_DATABASES(a_run_whose_time_is_over_says_where_to_go_on) {
    Site site(db);
    const auto a = site.add("en", "A title", "One sentence.\n\nAnother sentence.\n\nA third one.\n");
    const auto b = site.add("en", "Other", "One sentence.\n\nAnother sentence.\n\nA third one.\n");
    site.translate_all(a, "nb", "NB ");
    site.follow();
    memory::Pretranslating how{.threshold = 75, .time = std::chrono::milliseconds(0)};
    int filled = 0, runs = 0;
    for (bool more = true; more; ++runs) {
        const auto made = memory::pretranslate(site.store, b, nb, how, "kari");
        filled += made.filled;
        more = made.next.has_value();
        how.after = made.next.value_or("");
    }
    BOOST_TEST(filled == 3);
    BOOST_TEST(runs == 4);
}

STELE_ON_BOTH_DATABASES(a_text_that_would_break_the_page_is_left_out) {
    Site site(db);
    const auto a = site.add("en", "One sentence.", "Some words.\n");
    const auto b = site.add("en", "B", "One sentence.\n\nSome words.\n");
    site.set_segment(a, "nb", "title", "# Et tall");  // fine in a title, a heading in a paragraph's place
    site.set_segment(a, "nb", "b1", "Noen ord.");
    site.follow();
    const auto made = memory::pretranslate(site.store, b, nb, {.threshold = 75}, "kari");
    BOOST_TEST(made.filled == 1);
    BOOST_TEST(site.segments(b, "nb").at(2).target.value() == "Noen ord.");
}

BOOST_AUTO_TEST_SUITE_END()
