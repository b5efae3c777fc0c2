// Secrets: kept as hashes, compared in constant time, used once, and in no log.
#include <barrier>

#include "src/accounts/secrets.hpp"
#include "src/accounts/tokens.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string about_nb = articles + "/about/translations/nb";
const std::string form_type = "application/x-www-form-urlencoded";

// From now on nobody can save a revision that has this mark, and PostgreSQL says so with the row it refused.
void refuse_marked_revisions(HostileSite& site, const std::string& mark) {
    site.app.database->write([&](db::Transaction& t) {
        if (t->dialect() == db::Dialect::postgres)
            t->execute(
                "ALTER TABLE target ADD CONSTRAINT unmarked CHECK (position('" + mark + "' in text) = 0) NOT VALID",
                {});
        else
            t->execute("CREATE TRIGGER unmarked BEFORE INSERT ON target WHEN instr(NEW.text, '" + mark +
                           "') > 0 BEGIN SELECT RAISE(ABORT, 'marked'); END",
                       {});
    });
}

bool is_token(const Store& store, const std::string& secret) {
    return store.db.reading([&](db::Connection& c) { return accounts::find_token(c, secret, store.now()); })
        .has_value();
}

bool is_session(const Store& store, const std::string& secret) {
    return store.db.reading([&](db::Connection& c) { return accounts::find_session(c, secret, store.now()); })
        .has_value();
}

void drop(HostileSite& site, const std::string& table) {
    site.app.database->write([&](db::Transaction& t) { t->execute("DROP TABLE " + table, {}); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(secrets)

STELE_ON_BOTH_DATABASES(a_link_that_two_open_at_once_signs_one_in) {
    HostileSite site(db);
    const auto store = site.store();
    accounts::create_user(store, {.name = "kari", .grants = {{accounts::Role::translator}}});
    for (int round = 0; round < 10; ++round) {
        const auto code = accounts::create_sign_in_link(store, "kari");
        constexpr int people = 6;
        std::barrier start(people);
        std::array<int, people> statuses{};
        std::vector<std::thread> threads;
        for (int& status : statuses)
            threads.emplace_back([&] {
                test::HttpClient client(site.port());
                start.arrive_and_wait();
                status = client.post("/studio/sign-in/" + code, "", {}).status;
            });
        for (auto& thread : threads) thread.join();
        BOOST_TEST(std::count(statuses.begin(), statuses.end(), 303) == 1);
        BOOST_TEST(std::count(statuses.begin(), statuses.end(), 410) == people - 1);
    }
    BOOST_TEST(site.dump().at("session").size() == 10u);
}

STELE_ON_BOTH_DATABASES(a_link_that_is_looked_at_or_too_old_signs_nobody_in) {
    HostileSite site(db);
    const auto store = site.store();
    accounts::create_user(store, {.name = "kari", .grants = {{accounts::Role::translator}}});
    const auto code = accounts::create_sign_in_link(store, "kari"), late = accounts::create_sign_in_link(store, "kari");
    for (const auto* method : {"GET", "HEAD", "OPTIONS"}) {
        const auto looked = site.call(method, "/studio/sign-in/" + code);
        BOOST_TEST(looked.header("Set-Cookie").empty());
    }
    BOOST_TEST(site.call("POST", "/studio/sign-in/" + code.substr(1)).status == 410);
    BOOST_TEST(site.call("POST", "/studio/sign-in/" + code + "x").status == 410);
    BOOST_TEST(site.call("POST", "/studio/sign-in/" + code).status == 303);
    BOOST_TEST(site.call("POST", "/studio/sign-in/" + code).status == 410);
    site.advance(accounts::link_lifetime);
    BOOST_TEST(site.call("POST", "/studio/sign-in/" + late).status == 410);
}

STELE_ON_BOTH_DATABASES(secrets_are_stored_as_hashes) {
    HostileSite site(db);
    const auto store = site.store();
    accounts::create_user(store, {.name = "kari", .grants = {{accounts::Role::translator}}});
    const auto token = accounts::create_token(store, {.name = "ci", .grants = {{accounts::Role::editor}}});
    const auto link = accounts::create_sign_in_link(store, "kari");
    const auto opened = accounts::redeem_link(store, accounts::create_sign_in_link(store, "kari"));
    BOOST_REQUIRE(opened);
    const std::string password = "fire gule elger";
    accounts::create_user(store, {.name = "omar", .grants = {{accounts::Role::translator}}});
    const auto invitation = accounts::create_link(store, "omar", accounts::Purpose::invitation);
    BOOST_REQUIRE(accounts::redeem_invitation(store, invitation, password, {}));
    for (const auto& [table, rows] : site.dump())
        for (const auto& row : rows)
            for (const auto& secret : {token, link, opened->secret, password, invitation})
                BOOST_TEST(row.find(secret) == std::string::npos, table);
    // Whoever reads the database cannot sign in with what stands there.
    for (const auto& secret : {token, link, opened->secret}) {
        const auto hash = accounts::hash_of(secret).value;
        BOOST_TEST(!is_token(store, hash));
        BOOST_TEST(!is_token(store, "stele_" + hash));
        BOOST_TEST(!is_session(store, hash));
        BOOST_TEST(!accounts::redeem_link(store, hash));
    }
    // Nor does one kind of secret stand in for another.
    BOOST_TEST(!is_session(store, token));
    BOOST_TEST(!is_session(store, link));
    BOOST_TEST(!accounts::redeem_link(store, opened->secret));
    BOOST_TEST(!is_token(store, opened->secret));
}

BOOST_AUTO_TEST_CASE(secrets_are_equal_only_when_every_byte_is) {
    const auto secret = accounts::make_secret();
    BOOST_TEST(accounts::equal_secrets(secret, secret));
    for (size_t i = 0; i < secret.size(); ++i) {
        auto other = secret;
        other[i] ^= 1;
        BOOST_TEST(!accounts::equal_secrets(secret, other));
        BOOST_TEST(!accounts::equal_secrets(secret, secret.substr(0, i)));
    }
    BOOST_TEST(!accounts::equal_secrets("", secret));
}

STELE_ON_BOTH_DATABASES(the_log_has_no_secret_and_no_text) {
    HostileSite site(db);
    const auto store = site.store();
    const std::string mark = "MARKEDTEXT";
    const auto token = site.token(accounts::Role::editor);
    Person kari(site, "kari", accounts::Role::editor);
    const auto opened = accounts::redeem_link(store, accounts::create_sign_in_link(store, "kari"));
    const auto used = accounts::create_sign_in_link(store, "kari"),
               unused = accounts::create_sign_in_link(store, "kari");
    const std::string cookie = "stele_session=" + opened->secret;
    const auto invitation = accounts::create_link(store, "kari", accounts::Purpose::invitation);
    const auto preview =
        site.call("GET", form_path(site.harbour, "en") + "/preview", {}, {}, {{"Cookie", cookie}}).header("Location");
    BOOST_REQUIRE(preview.starts_with("/preview/"));
    std::vector<std::string> never{token,          opened->secret, opened->session.csrf,
                                   used,           unused,         preview.substr(preview.find('/', 1) + 1),
                                   mark,           "TYPED",        site.app.secret,
                                   "war-memorial", invitation};

    const auto everything = [&] {
        const auto etag = "\"1.1\"";
        for (const auto& who : {std::string(), token, std::string("stele_TYPED")}) {
            site.send("PATCH", about_nb, who, R"({"title": "TYPED MARKEDTEXT"})", {{"If-Match", etag}});
            site.send("PATCH", about_nb, who, R"({"title": "TYPED MARKEDTEXT", "TYPED": 1})", {{"If-Match", etag}});
            site.send("PATCH", about_nb, who, R"({"title": "TYPED)", {{"If-Match", "\"TYPED\""}});
            site.send("PUT", articles + "/about/translations/ar", who,
                      R"({"title": "TYPED MARKEDTEXT", "slug": "typed-TYPED"})");
            site.send("POST", articles, who,
                      R"({"key": "typed", "fields": {"TYPED": "TYPED"}, "translation": {"title": "TYPED"}})");
            site.send("GET", articles + "/TYPED?locale=TYPED&after=TYPED&type=TYPED", who);
            site.send("GET", "/api/v1/worklist?locale=nb&after=TYPED", who);
            site.send("GET", "/api/v1/pages/nb/TYPED", who);
            // Names that are language tags, too.
            for (const auto& path : {articles + "/", std::string("/api/v1/pages/nb/"), std::string("/nb/")})
                site.send("GET", path + "war-memorial", who);
            site.send("BREWTYPED", articles + "/TYPED", who);
        }
        site.send("GET", "/nb/TYPED?q=TYPED", {}, {}, {{"Referer", "http://TYPED"}, {"User-Agent", "TYPED"}});
        site.send("GET", "/TYPED/TYPED/TYPED?TYPED=TYPED");
        site.send("GET", preview);
        site.send("GET", preview + "TYPED");
        site.send("GET", "/studio/sign-in/" + unused);
        site.send("POST", "/studio/sign-in/" + used);
        site.send("POST", "/studio/sign-in/" + used);
        site.send("POST", "/studio/sign-in/TYPED");
        for (const auto* name : {"kari", "TYPED"})
            site.send("POST", "/studio/sign-in", {}, std::string("next=TYPED&password=TYPED-password&name=") + name,
                      {{"Content-Type", form_type}});
        site.send("GET", "/studio/password/" + invitation);
        site.send("POST", "/studio/password/" + invitation, {}, "password=TYPED", {{"Content-Type", form_type}});
        site.send("POST", "/studio/password", {}, "name=TYPED", {{"Content-Type", form_type}});
        site.send("POST", "/studio/account", {},
                  "csrf=" + opened->session.csrf + "&action=password&old=TYPED&password=TYPED-password",
                  {{"Cookie", cookie}, {"Content-Type", form_type}});
        site.send("GET", "/studio/articles?key=TYPED", {}, {}, {{"Cookie", cookie}});
        site.send("GET", "/studio/articles/TYPED", {}, {}, {{"Cookie", cookie}});
        const auto form =
            "csrf=" + opened->session.csrf + "&version=2.2&s.title=TYPED+MARKEDTEXT&slug=TYPED&action=save";
        site.send("POST", form_path(site.about, "nb"), {}, form, {{"Cookie", cookie}, {"Content-Type", form_type}});
        site.send("POST", "/studio/new", {},
                  "csrf=" + opened->session.csrf + "&title=TYPED&key=typed-form&source_locale=en",
                  {{"Cookie", cookie}, {"Content-Type", form_type}});
        site.send("POST", "/studio/sign-out", {}, "csrf=TYPED", {{"Cookie", cookie}, {"Content-Type", form_type}});
    };
    everything();
    refuse_marked_revisions(site, mark);
    const auto refused =
        site.send("PUT", articles + "/statement/translations/nb", token, R"({"title": "TYPED MARKEDTEXT"})");
    BOOST_TEST(refused.status == 500);
    BOOST_TEST(refused.body.find("TYPED") == std::string::npos);
    everything();
    for (const auto* table :
         {"revision", "route", "listing", "token", "session", "sign_in_link", "attempt", "account", "article"}) {
        drop(site, table);
        everything();
    }
    const auto lines = site.lines();
    BOOST_TEST(lines.size() > 50u);
    for (const auto& line : lines)
        for (const auto& secret : never) BOOST_TEST(line.find(secret) == std::string::npos, line);
    // Yet it says where and why.
    const auto tells = [&](std::string_view words) {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const auto& line) { return line.find(words) != std::string::npos; });
    };
    BOOST_TEST(tells("PUT /api/v1/articles/{id}/translations/nb: internal: statement"));
    BOOST_TEST(tells("POST /studio/sign-in/{code}: internal: statement"));
    BOOST_TEST(tells("GET /preview/{token}: internal: statement"));
    BOOST_TEST(tells(site.app.database->dialect() == db::Dialect::postgres ? "target  unmarked" : "marked"));
}

BOOST_AUTO_TEST_SUITE_END()
