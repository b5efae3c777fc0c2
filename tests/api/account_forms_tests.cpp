// What the forms of accounts say where they are refused: all of it at once, above and beside the fields.
#include <boost/test/unit_test.hpp>

#include "server/routes.hpp"
#include "src/accounts/links.hpp"
#include "src/accounts/throttle.hpp"
#include "src/accounts/tokens.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/mailbox.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string users = "/studio/settings/users", tokens = "/studio/settings/tokens", account = "/studio/account";
const std::string good = "fire gule elger";

// Each of these fields, and no other, is named above with a link to it, where the focus is, and is described by what is
// wrong with it.
void check_said(const Answer& page, int status, const std::vector<std::string>& ids) {
    BOOST_TEST(page.status == status);
    const auto above = between(page.text, "<div class=\"alert\" role=\"alert\" tabindex=\"-1\" autofocus>", "</div>");
    BOOST_TEST(!above.empty(), page.text);
    size_t links = 0;
    for (size_t at = 0; (at = above.find("<a href=\"#", at)) != std::string::npos; ++at) ++links;
    BOOST_TEST(links == ids.size(), above);
    for (const auto& id : ids) {
        BOOST_TEST(above.find("href=\"#" + id + "\"") != std::string::npos, id + " in " + above);
        const auto field = between(page.text, "id=\"" + id + "\"", ">");
        BOOST_TEST(field.find("aria-invalid=\"true\"") != std::string::npos, id + ": " + field);
        const auto described = " " + between(field, "aria-describedby=\"", "\"");
        const auto said = described.substr(described.rfind(' ') + 1);
        BOOST_TEST(has(page, "<p class=\"mistake\" id=\"" + said + "\">"), id);
    }
}

// The page's form, changed and sent with a button.
Answer refused(Person& person, const std::string& page, const std::string& button, const Fields& changes) {
    // A page may have two forms for one address: the token is the same.
    Fields fields;
    for (const auto& [name, value] : fields_of(person.get(page).text, page))
        if (name == "csrf" || name == "seen") fields[name] = value;
    for (const auto& [name, value] : changes) fields[name] = value;
    if (!button.empty()) fields["action"] = button;
    return person.post(page, fields);
}

Answer ask_for_password(TestSite& site, const std::string& peer, const std::string& name) {
    auto request = http::request_for("POST", "/studio/password");
    request.host = "stele.test";
    request.peer = peer;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = encoded({{"name", name}});
    const auto response = dispatch(site.app, request);
    return {.status = response.status, .headers = response.headers, .text = response.body, .json = {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(account_forms)

STELE_ON_BOTH_DATABASES(an_invitation_is_told_all_that_is_wrong_with_it) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    accounts::create_user(site.store(), {.name = "kari", .grants = {{Role::editor}}, .mail = "kari@example.org"});
    check_said(refused(anne, users, "", {{"name", "a b"}, {"mail", "nowhere"}}), 422, {"f-name", "f-mail", "g-role-0"});
    check_said(refused(anne, users, "", {{"name", ""}, {"role.0", "reader"}, {"all.0", "1"}}), 422, {"f-name"});
    // Who has the name and the address already is known only to the database.
    const auto page = refused(anne, users, "",
                              {{"name", "KARI"},
                               {"mail", "Kari@example.org"},
                               {"role.0", "reader"},
                               {"all.0", "1"},
                               {"role.1", "translator"}});
    check_said(page, 422, {"f-name", "f-mail", "g-all-1"});
    for (const auto* kept : {"value=\"KARI\"", "value=\"Kari@example.org\"", "value=\"translator\" selected"})
        BOOST_TEST(has(page, kept), kept);
    check_said(refused(anne, users, "",
                       {{"name", "kari"}, {"mail", "kari@example.org"}, {"role.0", "reader"}, {"all.0", "1"}}),
               409, {"f-name", "f-mail"});
    BOOST_TEST(accounts::list_users(site.store()).size() == 2u);
}

STELE_ON_BOTH_DATABASES(each_role_without_languages_is_named) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    accounts::create_user(site.store(), {.name = "kari", .grants = {{Role::editor}}});
    const auto kari = users + "/kari";
    const auto page = refused(anne, kari, "grants",
                              {{"role.0", "translator"}, {"role.1", "reader"}, {"all.1", "1"}, {"role.2", "reviewer"}});
    check_said(page, 422, {"g-all-0", "g-all-2"});
    check_said(refused(anne, kari, "grants", {{"role.0", ""}}), 422, {"g-role-0"});
    check_said(refused(anne, kari, "mail", {{"mail", "nowhere"}}), 422, {"f-mail"});
    // What is no field's fault has the focus, too.
    const auto own = refused(anne, users + "/anne", "grants", {{"role.0", "reader"}, {"all.0", "1"}});
    BOOST_TEST(own.status == 409);
    BOOST_TEST(has(own, "<p class=\"alert\" role=\"alert\" tabindex=\"-1\" autofocus>"));
}

STELE_ON_BOTH_DATABASES(a_token_is_told_all_that_is_wrong_with_it) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    accounts::create_token(site.store(), {.name = "ci", .grants = {{Role::editor}}});
    const auto page = refused(anne, tokens, "", {{"name", ""}, {"days", "a few"}});
    check_said(page, 422, {"f-name", "f-days", "g-role-0"});
    BOOST_TEST(has(page, "value=\"a few\""));
    // Left empty, it would work for ever.
    check_said(refused(anne, tokens, "", {{"name", "ci"}, {"days", ""}, {"role.0", "reader"}, {"all.0", "1"}}), 422,
               {"f-name", "f-days"});
    BOOST_TEST(accounts::list_tokens(site.store()).size() == 1u);
}

STELE_ON_BOTH_DATABASES(ones_own_password_and_address_are_told_all_that_is_wrong_with_them) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    const auto link = accounts::create_link(site.store(), "anne", accounts::Purpose::reset);
    const auto choose = "/studio/password/" + link;
    check_said(anne.post(choose, {{"password", "short"}}), 422, {"f-password"});
    BOOST_TEST(anne.post(choose, {{"password", good}}).status == 303);
    Person again(site, "berit", Role::admin);
    const auto other = accounts::create_link(site.store(), "berit", accounts::Purpose::reset);
    const auto cookie = again.post("/studio/password/" + other, {{"password", good}}).header("Set-Cookie");
    const auto send = [&](Fields fields) {
        const Headers headers{{"Cookie", cookie.substr(0, cookie.find(';'))},
                              {"Content-Type", "application/x-www-form-urlencoded"}};
        fields["csrf"] = fields_of(site.call("GET", account, {}, {}, headers).text, account).at("csrf");
        return site.call("POST", account, {}, encoded(fields), headers);
    };
    check_said(send({{"action", "password"}, {"old", "something else"}, {"password", "short"}}), 422,
               {"f-old", "f-password"});
    check_said(send({{"action", "mail"}, {"mail", "nowhere"}, {"mail_old", "something else"}}), 422,
               {"f-mail", "f-old-mail"});
    check_said(send({{"action", "mail"}, {"mail", "b@example.org"}, {"mail_old", ""}}), 422, {"f-old-mail"});
    BOOST_TEST(send({{"action", "mail"}, {"mail", "b@example.org"}, {"mail_old", good}}).status == 303);
    BOOST_TEST(accounts::find_user(site.store(), "berit")->mail.value_or("") == "b@example.org");
}

STELE_ON_BOTH_DATABASES(who_asks_for_too_many_letters_is_told_when_to_come_back) {
    TestSite site(db);
    test::Mailbox mailbox;
    site.app.options.smtp_url = mailbox.url();
    site.app.options.mail_from = "stele@example.org";
    const std::string home = "192.0.2.7";
    for (int i = 0; i <= accounts::address_limit.free; ++i)
        BOOST_TEST(ask_for_password(site, home, "nobody-" + std::to_string(i)).status == 303);
    const auto closed = ask_for_password(site, home, "kari <b>");
    BOOST_TEST(closed.status == 429);
    BOOST_TEST(!closed.header("Retry-After").empty());
    BOOST_TEST(has(closed, "<p class=\"alert\" role=\"alert\" tabindex=\"-1\" autofocus>"));
    BOOST_TEST(has(closed, "1 minute"));
    BOOST_TEST(has(closed, "value=\"kari &lt;b&gt;\""));
    BOOST_TEST(!has(closed, "a message is on its way"));
    BOOST_TEST(ask_for_password(site, "198.51.100.7", "kari").status == 303);
    site.advance(accounts::address_limit.longest);
    BOOST_TEST(ask_for_password(site, home, "kari").status == 303);
}

BOOST_AUTO_TEST_SUITE_END()
