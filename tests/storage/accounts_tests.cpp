// Accounts: grants, passwords, throttling, links, sessions and the log.
#include <sodium.h>

#include "src/accounts/passwords.hpp"
#include "src/accounts/throttle.hpp"
#include "src/accounts/tokens.hpp"
#include "src/locale/opaque_string.hpp"
#include "src/storage/change_log.hpp"
#include "tests/storage/people.hpp"

using namespace stele;
using namespace stele::testing;
using accounts::Action;
using accounts::Role;

BOOST_AUTO_TEST_SUITE(grants)

BOOST_AUTO_TEST_CASE(each_grant_is_for_its_own_locales) {
    const accounts::Caller caller =
        accounts::Known{"kari", {{Role::translator, {tag("nb")}}, {Role::reviewer, {tag("en")}}}};
    BOOST_TEST(can(caller, Action::translate, tag("nb")));
    BOOST_TEST(!can(caller, Action::publish, tag("nb")));
    BOOST_TEST(can(caller, Action::publish, tag("en")));
    BOOST_TEST(can(caller, Action::review, tag("en")));
    BOOST_TEST(!can(caller, Action::keep, tag("en")));
    BOOST_TEST(!can(caller, Action::translate, tag("ar")));
    BOOST_TEST(!can(caller, Action::translate, std::nullopt));
    BOOST_TEST(can(caller, Action::read_drafts, tag("ar")));
    BOOST_TEST(!can_somewhere(caller, Action::edit_source));
    BOOST_TEST(!can(accounts::Caller{}, Action::read_drafts, std::nullopt));
    BOOST_TEST(!can(accounts::Caller(accounts::Known{"nobody", {}}), Action::read_drafts, std::nullopt));
}

BOOST_AUTO_TEST_CASE(what_is_stored_is_read_again_and_unknown_roles_allow_nothing) {
    const accounts::Grants grants{{Role::admin, {}}, {Role::translator, {tag("nb"), tag("zh-Hant")}}};
    BOOST_TEST((accounts::grants_from(accounts::stored_grants(grants)) == grants));
    BOOST_TEST(accounts::grants_from(R"([{"role":"emperor","locales":[]}])").empty());
}

STELE_ON_BOTH_EMPTY_DATABASES(names_of_before_are_found_in_any_case_of_any_letters) {
    auto migrations = db::embedded_migrations(db->dialect());
    std::erase_if(migrations, [](const db::Migration& one) { return one.number > 5; });
    db::migrate(*db, migrations);
    db->write([](db::Transaction& t) {
        for (const auto* name : {"ÅSA", "Straße", "kari"})
            t->run("INSERT INTO account (name, role, locales, created_at) VALUES ($1, 'translator', '[]', 1)", name);
    });
    db::migrate(*db);
    // As another ICU may have left it: what were two names once.
    db->write([](db::Transaction& t) {
        t->run("INSERT INTO account (name, name_key, grants, created_at) VALUES ('åsa', $1, '[]', 2)",
               db::Bytes{"another key"});
    });
    for (int times = 0; times < 2; ++times) accounts::renew_name_keys(*db);
    People people(db);
    for (const auto* name : {"ÅSA", "åsa", "Åsa"}) BOOST_TEST(accounts::find_user(people.store(), name)->name == "ÅSA");
    BOOST_TEST(accounts::find_user(people.store(), "STRASSE")->name == "Straße");
    BOOST_TEST(accounts::find_user(people.store(), "KARI")->name == "kari");
    people.choose("ÅSA", good);
    BOOST_TEST(people.attempt("åsa", good) == "");
}

STELE_ON_BOTH_EMPTY_DATABASES(accounts_and_tokens_of_before_keep_what_they_might) {
    auto migrations = db::embedded_migrations(db->dialect());
    std::erase_if(migrations, [](const db::Migration& one) { return one.number > 5; });
    db::migrate(*db, migrations);
    db->write([](db::Transaction& t) {
        t->run("INSERT INTO account (name, role, locales, created_at) VALUES ('Kari', 'translator', '[\"nb\"]', 1)");
        t->run("INSERT INTO token (hash, name, role, locales, created_at) VALUES ($1, 'ci', 'editor', '[]', 2)",
               db::Bytes{"hash"});
    });
    db::migrate(*db);
    People people(db);
    BOOST_TEST(
        (accounts::find_user(people.store(), "kari")->grants == accounts::Grants{{Role::translator, {tag("nb")}}}));
    BOOST_TEST((accounts::list_tokens(people.store()).front().grants == accounts::Grants{{Role::editor, {}}}));
}

STELE_ON_BOTH_DATABASES(nobody_takes_their_own_administration_away) {
    People people(db);
    people.add("anne", {{Role::admin}});
    people.add("kari");
    const auto store = people.store();
    BOOST_CHECK_THROW(accounts::disable_user(store, "anne", "anne"), Error);
    BOOST_CHECK_THROW(accounts::change_grants(store, "anne", {{Role::admin, {tag("nb")}}}, "anne"), Error);
    BOOST_CHECK_THROW(accounts::change_grants(store, "anne", {}, "anne"), Error);
    accounts::change_grants(store, "kari", {{Role::reviewer}}, "anne");
    accounts::disable_user(store, "kari", "anne");
    BOOST_TEST(accounts::first_administrator(store)->name == "anne");
    accounts::disable_user(store, "anne");
    BOOST_TEST(!accounts::first_administrator(store));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(passwords)

BOOST_AUTO_TEST_CASE(a_password_is_compared_as_rfc_8265_says) {
    // Composed and decomposed, and spaces of any kind, are the same; case is not.
    BOOST_TEST(*locale::opaque_string("a\xCC\x8A b") == "\xC3\xA5 b");
    BOOST_TEST(*locale::opaque_string("\xC3\xA5\xE3\x80\x80"
                                      "b") == "\xC3\xA5 b");
    BOOST_TEST(*locale::opaque_string("A") != *locale::opaque_string("a"));
    for (const std::string bad : {"", "a\nb", "a\x7f", "a\xFF", "\xEF\xBF\xBF"})
        BOOST_TEST(!locale::opaque_string(bad));
    BOOST_TEST(!locale::opaque_string(std::string("a\0b", 3)));
}

BOOST_AUTO_TEST_CASE(a_password_is_long_enough_and_not_the_first_to_be_guessed) {
    const auto mistake = [](std::string_view password) {
        const auto found = accounts::password_mistakes(password, "kari.nordmann", "/password");
        return found.empty() ? std::string() : found.front().message;
    };
    BOOST_TEST(mistake(good) == "");
    BOOST_TEST(mistake("\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA5\xC3\xA6") == "field.password-short");  // ten bytes, five
    BOOST_TEST(mistake("") == "field.password-short");
    BOOST_TEST(mistake("Kari.Nordmann") == "field.password-easy");
    BOOST_TEST(mistake("1234567890") == "field.password-easy");
    BOOST_TEST(mistake("aaaaaaaaaaaa") == "field.password-easy");
    BOOST_TEST(mistake(std::string(1001, 'x') + "y") == "field.password-long");
    BOOST_TEST(mistake("one line\nand another") == "field.password-characters");
}

STELE_ON_BOTH_DATABASES(a_password_signs_in_and_another_does_not) {
    People people(db);
    people.add("kari", {{Role::translator}}, "Kari@Example.org");
    BOOST_TEST(people.attempt("kari", "") == "unauthenticated");  // none was chosen yet
    people.choose("kari", good);
    BOOST_TEST(people.attempt("kari", good) == "");
    BOOST_TEST(people.attempt("kari@example.org", good) == "");
    BOOST_TEST(people.attempt("kari", "fire gule elge") == "unauthenticated");
    BOOST_TEST(people.attempt("nobody", good) == "unauthenticated");
    accounts::disable_user(people.store(), "kari");
    BOOST_TEST(people.attempt("kari", good) == "unauthenticated");
}

STELE_ON_BOTH_DATABASES(a_hash_of_other_costs_is_made_anew_when_its_password_is_shown) {
    People people(db);
    people.add("kari");
    people.choose("kari", good);
    const auto stored = [&] {
        return db
            ->reading([](db::Connection& c) {
                return c.one("SELECT password FROM account", [](db::Row row) { return row.text(0); });
            })
            .value();
    };
    const auto usual = stored();
    BOOST_TEST(usual.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    std::string cheap(crypto_pwhash_STRBYTES, '\0');
    BOOST_REQUIRE(crypto_pwhash_str(cheap.data(), good.data(), good.size(), crypto_pwhash_OPSLIMIT_MIN,
                                    crypto_pwhash_MEMLIMIT_MIN) == 0);
    cheap.resize(cheap.find('\0'));
    db->write([&](db::Transaction& t) { t->run("UPDATE account SET password = $1", cheap); });
    BOOST_TEST(people.attempt("kari", "another one") == "unauthenticated");
    BOOST_TEST(stored() == cheap);
    BOOST_TEST(people.attempt("kari", good) == "");
    BOOST_TEST(stored().starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    BOOST_TEST(people.attempt("kari", good) == "");
}

STELE_ON_BOTH_DATABASES(a_new_password_takes_the_old_one_and_ends_all_other_sessions) {
    People people(db);
    people.add("kari");
    const auto first = people.choose("kari", good);
    const auto second = accounts::sign_in(people.store(), "secret", {"kari", std::string(good)}, home);
    const auto link = accounts::create_sign_in_link(people.store(), "kari");
    const auto user = first.session.user;
    const auto change = [&](const std::string& old, const std::string& password) {
        accounts::change_password(people.store(), "secret", user, {old, password}, first.secret, home);
    };
    BOOST_CHECK_THROW(change("not it at all", "seks blå harer"), Error);
    BOOST_CHECK_THROW(change(std::string(good), "short"), Error);
    BOOST_TEST(people.is_signed_in(second.secret));
    change(std::string(good), "seks bl\xC3\xA5 harer");
    BOOST_TEST(people.is_signed_in(first.secret));
    BOOST_TEST(!people.is_signed_in(second.secret));
    BOOST_TEST(!accounts::redeem_link(people.store(), link));
    BOOST_TEST(people.attempt("kari", good) == "unauthenticated");
    BOOST_TEST(people.attempt("kari", "seks bla\xCC\x8A harer") == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(throttling)

STELE_ON_BOTH_DATABASES(after_some_failures_an_account_is_closed_for_longer_and_longer) {
    People people(db);
    const std::vector<accounts::Counted> kari{accounts::counted_account("secret", "account:1")};
    const auto fail = [&] {
        return db->writing([&](db::Transaction& t) { return accounts::count_failure(t, people.now, kari); });
    };
    for (int i = 0; i < 5; ++i) {
        BOOST_TEST((fail().open_at <= people.now));
        BOOST_TEST(people.count("attempt") == 1);
    }
    std::vector<std::int64_t> closed;
    for (int i = 0; i < 7; ++i) {
        fail();
        const auto open_at = fail().open_at;
        closed.push_back(std::chrono::duration_cast<std::chrono::seconds>(open_at - people.now).count());
        people.now = open_at;
    }
    BOOST_TEST(closed == (std::vector<std::int64_t>{30, 60, 120, 240, 480, 900, 900}),
               boost::test_tools::per_element());
    people.now += std::chrono::hours(24);
    for (int i = 0; i < 5; ++i) BOOST_TEST((fail().open_at <= people.now));
    people.now += std::chrono::hours(24);
    accounts::forget_expired(people.store());
    BOOST_TEST(people.count("attempt") == 0);
}

STELE_ON_BOTH_DATABASES(names_that_nobody_has_are_refused_alike_and_right_passwords_wait_as_well) {
    People people(db);
    people.add("kari");
    people.choose("kari", good);
    for (const auto* name : {"kari", "nobody"}) {
        for (int i = 0; i < 6; ++i) BOOST_TEST(people.attempt(name, "wrong, wrong") == "unauthenticated");
        BOOST_TEST(people.attempt(name, good) == "too-many-requests");
    }
    BOOST_TEST(people.log("sign-in-closed").size() == 2u);
    people.now += std::chrono::minutes(1);
    BOOST_TEST(people.attempt("kari", good) == "");
    // It is forgotten then.
    for (int i = 0; i < 5; ++i) BOOST_TEST(people.attempt("kari", "wrong, wrong") == "unauthenticated");
    BOOST_TEST(people.attempt("kari", good) == "");
}

STELE_ON_BOTH_DATABASES(an_address_that_tries_many_names_is_closed_and_rows_are_bounded) {
    People people(db);
    const auto from = [&](const std::string& address, int n) {
        auto places = accounts::counted_address("secret", address);
        places.push_back(accounts::counted_account("secret", "name:" + std::to_string(n)));
        return db->writing([&](db::Transaction& t) {
            return accounts::count_failure(t, people.now, places).open_at;
        }) <= people.now;
    };
    int taken = 0;
    for (int n = 0; n < 100; ++n) taken += from("192.0.2.7", n);
    BOOST_TEST(taken == 31);
    BOOST_TEST(from("192.0.2.8", 1000));
    // One network of IPv6 is one place, however many addresses it has.
    taken = 0;
    for (int n = 0; n < 100; ++n) taken += from("2001:db8::" + std::to_string(n), 2000 + n);
    BOOST_TEST(taken == 31);
    BOOST_TEST(from("2001:db8:0:1::1", 3000));
    BOOST_TEST(accounts::counted_address("secret", "unix").empty());
    BOOST_TEST((accounts::counted_account("secret", "x").place != accounts::counted_account("other", "x").place));
    for (int n = 0; n < 50; ++n) {
        BOOST_TEST(accounts::counted_account("secret", std::to_string(n)).place < 2 * 65'536);
        BOOST_TEST(accounts::counted_account("secret", std::to_string(n)).place % 2 == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(links_and_sessions)

STELE_ON_BOTH_DATABASES(an_invitation_chooses_a_password_once_and_ends_all_that_was_open) {
    People people(db);
    people.add("kari");
    const auto store = people.store();
    const auto code = accounts::create_link(store, "kari", accounts::Purpose::invitation);
    const auto other = accounts::create_link(store, "kari", accounts::Purpose::reset);
    const auto open = accounts::redeem_link(store, accounts::create_sign_in_link(store, "kari"));
    BOOST_TEST(accounts::find_invited(store, code)->user.name == "kari");
    BOOST_TEST(!accounts::redeem_link(store, code));  // each is for its own purpose
    BOOST_CHECK_THROW(accounts::redeem_invitation(store, code, "short", home), Error);
    BOOST_TEST(accounts::redeem_invitation(store, code, good, home).has_value());
    BOOST_TEST(!accounts::redeem_invitation(store, code, good, home));
    BOOST_TEST(!accounts::find_invited(store, other));
    BOOST_TEST(!people.is_signed_in(open->secret));
    const auto late = accounts::create_link(store, "kari", accounts::Purpose::reset);
    people.now += std::chrono::hours(24);
    BOOST_TEST(!accounts::find_invited(store, late));
    BOOST_TEST(!accounts::redeem_invitation(store, late, good, home));
}

STELE_ON_BOTH_DATABASES(sessions_are_listed_and_ended_one_by_one_or_all_others) {
    People people(db);
    people.add("kari");
    people.add("omar");
    const auto store = people.store();
    std::vector<accounts::Opened> open;
    for (const auto* browser : {"Firefox, Linux", "Safari, iPhone", "Chrome, Windows"}) {
        people.now += std::chrono::minutes(1);
        open.push_back(*accounts::redeem_link(store, accounts::create_sign_in_link(store, "kari"),
                                              {.address = "192.0.2.1", .browser = browser}));
    }
    const auto omar = *accounts::redeem_link(store, accounts::create_sign_in_link(store, "omar"));
    const auto& user = open[0].session.user;
    const auto listed = accounts::list_sessions(store, user.id, open[0].secret);
    BOOST_REQUIRE(listed.size() == 3u);
    BOOST_TEST(listed[0].visit.browser == "Chrome, Windows");
    BOOST_TEST(listed[2].current);
    BOOST_TEST(!accounts::revoke_session(store, omar.session.user, listed[0].handle, "omar"));
    BOOST_TEST(accounts::revoke_session(store, user, listed[0].handle, "kari"));
    BOOST_TEST(!people.is_signed_in(open[2].secret));
    BOOST_TEST(accounts::revoke_other_sessions(store, user, open[0].secret, "kari") == 1);
    BOOST_TEST(people.is_signed_in(open[0].secret));
    BOOST_TEST(!people.is_signed_in(open[1].secret));
    BOOST_TEST(people.is_signed_in(omar.secret));
}

STELE_ON_BOTH_DATABASES(who_was_there_is_noted_to_some_minutes_and_an_account_has_so_many_sessions) {
    People people(db);
    people.add("kari");
    const auto store = people.store();
    accounts::Opened last;
    for (int i = 0; i < accounts::most_sessions + 3; ++i) {
        people.now += std::chrono::seconds(1);
        last = *accounts::redeem_link(store, accounts::create_sign_in_link(store, "kari"));
    }
    BOOST_TEST(people.count("session") == accounts::most_sessions);
    accounts::Sightings sightings;
    const auto seen = [&] {
        const auto session =
            db->reading([&](db::Connection& c) { return accounts::find_session(c, last.secret, people.now); });
        sightings.see(accounts::Sightings::Kind::session, last.secret, session->seen_at, people.now);
        const auto before = db->rows_written();
        sightings.write(*db);
        return db->rows_written() - before;
    };
    BOOST_TEST(seen() == 0);
    people.now += accounts::Sightings::grain;
    BOOST_TEST(seen() == 1);
    BOOST_TEST(seen() == 0);
}

BOOST_AUTO_TEST_CASE(a_browser_is_named_in_short) {
    const auto name = [](std::string_view agent) { return accounts::browser_from(agent); };
    BOOST_TEST(name("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0") == "Firefox, Linux");
    BOOST_TEST(name("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 "
                    "Edg/120.0") == "Edge, Windows");
    BOOST_TEST(name("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1") ==
               "Safari, iPhone");
    BOOST_TEST(name("curl/8.0") == "curl");
    BOOST_TEST(name("") == "");
    BOOST_TEST(name("\xFF\xFE") == "");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_log_of_accounts)

STELE_ON_BOTH_DATABASES(what_is_sensitive_stands_there_by_kind_and_by_actor_without_secrets) {
    People people(db);
    people.add("kari");
    const auto store = people.store();
    people.choose("kari", good);
    const auto token = accounts::create_token(store, {.name = "ci", .grants = {{Role::editor}}}, "anne");
    accounts::revoke_token(store, "ci", "anne");
    accounts::change_grants(store, "kari", {{Role::reviewer}}, "anne");
    accounts::disable_user(store, "kari", "anne");
    accounts::enable_user(store, "kari", "anne");
    BOOST_TEST(
        people.log() == (std::vector<std::string>{"user-enabled", "user-disabled", "user-grants", "token-revoked",
                                                  "token-created", "sign-in", "password", "user-link", "user-created"}),
        boost::test_tools::per_element());
    BOOST_TEST(people.log("sign-in").size() == 1u);
    // In pages of two, with one filter and with both, nothing is twice or missing.
    for (const std::string kind : {"", "token-created"}) {
        accounts::LogQuery query{.kind = kind, .actor = "anne", .before = {}, .limit = 2};
        int found = 0;
        while (true) {
            const auto page = accounts::read_log(store, query);
            found += int(page.entries.size());
            for (const auto& entry : page.entries) {
                BOOST_TEST(entry.actor == "anne");
                BOOST_TEST(boost::json::serialize(entry.detail).find(token) == std::string::npos);
            }
            if (!page.next) break;
            query.before = page.next;
        }
        BOOST_TEST(found == (kind.empty() ? 5 : 1));
    }
    for (const auto& kind : people.log()) BOOST_TEST(!storage::is_seen_by_readers(kind, false));
}

BOOST_AUTO_TEST_SUITE_END()
