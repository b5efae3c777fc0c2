// Files that come back from elsewhere, whatever was exported, written or published since they went.
#include <boost/test/unit_test.hpp>

#include "src/exchange/selection.hpp"
#include "src/publishing/publishing.hpp"
#include "tests/storage/exchange_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// An English source of three segments of the body, published, and its German text as a test wants it.
struct PackageSite : ContentSite {
    explicit PackageSite(db::Database& db) : ContentSite(db, {"en", "de"}) {
        editing::NewArticle article{.key = "harbour", .source_locale = tag("en")};
        article.translation.title = "The harbour";
        article.translation.body = "First paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n";
        id = editing::create_article(store, article, "kari").id;
    }

    exchange::MemoryFiles package() {
        exchange::MemoryFiles files;
        for (auto& file : exchange::files_of(store, {id}, tag("de"))) files.files[file.path] = file.bytes;
        return files;
    }

    std::string german() { return translation(id, "de").body; }

    ArticleId id{};
};

void replace(exchange::MemoryFiles& files, const std::string& path, const std::string& from, const std::string& to) {
    auto& text = files.files.at(path);
    const auto at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from << " in " << text);
    text.replace(at, from.size(), to);
}

const std::string german_file = "harbour.de.md";

}  // namespace

BOOST_AUTO_TEST_SUITE(packages)

STELE_ON_BOTH_DATABASES(a_package_that_comes_back_untouched_deletes_nothing_that_was_written_and_exported_since) {
    PackageSite site(db);
    site.set_segment(site.id, "de", "b1", "Erster Absatz.");
    const auto package = site.package();
    site.set_segment(site.id, "de", "b2", "Zweiter Absatz.");
    site.set_segment(site.id, "de", "b1", "Der erste Absatz.");
    exported(site.store);
    for (int i = 0; i < 2; ++i) {
        const auto report = import(site.store, package);
        BOOST_TEST(mistakes(report) == "");
        BOOST_TEST(report.unchanged == 2);
        BOOST_TEST(report.changed == 0);
    }
    BOOST_TEST(site.german() == "Der erste Absatz.\n\nZweiter Absatz.\n");
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(a_package_of_what_was_not_published_yet_unpublishes_nothing) {
    PackageSite site(db);
    auto package = site.package();
    site.publish(site.id, "en");
    exported(site.store);
    replace(package, "harbour.en.md", "Third paragraph.", "The third paragraph.");
    BOOST_TEST(mistakes(import(site.store, package)) == "");
    BOOST_TEST(site.translation(site.id, "en").published);
    BOOST_TEST(site.translation(site.id, "en").body.ends_with("The third paragraph.\n"));
}

STELE_ON_BOTH_DATABASES(a_package_takes_its_line_nowhere) {
    PackageSite site(db);
    site.translate_all(site.id, "de");
    auto package = site.package();
    BOOST_TEST(package.files.at(german_file).find("\nstele-package: p") != std::string::npos);
    replace(package, "harbour.en.md", "Third", "The third");
    BOOST_TEST(import(site.store, package).changed == 1);
    BOOST_TEST(editing::find_article(site.store, "harbour")->shared.empty());
    for (const auto& [path, bytes] : exported(site.store).files)
        BOOST_TEST(bytes.find("stele-package") == std::string::npos, path);
}

STELE_ON_BOTH_DATABASES(what_an_agency_and_the_studio_wrote_is_merged_by_segment) {
    PackageSite site(db);
    site.translate_all(site.id, "de");
    auto package = site.package();
    site.set_segment(site.id, "de", "b1", "Vom Studio.");
    site.set_segment(site.id, "de", "b2", "Auch vom Studio.");
    exported(site.store);
    replace(package, german_file, "x Second paragraph.", "Von der Agentur.");
    replace(package, german_file, "x Third paragraph.", "Auch von der Agentur.");
    const auto report = import(site.store, package);
    BOOST_REQUIRE_EQUAL(report.conflicts.size(), 1u);
    BOOST_TEST(report.conflicts[0].file == "Von der Agentur.");
    BOOST_TEST(report.conflicts[0].database == "Auch vom Studio.");
    BOOST_TEST(site.german() == "Vom Studio.\n\nAuch vom Studio.\n\nAuch von der Agentur.\n");
    BOOST_TEST(mistakes(import(site.store, package, {.theirs = true})) == "");
    BOOST_TEST(site.german() == "Vom Studio.\n\nVon der Agentur.\n\nAuch von der Agentur.\n");
    BOOST_TEST(import(site.store, package).unchanged == 2);
}

STELE_ON_BOTH_DATABASES(what_an_agency_wrote_where_nothing_was_is_put_beside_what_was_written_meanwhile) {
    PackageSite site(db);
    auto package = site.package();
    site.set_segment(site.id, "de", "b1", "Vom Studio.");
    exported(site.store);
    package.files.at(german_file) += "\nVom Studio.\n\nZweitens.\n\nDrittens.\n";
    BOOST_TEST(mistakes(import(site.store, package)) == "");
    BOOST_TEST(site.german() == "Vom Studio.\n\nZweitens.\n\nDrittens.\n");
    BOOST_TEST(site.missing(site.id, "de") == 1);  // the title
    BOOST_TEST(import(site.store, package).unchanged == 2);
}

STELE_ON_BOTH_DATABASES(a_first_translation_comes_back_in_a_package) {
    PackageSite site(db);
    auto package = site.package();
    package.files.at(german_file) += "\nErstens.\n\nZweitens.\n\nDrittens.\n";
    const auto report = import(site.store, package);
    BOOST_TEST(mistakes(report) == "");
    BOOST_TEST(report.created == 1);
    BOOST_TEST(site.german() == "Erstens.\n\nZweitens.\n\nDrittens.\n");
    replace(package, german_file, "Zweitens.", "Zum Zweiten.");
    BOOST_TEST(mistakes(import(site.store, package)) == "");
    BOOST_TEST(site.german() == "Erstens.\n\nZum Zweiten.\n\nDrittens.\n");
}

STELE_ON_BOTH_DATABASES(two_folders_that_were_exported_one_after_another_both_come_back) {
    PackageSite site(db);
    site.translate_all(site.id, "de");
    const TemporaryFolder first, second;
    exchange::export_files(site.store, first.path, {});
    site.set_segment(site.id, "de", "b1", "Vom Studio.");
    exchange::export_files(site.store, second.path, {});
    BOOST_TEST(import(site.store, exchange::FolderFiles(first.path)).unchanged == 2);
    auto edited = read_folder(first.path);
    replace(edited, german_file, "x Second paragraph.", "Aus dem ersten Ordner.");
    write_folder(first.path, edited);
    edited = read_folder(second.path);
    replace(edited, german_file, "x Third paragraph.", "Aus dem zweiten Ordner.");
    write_folder(second.path, edited);
    BOOST_TEST(mistakes(import(site.store, exchange::FolderFiles(first.path))) == "");
    BOOST_TEST(mistakes(import(site.store, exchange::FolderFiles(second.path))) == "");
    BOOST_TEST(site.german() == "Vom Studio.\n\nAus dem ersten Ordner.\n\nAus dem zweiten Ordner.\n");
    BOOST_TEST(exchange::export_files(site.store, first.path, {}).conflicts.empty());
    BOOST_TEST((read_folder(first.path).files == exported(site.store).files));
}

STELE_ON_BOTH_DATABASES(a_copy_of_a_folder_is_compared_with_the_folder_it_is_a_copy_of) {
    PackageSite site(db);
    site.translate_all(site.id, "de");
    const auto first = exported(site.store);
    site.set_segment(site.id, "de", "b1", "Vom Studio.");
    exported(site.store);
    BOOST_TEST(import(site.store, first).unchanged == 2);
    BOOST_TEST(site.german().starts_with("Vom Studio."));
}

STELE_ON_BOTH_DATABASES(a_package_that_is_not_known_any_more_overwrites_nothing) {
    PackageSite site(db);
    site.translate_all(site.id, "de");
    auto package = site.package();
    for (auto& [path, bytes] : package.files) bytes.replace(bytes.find("stele-package: p"), 16, "stele-package: q");
    BOOST_TEST(mistakes(import(site.store, package)) == "");
    site.set_segment(site.id, "de", "b1", "Vom Studio.");
    for (auto& [path, bytes] : package.files) bytes.replace(bytes.find("stele-package: q"), 16, "stele-package: r");
    BOOST_TEST(import(site.store, package).conflicts.size() == 1u);
    BOOST_TEST(site.german().starts_with("Vom Studio."));
}

BOOST_AUTO_TEST_SUITE_END()
