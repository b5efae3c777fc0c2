// Two servers on one database: what one of them changes, both show.
#include <fstream>
#include <functional>

#include "src/storage/revisions.hpp"
#include "tests/faults/real_server.hpp"
#include "tests/support/postgres_cluster.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

const std::string articles = "/api/v1/articles/";

template <class Condition>
bool comes_true(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!condition())
        if (std::chrono::steady_clock::now() > until) return false;
    return true;
}

class Node {
  public:
    explicit Node(const FilledDatabase& filled, const std::string& kept_bytes = "1000000")
        : server_(filled.db.url(), {.environment = {{"STELE_BASE_URL", "https://stele.test"},
                                                    {"STELE_RESPONSE_CACHE_BYTES", kept_bytes}}}),
          reader_(server_.port()),
          admin_(server_.client(filled.token)) {}

    test::HttpResponse get(const std::string& path) { return reader_.get(path); }
    bool shows(const std::string& path, const std::string& text) {
        return get(path).body.find(text) != std::string::npos;
    }
    bool comes_to_show(const std::string& path, const std::string& text) {
        return comes_true([&] { return shows(path, text); });
    }

    void change(const std::string& method, const std::string& path, const std::string& body,
                const std::string& etag = {}) {
        const auto answer =
            admin_.request(method, path, etag.empty() ? test::Headers{} : test::Headers{{"If-Match", etag}}, body);
        BOOST_TEST_REQUIRE(answer.status / 100 == 2, method << " " << path << ": " << answer.status << answer.body);
    }
    // By somebody who has just read `path`.
    void edit(const std::string& method, const std::string& path, const std::string& body = {}) {
        change(method, path, body, etag_of(path));
    }
    std::string etag_of(const std::string& path) { return std::string(admin_.get(path).header("ETag")); }
    void publish(const std::string& key, const std::string& locale) {
        const auto translation = articles + key + "/translations/" + locale;
        change("POST", translation + "/publish", R"({"incomplete": true})", etag_of(translation));
    }
    void publish_title(const std::string& key, const std::string& locale, const std::string& title) {
        edit("PATCH", articles + key + "/translations/" + locale, R"({"title": ")" + title + R"("})");
        publish(key, locale);
    }
    test::HttpClient& admin() { return admin_; }

  private:
    RealServer server_;
    test::HttpClient reader_, admin_;
};

struct Nodes {
    explicit Nodes(db::Dialect dialect) : filled(dialect) {}
    FilledDatabase filled;
    Node here{filled}, there{filled};

    // What is asked for twice is kept.
    void warm() {
        for (int i = 0; i < 2; ++i)
            for (auto* node : {&here, &there})
                for (const auto* path : {"/en/", "/en/about", "/en/harbour"}) BOOST_TEST(node->get(path).status == 200);
    }
    std::unique_ptr<db::Database> direct() const { return db::Database::open({.url = filled.db.url()}); }
};

void publications_are_shown_by_both(db::Dialect dialect) {
    Nodes nodes(dialect);
    nodes.warm();
    auto *writer = &nodes.here, *other = &nodes.there;
    for (int i = 0; i < 6; ++i) {
        const auto title = "Version " + std::to_string(i) + " of it";
        writer->publish_title("about", "en", title);
        for (const auto* path : {"/en/about", "/en/"}) {
            BOOST_TEST(writer->shows(path, title));  // the very next request
            BOOST_TEST(other->comes_to_show(path, title));
        }
        std::swap(writer, other);
    }
}

// Another process, which serves nobody.
void imports_are_shown(db::Dialect dialect) {
    Nodes nodes(dialect);
    nodes.warm();
    const Folder folder;
    std::ofstream(folder.path / "fresh.en.md") << "---\ntitle: Fresh bread\n---\n\nAt eight.\n";
    const auto import = run_command({"import", folder.path.string(), "--database", nodes.filled.db.url()});
    BOOST_TEST_REQUIRE(import.status == 0, import.said);
    BOOST_TEST(nodes.here.comes_to_show("/en/", "Fresh bread"));
    BOOST_TEST(nodes.there.comes_to_show("/en/", "Fresh bread"));
}

// Status, body and what belongs to it. Of errors not the text, which may name the request.
std::string seen(Node& node, const std::string& path) {
    const auto answer = node.get(path);
    return std::to_string(answer.status) + " " + std::string(answer.header("ETag")) + " " +
           std::string(answer.header("Location")) + "\n" + (answer.status == 200 ? answer.body : "");
}

const std::vector<std::string> paths{"/en/",
                                     "/nb/",
                                     "/ar/",
                                     "/en/about",
                                     "/nb/om-oss",
                                     "/nb/about",
                                     "/ar/about",
                                     "/en/harbour",
                                     "/en/our-harbour",
                                     "/nb/havna",
                                     "/nb/harbour",
                                     "/ar/harbour",
                                     "/en/havna",
                                     "/en/statement",
                                     "/en/news",
                                     "/nb/fresh",
                                     "/api/v1/articles?locale=nb",
                                     "/api/v1/articles?locale=en&type=news",
                                     "/api/v1/articles/about?locale=ar",
                                     "/api/v1/articles/harbour?locale=en",
                                     "/api/v1/pages/nb/om-oss"};

struct Step {
    std::string name;
    std::function<void(Node&)> run;
};

const std::vector<Step> steps{
    {"a title", [](Node& n) { n.publish_title("about", "en", "About all of us"); }},
    {"a text that is not published",
     [](Node& n) { n.edit("PATCH", articles + "about/translations/en", R"({"title": "A draft"})"); }},
    {"one locale less",
     [](Node& n) {
         const auto nb = articles + "about/translations/nb";
         n.change("POST", nb + "/unpublish", "{}", n.etag_of(nb));
     }},
    {"the same again", [](Node& n) { n.publish("about", "nb"); }},
    {"a field", [](Node& n) { n.edit("PATCH", articles + "harbour", R"({"fields": {"date": "2026-06-07"}})"); }},
    {"a type", [](Node& n) { n.edit("PATCH", articles + "harbour", R"({"type": "page"})"); }},
    {"another slug",
     [](Node& n) {
         n.edit("PATCH", articles + "harbour/translations/en", R"({"slug": "our-harbour"})");
         n.publish("harbour", "en");
     }},
    {"another key", [](Node& n) { n.edit("PATCH", articles + "harbour", R"({"key": "harbour-town"})"); }},
    {"a translation less", [](Node& n) { n.edit("DELETE", articles + "harbour-town/translations/en"); }},
    {"an article less", [](Node& n) { n.edit("DELETE", articles + "about"); }},
    {"the same back", [](Node& n) { n.change("POST", articles + "2/restore", "{}"); }},
    {"a new article",
     [](Node& n) {
         const auto made = n.admin().post(
             "/api/v1/articles",
             R"({"key": "fresh", "type": "news", "source_locale": "nb", "translation": {"title": "Fersk"}})");
         BOOST_TEST_REQUIRE(made.status == 201, made.body);
         n.publish("fresh", "nb");
     }},
};

void every_change_shows(db::Dialect dialect) {
    Nodes nodes(dialect);
    BOOST_TEST_REQUIRE(number(nodes.filled.harbour) == 1);  // so that "about" is 2
    for (const auto& step : steps) {
        for (const auto& path : paths)
            for (auto* node : {&nodes.here, &nodes.there}) seen(*node, path);
        step.run(nodes.here);
        // Begun after the change, so that there is nothing it has not heard of yet.
        Node keeps_nothing(nodes.filled, "0");
        for (const auto& path : paths) {
            const auto truth = seen(keeps_nothing, path);
            BOOST_TEST((seen(nodes.here, path) == truth), step.name << " at " << path << " where it was written");
            BOOST_TEST(comes_true([&] { return seen(nodes.there, path) == truth; }),
                       step.name << " at " << path << " elsewhere");
        }
    }
}

// The order of the lists is made anew in the background, and put in force some time.
void a_chain_shows(db::Dialect dialect) {
    Nodes nodes(dialect);
    Node keeps_nothing(nodes.filled, "0");
    const auto before = seen(keeps_nothing, "/ar/");
    for (auto* node : {&nodes.here, &nodes.there}) BOOST_TEST((seen(*node, "/ar/") == before));
    nodes.here.change("PUT", "/api/v1/locales/ar", R"({"fallback": ["nb"]})", R"("1")");
    BOOST_TEST(comes_true([&] { return seen(keeps_nothing, "/ar/") != before; }));
    const auto truth = seen(keeps_nothing, "/ar/");
    for (auto* node : {&nodes.here, &nodes.there}) BOOST_TEST(comes_true([&] { return seen(*node, "/ar/") == truth; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nodes)

#define STELE_ON_BOTH(name)                                                                                   \
    BOOST_AUTO_TEST_CASE(name##_sqlite, *boost::unit_test::precondition(Selected{db::Dialect::sqlite})) {     \
        name(db::Dialect::sqlite);                                                                            \
    }                                                                                                         \
    BOOST_AUTO_TEST_CASE(name##_postgres, *boost::unit_test::precondition(Selected{db::Dialect::postgres})) { \
        name(db::Dialect::postgres);                                                                          \
    }

STELE_ON_BOTH(publications_are_shown_by_both)
STELE_ON_BOTH(imports_are_shown)
STELE_ON_BOTH(every_change_shows)
STELE_ON_BOTH(a_chain_shows)

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(nodes_on_postgres, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

BOOST_AUTO_TEST_CASE(a_lost_connection_for_news_loses_nothing) {
    Nodes nodes(db::Dialect::postgres);
    nodes.warm();
    nodes.direct()->read([](db::Connection& c) {
        int ended = 0;
        c.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN stele_change'", {},
                [&](db::Row) { ++ended; });
        BOOST_TEST(ended == 2);
    });
    nodes.here.publish_title("about", "en", "Nobody was told");
    BOOST_TEST(nodes.here.shows("/en/about", "Nobody was told"));
    BOOST_TEST(nodes.there.comes_to_show("/en/about", "Nobody was told"));
    nodes.there.publish_title("about", "en", "Told again");
    BOOST_TEST(nodes.here.comes_to_show("/en/about", "Told again"));
}

BOOST_AUTO_TEST_CASE(a_server_that_is_stopped_and_started_loses_nothing) {
    Nodes nodes(db::Dialect::postgres);
    nodes.warm();
    auto& cluster = PostgresCluster::instance();
    cluster.run("CHECKPOINT");
    cluster.stop_server();
    // What is kept needs no database.
    for (auto* node : {&nodes.here, &nodes.there}) BOOST_TEST(node->get("/en/about").status == 200);
    cluster.start_server();
    nodes.here.publish_title("about", "en", "After the pause");
    BOOST_TEST(nodes.here.shows("/en/about", "After the pause"));
    BOOST_TEST(nodes.there.comes_to_show("/en/about", "After the pause"));
}

BOOST_AUTO_TEST_CASE(what_commits_after_later_positions_is_shown) {
    Nodes nodes(db::Dialect::postgres);
    nodes.warm();
    nodes.direct()->write([&](db::Transaction& t) {
        const auto id = nodes.filled.harbour;
        t->run("UPDATE article SET seq = seq + 1 WHERE id = $1", id);
        t->run("UPDATE publication SET title = 'Held back' WHERE article_id = $1 AND locale = 'en'", id);
        storage::add_change(t, system_now(), {"publish", id, locale::Tag::stored("en"), "test", "{}"});
        nodes.here.publish_title("about", "en", "A later position");
        BOOST_TEST(nodes.there.comes_to_show("/en/about", "A later position"));
        BOOST_TEST(!nodes.there.shows("/en/harbour", "Held back"));
    });
    BOOST_TEST(nodes.there.comes_to_show("/en/harbour", "Held back"));
    BOOST_TEST(nodes.here.comes_to_show("/en/harbour", "Held back"));
}

BOOST_AUTO_TEST_SUITE_END()
