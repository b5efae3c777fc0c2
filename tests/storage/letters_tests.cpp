// The outbox of letters, and those that bring a new password.
#include "tests/storage/people.hpp"

using namespace stele;
using namespace stele::testing;
using accounts::Role;

BOOST_AUTO_TEST_SUITE(letters)

STELE_ON_BOTH_DATABASES(a_letter_is_taken_by_one_and_comes_again_when_it_was_not_sent) {
    People people(db);
    const auto put = [&](const std::string& to, std::chrono::hours useful) {
        return db->writing([&](db::Transaction& t) {
            return mail::enqueue(t, people.now, {.to = to, .subject = "s", .text = "t", .useful_for = useful});
        });
    };
    BOOST_TEST(put("kari@example.org", std::chrono::hours(72)));
    BOOST_TEST(put("omar@example.org", std::chrono::hours(1)));
    const auto take = [&] { return mail::take_due(*db, people.now, std::chrono::minutes(15)); };
    const auto first = take(), second = take();
    BOOST_REQUIRE(first);
    BOOST_REQUIRE(second);
    BOOST_TEST(first->mail.to == "kari@example.org");
    BOOST_TEST(!take());
    mail::drop(*db, first->id);
    people.now += std::chrono::minutes(15);
    const auto again = take();
    BOOST_REQUIRE(again);
    BOOST_TEST(again->id == second->id);
    BOOST_TEST(again->attempts == 2);
    mail::put_off(*db, again->id, people.now + std::chrono::hours(1));
    people.now += std::chrono::hours(1);
    BOOST_TEST(!take());  // nobody needs it any more
    BOOST_TEST(people.count("mail") == 0);
}

BOOST_AUTO_TEST_CASE(addresses_are_plain) {
    for (const auto* address : {"kari@example.org", "k.n+x@a-b.example", "a@localhost"})
        BOOST_TEST(mail::is_address(address));
    for (const auto* address : {"", "kari", "@example.org", "kari@", "a b@example.org", "a@b\r\nRCPT TO:<c@d>", ".a@b",
                                "a..b@c", "<a@b>", "a@b>", "k\xC3\xA5ri@example.org", "a@-b"})
        BOOST_TEST(!mail::is_address(address), address);
}

STELE_ON_BOTH_DATABASES(a_reset_sends_a_letter_to_whom_it_may_and_answers_alike) {
    People people(db);
    people.add("kari", {{Role::translator}}, "kari@example.org");
    people.add("omar");
    const auto ask = [&](const std::string& name) {
        accounts::request_reset(people.store(), "secret", name, home, [](const accounts::User& user) {
            return mail::Mail{.to = *user.mail,
                              .subject = "s",
                              .text = "{link}",
                              .link = mail::Link{.account_id = user.id, .purpose = "reset"}};
        });
    };
    for (const auto* name : {"omar", "nobody", "nobody@example.org", ""}) ask(name);
    BOOST_TEST(people.count("mail") == 0);
    for (int i = 0; i < 8; ++i) ask(i % 2 ? "kari" : "KARI@example.org");
    BOOST_TEST(people.count("mail") == 4);  // no more, and nobody is told
    BOOST_TEST(people.count("sign_in_link") == 0);
    const auto letter = mail::take_due(*db, people.now, std::chrono::minutes(15));
    const auto account = letter->mail.link->account_id;
    const auto code = accounts::create_link_of(people.store(), account, accounts::Purpose::reset, letter->mail.to);
    BOOST_TEST(accounts::find_invited(people.store(), *code)->user.name == "kari");
}

BOOST_AUTO_TEST_SUITE_END()
