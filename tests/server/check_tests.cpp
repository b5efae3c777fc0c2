// stele check --sample: a look at a large site.
#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "src/editing/editing.hpp"

using namespace stele;
namespace fs = std::filesystem;

namespace {

class Site {
  public:
    Site() {
        auto name = (fs::temp_directory_path() / "stele-check-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(name.data()));
        folder_ = name;
        options_.database = "sqlite:" + (folder_ / "site.db").string();
        const auto app = cli::open_app(options_, cli::EmptyDatabase::migrate);
        for (const auto* title : {"One", "Two", "Three", "Four"}) {
            editing::NewArticle article{.type = "page", .source_locale = locale::Tag::stored("en")};
            article.translation.title = title;
            editing::create_article(store_of(*app), article, "test");
        }
    }
    ~Site() { fs::remove_all(folder_); }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    int check(std::vector<std::string> arguments) const {
        std::vector<std::string> words{"stele", "--database", options_.database, "check"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<const char*> argv;
        for (const auto& word : words) argv.push_back(word.c_str());
        return cli::run_commands(int(argv.size()), argv.data(), {cli::check_command()});
    }
    void damage(const std::string& sql) const {
        cli::open_app(options_, cli::EmptyDatabase::refuse)->database->write([&](db::Transaction& t) { t->run(sql); });
    }

  private:
    fs::path folder_;
    cli::Options options_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(a_sample_as_large_as_the_site_finds_what_is_wrong_with_any_article) {
    const Site site;
    BOOST_TEST(site.check({"--editions", "--sample", "1000"}) == cli::exit_done);
    site.damage("UPDATE edition SET title = 'x' WHERE article_id = 3");
    BOOST_TEST(site.check({"--sample", "1000"}) == cli::exit_done);
    BOOST_TEST(site.check({"--editions", "--sample", "1000"}) == cli::exit_failed);
}

BOOST_AUTO_TEST_CASE(a_sample_leaves_out_articles_that_were_not_chosen) {
    const Site site;
    site.damage("UPDATE edition SET title = 'x' WHERE article_id = 3");
    int found = 0;
    for (const auto* seed : {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}) {
        const auto status = site.check({"--editions", "--sample", "1", "--seed", seed});
        BOOST_TEST(status == site.check({"--editions", "--sample", "1", "--seed", seed}));
        found += status == cli::exit_failed;
    }
    BOOST_TEST(found > 0);
    BOOST_TEST(found < 12);
}

BOOST_AUTO_TEST_CASE(a_sample_is_a_number_above_zero_and_a_seed_belongs_to_one) {
    const Site site;
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--sample", "0"}, {"--sample", "-1"}, {"--sample", "x"}, {"--seed", "1"}})
        BOOST_TEST(site.check(arguments) == cli::exit_misused);
}

BOOST_AUTO_TEST_SUITE_END()
