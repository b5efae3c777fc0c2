// stele memory export: the file that is there stays until a new one is whole.
#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"

using namespace stele;
namespace fs = std::filesystem;

namespace {

class Folder {
  public:
    Folder() {
        auto name = (fs::temp_directory_path() / "stele-memory-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(name.data()));
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    int memory(std::vector<std::string> arguments) const {
        std::vector<std::string> words{"stele", "--database", "sqlite:" + (path / "site.db").string(), "memory"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<const char*> argv;
        for (const auto& word : words) argv.push_back(word.c_str());
        return cli::run_commands(int(argv.size()), argv.data(), {cli::memory_command()});
    }

    fs::path path;
};

void write(const fs::path& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }
std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}
std::set<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename());
    return names;
}

constexpr std::string_view tmx =
    "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>Hi</seg></tuv><tuv "
    "xml:lang=\"nb\"><seg>Hei</seg></tuv></tu></body></tmx>";

}  // namespace

BOOST_AUTO_TEST_SUITE(memory_command)

BOOST_AUTO_TEST_CASE(an_export_that_is_refused_leaves_the_file_as_it_was) {
    const Folder folder;
    const auto in = folder.path / "in.tmx", out = folder.path / "out.tmx";
    write(in, tmx);
    write(out, "what was there");
    BOOST_TEST(folder.memory({"import", in.string()}) == cli::exit_done);
    const auto before = names_in(folder.path);
    for (const auto* option : {"--source", "--target"}) {
        BOOST_TEST(folder.memory({"export", out.string(), option, "no tag"}) == cli::exit_misused);
        BOOST_TEST(read(out) == "what was there");
    }
    BOOST_TEST(folder.memory({"export", (folder.path / "no" / "folder.tmx").string()}) == cli::exit_failed);
    BOOST_TEST((names_in(folder.path) == before));

    fs::create_symlink(out, folder.path / "link.tmx");
    BOOST_TEST(folder.memory({"export", (folder.path / "link.tmx").string(), "--source", "en"}) == cli::exit_done);
    BOOST_TEST(read(out).find("<seg>Hei</seg>") != std::string::npos);
    BOOST_TEST(fs::is_symlink(folder.path / "link.tmx"));
    BOOST_TEST(names_in(folder.path).size() == before.size() + 1);
    BOOST_TEST(folder.memory({"export", "/dev/null"}) == cli::exit_done);
    BOOST_TEST(fs::is_character_file("/dev/null"));
}

BOOST_AUTO_TEST_SUITE_END()
