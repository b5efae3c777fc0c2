// Files made to break an import: each is named with its line and what to do, and nothing else changes.
#include <fmt/format.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "tests/storage/exchange_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string fine = "---\nsource: en\ntitle: Fine\n---\n\nText.\n";

struct Bad {
    std::string name, bytes;
    int line;
    std::string says;
};

// Aliases that would grow to 10^9 words, were they followed.
std::string alias_bomb() {
    std::string text = "---\ntitle: Bomb\na: &a [x, x, x, x, x, x, x, x, x, x]\n";
    for (char c = 'b'; c <= 'i'; ++c) {
        text += fmt::format("{0}: &{0} [", c);
        for (int i = 0; i < 10; ++i) text += fmt::format("{}*{}", i ? ", " : "", char(c - 1));
        text += "]\n";
    }
    return text + "---\n\nText.\n";
}

std::vector<Bad> bad_files() {
    const std::string head = "---\ntitle: Odd\n---\n\n";
    return {
        {"bomb.en.md", alias_bomb(), 3, "an anchor (&name) in the front matter"},
        {"alias.en.md", "---\ntitle: Odd\nx: *nothing\n---\n\nText.\n", 3, ""},
        {"merge.en.md", "---\ntitle: Odd\nbase: &b {x: 1}\nmore:\n  <<: *b\n---\n\nText.\n", 3,
         "an anchor (&name) in the front matter"},
        {"tag.en.md", "---\ntitle: Odd\nx: !!python/object:os.system [ls]\n---\n\nText.\n", 3,
         "a tag (!name) in the front matter"},
        {"deep.en.md", "---\ntitle: Odd\nx: " + std::string(30'000, '[') + "\n---\n\nText.\n", 3,
         "in the front matter"},
        {"wide.en.md", "---\ntitle: Odd\nx: " + std::string(70'000, 'a') + "\n---\n\nText.\n", 1,
         "the front matter is over 64 KB"},
        {"open.en.md", "---\ntitle: Odd\n", 1, "the front matter has no end"},
        {"utf8.en.md", head + "One.\n\nTwo \xC3\x28.\n", 7, "not UTF-8"},
        {"surrogate.en.md", head + "\xED\xA0\x80\n", 5, "not UTF-8"},
        {"nul.en.md", head + "One.\n\nTw" + std::string(1, '\0') + "o.\n", 7, "a NUL byte"},
        {"line.en.md", head + std::string(10u << 20, 'a') + "\n", 0, "it cannot be read, or is over 4 MB"},
        {"limit.en.md", head + std::string(exchange::max_file_bytes, 'a'), 0, "it cannot be read, or is over 4 MB"},
    };
}

exchange::MemoryFiles one_file(const std::string& name, const std::string& bytes) {
    exchange::MemoryFiles files;
    files.files[name] = bytes;
    return files;
}

const exchange::Remark* find(const std::vector<exchange::Remark>& remarks, const std::string& path) {
    for (const auto& r : remarks)
        if (r.path == path) return &r;
    return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_hostile)

STELE_ON_BOTH_DATABASES(hostile_files_are_named_with_line_and_remedy_and_leave_nothing_behind) {
    ContentSite site(db, {"en"});
    const TemporaryFolder folder;
    exchange::MemoryFiles files;
    for (const auto& bad : bad_files()) files.files[bad.name] = bad.bytes;
    write_folder(folder.path, files);
    const auto written = db->rows_written();
    const auto report = import(site.store, exchange::FolderFiles(folder.path));
    BOOST_TEST(db->rows_written() == written);
    BOOST_TEST(report.created == 0);
    BOOST_TEST(report.bad.size() == bad_files().size());
    for (const auto& bad : bad_files()) {
        const auto* remark = find(report.bad, bad.name);
        BOOST_REQUIRE_MESSAGE(remark, bad.name);
        BOOST_TEST(remark->line == bad.line, bad.name << ": " << remark->line << " " << remark->text);
        BOOST_TEST(remark->text.find(bad.says) != std::string::npos, bad.name << ": " << remark->text);
        BOOST_TEST(!remark->remedy.empty(), bad.name);
    }
}

STELE_ON_BOTH_DATABASES(a_body_over_its_limit_is_refused_at_its_line) {
    ContentSite site(db, {"en"});
    exchange::MemoryFiles files(
        {{"long.en.md", "---\ntitle: Long\n---\n\n" + std::string(content::max_body_bytes + 1, 'a') + "\n"}});
    const auto written = db->rows_written();
    const auto report = import(site.store, files);
    BOOST_TEST(db->rows_written() == written);
    BOOST_REQUIRE_EQUAL(report.bad.size(), 1u);
    BOOST_REQUIRE(report.bad[0].error);
    BOOST_TEST(report.bad[0].error->fields().at(0).pointer.ends_with("/body"));
    BOOST_TEST(report.bad[0].line == 5);
}

STELE_ON_BOTH_DATABASES(what_is_no_plain_file_is_never_opened) {
    namespace fs = std::filesystem;
    ContentSite site(db, {"en"});
    const TemporaryFolder folder, outside;
    write_folder(outside.path, exchange::MemoryFiles({{"secret.en.md", fine}, {"rows.csv", "name\r\nsecret\r\n"}}));
    write_folder(folder.path,
                 exchange::MemoryFiles(
                     {{"fine.en.md", fine},
                      {"rows.en.md", "---\ntype: statement\nsource: en\ntitle: Rows\nsignatories: rows.csv\n---\n"}}));
    fs::create_symlink(outside.path / "secret.en.md", folder.path / "link.en.md");
    fs::create_symlink(outside.path / "rows.csv", folder.path / "rows.csv");
    fs::create_directory_symlink(outside.path, folder.path / "en");
    fs::create_directory_symlink(folder.path, folder.path / "loop");
    fs::create_symlink("round.en.md", folder.path / "round.en.md");
    fs::create_symlink("/dev/zero", folder.path / "device.en.md");
    BOOST_REQUIRE(mkfifo((folder.path / "pipe.en.md").c_str(), 0600) == 0);  // reading it would wait for ever
    const auto report = import(site.store, exchange::FolderFiles(folder.path));
    BOOST_TEST(report.created == 1);
    for (const std::string name :
         {"link.en.md", "rows.csv", "en", "loop", "round.en.md", "device.en.md", "pipe.en.md"}) {
        const auto* remark = find(report.warnings, name);
        BOOST_REQUIRE_MESSAGE(remark, name);
        BOOST_TEST(!remark->remedy.empty());
    }
    BOOST_REQUIRE(find(report.bad, "rows.en.md"));
    BOOST_TEST(find(report.bad, "rows.en.md")->line == 5);
    BOOST_TEST(!editing::find_article(site.store, "secret"));
    const exchange::FolderFiles disk(folder.path);
    for (const std::string name : {"link.en.md", "en/secret.en.md", "loop/fine.en.md", "../secret.en.md",
                                   "device.en.md", "pipe.en.md", "fine.en.md/", "/etc/passwd"})
        BOOST_TEST(!disk.read(name), name);
}

STELE_ON_BOTH_DATABASES(a_name_in_another_normal_form_is_the_same_file) {
    ContentSite site(db, {"en"});
    const std::string composed = "\xC3\x85lesund.nb.md", decomposed = "A\xCC\x8Alesund.nb.md";
    const std::string file = "---\nkey: alesund\nsource: nb\ntitle: By\n---\n\nTekst.\n";
    BOOST_TEST(mistakes(import(site.store, one_file(composed, file))) == "");
    const auto renamed = import(site.store, one_file(decomposed, file));
    BOOST_TEST(mistakes(renamed) == "");
    BOOST_TEST(renamed.created + renamed.changed == 0);
    auto both_names = one_file(composed, file), unkeyed = one_file(composed, fine);
    both_names.files[decomposed] = file;
    unkeyed.files[decomposed] = fine;
    const auto both = import(site.store, both_names);
    BOOST_REQUIRE_EQUAL(both.bad.size(), 1u);
    BOOST_TEST(both.bad[0].text.find("has this key and locale, too") != std::string::npos);
    const auto written = db->rows_written();
    // Without a key of its own the name is the key, in one form, and a key has to be of plain letters.
    const auto keyed = import(site.store, unkeyed);
    BOOST_TEST(keyed.created == 0);
    BOOST_TEST(db->rows_written() == written);
}

STELE_ON_BOTH_DATABASES(the_same_key_in_two_normal_forms_is_one_article) {
    ContentSite site(db, {"en"});
    exchange::MemoryFiles files({{"nb/A\xCC\x8Apent.md", "---\nsource: nb\ntitle: By\n---\n\nTekst.\n"},
                                 {"en/\xC3\x85pent.md", "---\ntitle: Town\n---\n\nText.\n"}});
    const auto report = import(site.store, files);
    BOOST_TEST(report.created == 0);
    // Together, as the files of one article: the mistake is the key's, and the source's alone.
    BOOST_REQUIRE_EQUAL(report.bad.size(), 2u);
    BOOST_TEST(bool(find(report.bad, "nb/A\xCC\x8Apent.md")->error));
    BOOST_TEST(find(report.bad, "en/\xC3\x85pent.md")->text == "its source was not imported");
}

STELE_ON_BOTH_DATABASES(a_name_that_cannot_be_shown_is_refused_and_shown_with_escapes) {
    ContentSite site(db, {"en"});
    const auto report = import(
        site.store, exchange::MemoryFiles({{"a\xff.en.md", fine}, {"b\x1b[2J.en.md", fine}, {"c\n.en.md", fine}}));
    BOOST_TEST(report.created == 0);
    BOOST_REQUIRE_EQUAL(report.bad.size(), 3u);
    BOOST_TEST(bool(find(report.bad, "a\\xff.en.md")));
    BOOST_TEST(bool(find(report.bad, "b\\x1b[2J.en.md")));
    BOOST_TEST(bool(find(report.bad, "c\\x0a.en.md")));
}

BOOST_AUTO_TEST_SUITE_END()
