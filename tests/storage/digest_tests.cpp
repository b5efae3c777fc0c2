// Letters of the day: to whom they go, and what it costs to find them.
#include "src/workflow/assignments.hpp"
#include "src/workflow/digest.hpp"
#include "tests/storage/workflow_site.hpp"
#include "tests/support/recording.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto en = locale::Tag::stored("en");

struct MailSite : PeopleSite {
    explicit MailSite(db::Database& database) : PeopleSite(database) {
        accounts::create_user(
            store, {.name = "kari", .grants = {{accounts::Role::translator, {}}}, .mail = "kari@example.org"});
        workflow::assign(store, add("nb", "By", "T.\n"), en, {"kari", {}}, who("edda"));
        clock += std::chrono::hours(3);  // the day's letters have begun
    }
    int write(const std::function<void()>& meanwhile = {}) {
        return workflow::write_digests(store, [&](const auto& person, const auto&, bool) {
            if (meanwhile) meanwhile();
            return mail::Mail{.to = *person.mail, .subject = "News", .text = "x"};
        });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(letters_of_the_day)

STELE_ON_BOTH_DATABASES(who_was_disabled_gets_no_letter_that_waits) {
    MailSite site(db);
    BOOST_TEST(site.write() == 1);
    BOOST_TEST(site.count("mail") == 1);
    accounts::disable_user(site.store, "kari");
    BOOST_TEST(site.count("mail") == 0);
}

STELE_ON_BOTH_DATABASES(who_is_disabled_while_the_letter_is_written_gets_none) {
    MailSite site(db);
    BOOST_TEST(site.write([&] { accounts::disable_user(site.store, "kari"); }) == 0);
    BOOST_TEST(site.count("mail") == 0);
}

STELE_ON_BOTH_DATABASES(a_letter_goes_to_the_address_that_is_the_accounts_now) {
    MailSite site(db);
    bool moved = false;
    const auto move = [&] {
        if (!moved) accounts::set_mail(site.store, "kari", "kari@example.com");
        moved = true;
    };
    BOOST_TEST(site.write(move) == 0);
    BOOST_TEST(site.count("mail") == 0);
    BOOST_TEST(site.write() == 1);
    BOOST_TEST(site.count("mail WHERE address = 'kari@example.com'") == 1);
}

STELE_ON_BOTH_DATABASES(looking_for_them_costs_what_there_is_to_tell_and_not_the_accounts) {
    MailSite site(db);
    for (int i = 0; i < 20; ++i)
        accounts::create_user(site.store,
                              {.name = "p" + std::to_string(i), .mail = "p" + std::to_string(i) + "@example.org"});
    RecordingDatabase recording(site.store.db);
    const Store store{recording, site.types, site.store.default_locale, site.store.now, site.store.collation};
    const auto compose = [](const auto& person, const auto&, bool) {
        return mail::Mail{.to = *person.mail, .subject = "News", .text = "x"};
    };
    BOOST_TEST(workflow::write_digests(store, compose) == 1);
    recording.asked.clear();
    BOOST_TEST(workflow::write_digests(store, compose) == 0);
    BOOST_TEST(recording.asked.size() == 1u);
    // So do saves of a source: only those who are named are looked up.
    const auto id = site.add_translated();
    site.follow();
    site.set_segment(id, "nb", "title", "Byen vår");
    recording.asked.clear();
    workflow::follow_log(store, site.store.db.reading([](db::Connection& c) { return storage::newest_position(c); }));
    for (const auto& asked : recording.asked)
        if (asked.sql.find("FROM account") != std::string::npos)
            BOOST_TEST(asked.sql.find("name_key = $1") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
