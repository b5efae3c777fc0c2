// Signing in, one's own account and the settings of accounts, as a browser without script does it.
#include <boost/test/unit_test.hpp>

#include "server/mail/sender.hpp"
#include "src/accounts/audit.hpp"
#include "src/accounts/links.hpp"
#include "src/accounts/tokens.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/mailbox.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string good = "fire gule elger", better = "seks rosa harer";
constexpr auto form_type = "application/x-www-form-urlencoded";

Answer post(TestSite& site, const std::string& target, const Fields& fields, Headers headers = {}) {
    headers.emplace_back("Content-Type", form_type);
    return site.call("POST", target, {}, encoded(fields), std::move(headers));
}

// Through an invitation, as everybody comes in.
void add(TestSite& site, const std::string& name, accounts::Grants grants, const std::string& mail = {}) {
    accounts::create_user(site.store(), {.name = name, .grants = std::move(grants), .mail = mail});
    const auto code = accounts::create_link(site.store(), name, accounts::Purpose::invitation);
    BOOST_REQUIRE_EQUAL(post(site, "/studio/password/" + code, {{"password", good}}).status, 303);
}

Answer sign_in(TestSite& site, const std::string& name, const std::string& password, const std::string& next = {}) {
    return post(site, "/studio/sign-in", {{"name", name}, {"password", password}, {"next", next}});
}

std::string cookie_of(const Answer& answer) {
    const auto line = answer.header("Set-Cookie");
    return line.substr(0, line.find(';'));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signing_in)

STELE_ON_BOTH_DATABASES(a_password_opens_the_page_that_was_asked_for) {
    TestSite site(db);
    add(site, "kari", {{Role::editor}});
    const auto asked = site.call("GET", "/studio/worklist/en");
    BOOST_TEST(asked.header("Location") == "/studio/sign-in?next=%2Fstudio%2Fworklist%2Fen");
    const auto form = site.call("GET", asked.header("Location"));
    BOOST_TEST(fields_of(form.text, "/studio/sign-in").at("next") == "/studio/worklist/en");
    const auto answer = sign_in(site, " kari ", good, "/studio/worklist/en");
    BOOST_TEST(answer.status == 303);
    BOOST_TEST(answer.header("Location") == "/studio/worklist/en");
    const auto cookie = answer.header("Set-Cookie");
    BOOST_TEST(cookie.starts_with("__Host-stele_session="));
    for (const auto* part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"})
        BOOST_TEST(cookie.find(part) != std::string::npos, cookie);
    for (const auto* elsewhere : {"//evil.example", "https://evil.example", "/studio/\\evil", "/studioevil", "/nb/"})
        BOOST_TEST(sign_in(site, "kari", good, elsewhere).header("Location") == "/studio", elsewhere);
}

STELE_ON_BOTH_DATABASES(what_is_wrong_is_said_alike_for_names_that_nobody_has) {
    TestSite site(db);
    add(site, "kari", {{Role::editor}});
    auto wrong = sign_in(site, "kari", better), nobody = sign_in(site, "kara", better);
    BOOST_TEST(wrong.status == 401);
    BOOST_TEST(wrong.header("Set-Cookie").empty());
    BOOST_TEST(has(wrong, "do not fit together"));
    BOOST_TEST(!has(wrong, better));
    for (auto at = nobody.text.find("kara"); at != std::string::npos; at = nobody.text.find("kara"))
        nobody.text[at + 3] = 'i';
    BOOST_TEST(wrong.text == nobody.text);
    for (int i = 0; i < 5; ++i) sign_in(site, "kari", better);
    const auto closed = sign_in(site, "kari", good);
    BOOST_TEST(closed.status == 429);
    BOOST_TEST(std::stoi(closed.header("Retry-After")) > 0);
    BOOST_TEST(has(closed, "Try again in 1 minute"));
    site.advance(std::chrono::minutes(1));
    BOOST_TEST(sign_in(site, "kari", good).status == 303);
}

STELE_ON_BOTH_DATABASES(another_sites_form_signs_nobody_in) {
    TestSite site(db);
    add(site, "kari", {{Role::editor}});
    const Fields fields{{"name", "kari"}, {"password", good}};
    BOOST_TEST(post(site, "/studio/sign-in", fields, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
    BOOST_TEST(post(site, "/studio/sign-in", fields, {{"Origin", "https://evil.example"}}).status == 403);
    BOOST_TEST(post(site, "/studio/sign-in", fields, {{"Origin", "https://stele.test"}}).status == 303);
}

STELE_ON_BOTH_DATABASES(who_signs_in_changes_their_password_and_ends_other_sessions) {
    TestSite site(db);
    add(site, "kari", {{Role::translator, {locale::Tag::stored("nb")}}});
    const auto other = cookie_of(sign_in(site, "kari", good)), mine = cookie_of(sign_in(site, "kari", good));
    const auto page = site.call("GET", "/studio/account", {}, {}, {{"Cookie", mine}});
    BOOST_TEST(has(page, "translator: Norwegian Bokm"));
    const auto csrf = fields_of(page.text, "/studio/account").at("csrf");
    const auto send = [&](Fields fields) {
        fields["csrf"] = csrf;
        return post(site, "/studio/account", fields, {{"Cookie", mine}});
    };
    const auto wrong = send({{"action", "password"}, {"old", better}, {"password", better}});
    BOOST_TEST(wrong.status == 422);
    BOOST_TEST(has(wrong, "This is not your password"));
    BOOST_TEST(has(send({{"action", "password"}, {"old", good}, {"password", "short"}}), "At least 10 characters"));
    BOOST_TEST(send({{"action", "mail"}, {"mail_old", better}, {"mail", "kari@example.org"}}).status == 422);
    BOOST_TEST(send({{"action", "mail"}, {"mail_old", good}, {"mail", "kari@example.org"}}).status == 303);
    const auto changed = send({{"action", "password"}, {"old", good}, {"password", better}});
    BOOST_TEST(changed.header("Location") == "/studio/account?done=password");
    BOOST_TEST(site.call("GET", "/studio/account", {}, {}, {{"Cookie", mine}}).status == 200);
    BOOST_TEST(site.call("GET", "/studio/account", {}, {}, {{"Cookie", other}}).status == 303);
    BOOST_TEST(sign_in(site, "kari@example.org", better).status == 303);
    BOOST_TEST(send({{"action", "others"}}).status == 303);
    BOOST_TEST(!has(site.call("GET", "/studio/account", {}, {}, {{"Cookie", mine}}), "name=\"session\""));
}

STELE_ON_BOTH_DATABASES(an_administrator_invites_changes_and_disables) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    const std::string users = "/studio/settings/users", kari = users + "/kari";
    auto fields = fields_of(anne.get(users).text, users);
    const auto csrf = fields.at("csrf");
    BOOST_TEST(anne.post(users, {{"csrf", csrf}, {"name", "kari"}, {"role.0", "translator"}}).status == 422);
    BOOST_TEST(anne.post(users, {{"csrf", csrf}, {"name", "kari"}}).status == 422);
    BOOST_TEST(anne.post(users, {{"csrf", csrf}, {"name", "a name"}, {"role.0", "reader"}, {"all.0", "1"}}).status ==
               422);
    const Fields invitation{{"csrf", csrf},     {"name", "kari"},       {"role.0", "translator"},
                            {"locale.0", "nb"}, {"role.1", "reviewer"}, {"locale.1", "en"}};
    const auto invited = anne.post(users, invitation);
    BOOST_TEST(invited.status == 200);
    const auto link = unescaped(between(invited.text, "id=\"f-link\" class=\"secret\" value=\"", "\""));
    BOOST_REQUIRE(link.starts_with("https://stele.test/studio/password/"));
    BOOST_TEST(anne.post(users, invitation).status == 409);
    const auto path = link.substr(link.find("/studio/"));
    BOOST_TEST(has(site.call("GET", path), "Welcome"));
    BOOST_TEST(post(site, path, {{"password", good}}).status == 303);
    BOOST_TEST(post(site, path, {{"password", good}}).status == 410);
    const auto cookie = cookie_of(sign_in(site, "kari", good));
    BOOST_TEST(site.call("GET", users, {}, {}, {{"Cookie", cookie}}).status == 403);
    BOOST_TEST(has(anne.get(kari), "value=\"nb\" checked"));
    const auto own = anne.post(users + "/anne", {{"csrf", csrf}, {"action", "disable"}});
    BOOST_TEST(own.status == 409);
    BOOST_TEST(has(own, "Ask another administrator"));
    const auto seen = fields_of(anne.get(kari).text, kari).at("seen");
    const Fields promotion{{"csrf", csrf}, {"seen", seen}, {"action", "grants"}, {"role.0", "admin"}, {"all.0", "1"}};
    BOOST_TEST(anne.post(kari, promotion).status == 303);
    BOOST_TEST(site.call("GET", users, {}, {}, {{"Cookie", cookie}}).status == 200);
    BOOST_TEST(anne.post(kari, {{"csrf", csrf}, {"action", "disable"}}).status == 303);
    BOOST_TEST(site.call("GET", users, {}, {}, {{"Cookie", cookie}}).status == 303);
    BOOST_TEST(anne.post(kari, {{"csrf", csrf}, {"action", "enable"}}).status == 303);
    BOOST_TEST(sign_in(site, "kari", good).status == 303);
    const auto log = anne.get("/studio/settings/log?actor=anne&kind=user-grants");
    BOOST_TEST(has(log, "Roles changed"));
    BOOST_TEST(!has(log, "Account disabled</th>"));
}

STELE_ON_BOTH_DATABASES(a_token_is_shown_once_and_revoked) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    const std::string tokens = "/studio/settings/tokens";
    const auto csrf = fields_of(anne.get(tokens).text, tokens).at("csrf");
    const auto made = anne.post(
        tokens, {{"csrf", csrf}, {"name", "deploy"}, {"days", "30"}, {"role.0", "translator"}, {"locale.0", "nb"}});
    BOOST_TEST(made.status == 200);
    const auto secret = between(made.text, "class=\"secret\" value=\"", "\"");
    BOOST_TEST(secret.starts_with("stele_"));
    BOOST_TEST(!has(anne.get(tokens), secret));
    BOOST_TEST(has(anne.get(tokens), "deploy"));
    BOOST_TEST(site.call("GET", "/api/v1/coverage", secret).status == 200);
    BOOST_TEST(
        anne.post(tokens, {{"csrf", csrf}, {"name", "deploy"}, {"days", "0"}, {"role.0", "reader"}, {"all.0", "1"}})
            .status == 409);
    BOOST_TEST(anne.post(tokens, {{"csrf", csrf}, {"revoke", "deploy"}}).status == 303);
    BOOST_TEST(site.call("GET", "/api/v1/coverage", secret).status == 401);
}

STELE_ON_BOTH_DATABASES(a_forgotten_password_is_chosen_anew_by_a_letter) {
    TestSite site(db);
    add(site, "kari", {{Role::editor}}, "kari@example.org");
    BOOST_TEST(has(site.call("GET", "/studio/password"), "stele user link NAME"));
    BOOST_TEST(post(site, "/studio/password", {{"name", "kari"}}).status == 404);
    test::Mailbox mailbox;
    site.app.options.smtp_url = mailbox.url();
    site.app.options.mail_from = "stele@example.org";
    const auto known = post(site, "/studio/password", {{"name", "kari"}});
    const auto unknown = post(site, "/studio/password", {{"name", "nobody"}});
    BOOST_TEST(known.status == 303);
    BOOST_TEST((known.headers == unknown.headers));
    mail::send_due(site.app, [] { return false; });
    const auto letters = mailbox.letters();
    BOOST_REQUIRE(letters.size() == 1u);
    BOOST_TEST(letters[0].from == "<stele@example.org>");
    BOOST_TEST(letters[0].to == "<kari@example.org>");
    const auto text = letters[0].decoded();
    const auto path = "/studio/password/" + between(text, "https://stele.test/studio/password/", "\r\n");
    BOOST_TEST(post(site, path, {{"password", better}}).status == 303);
    BOOST_TEST(sign_in(site, "kari", better).status == 303);
    BOOST_TEST(sign_in(site, "kari", good).status == 401);
}

STELE_ON_BOTH_DATABASES(a_letter_that_no_server_takes_is_tried_later) {
    TestSite site(db);
    std::vector<std::string> lines;
    site.app.log = [&](std::string_view line) { lines.emplace_back(line); };
    add(site, "kari", {{Role::editor}}, "kari@example.org");
    test::Mailbox mailbox;
    mailbox.refuse(true);
    site.app.options.smtp_url = mailbox.url();
    site.app.options.mail_from = "stele@example.org";
    post(site, "/studio/password", {{"name", "kari"}});
    mail::send_due(site.app, [] { return false; });
    BOOST_TEST(mailbox.letters().empty());
    BOOST_TEST(lines.size() == 1u);
    for (const auto& line : lines) {
        BOOST_TEST(line.find("kari") == std::string::npos, line);
        BOOST_TEST(line.find("/studio/password/") == std::string::npos, line);
    }
    mailbox.refuse(false);
    mail::send_due(site.app, [] { return false; });
    BOOST_TEST(mailbox.letters().empty());
    site.advance(std::chrono::minutes(2));
    mail::send_due(site.app, [] { return false; });
    BOOST_TEST(mailbox.letters().size() == 1u);
}

STELE_ON_BOTH_DATABASES(a_letter_that_is_refused_for_good_is_given_up_and_administrators_are_told) {
    TestSite site(db);
    add(site, "kari", {{Role::editor}}, "kari@example.org");
    test::Mailbox mailbox;
    mailbox.refuse_for_good();
    site.app.options.smtp_url = mailbox.url();
    site.app.options.mail_from = "stele@example.org";
    post(site, "/studio/password", {{"name", "kari"}});
    mail::send_due(site.app, [] { return false; });
    BOOST_TEST(site.app.database->reading(mail::count_waiting) == 0);
    const auto told = accounts::read_log(site.store(), {.kind = "mail-refused", .actor = {}, .before = {}}).entries;
    BOOST_REQUIRE(told.size() == 1u);
    BOOST_TEST(told[0].detail.at("user").as_string() == "kari");
    BOOST_TEST(told[0].detail.at("reason").as_string().find("nobody of that name") != std::string::npos);
}

STELE_ON_BOTH_DATABASES(a_form_with_a_mistake_keeps_what_was_typed_and_says_where) {
    TestSite site(db);
    add(site, "anne", {{Role::admin}}, "anne@example.org");
    const auto cookie = cookie_of(sign_in(site, "anne", good));
    const auto check = [](const Answer& answer, std::initializer_list<std::string> parts) {
        BOOST_TEST((answer.status == 422 || answer.status == 409));
        for (const auto& part : parts) BOOST_TEST(has(answer, part), part + " in " + answer.text);
    };
    const auto post_to = [&](const std::string& page, const std::string& action, Fields changes) {
        auto fields = fields_of(site.call("GET", page, {}, {}, {{"Cookie", cookie}}).text, action);
        for (auto& [name, value] : changes) fields[name] = value;
        return post(site, action, fields, {{"Cookie", cookie}});
    };
    // The password that a new address takes is another field than the one that a new password takes.
    const auto address = post_to("/studio/account", "/studio/account",
                                 {{"action", "mail"}, {"mail", "new@example.org"}, {"mail_old", "wrong, wrong"}});
    check(address, {"new@example.org", "m-old-mail"});
    BOOST_TEST(!has(address, "id=\"m-old\""));
    const std::string users = "/studio/settings/users", tokens = "/studio/settings/tokens";
    check(post_to(users, users, {{"name", "a b"}, {"role.0", "translator"}, {"locale.0", "nb"}}),
          {"m-name", "value=\"translator\" selected", "value=\"nb\" checked"});
    check(post_to(users, users, {{"name", "kari"}, {"role.0", "translator"}}), {"value=\"translator\" selected"});
    check(post_to(tokens, tokens, {{"name", "ci"}, {"days", "9999"}, {"role.0", "editor"}, {"all.0", "1"}}),
          {"m-days", "value=\"editor\" selected", "name=\"all.0\" value=\"1\" checked"});
    check(post_to(users + "/anne", users + "/anne", {{"action", "grants"}, {"role.0", "reviewer"}, {"all.0", "1"}}),
          {"value=\"reviewer\" selected"});
}

BOOST_AUTO_TEST_SUITE_END()
