// People who write without having seen the last saves: what is theirs is saved, what is not stays (law 5).
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string body =
    "First paragraph about the town and its harbour.\n\n"
    "Second paragraph says what the mayor thinks of it.\n\n"
    "Third paragraph lists the [ships](/ships) that lie here.\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

const editing::SegmentView& view_of(const std::vector<editing::SegmentView>& segments, const std::string& begins) {
    for (const auto& s : segments)
        if (s.source.starts_with(begins)) return s;
    throw Error(ErrorCode::internal, begins);
}

editing::Saved save(ContentSite& site, ArticleId id, const std::string& locale, const editing::Changes& changes,
                    const editing::Expected& seen, const std::string& actor) {
    return editing::save_translation(site.store, id, ContentSite::tag(locale), changes, seen, actor);
}

// The conflict that a save of `changes` ends in.
boost::json::object conflict_of(ContentSite& site, ArticleId id, const std::string& locale,
                                const editing::Changes& changes, const editing::Expected& seen) {
    try {
        save(site, id, locale, changes, seen, "per");
    } catch (const Error& e) {
        BOOST_TEST((e.code() == ErrorCode::version_conflict));
        return e.members();
    }
    BOOST_FAIL("an update was lost");
    return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(late_writers)

STELE_ON_BOTH_DATABASES(nobody_keeps_the_meaning_of_a_source_they_have_not_seen) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.translate_all(id, "de");
    site.set_body(id, "nb", replaced(body, "harbour", "harbor"));
    const auto seen = site.now(id, "en");
    site.set_body(id, "nb", replaced(body, "harbour", "airport"));
    editing::keep_meaning(site.store, id, ContentSite::tag("en"), {.all_locales = true}, seen, "kari");
    for (const std::string locale : {"en", "de"}) {
        BOOST_TEST(site.outdated(id, locale) == 1);
        const auto segments = site.segments(id, locale);
        BOOST_TEST(view_of(segments, "First").basis.value() == "First paragraph about the town and its harbor.");
    }
    BOOST_TEST(site.check() == "");
    editing::undo_keep(site.store, id, ContentSite::tag("en"), {}, site.now(id, "en"), "kari");
    const auto segments = site.segments(id, "en");
    BOOST_TEST(view_of(segments, "First").basis.value() == "First paragraph about the town and its harbour.");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(keeping_for_others_needs_the_tag_of_the_source) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.set_body(id, "nb", replaced(body, "harbour", "harbor"));
    const auto nb = ContentSite::tag("nb");
    BOOST_CHECK_EXCEPTION(editing::keep_meaning(site.store, id, nb, {.all_locales = true}, {}, "kari"), Error,
                          [](const Error& e) { return e.code() == ErrorCode::precondition_required; });
    editing::keep_meaning(site.store, id, nb, {.all_locales = true}, site.now(id, "nb"), "kari");
    BOOST_TEST(site.outdated(id, "en") == 0);
}

STELE_ON_BOTH_DATABASES(a_text_taken_away_since_is_a_conflict) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    const auto seen = site.now(id, "en");
    const auto segment = view_of(site.segments(id, "en"), "First").id;
    editing::Changes removal, change, other;
    removal.segments.push_back({segment, ""});
    change.segments.push_back({segment, "The first, once more."});
    other.segments.push_back({view_of(site.segments(id, "en"), "Second").id, "The second."});
    save(site, id, "en", removal, seen, "ola");
    const auto conflict = conflict_of(site, id, "en", change, seen);
    BOOST_TEST(conflict.at("segment").as_string() == segment);
    BOOST_TEST(conflict.at("theirs").as_string() == "");
    BOOST_TEST(conflict.at("actor").as_string() == "ola");
    save(site, id, "en", other, seen, "kari");
    BOOST_TEST(site.missing(id, "en") == 1);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(two_who_begin_a_translation_at_once_keep_each_others_segments) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    const auto seen = site.now(id, "en");
    editing::Changes third, rest;
    third.segments.push_back({view_of(site.segments(id, "en"), "Third").id, "The third."});
    rest.title = "The town";
    rest.body = "The first.\n\nThe second.\n";
    save(site, id, "en", third, seen, "ola");
    save(site, id, "en", rest, seen, "kari");
    BOOST_TEST(site.missing(id, "en") == 0);
    BOOST_TEST(site.translation(id, "en").body == "The first.\n\nThe second.\n\nThe third.\n");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_text_from_an_older_source_follows_destinations_from_then_on) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    const auto seen = site.now(id, "en");
    const auto third = view_of(site.segments(id, "en"), "Third").id;
    site.set_body(id, "nb", replaced(body, "/ships", "/boats"));
    editing::Changes changes;
    changes.segments.push_back({third, "Third: the [ships](/ships)."});
    save(site, id, "en", changes, seen, "kari");
    BOOST_TEST(view_of(site.segments(id, "en"), "Third").target.value() == "Third: the [ships](/boats).");
    BOOST_TEST(site.check() == "");
    site.publish(id, "en");
    BOOST_TEST(!site.translation(id, "en").pending);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(whole_sources_with_different_changes_are_both_saved) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body, "Kort sagt");
    const auto seen = site.now(id, "nb");
    editing::Changes first, second;
    first.title = "Bygda";
    first.summary = "Kort sagt";
    first.body = replaced(body, "harbour", "harbor");
    first.slug = "bygda";
    second.title = "Byen";
    second.summary = "Enda kortere";
    second.body = replaced(body, "mayor thinks", "council thinks");
    second.slug = "byen";
    save(site, id, "nb", first, seen, "ola");
    save(site, id, "nb", second, seen, "kari");
    const auto now = site.translation(id, "nb");
    BOOST_TEST(now.title == "Bygda");
    BOOST_TEST(now.summary == "Enda kortere");
    BOOST_TEST(now.slug == "bygda");
    BOOST_TEST(now.body == replaced(*first.body, "mayor thinks", "council thinks"));
    BOOST_TEST(site.check() == "");
    second.body = replaced(body, "harbour", "quay");
    const auto conflict = conflict_of(site, id, "nb", second, seen);
    BOOST_TEST(conflict.at("yours").as_string() == "First paragraph about the town and its quay.");
    BOOST_TEST(conflict.at("theirs").as_string() == "First paragraph about the town and its harbor.");
    BOOST_TEST(conflict.at("actor").as_string() == "ola");
}

STELE_ON_BOTH_DATABASES(a_slug_changed_since_is_a_conflict) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    editing::Changes first, second;
    first.slug = "one";
    second.slug = "another";
    for (const std::string locale : {"nb", "en"}) {
        const auto seen = site.now(id, locale);
        save(site, id, locale, first, seen, "ola");
        const auto conflict = conflict_of(site, id, locale, second, seen);
        BOOST_TEST(conflict.at("field").as_string() == "slug");
        BOOST_TEST(conflict.at("theirs").as_string() == "one");
        BOOST_TEST(conflict.at("actor").as_string() == "ola");
    }
}

STELE_ON_BOTH_DATABASES(a_missing_title_is_the_one_that_readers_of_the_source_know) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.publish(id, "nb");
    site.set_segment(id, "nb", "title", "Hemmelig utkast");
    editing::Changes changes;
    changes.body = "The first.\n";
    site.save(id, "en", changes);
    site.publish(id, "en");
    const auto page = *publishing::find_page(site.store, id, ContentSite::tag("en"));
    BOOST_TEST(page.title.text == "Byen");
    BOOST_TEST(page.title.lang.text() == "nb");
    BOOST_TEST(site.check() == "");
}

// What a form shows to whoever has to decide about one paragraph, when others changed more than that.
STELE_ON_BOTH_DATABASES(after_a_conflict_a_body_has_what_others_wrote_elsewhere) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    const auto seen = site.now(id, "nb");
    const auto version = seen.seen->first;
    const auto theirs = replaced(replaced(body, "harbour", "airport"), "mayor", "council");
    const auto mine = replaced(body, "harbour", "station");
    BOOST_TEST(editing::merged_body(site.store, id, mine, version).value() == mine);
    site.set_body(id, "nb", theirs);
    BOOST_TEST(conflict_of(site, id, "nb", {.body = mine}, seen).at("conflicts").as_array().size() == 1U);
    const auto merged = editing::merged_body(site.store, id, mine, version);
    BOOST_TEST(merged.value() == replaced(mine, "mayor", "council"));
    // A paragraph more: which of the others' words it is to keep nobody can say.
    BOOST_TEST(!editing::merged_body(site.store, id, mine + "\nA fourth paragraph.\n", version).has_value());
    // Saved over what is there now it takes away nothing of theirs but what was decided.
    save(site, id, "nb", {.body = *merged}, site.now(id, "nb"), "per");
    BOOST_TEST(editing::find_translation(site.store, id, ContentSite::tag("nb"))->body ==
               replaced(replaced(body, "harbour", "station"), "mayor", "council"));
}

STELE_ON_BOTH_DATABASES(what_a_save_makes_outdated_counts_what_was_so_before_and_not_what_is_current_again) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    const auto change = [&](const std::string& text) {
        const auto locales = editing::preview_source_save(site.store, id, {.body = text}).locales;
        return locales.empty() ? 0 : locales.at(0).segments;
    };
    const auto once = replaced(body, "harbour", "airport");
    BOOST_TEST(change(once) == 1);
    site.set_body(id, "nb", once);
    BOOST_TEST(change(replaced(body, "harbour", "station")) == 1);
    BOOST_TEST(change(body) == 0);
    // One becomes current again, another one outdated.
    BOOST_TEST(change(replaced(body, "mayor", "council")) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
