// A source saved with all that its editor says with it.
#include <atomic>

#include "src/publishing/save_source.hpp"
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

// The same database, and whether one of its writes is under way.
class Watched final : public db::Database {
  public:
    explicit Watched(db::Database& inner) : inner_(inner) {}
    db::Dialect dialect() const override { return inner_.dialect(); }
    const db::Options& options() const override { return inner_.options(); }
    void read(const std::function<void(db::Connection&)>& work) override { inner_.read(work); }
    db::Moment write(const std::function<void(db::Transaction&)>& work) override {
        return inner_.write([&](db::Transaction& t) {
            is_writing = true;
            work(t);
            is_writing = false;
            ++writes;
        });
    }
    void backup_to(const std::string& file) override { inner_.backup_to(file); }
    std::int64_t rows_written() const override { return inner_.rows_written(); }
    std::unique_ptr<db::News> news() override { return inner_.news(); }

    std::atomic<bool> is_writing{false};
    std::atomic<int> writes{0};

  private:
    db::Database& inner_;
};

struct Desk {
    explicit Desk(db::Database& db) : site(db), id(site.add("nb", "Byen", body)) {
        for (const std::string locale : {"en", "de"}) site.translate_all(id, locale);
        site.publish(id, "nb");
    }
    publishing::SourceSaved save(const publishing::SourceSave& wanted) {
        return publishing::save_source(site.store, id, wanted, "anna");
    }
    publishing::SourceSave with_body(const std::string& text) {
        publishing::SourceSave wanted{.texts = editing::Changes{}, .expected = site.now(id, "nb")};
        wanted.texts->body = text;
        return wanted;
    }

    ContentSite site;
    ArticleId id;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(saving_a_source)

STELE_ON_BOTH_DATABASES(is_computed_before_its_only_transaction) {
    Watched watched(db);
    Desk desk(watched);
    auto wanted = desk.with_body(replaced(body, "harbour", "harbor"));
    wanted.keep = wanted.publish = true;
    wanted.article = editing::ArticleChanges{.priority = 3};
    wanted.article_version = editing::find_article(desk.site.store, "byen")->version;
    Store store = desk.site.store;
    int asked = 0, asked_while_writing = 0;
    // Whoever computes what is to be written asks for the time.
    store.now = [&] {
        ++asked;
        asked_while_writing += watched.is_writing ? 1 : 0;
        return system_now();
    };
    const int before = watched.writes;
    BOOST_TEST(publishing::save_source(store, desk.id, wanted, "anna").published);
    BOOST_TEST(watched.writes == before + 1);
    BOOST_TEST(asked > 0);
    BOOST_TEST(asked_while_writing == 0);
    BOOST_TEST(desk.site.check() == "");
}

STELE_ON_BOTH_DATABASES(keeps_the_meaning_of_what_it_touches_and_of_nothing_else) {
    Desk desk(db);
    auto& site = desk.site;
    const auto id = desk.id;
    // What was outdated before stays so; a text of its own is one segment.
    site.set_body(id, "nb", replaced(body, "mayor", "council"));
    editing::Changes own;
    own.mode = content::Mode::independent;
    own.title = "Stadt";
    own.body = "Ein eigener Text.\n";
    site.save(id, "de", own);
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.outdated(id, "de") == 0);
    const auto en = site.version(id, "en"), de = site.version(id, "de");

    auto wanted = desk.with_body(replaced(replaced(body, "mayor", "council"), "[ships](/ships)", "[boats](/boats)"));
    wanted.keep = true;
    desk.save(wanted);
    BOOST_TEST(site.outdated(id, "en") == 1);
    BOOST_TEST(site.outdated(id, "de") == 0);
    BOOST_TEST(site.version(id, "en").translation == en.translation + 1);
    BOOST_TEST(site.version(id, "de").translation == de.translation + 1);
    BOOST_TEST(site.translation(id, "en").body.find("(/boats)") != std::string::npos);
    BOOST_TEST(site.check() == "");

    editing::undo_keep(site.store, id, ContentSite::tag("en"), {}, site.now(id, "en"), "kari");
    editing::undo_keep(site.store, id, ContentSite::tag("de"), {}, site.now(id, "de"), "kari");
    BOOST_TEST(site.outdated(id, "en") == 2);
    BOOST_TEST(site.outdated(id, "de") == 1);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(cuts_adds_keeps_orders_and_publishes_as_one) {
    Desk desk(db);
    auto& site = desk.site;
    auto wanted = desk.with_body("Third paragraph lists the [ships](/fleet) that lie there.\n\nA fourth one.\n\n" +
                                 replaced(body.substr(0, body.find("\n\n") + 2), "town", "city"));
    wanted.texts->title = "Byen vår";
    wanted.keep = wanted.publish = true;
    wanted.article = editing::ArticleChanges{.priority = 5};
    wanted.article_version = editing::find_article(site.store, "byen")->version;
    const auto saved = desk.save(wanted);
    BOOST_TEST(saved.published);
    BOOST_TEST((site.version(desk.id, "nb") == saved.version));
    const auto now = site.translation(desk.id, "nb");
    BOOST_TEST(now.published);
    BOOST_TEST(!now.pending);
    for (const std::string locale : {"en", "de"}) {
        BOOST_TEST(site.outdated(desk.id, locale) == 0);
        BOOST_TEST(site.missing(desk.id, locale) == 1);
    }
    BOOST_TEST(publishing::find_page(site.store, desk.id, ContentSite::tag("nb"))->title.text == "Byen vår");
    BOOST_TEST(editing::find_article(site.store, "byen")->priority == 5);
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(writes_nothing_where_a_part_of_it_is_refused) {
    Desk desk(db);
    auto wanted = desk.with_body(replaced(body, "harbour", "harbor"));
    wanted.keep = wanted.publish = true;
    wanted.article = editing::ArticleChanges{.priority = 5};
    wanted.article_version = 77;
    const auto before = desk.site.version(desk.id, "nb");
    BOOST_CHECK_EXCEPTION(desk.save(wanted), Error,
                          [](const Error& e) { return e.code() == ErrorCode::version_conflict; });
    BOOST_TEST((desk.site.version(desk.id, "nb") == before));
    BOOST_TEST(desk.site.translation(desk.id, "nb").body == body);
}

BOOST_AUTO_TEST_SUITE_END()
