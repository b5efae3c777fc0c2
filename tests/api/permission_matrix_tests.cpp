// Every row of the route table × every role × its own locale, another, and all of them: whether it lets pass is what
// permission_rows.hpp says. Besides: guests, tokens and sessions that have ended, and forms of other sites.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <map>

#include "server/routes.hpp"
#include "src/accounts/links.hpp"
#include "src/accounts/tokens.hpp"
#include "tests/api/permission_rows.hpp"
#include "tests/support/test_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

using accounts::Role;

constexpr auto form_type = "application/x-www-form-urlencoded";

// Who may, by words of its own: from the description of the roles, not from accounts::includes.
bool role_may(Role role, Need need) {
    static const std::map<Role, std::string> rights = {{Role::reader, "d"},
                                                       {Role::translator, "dt"},
                                                       {Role::reviewer, "dtrp"},
                                                       {Role::editor, "dtrpks"},
                                                       {Role::admin, "dtrpksa"}};
    static const std::map<Need, char> letters = {
        {Need::drafts, 'd'},      {Need::session, 'd'},   {Need::translate, 't'},
        {Need::review, 'r'},      {Need::publish, 'p'},   {Need::keep, 'k'},
        {Need::edit_source, 's'}, {Need::somewhere, 's'}, {Need::translate_somewhere, 't'},
        {Need::administer, 'a'},  {Need::site, 'a'}};
    return rights.at(role).find(letters.at(need)) != std::string::npos;
}

enum class Where { own, other, everywhere };

bool may(Role role, Where where, Need need) {
    if (need == Need::nothing) return true;
    if (!role_may(role, need)) return false;
    if (need == Need::drafts || need == Need::session || need == Need::somewhere || need == Need::translate_somewhere)
        return true;
    return where == Where::everywhere || (where == Where::own && need != Need::site);
}

std::string filled(const PermissionRow& row) {
    static const std::map<std::string, std::string> values = {
        {"locale", "nb"},        {"slug", "om-oss"}, {"n", "1"},          {"segment", "title"}, {"code", "none"},
        {"token", "none"},       {"file", "none"},   {"version", "none"}, {"name", "nobody"},   {"tag", "nb"},
        {"finding", "numbers.0"}};
    std::string path(row.pattern);
    for (size_t at = 0; (at = path.find('{')) != std::string::npos;) {
        const auto end = path.find('}', at);
        const auto name = path.substr(at + 1, end - at - 1);
        const auto found = values.find(name);
        BOOST_REQUIRE_MESSAGE(name == "id" || found != values.end(),
                              "permission_matrix_tests.cpp has no value for {" + name + "}: add one to filled()");
        path.replace(at, end - at + 1,
                     name != "id"                    ? found->second
                     : row.need == Need::edit_source ? "harbour"
                                                     : "about");
    }
    return path;
}

const Target* target_of(const PermissionRow& row) {
    for (const auto& route : routes().routes())
        if (route.method == row.method && route.pattern == row.pattern) return &route.value;
    return nullptr;
}

bool changes(const PermissionRow& row) { return row.method != "GET"; }

struct Person {
    std::string cookie, csrf;
};

class Matrix {
  public:
    explicit Matrix(TestSite& site) : site_(site) {}

    Answer as_guest(const PermissionRow& row) { return send(row, {}); }
    Answer by_token(const PermissionRow& row, const std::string& secret) {
        return send(row, {{"Authorization", "Bearer " + secret}});
    }
    Answer by_session(const PermissionRow& row, const Person& person, bool with_token = true) {
        Headers headers{{"Cookie", person.cookie}};
        if (with_token) headers.emplace_back("X-CSRF-Token", person.csrf);
        return send(row, std::move(headers));
    }
    std::string token(Role role, Where where) { return site_.token(role, tags_of(where)); }
    Person sign_in(Role role, Where where) {
        const auto name = std::string(name_of(role)) + std::to_string(int(where));
        const auto store = site_.store();
        if (!accounts::find_user(store, name)) {
            std::vector<locale::Tag> tags;
            for (const auto& text : tags_of(where)) tags.push_back(locale::Tag::stored(text));
            accounts::create_user(store, {.name = name, .grants = {{role, tags}}});
        }
        const auto opened = accounts::redeem_link(store, accounts::create_sign_in_link(store, name));
        return {"__Host-stele_session=" + opened->secret, opened->session.csrf};
    }

  private:
    static std::vector<std::string> tags_of(Where where) {
        if (where == Where::everywhere) return {};
        return {where == Where::own ? "nb" : "ar"};
    }
    Answer send(const PermissionRow& row, Headers headers) {
        const bool person = target_of(row)->audience == Audience::person;
        std::string body;
        if (changes(row)) body = person ? std::string(row.form) : "{}";
        headers.emplace_back("Content-Type", person ? form_type : "application/json");
        return site_.call(std::string(row.method), filled(row), {}, body, std::move(headers));
    }

    TestSite& site_;
};

bool sends_to_sign_in(const Answer& answer) {
    return answer.status == 303 && answer.header("Location").starts_with("/studio/sign-in");
}

// 401, or the way to sign in where a person looked at a page.
bool asks_who(const Answer& answer) { return answer.status == 401 || sends_to_sign_in(answer); }

bool passes(const PermissionRow& row, const Answer& answer) {
    const bool ends_there = row.pattern == "/studio/sign-out";
    // A form that the handler decides by has to be one that it understands.
    if (!row.form.empty() && answer.status == 400) return false;
    return answer.status != 401 && answer.status != 403 && answer.status < 500 &&
           (ends_there || !sends_to_sign_in(answer));
}

bool by_cookie(const PermissionRow& row) {
    return row.need == Need::session || target_of(row)->audience == Audience::person;
}

std::string name_of(const PermissionRow& row) { return fmt::format("{} {} {}", row.method, row.pattern, row.form); }

}  // namespace

BOOST_AUTO_TEST_SUITE(permission_matrix)

BOOST_AUTO_TEST_CASE(every_route_has_its_row) {
    for (const auto& route : routes().routes()) {
        const auto rows = std::count_if(permission_rows.begin(), permission_rows.end(), [&](const PermissionRow& row) {
            return row.method == route.method && row.pattern == route.pattern;
        });
        BOOST_TEST(rows >= 1, "tests/api/permission_rows.hpp has "
                                  << rows << " rows for " << route.method << " " << route.pattern << "; add one: {\""
                                  << route.method << "\", \"" << route.pattern << "\", Need::who may}");
    }
    for (const auto& row : permission_rows) {
        BOOST_TEST(target_of(row) != nullptr, "no such route any more: " << name_of(row));
        const auto same =
            std::count_if(permission_rows.begin(), permission_rows.end(), [&](const PermissionRow& other) {
                return other.method == row.method && other.pattern == row.pattern &&
                       (other.form == row.form || other.form.empty() || row.form.empty()) &&
                       (other.need == Need::edit_source) == (row.need == Need::edit_source);
            });
        BOOST_TEST(same == 1, name_of(row) << " has two rows for one form \"" << row.form << "\"");
    }
}

STELE_ON_BOTH_DATABASES(each_role_passes_where_it_may_and_nowhere_else) {
    TestSite site(db);
    Matrix matrix(site);
    for (const auto role : accounts::all_roles)
        for (const auto where : {Where::own, Where::other, Where::everywhere}) {
            auto person = matrix.sign_in(role, where);
            for (const auto& row : permission_rows) {
                if (!target_of(row) || row.need == Need::other_secret) continue;
                const auto answer =
                    by_cookie(row) ? matrix.by_session(row, person) : matrix.by_token(row, matrix.token(role, where));
                if (row.pattern == "/studio/sign-out") person = matrix.sign_in(role, where);
                BOOST_TEST_CONTEXT(name_of(row) << " by " << name_of(role) << ", locale " << int(where)) {
                    if (may(role, where, row.need))
                        BOOST_TEST(passes(row, answer), answer.status << " " << answer.text.substr(0, 300));
                    else
                        BOOST_TEST(answer.status == 403, answer.status << " " << answer.text.substr(0, 300));
                }
            }
        }
}

STELE_ON_BOTH_DATABASES(who_is_not_known_or_no_longer_is_asked_who_they_are) {
    TestSite site(db);
    Matrix matrix(site);
    const auto store = site.store();
    const auto expired = accounts::create_token(
        store, {.name = "expired", .grants = {{Role::admin}}, .expires_at = store.now() + std::chrono::seconds(1)});
    const auto revoked = accounts::create_token(store, {.name = "revoked", .grants = {{Role::admin}}});
    accounts::revoke_token(store, "revoked");
    const auto ended = matrix.sign_in(Role::admin, Where::everywhere);
    accounts::end_session(store, ended.cookie.substr(ended.cookie.find('=') + 1));
    const auto gone = matrix.sign_in(Role::admin, Where::own);
    accounts::disable_user(store, "admin0");
    for (const auto& row : permission_rows) {
        if (!target_of(row) || row.need == Need::other_secret) continue;
        const bool open = row.need == Need::nothing;
        BOOST_TEST_CONTEXT(name_of(row)) {
            BOOST_TEST(asks_who(matrix.as_guest(row)) != open);
            if (open) continue;
            BOOST_TEST(asks_who(matrix.by_token(row, expired)));
            BOOST_TEST(asks_who(matrix.by_token(row, revoked)));
            BOOST_TEST(asks_who(matrix.by_session(row, ended)));
            BOOST_TEST(asks_who(matrix.by_session(row, gone)));
        }
    }
}

STELE_ON_BOTH_DATABASES(a_session_changes_nothing_without_its_own_token) {
    TestSite site(db);
    Matrix matrix(site);
    const auto admin = matrix.sign_in(Role::admin, Where::everywhere);
    for (const auto& row : permission_rows) {
        if (!target_of(row) || !changes(row) || row.need == Need::other_secret) continue;
        const auto answer = matrix.by_session(row, admin, false);
        BOOST_TEST(answer.status == 403, name_of(row) << ": " << answer.status);
    }
}

// A token says who a program is; it opens no page and is nobody's session.
STELE_ON_BOTH_DATABASES(a_token_opens_nothing_that_is_a_persons) {
    TestSite site(db);
    Matrix matrix(site);
    const auto token = matrix.token(Role::admin, Where::everywhere);
    for (const auto& row : permission_rows)
        if (target_of(row) && (row.need == Need::session || row.pattern.starts_with("/studio/settings")))
            BOOST_TEST(asks_who(matrix.by_token(row, token)), name_of(row));
}

BOOST_AUTO_TEST_SUITE_END()
