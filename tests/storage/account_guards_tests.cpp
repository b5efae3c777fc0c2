// What keeps others out of an account: places for hashing, links that end, names that are told apart.
#include <future>

#include "src/accounts/names.hpp"
#include "src/accounts/passwords.hpp"
#include "src/storage/tidy.hpp"
#include "tests/storage/people.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// All places taken, and as many waiting as may: whoever comes now is sent away.
class NoPlace {
  public:
    NoPlace() {
        std::promise<void> sent_away;
        std::atomic<bool> told{false};
        for (int i = 0; i < 9; ++i)
            waiting_.emplace_back([&sent_away, &told] {
                try {
                    const accounts::HashingPlace place;
                } catch (const Error&) {
                    if (!told.exchange(true)) sent_away.set_value();
                }
            });
        // One of nine finds the other eight waiting.
        sent_away.get_future().wait();
    }
    ~NoPlace() {
        first_.reset();
        second_.reset();
        for (auto& thread : waiting_) thread.join();
    }

  private:
    std::optional<accounts::HashingPlace> first_{std::in_place}, second_{std::in_place};
    std::vector<std::thread> waiting_;
};

std::optional<std::string> name_mistake(std::string_view name) {
    const auto found = accounts::name_mistakes(name);
    return found.empty() ? std::nullopt : std::optional(found.front().message);
}

bool ask_for_reset(People& people, const std::string& name) {
    const auto before = people.count("mail");
    accounts::request_reset(people.store(), "secret", name, home, [](const accounts::User& user) {
        return mail::Mail{.to = *user.mail,
                          .subject = "s",
                          .text = "{link}",
                          .link = mail::Link{.account_id = user.id, .purpose = "reset"}};
    });
    return people.count("mail") > before;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(account_guards)

STELE_ON_BOTH_DATABASES(a_busy_server_counts_no_right_password_as_a_failure) {
    People people(db);
    people.add("kari");
    const auto user = people.choose("kari", good).session.user;
    {
        const NoPlace busy;
        for (int i = 0; i < 8; ++i) {
            BOOST_TEST(people.attempt("kari", good) == "overloaded");
            BOOST_CHECK_THROW(accounts::change_mail(people.store(), "secret", user, {std::string(good), ""}, home),
                              Error);
        }
    }
    BOOST_TEST(people.attempt("kari", good) == "");
}

STELE_ON_BOTH_DATABASES(links_and_letters_to_an_old_address_end_with_it) {
    People people(db);
    people.add("kari", {{accounts::Role::translator}}, "kari@example.org");
    const auto store = people.store();
    const auto link = accounts::create_link(store, "kari", accounts::Purpose::reset);
    BOOST_TEST(ask_for_reset(people, "kari"));
    const auto on_its_way = mail::take_due(*db, people.now, std::chrono::minutes(15)).value();
    BOOST_TEST(ask_for_reset(people, "kari"));
    accounts::set_mail(store, "kari", "kari@example.com", "anne");
    BOOST_TEST(people.count("mail") == 0);
    BOOST_TEST(!accounts::find_invited(store, link));
    // A letter that somebody was about to send makes no link any more either.
    const auto id = on_its_way.mail.link->account_id;
    BOOST_TEST(!accounts::create_link_of(store, id, accounts::Purpose::reset, on_its_way.mail.to));
    BOOST_TEST(accounts::create_link_of(store, id, accounts::Purpose::reset, "kari@example.com").has_value());
}

STELE_ON_BOTH_DATABASES(a_new_password_and_a_disabled_account_end_the_letters_too) {
    People people(db);
    people.add("kari", {{accounts::Role::translator}}, "kari@example.org");
    BOOST_TEST(ask_for_reset(people, "kari"));
    people.choose("kari", good);
    BOOST_TEST(people.count("mail") == 0);
    BOOST_TEST(ask_for_reset(people, "kari"));
    accounts::disable_user(people.store(), "kari", "anne");
    BOOST_TEST(people.count("mail") == 0);
}

STELE_ON_BOTH_DATABASES(a_link_to_sign_in_by_works_once) {
    People people(db);
    people.add("kari");
    const auto code = accounts::create_sign_in_link(people.store(), "kari");
    BOOST_TEST(accounts::redeem_link(people.store(), code).has_value());
    BOOST_TEST(!accounts::redeem_link(people.store(), code));
    BOOST_TEST(people.count("session") == 1);
}

BOOST_AUTO_TEST_CASE(a_name_is_what_can_be_seen_and_said) {
    for (const auto* name : {"kari", "Kari.Nordmann-2", "\xC3\xA5se", "\xD8\xB9\xD9\x85\xD8\xB1",
                             "\xE0\xA4\xB0\xE0\xA4\xBE\xE0\xA4\xAE", "_"})
        BOOST_TEST(!name_mistake(name), name);
    BOOST_TEST((name_mistake("") == "field.required"));
    // Spaces of all kinds, what turns the direction, what shows nothing, and marks on nothing.
    for (const auto* name :
         {"kari nordmann", "kari\xC2\xA0n", "kari\xE2\x80\xAE", "ka\xE2\x80\x8Bri", "ka\xE2\x80\x8Dri",
          "kari\xEF\xB8\x8F", "\xE3\x85\xA4", "ka\xCD\x8Fri", "\xCC\x8Ak", "kari@home", "token:ci", "a/b", "\xFF"})
        BOOST_TEST((name_mistake(name) == "field.user-name"), name);
    for (const auto* name : {"guest", "Stele", "SYSTEM"})
        BOOST_TEST((name_mistake(name) == "field.user-name-reserved"), name);
}

STELE_ON_BOTH_DATABASES(names_that_differ_in_case_or_composition_are_one) {
    People people(db);
    people.add("Kari");
    people.add("A\xCC\x8Ase");
    const auto store = people.store();
    for (const auto* name : {"kari", "KARI", "\xC3\xA5se", "\xC3\x85SE"})
        BOOST_CHECK_EXCEPTION(people.add(name), Error, [](const Error& e) { return e.code() == ErrorCode::taken; });
    BOOST_TEST(accounts::find_user(store, "kari")->name == "Kari");
    BOOST_TEST(accounts::find_user(store, "\xC3\xA5se")->name == "\xC3\x85se");
    people.choose("KARI", good);
    BOOST_TEST(people.attempt("kari", good) == "");
    // So are those of nobody, or counting would tell which there are.
    for (int i = 0; i < 6; ++i) BOOST_TEST(people.attempt(i % 2 ? "Nobody" : "nobody", good) == "unauthenticated");
    BOOST_TEST(people.attempt("NOBODY", good) == "too-many-requests");
}

STELE_ON_BOTH_DATABASES(what_is_old_goes_in_pieces_and_what_is_not_costs_no_write) {
    People people(db);
    people.add("kari");
    db->write([&](db::Transaction& t) {
        for (int i = 0; i < 2'500; ++i)
            t->run("INSERT INTO sign_in_link (hash, account_id, expires_at) VALUES ($1, 1, $2)",
                   db::Bytes{std::to_string(i)}, people.now);
    });
    accounts::forget_expired(people.store());
    BOOST_TEST(people.count("sign_in_link") == 2'500);
    people.now += std::chrono::hours(1);
    const auto before = db->rows_written();
    accounts::forget_expired(people.store());
    BOOST_TEST(people.count("sign_in_link") == 0);
    BOOST_TEST(db->rows_written() - before == 2'500);
}

BOOST_AUTO_TEST_SUITE_END()
