#include <boost/test/unit_test.hpp>
#include <future>
#include <random>

#include "src/base/error.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/purge.hpp"
#include "tests/storage/work_site.hpp"

using namespace stele;
using stele::testing::tag;
using stele::testing::WorkSite;
using worklist::LocaleChange;

namespace {

void expect_error(ErrorCode code, const std::function<void()>& call, const std::string& field = {}) {
    BOOST_CHECK_EXCEPTION(call(), Error, [&](const Error& e) {
        return e.code() == code && (field.empty() || (e.fields().size() == 1 && e.fields()[0].message == field));
    });
}

LocaleChange fallback_to(std::vector<locale::Tag> members) {
    return {.enabled = {}, .fallback = std::optional(std::move(members)), .position = {}};
}

void check_nothing_differs(WorkSite& site) {
    for (const auto& line : worklist::check_editions(site.store)) BOOST_ERROR(line);
}

std::vector<locale::Tag> chain(WorkSite& site, const std::string& locale) {
    const auto now = site.site();
    const auto* l = now.find_enabled(tag(locale));
    return l ? l->active->chain : std::vector<locale::Tag>();
}

std::vector<locale::Tag> tags(std::initializer_list<const char*> list) {
    std::vector<locale::Tag> all;
    for (const auto* text : list) all.push_back(tag(text));
    return all;
}

std::string first_cursor(WorkSite& site, const std::string& locale) {
    const auto page =
        publishing::list_articles(site.store, {.locale = tag(locale), .type = {}, .limit = 1, .after = {}});
    return page.next.value();
}

void add_published(WorkSite& site, int count) {
    for (int i = 0; i < count; ++i) site.publish(site.add("en", "Title " + std::to_string(i)), "en");
}

// A database to which something happens just before one of its reads.
class Interrupted final : public db::Database {
  public:
    Interrupted(db::Database& inner, int reads, std::function<void()> interruption)
        : inner_(inner), reads_(reads), interruption_(std::move(interruption)) {}

    db::Dialect dialect() const override { return inner_.dialect(); }
    const db::Options& options() const override { return inner_.options(); }
    void read(const std::function<void(db::Connection&)>& body) override {
        if (--reads_ == 0) interruption_();
        inner_.read(body);
    }
    db::Moment write(const std::function<void(db::Transaction&)>& body) override { return inner_.write(body); }
    std::unique_ptr<db::News> news() override { return inner_.news(); }
    void backup_to(const std::string& file) override { inner_.backup_to(file); }
    std::int64_t rows_written() const override { return inner_.rows_written(); }

  private:
    db::Database& inner_;
    int reads_;
    const std::function<void()> interruption_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(changing_locales)

STELE_ON_BOTH_DATABASES(on_an_empty_site_a_locale_is_in_force_at_once) {
    WorkSite site(db, {"en"});
    const auto l = worklist::change_locale(site.store, tag("nb"), {}, std::nullopt, "admin");
    BOOST_TEST(l.version == 1);
    BOOST_TEST(l.wanted);
    BOOST_TEST((chain(site, "nb") == tags({"nb", "en"})));
    BOOST_TEST(!worklist::needs_filling(site.store));
    site.enable("nn");
    BOOST_TEST((chain(site, "nn") == tags({"nn", "nb", "en"})));
    site.enable("nn", std::vector<std::string>{});
    BOOST_TEST((chain(site, "nn") == tags({"nn", "en"})));
    BOOST_TEST(site.version_of("nn") == 2);
}

STELE_ON_BOTH_DATABASES(if_match_is_required_and_checked) {
    WorkSite site(db, {"en", "nb"});
    const auto change = [&](std::optional<std::int64_t> expected) {
        worklist::change_locale(site.store, tag("nb"), {.enabled = {}, .fallback = {}, .position = 9}, expected,
                                "admin");
    };
    expect_error(ErrorCode::precondition_required, [&] { change(std::nullopt); });
    expect_error(ErrorCode::version_conflict, [&] { change(7); });
    change(1);
    BOOST_TEST(site.version_of("nb") == 2);
    change(2);
    BOOST_TEST(site.version_of("nb") == 2);  // nothing differed
    const auto wrong = [&] { worklist::change_locale(site.store, tag("fi"), {}, 1, "admin"); };
    expect_error(ErrorCode::version_conflict, wrong);
}

STELE_ON_BOTH_DATABASES(what_cannot_be_is_refused) {
    WorkSite site(db, {"en", "nb"});
    const auto change = [&](const char* locale, const LocaleChange& c) {
        worklist::change_locale(site.store, tag(locale), c, 1, "admin");
    };
    expect_error(
        ErrorCode::invalid, [&] { change("nb", fallback_to({tag("fi")})); }, "locale.unknown");
    expect_error(
        ErrorCode::invalid, [&] { change("nb", fallback_to({tag("nb")})); }, "locale.own-fallback");
    expect_error(
        ErrorCode::invalid, [&] { change("en", {.enabled = false, .fallback = {}, .position = {}}); },
        "locale.default");
    site.add("nb", "Hallo");
    expect_error(ErrorCode::conflict, [&] { change("nb", {.enabled = false, .fallback = {}, .position = {}}); });
}

STELE_ON_BOTH_DATABASES(a_locale_that_is_not_enabled_may_have_a_chain_for_negotiation) {
    WorkSite site(db, {"en", "nb"});
    worklist::change_locale(site.store, tag("se"),
                            {.enabled = false, .fallback = std::optional(tags({"nb"})), .position = {}}, std::nullopt,
                            "admin");
    const auto now = site.site();
    BOOST_TEST(!now.find_enabled(tag("se")));
    BOOST_TEST(!now.enabled().back().enabled);
    BOOST_TEST((now.enabled().back().fallback == tags({"nb"})));
}

STELE_ON_BOTH_DATABASES(a_change_is_logged) {
    WorkSite site(db, {"en"});
    const auto before = testing::count_rows(db, "change WHERE kind = 'locale'");
    site.enable("nb");
    BOOST_TEST(testing::count_rows(db, "change WHERE kind = 'locale' AND locale = 'nb'") == 1);
    BOOST_TEST(testing::count_rows(db, "change WHERE kind = 'locale'") == before + 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(filling)

STELE_ON_BOTH_DATABASES(a_new_locale_is_served_when_it_is_filled) {
    WorkSite site(db);
    add_published(site, 5);
    site.enable("da");
    BOOST_TEST(worklist::needs_filling(site.store));
    BOOST_TEST(!site.site().find_enabled(tag("da")));
    expect_error(ErrorCode::not_found, [&] { site.listed("da"); });
    check_nothing_differs(site);
    worklist::fill_orders(site.store);
    BOOST_TEST(!worklist::needs_filling(site.store));
    BOOST_TEST(site.listed("da").size() == 5u);
    BOOST_TEST(site.titles("da").size() == 5u);
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(a_changed_chain_is_in_force_only_when_all_is_filled) {
    WorkSite site(db, {"en", "da", "nb"});
    const auto id = site.add("en", "Hello");
    site.translate_all(id, "da", "Goddag");
    site.publish(id, "en");
    site.publish(id, "da");
    BOOST_TEST(site.listed("nb") == std::vector<std::string>{"Hello"});
    site.enable("nb", std::vector<std::string>{"da"});
    BOOST_TEST(site.listed("nb") == std::vector<std::string>{"Hello"});
    worklist::fill_orders(site.store);
    BOOST_TEST(site.listed("nb") == std::vector<std::string>{"Goddag"});
    BOOST_TEST((chain(site, "nb") == tags({"nb", "da", "en"})));
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(a_cursor_of_the_order_before_has_expired) {
    WorkSite site(db, {"en", "da", "nb"});
    add_published(site, 3);
    const auto cursor = first_cursor(site, "nb");
    const auto english = first_cursor(site, "en");
    site.enable("nb", std::vector<std::string>{"da"});
    const auto read = [&](const std::string& locale, const std::string& after) {
        return publishing::list_articles(site.store, {.locale = tag(locale), .type = {}, .limit = 1, .after = after});
    };
    BOOST_TEST(read("nb", cursor).items.size() == 1u);
    worklist::fill_orders(site.store);
    expect_error(ErrorCode::cursor_expired, [&] { read("nb", cursor); });
    BOOST_TEST(read("en", english).items.size() == 1u);
}

STELE_ON_BOTH_DATABASES(a_locale_that_is_disabled_leaves_no_row_and_no_chain) {
    WorkSite site(db, {"en", "da", "nb"});
    add_published(site, 4);
    site.enable("nb", std::vector<std::string>{"da"});
    worklist::fill_orders(site.store);
    site.disable("da");
    BOOST_TEST(site.listed("da").size() == 4u);
    worklist::fill_orders(site.store);
    BOOST_TEST(!site.site().find_enabled(tag("da")));
    BOOST_TEST((chain(site, "nb") == tags({"nb", "en"})));
    for (const auto* table : {"edition", "work_title", "listing"})
        BOOST_TEST(testing::count_rows(db, std::string(table) + " WHERE locale = 'da'") == 0, table);
    BOOST_TEST(testing::count_rows(db, "listing") == 8);
    check_nothing_differs(site);
    site.enable("da");
    worklist::fill_orders(site.store);
    BOOST_TEST(site.listed("da").size() == 4u);
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(a_locale_enabled_again_before_its_rows_were_taken_away_is_made_anew) {
    WorkSite site(db, {"en", "da"});
    add_published(site, 3);
    site.disable("da");
    const auto stop = [](std::int64_t, std::int64_t) { return false; };
    worklist::fill_orders(site.store);
    site.enable("da");
    worklist::fill_orders(site.store, stop);
    site.disable("da");
    site.set_source(ArticleId(1), "title", "Another title");
    site.set_deleted(ArticleId(2), true);
    site.enable("da");
    worklist::fill_orders(site.store);
    BOOST_TEST(site.titles("da") == (std::vector<std::string>{"Another title", "Title 2"}),
               boost::test_tools::per_element());
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(an_order_planned_while_old_ones_are_taken_away_keeps_its_rows) {
    WorkSite site(db, {"en", "da", "nb"});
    add_published(site, 3);
    Interrupted interrupted(*db, 2, [&] {
        site.enable("nb", std::vector<std::string>{"da"});
        add_published(site, 2);
    });
    worklist::purge_orders({interrupted, site.types, site.store.default_locale, site.store.now});
    const auto planned = site.site().find(tag("nb"))->next.value().number;
    const auto rows = " WHERE locale = 'nb' AND generation = " + std::to_string(planned);
    for (const std::string table : {"work_title", "listing"})
        BOOST_TEST(testing::count_rows(db, table + rows) == 2, table);
    worklist::fill_orders(site.store);
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(keys_of_another_icu_are_rebuilt) {
    WorkSite site(db);
    add_published(site, 3);
    const auto cursor = first_cursor(site, "nb");
    db->write([](db::Transaction& t) {
        t->run("UPDATE locale SET fingerprint = 'another ICU'");
        t->run("UPDATE listing SET sort_key = $1", db::Bytes{"x"});
        t->run("UPDATE work_title SET sort_key = $1", db::Bytes{"x"});
        storage::change_site(t);
    });
    BOOST_TEST(worklist::needs_filling(site.store));
    worklist::fill_orders(site.store);
    BOOST_TEST(!worklist::needs_filling(site.store));
    check_nothing_differs(site);
    expect_error(ErrorCode::cursor_expired,
                 [&] { publishing::list_articles(site.store, {.locale = tag("nb"), .type = {}, .after = cursor}); });
}

STELE_ON_BOTH_DATABASES(filling_can_be_stopped_and_goes_on) {
    WorkSite site(db);
    add_published(site, 450);
    site.enable("da");
    std::vector<std::pair<std::int64_t, std::int64_t>> seen;
    worklist::fill_orders(site.store, [&](std::int64_t done, std::int64_t total) {
        seen.emplace_back(done, total);
        return false;
    });
    BOOST_REQUIRE(seen.size() == 1u);
    BOOST_TEST(seen[0].first == 200);
    BOOST_TEST(seen[0].second == 450);
    BOOST_TEST(!site.site().find_enabled(tag("da")));
    worklist::fill_orders(site.store, [&](std::int64_t done, std::int64_t total) {
        seen.emplace_back(done, total);
        return true;
    });
    BOOST_TEST(seen[1].first == 400);
    BOOST_TEST(seen.back().first == 450);
    BOOST_TEST(site.site().find_enabled(tag("da")));
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(another_default_locale_changes_every_chain) {
    WorkSite site(db, {"en", "nb", "nn"});
    add_published(site, 2);
    const Store norwegian{*db, site.types, tag("nb"), site.store.now};
    worklist::ensure_default_locale(norwegian);
    BOOST_TEST(worklist::needs_filling(norwegian));
    worklist::fill_orders(norwegian);
    BOOST_TEST((chain(site, "nn") == tags({"nn", "nb"})));
    BOOST_TEST((chain(site, "en") == tags({"en", "nb"})));
}

// Two fillers and three writers, while the locales change; in the end everything is as the texts say.
STELE_ON_BOTH_DATABASES(filling_beside_writers_and_another_filler_loses_nothing) {
    const auto seed = testing::first_seed();
    WorkSite site(db, {"en", "nb", "nn"});
    std::vector<ArticleId> ids;
    for (int i = 0; i < 30; ++i) ids.push_back(site.add("en", "Title " + std::to_string(i)));
    std::atomic<int> writing = 3;
    const auto write = [&](int who) {
        std::mt19937_64 random(seed + static_cast<unsigned>(who));
        for (int i = 0; i < testing::usual_rounds(40); ++i) {
            const auto id = ids[random() % 10 * 3 + static_cast<size_t>(who)];
            switch (random() % 6) {
                case 0:
                    site.set_source(id, "title", "New " + std::to_string(random() % 9));
                    break;
                case 1:
                    site.translate_all(id, "nb", "Ny " + std::to_string(random() % 9));
                    break;
                case 2:
                    site.publish(id, random() % 2 == 0 ? "en" : "nb");
                    break;
                case 3:
                    site.unpublish(id, random() % 2 == 0 ? "en" : "nb");
                    break;
                case 4:
                    site.set_deleted(id, random() % 2 == 0);
                    break;
                case 5:
                    site.add("en", "Born " + std::to_string(random() % 99));
                    break;
            }
        }
        --writing;
    };
    const auto fill = [&] {
        while (writing > 0) worklist::fill_orders(site.store);
    };
    std::vector<std::future<void>> all;
    for (int who = 0; who < 3; ++who) all.push_back(std::async(std::launch::async, write, who));
    for (int i = 0; i < 2; ++i) all.push_back(std::async(std::launch::async, fill));
    for (int i = 0; writing > 0; ++i) {
        if (i % 3 == 0) site.enable("da");
        if (i % 3 == 1)
            site.enable("nn", i % 2 == 0 ? std::vector<std::string>{"da", "nb"} : std::vector<std::string>{"nb"});
        if (i % 3 == 2) site.disable("da");
        site.listed("nn");
        site.titles("nb");
    }
    for (auto& one : all) one.get();
    worklist::fill_orders(site.store);
    BOOST_TEST(!worklist::needs_filling(site.store));
    check_nothing_differs(site);
}

BOOST_AUTO_TEST_SUITE_END()
