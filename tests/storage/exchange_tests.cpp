#include <boost/test/unit_test.hpp>

#include "tests/storage/exchange_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

exchange::MemoryFiles small_site() {
    return exchange::MemoryFiles({
        {"harbour.nb.md",
         "---\nkey: harbour\ntype: news\nsource: nb\n# the day it opened\ndate: 2026-05-18\n"
         "title: 'Havna'\nslug: havna\nweather: [mild, 12]\n---\n\nFørste avsnitt.\n\nHavna fikk en ny kai i "
         "mai.\n\nTredje avsnitt.\n"},
        {"harbour.en.md",
         "---\r\nkey: harbour\r\ntitle: The harbour\r\nmissing: [3]\r\n---\r\n\r\nFirst paragraph.\r\n\r\nSecond "
         "paragraph.\r\n"},
        {"notes.md", "# nothing to import\n"},
    });
}

void replace(exchange::MemoryFiles& files, const std::string& path, const std::string& from, const std::string& to) {
    auto& text = files.files.at(path);
    const auto at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    text.replace(at, from.size(), to);
}

ArticleId id_of(const Store& store, const std::string& key) { return editing::find_article(store, key).value().id; }

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_files)

STELE_ON_BOTH_DATABASES(an_import_creates_and_publishes_what_the_files_say) {
    ContentSite site(db, {"en"});
    const auto files = small_site();
    const auto report = import(site.store, files);
    BOOST_TEST(mistakes(report) == "");
    BOOST_TEST(report.created == 2);
    BOOST_TEST(report.skipped.size() == 1u);
    const auto article = editing::find_article(site.store, "harbour").value();
    BOOST_TEST(article.type == "news");
    BOOST_TEST(article.source_locale.text() == "nb");
    BOOST_TEST(boost::json::serialize(article.shared) == R"({"date":"2026-05-18","weather":["mild",12]})");
    const auto en = site.translation(article.id, "en");
    BOOST_TEST(en.title == "The harbour");
    BOOST_TEST(en.slug == "the-harbour");
    BOOST_TEST(en.segments.missing == 1);
    BOOST_TEST(en.published);
    BOOST_TEST(site.translation(article.id, "nb").published);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(an_import_of_the_same_files_changes_nothing) {
    ContentSite site(db, {"en"});
    import(site.store, small_site());
    const auto written = db->rows_written();
    const auto report = import(site.store, small_site());
    BOOST_TEST(report.unchanged == 2);
    BOOST_TEST(report.changed == 0);
    BOOST_TEST(db->rows_written() == written);
}

STELE_ON_BOTH_DATABASES(a_dry_run_writes_nothing) {
    ContentSite site(db, {"en"});
    const auto written = db->rows_written();
    const auto report = import(site.store, small_site(), {.dry_run = true});
    BOOST_TEST(report.created == 2);
    BOOST_TEST(db->rows_written() == written);
}

STELE_ON_BOTH_DATABASES(drafts_are_not_published) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    replace(files, "harbour.en.md", "title:", "published: false\r\ntitle:");
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    BOOST_TEST(site.translation(id, "nb").published);
    BOOST_TEST(!site.translation(id, "en").published);
    replace(files, "harbour.en.md", "published: false\r\n", "");
    BOOST_TEST(import(site.store, files).changed == 1);
    BOOST_TEST(site.translation(id, "en").published);
}

STELE_ON_BOTH_DATABASES(an_export_after_an_import_is_byte_equal) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    import(site.store, files);
    auto out = exported(site.store);
    files.files.erase("notes.md");
    BOOST_TEST((out.files == files.files));
}

STELE_ON_BOTH_DATABASES(the_demo_content_comes_back_byte_for_byte) {
    ContentSite site(db, {"en"});
    const auto demo = exchange::MemoryFiles::embedded("config/demo/");
    BOOST_REQUIRE(demo.files.size() > 20);
    BOOST_TEST(mistakes(import(site.store, demo)) == "");
    const auto out = exported(site.store);
    for (const auto& [path, bytes] : demo.files) {
        BOOST_REQUIRE_MESSAGE(out.files.contains(path), path);
        BOOST_TEST((out.files.at(path) == bytes), path << " differs:\n" << out.files.at(path));
    }
    BOOST_TEST(import(site.store, out).changed == 0);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(only_the_lines_that_changed_are_rewritten) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    editing::Changes changes;
    changes.title = "Havna: ny kai";
    site.save(id, "nb", changes);
    editing::change_article(site.store, id, {.shared = boost::json::object{{"date", nullptr}, {"mayor", "Kari #1"}}},
                            editing::find_article(site.store, "harbour")->version, "test");
    const auto out = exported(site.store);
    replace(files, "harbour.nb.md", "title: 'Havna'", "title: \"Havna: ny kai\"");
    replace(files, "harbour.nb.md", "date: 2026-05-18\n", "");
    replace(files, "harbour.nb.md", "weather: [mild, 12]\n", "weather: [mild, 12]\nmayor: \"Kari #1\"\n");
    BOOST_TEST(out.files.at("harbour.nb.md") == files.files.at("harbour.nb.md"));
    BOOST_TEST(out.files.at("harbour.en.md").find("outdated:\r\n  - place: title\r\n    source: Havna\r\n") !=
               std::string::npos);
}

STELE_ON_BOTH_DATABASES(what_only_the_file_changed_is_applied) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    replace(files, "harbour.nb.md", "en ny kai i mai", "en ny kai i juni");
    replace(files, "harbour.nb.md", "weather: [mild, 12]", "weather: cold");
    const auto report = import(site.store, files);
    BOOST_TEST(mistakes(report) == "");
    BOOST_TEST(report.changed == 1);
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.missing(id, "en") == 1);
    BOOST_TEST(!site.translation(id, "nb").pending);
    BOOST_TEST(editing::find_article(site.store, "harbour")->shared.at("weather").as_string() == "cold");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(what_only_the_database_changed_stays) {
    ContentSite site(db, {"en"});
    const auto files = small_site();
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    site.set_segment(id, "en", "b1", "A better first paragraph.");
    const auto report = import(site.store, files);
    BOOST_TEST(report.unchanged == 2);
    BOOST_TEST(site.translation(id, "en").body.starts_with("A better first"));
}

STELE_ON_BOTH_DATABASES(changes_of_both_sides_are_merged_by_segment) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    site.set_segment(id, "en", "b1", "First, by the studio.");
    replace(files, "harbour.en.md", "Second paragraph.", "Second, by the file.");
    BOOST_TEST(mistakes(import(site.store, files)) == "");
    BOOST_TEST(site.translation(id, "en").body == "First, by the studio.\r\n\r\nSecond, by the file.\r\n");
}

STELE_ON_BOTH_DATABASES(a_text_translated_from_the_source_in_the_file_is_outdated_by_the_one_in_the_database) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    site.set_segment(id, "nb", "b2", "Havna fikk en ny kai i august.");
    replace(files, "harbour.en.md", "Second paragraph.", "The harbour got a quay in May.");
    BOOST_TEST(mistakes(import(site.store, files)) == "");
    BOOST_TEST(site.outdated(id, "en") == 1);
    for (const auto& s : site.segments(id, "en"))
        if (s.id == "b2") BOOST_TEST(s.basis.value() == "Havna fikk en ny kai i mai.");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_conflict_keeps_the_database_and_is_listed_until_it_is_resolved) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    import(site.store, files);
    const auto id = id_of(site.store, "harbour");
    site.set_segment(id, "en", "b1", "First, by the studio.");
    replace(files, "harbour.en.md", "First paragraph.", "First, by the file.");
    for (int i = 0; i < 2; ++i) {
        const auto report = import(site.store, files);
        BOOST_REQUIRE_EQUAL(report.conflicts.size(), 1u);
        BOOST_TEST(report.conflicts[0].place == "body 1");
        BOOST_TEST(report.conflicts[0].file == "First, by the file.");
        BOOST_TEST(report.conflicts[0].database == "First, by the studio.");
    }
    const TemporaryFolder folder;
    write_folder(folder.path, files);
    const auto refused = exchange::export_files(site.store, folder.path, {});
    BOOST_REQUIRE_EQUAL(refused.conflicts.size(), 1u);
    BOOST_TEST(read_folder(folder.path).files.at("harbour.en.md") == files.files.at("harbour.en.md"));
    BOOST_TEST(mistakes(import(site.store, files, {.theirs = true})) == "");
    BOOST_TEST(site.translation(id, "en").body.starts_with("First, by the file."));
    BOOST_TEST(import(site.store, files).unchanged == 2);
}

STELE_ON_BOTH_DATABASES(rows_lie_beside_and_are_read_again_when_they_change) {
    ContentSite site(db, {"en"});
    exchange::MemoryFiles files(
        {{"cities/pledge.en.md",
          "---\ntype: statement\nsource: en\ntitle: Pledge\nsignatories: who.csv\n---\n\nText.\n"},
         {"cities/who.csv", "name,note\r\n\"Alba, Italy\",\"says \"\"yes\"\"\"\r\nBrno,\r\n"}});
    BOOST_TEST(mistakes(import(site.store, files)) == "");
    const auto rows = [&] { return editing::find_article(site.store, "pledge")->shared.at("signatories").as_array(); };
    BOOST_REQUIRE_EQUAL(rows().size(), 2u);
    BOOST_TEST(rows()[0].as_object().at("name").as_string() == "Alba, Italy");
    BOOST_TEST((exported(site.store).files == files.files));
    files.files["cities/who.csv"] += "Cork,late\r\n";
    BOOST_TEST(import(site.store, files).changed == 1);
    BOOST_TEST(rows().size() == 3u);
    BOOST_TEST((exported(site.store).files == files.files));
}

STELE_ON_BOTH_DATABASES(every_bad_file_is_listed_and_the_others_are_imported) {
    ContentSite site(db, {"en"});
    auto files = small_site();
    files.files["a.en.md"] = "---\ntitle: [open\n---\n\nText.\n";
    files.files["b.en.md"] = "---\ntitle: Fine\nweather: &w mild\n---\n\nText.\n";
    files.files["c.en.md"] = "---\ntitle: Fine\nsignatories: ../secret.csv\ntype: statement\n---\n\nText.\n";
    files.files["d.en.md"] = "---\ntitle: Fine\ntitle: Twice\n---\n\nText.\n";
    files.files["e.en.md"] = "---\nsource: en\nslug: e\n---\n\nNo title.\n";
    files.files["f.en.md"] = "---\ntitle: \xff\n---\n\nNot UTF-8.\n";
    files.files["g.en.md"] = "---\ntitle: Deep\nx: " + std::string(40, '[') + std::string(40, ']') + "\n---\n\nText.\n";
    files.files["harbour.de.md"] = "---\ntitle: Der Hafen\n---\n\n| a | b |\n|---|---|\n| c | d |\n";
    const auto report = import(site.store, files);
    std::map<std::string, int> lines;
    for (const auto& bad : report.bad) {
        lines[bad.path] = bad.line;
        BOOST_TEST(!bad.remedy.empty(), bad.path);
    }
    BOOST_TEST(lines.size() == 8u);
    BOOST_TEST(lines["b.en.md"] == 3);
    BOOST_TEST(lines["c.en.md"] == 3);
    BOOST_TEST(lines["d.en.md"] == 3);
    BOOST_TEST(lines["f.en.md"] == 2);
    BOOST_TEST(lines["g.en.md"] == 3);
    BOOST_TEST(lines["harbour.de.md"] == 5);
    BOOST_TEST(report.created == 2);
    replace(files, "harbour.de.md", "title:", "mode: independent\ntitle:");
    BOOST_TEST(import(site.store, files).created == 1);
    BOOST_TEST((site.translation(id_of(site.store, "harbour"), "de").mode == content::Mode::independent));
}

// The texts that the product was asked for, where they lie beside the repository.
STELE_ON_BOTH_DATABASES(the_real_content_lists_what_is_untranslated_and_comes_back_byte_for_byte) {
    const auto folder = std::filesystem::path(STELE_SOURCE_DIR) / "../shared/content";
    if (!std::filesystem::is_directory(folder)) {
        BOOST_TEST_MESSAGE("no content beside the repository: nothing is tested");
        return;
    }
    ContentSite site(db, {"en"});
    auto files = read_folder(folder);
    BOOST_TEST(mistakes(import(site.store, files)) == "");
    auto list = [&](const std::string& locale) {
        return worklist::list(site.store,
                              {.locale = ContentSite::tag(locale), .states = {}, .pending = {}, .after = {}})
            .items;
    };
    BOOST_TEST(list("nb").size() == 4u);
    const auto en = list("en");
    BOOST_REQUIRE_EQUAL(en.size(), 1u);
    BOOST_TEST((en[0].edition.state == content::State::incomplete));
    BOOST_TEST(en[0].edition.segments.missing == 1);
    BOOST_TEST(en[0].edition.segments.total == 15);
    files.files.erase("README.md");
    BOOST_TEST((exported(site.store).files == files.files));
}

BOOST_AUTO_TEST_SUITE_END()
