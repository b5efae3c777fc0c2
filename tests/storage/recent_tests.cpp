// What others did, as Home tells it: many texts at once are one line, and what was before an account is no news.
#include "src/storage/revisions.hpp"
#include "src/workflow/looks.hpp"
#include "src/workflow/recent.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

struct RecentSite : PeopleSite {
    explicit RecentSite(db::Database& database) : PeopleSite(database) {
        for (int i = 0; i < 5; ++i) ids.push_back(add("nb", "By " + std::to_string(i), "T.\n"));
        begin = position();
    }
    std::int64_t position() {
        return store.db.reading([](db::Connection& c) { return storage::newest_position(c); });
    }
    // The same entry of the log for the first `articles`, `apart` from each other.
    void log(const std::string& kind, const std::string& actor, size_t articles, std::chrono::seconds apart = 0s) {
        store.db.write([&](db::Transaction& t) {
            for (size_t i = 0; i < articles; ++i, clock += apart)
                storage::add_change(t, clock, {kind, ids[i], tag("nb"), actor, "{}"});
        });
    }
    workflow::RecentChanges recent(std::int64_t from, size_t limit = 10) {
        const accounts::Known tove{.name = "tove", .grants = {{accounts::Role::translator, {tag("en")}}}};
        return workflow::changes_since(store, tove, from, limit);
    }
    // "publish edda 5 By 4;": kind, who, how many articles, the last one's title.
    std::string said(std::int64_t from) {
        std::string text;
        for (const auto& change : recent(from).items)
            text += fmt::format("{} {} {}{} {};", change.kind, change.actors[0], change.articles,
                                change.at_least ? "+" : "", change.title);
        return text;
    }

    std::vector<ArticleId> ids;
    std::int64_t begin = 0;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(what_others_did)

STELE_ON_BOTH_DATABASES(what_one_did_to_many_articles_at_once_is_one_line) {
    RecentSite site(db);
    site.log("publish", "edda", 5);
    BOOST_TEST(site.said(site.begin) == "publish edda 5 By 4;");
    // Of another kind or by somebody else it is another line.
    site.log("save", "edda", 4);
    site.log("publish", "rita", 4);
    BOOST_TEST(site.said(site.begin) == "publish rita 4 By 3;save edda 4 By 3;publish edda 5 By 4;");
}

STELE_ON_BOTH_DATABASES(few_articles_and_what_takes_its_time_stand_for_themselves) {
    RecentSite site(db);
    site.log("publish", "edda", 3);
    BOOST_TEST(site.said(site.begin) == "publish edda 1 By 2;publish edda 1 By 1;publish edda 1 By 0;");
    const auto from = site.position();
    site.log("save", "edda", 5, 25s);
    BOOST_TEST(site.recent(from).items.size() == 5u);
}

STELE_ON_BOTH_DATABASES(an_import_is_one_line_however_long_it_takes_and_hides_nobodys_work) {
    RecentSite site(db);
    site.log("comment", "edda", 1);
    for (const auto* kind : {"create", "save", "publish"}) site.log(kind, "import", 5, 25s);
    BOOST_TEST(site.said(site.begin) == "import import 5 By 4;comment edda 1 By 0;");
    const auto from = site.position();
    site.log("comment", "edda", 1);
    for (int i = 0; i < 201; ++i) site.log("publish", "import", 5);
    BOOST_TEST(site.said(from) == "import import 5+ By 4;comment edda 1 By 0;");
    BOOST_TEST(!site.recent(from).more);
    // The next import is another one.
    const auto next = site.position();
    site.log("save", "import", 5);
    site.clock += 5min;
    site.log("save", "import", 5);
    BOOST_TEST(site.said(next) == "import import 5 By 4;import import 5 By 4;");
}

STELE_ON_BOTH_DATABASES(an_import_of_few_articles_names_each) {
    RecentSite site(db);
    site.log("save", "import", 2);
    BOOST_TEST(site.said(site.begin) == "save import 1 By 1;save import 1 By 0;");
}

STELE_ON_BOTH_DATABASES(a_new_account_begins_where_it_was_made) {
    RecentSite site(db);
    const auto account = site.add_person("nina", accounts::Role::translator, {"en"});
    workflow::Looks looks;
    const auto begin = looks.visited(site.store, account);
    BOOST_TEST(begin == site.position());
    site.clock += 24h;
    site.log("save", "edda", 1);
    looks.write(site.store);
    site.clock += 24h;
    const auto later = looks.visited(site.store, account);
    BOOST_TEST(later == begin);
    BOOST_TEST(site.said(later) == "save edda 1 By 0;");
}

BOOST_AUTO_TEST_SUITE_END()
