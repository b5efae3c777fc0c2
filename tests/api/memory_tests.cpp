// The memory over HTTP: suggestions, filling, concordance, TMX.
#include <boost/test/unit_test.hpp>

#include "src/memory/follow.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string tmx =
    "<?xml version=\"1.0\"?><tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>The "
    "library is open today.</seg></tuv><tuv xml:lang=\"nb\"><seg>Biblioteket er åpent i dag.</seg></tuv></tu><tu><tuv "
    "xml:lang=\"en\"><seg>x</seg></tuv><tuv xml:lang=\"??\"><seg>y</seg></tuv></tu></body></tmx>";

struct Memory : TestApp {
    using TestApp::TestApp;

    std::int64_t add(const std::string& key, const std::string& body) {
        Client editor(*this, accounts::Role::editor);
        const auto made = editor.post(
            "/api/v1/articles",
            to_text(
                {{"key", key}, {"source_locale", "en"}, {"translation", {{"title", "About " + key}, {"body", body}}}}));
        BOOST_REQUIRE(made.status == 201);
        return made.integer("/id");
    }
    void follow() {
        memory::Follower follower("test");
        while (follower.step(store()).more) {
        }
    }
    Answer import(const std::string& file, const std::string& type = "application/x-tmx+xml") {
        return call("POST", "/api/v1/memory.tmx", token(accounts::Role::admin), file, {{"Content-Type", type}});
    }
};

std::string about(const std::string& key) { return "/api/v1/articles/" + key + "/translations/nb"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(memory_over_http)

STELE_ON_BOTH_DATABASES(what_was_saved_is_suggested_found_and_filled_in) {
    Memory app(db);
    app.add("one", "The library is open today.\n\nAnother sentence.\n");
    app.add("two", "The library is open today.\n\nNothing like it.\n");
    Client kari(app, accounts::Role::translator, {"nb"});
    BOOST_TEST(
        kari.patch(about("one"), R"({"segments": [{"id": "b1", "text": "Biblioteket er åpent i dag."}]})").status ==
        200);
    app.follow();

    const auto suggestions = kari.get(about("two") + "/segments/b1/suggestions");
    BOOST_TEST(suggestions.status == 200);
    BOOST_TEST(suggestions.string("/items/0/text") == "Biblioteket er åpent i dag.");
    BOOST_TEST(suggestions.integer("/items/0/score") == 100);
    BOOST_TEST(suggestions.string("/items/0/key") == "one");
    BOOST_TEST(suggestions.string("/items/0/origin") == "memory");
    BOOST_TEST(kari.get(about("two") + "/segments/b99/suggestions").status == 404);

    const auto found = kari.get("/api/v1/memory?source=en&target=nb&text=library%20is");
    BOOST_TEST(found.string("/items/0/source") == "The library is open today.");
    BOOST_TEST(kari.get("/api/v1/memory?source=en&target=nb").status == 400);
    BOOST_TEST(kari.get("/api/v1/memory?source=!&target=nb&text=x").status == 400);

    const auto filled = kari.post(about("two") + "/pretranslate", R"({"threshold": 90})");
    BOOST_TEST(filled.status == 200);
    BOOST_TEST(filled.integer("/filled") == 1);
    BOOST_TEST(filled.integer("/missing") == 2);
    BOOST_TEST(kari.get(about("two")).etag() == filled.etag());
    BOOST_TEST(kari.get(about("two") + "/segments").string("/items/1/target/origin") == "memory");
    BOOST_TEST(kari.post(about("two") + "/pretranslate", R"({"threshold": 10})").status == 422);
}

STELE_ON_BOTH_DATABASES(a_tmx_file_comes_in_and_goes_out) {
    Memory app(db);
    const auto made = app.import(tmx);
    BOOST_TEST(made.status == 200);
    BOOST_TEST(made.integer("/added") == 1);
    BOOST_TEST(made.string("/unknown_languages/0/language") == "??");
    const auto out = app.call("GET", "/api/v1/memory.tmx?source=en", app.token(accounts::Role::admin));
    BOOST_TEST(out.status == 200);
    BOOST_TEST(out.header("Content-Type") == "application/x-tmx+xml");
    BOOST_TEST(app.import(out.text, "text/xml; charset=utf-8").integer("/known") == 1);
    BOOST_TEST(app.import(tmx, "application/json").status == 415);

    Client ada(app, accounts::Role::admin);
    const auto files = ada.get("/api/v1/memory/imports?limit=1");
    BOOST_TEST(files.integer("/items/0/id") == made.integer("/import"));
    BOOST_TEST(files.integer("/items/0/units") == 1);
    BOOST_TEST(files.json.at("next").is_null());
    const auto file = "/api/v1/memory/imports/" + std::to_string(made.integer("/import"));
    BOOST_TEST(ada.del(file).integer("/removed") == 1);
    BOOST_TEST(ada.del(file).status == 404);
    const auto cut = app.import(tmx.substr(0, tmx.find("</body>")));
    BOOST_TEST(cut.status == 422);
    BOOST_TEST(cut.integer("/added") == 1);
    BOOST_TEST(ada.del("/api/v1/memory/imports/" + std::to_string(cut.integer("/import"))).integer("/left") == 0);
    const auto broken = app.import("<tmx>\n<body>");
    BOOST_TEST(broken.status == 422);
    BOOST_TEST(broken.string("/errors/0/detail").find("Line 2") == 0u);
}

STELE_ON_BOTH_DATABASES(the_memory_is_for_those_who_translate_and_its_files_for_administrators) {
    Memory app(db);
    app.add("one", "The library is open today.\n");
    const auto suggestions = about("one") + "/segments/b1/suggestions", fill = about("one") + "/pretranslate";
    const std::string phrase = "/api/v1/memory?source=en&target=nb&text=library", file = "/api/v1/memory.tmx";
    const Headers xml{{"Content-Type", "application/x-tmx+xml"}};
    run(app, {{"guest", guest, "GET", suggestions, {}, {}, 401},
              {"reader", reader, "GET", suggestions, {}, {}, 403},
              {"another language's translator", only(translator, {"ar"}), "GET", suggestions, {}, {}, 403},
              {"translator", only(translator, {"nb"}), "GET", suggestions},
              {"guest fills", guest, "POST", fill, {}, {}, 401},
              {"another language's translator fills", only(translator, {"ar"}), "POST", fill, {}, {}, 403},
              {"translator fills", only(translator, {"nb"}), "POST", fill},
              {"guest looks for a phrase", guest, "GET", phrase, {}, {}, 401},
              {"reader looks for a phrase", reader, "GET", phrase},
              {"editor takes the file", editor, "GET", file, {}, {}, 403},
              {"administrator of one language takes it", only(admin, {"nb"}), "GET", file, {}, {}, 403},
              {"editor brings a file", editor, "POST", file, xml, tmx, 403},
              {"administrator brings a file", admin, "POST", file, xml, tmx}});
}

BOOST_AUTO_TEST_SUITE_END()
