// Saving, staleness, keeping, publishing: the behaviour of single steps. Random histories are in laws_tests.cpp.
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string body =
    "First paragraph about the town and its harbour.\n\n"
    "Second paragraph says what the mayor thinks of it.\n\n"
    "## What we do\n\n"
    "- We teach the language to everybody who comes.\n- We find a place to live for each family.\n\n"
    "Read more about us [here](/about).\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    return text.replace(text.find(from), from.size(), to);
}

ErrorCode error_of(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& e) {
        return e.code();
    }
    BOOST_FAIL("no error was thrown");
    return ErrorCode::internal;
}

std::string id_of(ContentSite& site, ArticleId id, const std::string& locale, const std::string& source_start) {
    for (const auto& s : site.segments(id, locale))
        if (s.source.starts_with(source_start)) return s.id;
    return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(editing_a_source)

STELE_ON_BOTH_DATABASES(one_changed_sentence_makes_one_segment_outdated_in_each_locale_that_has_it) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body, "Kort sagt");
    site.translate_all(id, "en");
    site.translate_all(id, "de");
    site.set_body(id, "nb", replaced(body, "mayor thinks", "mayor and the council think"));
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.outdated(id, "de") == 1);
    BOOST_TEST(site.outdated(id, "ar") == 0);
    BOOST_TEST(site.missing(id, "ar") == 8);
    BOOST_TEST(site.check() == "");
    for (const auto& s : site.segments(id, "en"))
        if (s.state == editing::SegmentView::State::outdated) {
            BOOST_TEST(s.basis.value() == "Second paragraph says what the mayor thinks of it.");
            BOOST_TEST(s.target.value() == "x Second paragraph says what the mayor thinks of it.");
        }
}

STELE_ON_BOTH_DATABASES(moves_spaces_and_destinations_make_nothing_outdated) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en", "");
    site.set_body(
        id, "nb",
        "Read more about us [here](/contact).\n\n" + replaced(body, "Read more about us [here](/about).\n", ""));
    BOOST_TEST(site.outdated(id, "en") == 0);
    BOOST_TEST(site.missing(id, "en") == 0);
    site.set_body(id, "nb", replaced(site.translation(id, "nb").body, "First paragraph", "First\u00a0  paragraph"));
    BOOST_TEST(site.outdated(id, "en") == 0);
    // The translation's link had the source's destination: it follows.
    BOOST_TEST(site.translation(id, "en").body.find("[here](/contact)") != std::string::npos);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_segment_brought_back_gets_its_translations_back) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    const auto cut = id_of(site, id, "en", "Second");
    site.set_body(id, "nb", replaced(body, "Second paragraph says what the mayor thinks of it.\n\n", ""));
    BOOST_TEST(site.missing(id, "en") == 0);
    BOOST_TEST(site.translation(id, "en").segments.total == 6);
    bool shown_beside = false;
    for (const auto& s : site.segments(id, "en")) shown_beside |= s.retired && s.id == cut;
    BOOST_TEST(shown_beside);
    site.set_body(id, "nb", body);
    BOOST_TEST(site.missing(id, "en") == 0);
    BOOST_TEST(site.outdated(id, "en") == 0);
    BOOST_TEST(id_of(site, id, "en", "Second") == cut);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_save_without_a_change_writes_nothing) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    const auto rows = db->rows_written();
    BOOST_TEST(!site.set_body(id, "nb", body).changed);
    BOOST_TEST(!site.set_body(id, "en", site.translation(id, "en").body).changed);
    BOOST_TEST(db->rows_written() == rows);
}

STELE_ON_BOTH_DATABASES(the_consequences_of_a_save_are_known_before_it) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    editing::Changes changes;
    changes.body = replaced(body, "First paragraph", "The opening paragraph");
    const auto what = editing::preview_source_save(site.store, id, changes);
    BOOST_REQUIRE(what.segments.size() == 1);
    BOOST_TEST(what.segments[0].before.starts_with("First"));
    BOOST_REQUIRE(what.locales.size() == 1);
    BOOST_TEST(what.locales[0].locale.text() == "en");
    BOOST_TEST(what.locales[0].segments == 1);
    BOOST_TEST(site.outdated(id, "en") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(editing_a_translation)

STELE_ON_BOTH_DATABASES(a_body_that_lacks_its_last_paragraph_is_incomplete) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    editing::Changes changes;
    changes.title = "The town";
    changes.body = replaced(body, "Read more about us [here](/about).\n", "");
    const auto saved = site.save(id, "en", changes);
    BOOST_TEST(saved.created);
    BOOST_TEST(site.missing(id, "en") == 1);
    BOOST_TEST(std::string(name_of(site.translation(id, "en").state)) == "incomplete");
    BOOST_TEST(site.translation(id, "en").body == *changes.body);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(an_unchanged_outdated_segment_stays_outdated_when_the_body_is_put) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en", "");
    site.set_body(id, "nb", replaced(body, "First paragraph about", "Our first paragraph about"));
    BOOST_TEST(site.outdated(id, "en") == 1);
    site.set_body(id, "en", replaced(site.translation(id, "en").body, "Second paragraph", "The second paragraph"));
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(two_people_who_write_different_segments_never_conflict) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    const auto seen = site.now(id, "en");
    const auto first = id_of(site, id, "en", "First"), second = id_of(site, id, "en", "Second");
    auto write = [&](const std::string& segment, const std::string& text) {
        editing::Changes changes;
        changes.segments.push_back({segment, text});
        editing::save_translation(site.store, id, ContentSite::tag("en"), changes, seen, text);
    };
    write(first, "kari");
    write(second, "ola");
    try {
        write(first, "per");
        BOOST_FAIL("an update was lost");
    } catch (const Error& e) {
        BOOST_TEST((e.code() == ErrorCode::version_conflict));
        BOOST_TEST(e.members().at("theirs").as_string() == "kari");
        BOOST_TEST(e.members().at("yours").as_string() == "per");
        BOOST_TEST(e.members().at("segment").as_string() == first);
        BOOST_TEST(e.members().at("actor").as_string() == "kari");
    }
}

STELE_ON_BOTH_DATABASES(a_translation_made_from_an_older_source_is_outdated_at_once) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    const auto seen = site.now(id, "en");
    const auto first = id_of(site, id, "en", "First");
    site.set_body(id, "nb", replaced(body, "First paragraph about", "Our first paragraph about"));
    editing::Changes changes;
    changes.segments.push_back({first, "The first one"});
    editing::save_translation(site.store, id, ContentSite::tag("en"), changes, seen, "kari");
    BOOST_TEST(site.outdated(id, "en") == 1);
    for (const auto& s : site.segments(id, "en"))
        if (s.id == first) BOOST_TEST(s.basis.value() == "First paragraph about the town and its harbour.");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(what_cannot_be_accepted_names_the_field_and_changes_nothing) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    auto rejected = [&](editing::Changes changes) { return error_of([&] { site.save(id, "en", changes); }); };
    editing::Changes summary, unknown, splits, slug, extra;
    summary.summary = "The source has none";
    unknown.segments.push_back({"b99", "text"});
    splits.segments.push_back({id_of(site, id, "en", "First"), "one\n\ntwo"});
    slug.slug = "api";
    extra.body = body + "\nA paragraph that the source does not have.\n\nAnd one more.\n";
    for (const auto& changes : {summary, unknown, splits, slug, extra})
        BOOST_TEST((rejected(changes) == ErrorCode::invalid));
    BOOST_TEST(site.version(id, "en").translation == 0);
}

STELE_ON_BOTH_DATABASES(changing_what_exists_needs_if_match) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    editing::Changes changes;
    changes.title = "Town";
    editing::save_translation(site.store, id, ContentSite::tag("en"), changes, {}, "kari");
    changes.title = "City";
    BOOST_TEST((error_of([&] {
                    editing::save_translation(site.store, id, ContentSite::tag("en"), changes, {}, "kari");
                }) == ErrorCode::precondition_required));
}

STELE_ON_BOTH_DATABASES(keeping_the_meaning_can_be_undone) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.translate_all(id, "de");
    site.set_body(id, "nb", replaced(body, "harbour", "harbor"));
    BOOST_TEST(site.outdated(id, "en") == 1);
    editing::keep_meaning(site.store, id, ContentSite::tag("en"), {.all_locales = true, .reason = "spelling"},
                          site.now(id, "en"), "kari");
    BOOST_TEST(site.outdated(id, "en") == 0);
    BOOST_TEST(site.outdated(id, "de") == 0);
    BOOST_TEST(site.check() == "");
    editing::undo_keep(site.store, id, ContentSite::tag("en"), {}, site.now(id, "en"), "kari");
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.outdated(id, "de") == 0);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(an_independent_body_is_one_segment) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    editing::Changes changes;
    changes.title = "The town";
    changes.body = "Only this.\n\n# And that\n";
    changes.mode = content::Mode::independent;
    site.save(id, "en", changes);
    BOOST_TEST(site.translation(id, "en").segments.total == 2);
    BOOST_TEST(site.missing(id, "en") == 0);
    site.set_body(id, "nb", "## A heading moved\n\n" + body);
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.check() == "");
    editing::keep_meaning(site.store, id, ContentSite::tag("en"), {}, site.now(id, "en"), "kari");
    BOOST_TEST(site.outdated(id, "en") == 0);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_revision_can_be_read_and_restored) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    const auto then = site.translation(id, "en");
    site.set_segment(id, "en", "title", "Another title");
    const auto old = editing::find_revision(site.store, id, ContentSite::tag("en"), then.version.translation);
    BOOST_REQUIRE(old.has_value());
    BOOST_TEST(old->title == then.title);
    BOOST_TEST(old->body == then.body);
    editing::restore_revision(site.store, id, ContentSite::tag("en"), then.version.translation, site.now(id, "en"),
                              "kari");
    BOOST_TEST(site.translation(id, "en").title == then.title);
    const auto source = site.translation(id, "nb");
    site.set_body(id, "nb", "All new.\n");
    editing::restore_revision(site.store, id, ContentSite::tag("nb"), source.version.translation, site.now(id, "nb"),
                              "kari");
    BOOST_TEST(site.translation(id, "nb").body == body);
    BOOST_TEST(site.outdated(id, "en") == 0);
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(articles)

STELE_ON_BOTH_DATABASES(another_source_locale_keeps_the_states) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.translate_all(id, "de");
    BOOST_TEST((error_of([&] {
                    editing::change_article(site.store, id, {.source_locale = ContentSite::tag("ar")}, 1, "kari");
                }) == ErrorCode::conflict));
    editing::change_article(site.store, id, {.source_locale = ContentSite::tag("en")}, 1, "kari");
    BOOST_TEST(site.missing(id, "nb") == 0);
    BOOST_TEST(site.outdated(id, "nb") == 0);
    BOOST_TEST(site.outdated(id, "de") == 0);
    BOOST_TEST(site.check() == "");
    site.set_segment(id, "en", "title", "A wholly new title");
    BOOST_TEST(site.outdated(id, "nb") == 1);
    BOOST_TEST(site.outdated(id, "de") == 1);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_deleted_article_can_be_restored) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.publish(id, "nb");
    editing::delete_article(site.store, id, 1, "kari");
    BOOST_TEST(!publishing::find_page(site.store, id, ContentSite::tag("nb")).has_value());
    BOOST_TEST(site.check() == "");
    editing::restore_article(site.store, id, "kari");
    BOOST_TEST(publishing::find_page(site.store, id, ContentSite::tag("nb")).has_value());
    BOOST_TEST(site.missing(id, "en") == 0);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_taken_key_or_slug_names_the_other_article) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    editing::NewArticle article{.key = "byen", .source_locale = ContentSite::tag("nb")};
    article.translation.title = "En by til";
    try {
        editing::create_article(site.store, article, "kari");
        BOOST_FAIL("a key was given twice");
    } catch (const Error& e) {
        BOOST_TEST((e.code() == ErrorCode::taken));
        BOOST_TEST(e.members().at("article_id").as_int64() == number(id));
    }
    article.key = "en-by-til";
    article.translation.slug = "byen";
    BOOST_TEST((error_of([&] { editing::create_article(site.store, article, "kari"); }) == ErrorCode::taken));
}

STELE_ON_BOTH_DATABASES(the_source_translation_cannot_be_deleted_and_others_can) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", body);
    site.translate_all(id, "en");
    site.publish(id, "en");
    BOOST_TEST((error_of([&] {
                    editing::delete_translation(site.store, id, ContentSite::tag("nb"), site.now(id, "nb"), "kari");
                }) == ErrorCode::conflict));
    editing::delete_translation(site.store, id, ContentSite::tag("en"), site.now(id, "en"), "kari");
    BOOST_TEST(std::string(name_of(site.translation(id, "en").state)) == "untranslated");
    BOOST_TEST(!publishing::find_page(site.store, id, ContentSite::tag("en")).has_value());
    BOOST_TEST(site.check() == "");
    site.translate_all(id, "en");
    BOOST_TEST(site.missing(id, "en") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
