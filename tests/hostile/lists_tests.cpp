// Cursors that were not given out for this list.
#include <fmt/format.h>

#include "src/storage/cursor.hpp"
#include "src/worklist/locales.hpp"
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::string next_of(HostileSite& site, const std::string& target) {
    const auto page = boost::json::parse(site.send("GET", target, site.token(accounts::Role::reader)).body);
    BOOST_REQUIRE(page.at("next").is_string());
    return std::string(page.at("next").as_string());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lists)

STELE_ON_BOTH_DATABASES(a_cursor_means_nothing_in_another_list) {
    HostileSite site(db);
    const auto list = articles + "?locale=en&limit=1", work = std::string("/api/v1/worklist?locale=ar&limit=1");
    const auto cursor = next_of(site, list), job = next_of(site, work);
    std::vector<Case> cases;
    const auto refused = [&](const std::string& name, const std::string& target, const std::string& with) {
        cases.push_back({name,
                         reader,
                         "GET",
                         target + "&after=" + http::percent_encoded(with),
                         {},
                         400,
                         "cursor",
                         "parameter after",
                         "Start from its first page"});
    };
    refused("another locale", articles + "?locale=nb", cursor);
    refused("another sort", articles + "?locale=en&sort=published", cursor);
    refused("another filter", articles + "?locale=en&fallback=none", cursor);
    refused("another type", articles + "?locale=en&type=news", cursor);
    refused("the worklist's", list, job);
    refused("the list's", work, cursor);
    refused("another worklist", "/api/v1/worklist?locale=nb", job);
    refused("another state", "/api/v1/worklist?locale=ar&state=current", job);
    refused("another order", "/api/v1/worklist?locale=ar&sort=words", job);
    refused("none", list, "");
    refused("junk", list, "xyz");
    refused("padded", list, cursor + "=");
    refused("two", list, cursor + cursor);
    refused("with a space", list, cursor + " ");
    refused("large", list, std::string(6'000, 'A'));
    for (size_t cut = 1; cut < cursor.size(); cut += 5) refused("cut", list, cursor.substr(0, cut));
    for (size_t at = 0; at < cursor.size(); at += 3) {
        auto forged = cursor;
        forged[at] = forged[at] == 'A' ? 'B' : 'A';
        refused("forged", list, forged);
    }
    const auto history = articles + "/about/translations/nb/revisions?limit=1";
    for (const std::string with : {"0", "-1", "x", "9223372036854775808", "1.5", ""})
        cases.push_back({"history",
                         reader,
                         "GET",
                         history + "&after=" + with,
                         {},
                         400,
                         "parameter",
                         "parameter after",
                         "Start from its first page"});
    refuse_all(site, cases);
    BOOST_TEST(site.send("GET", articles + "?locale=en&limit=7&after=" + cursor).status == 200);
}

// Nobody is shown a page of one order behind a page of another.
STELE_ON_BOTH_DATABASES(a_cursor_of_an_order_that_was_replaced_has_run_out) {
    HostileSite site(db);
    const auto list = articles + "?locale=nb&limit=1";
    const auto cursor = next_of(site, list);
    const auto before = site.send("GET", list + "&after=" + cursor);
    BOOST_TEST_REQUIRE(before.status == 200);
    std::int64_t version = 0;
    const auto locales = boost::json::parse(site.send("GET", "/api/v1/locales").body);
    for (const auto& l : locales.at("items").as_array())
        if (l.at("locale") == "nb") version = l.at("version").as_int64();
    const auto put = site.send("PUT", "/api/v1/locales/nb", site.token(accounts::Role::admin),
                               R"({"fallback": ["ar"]})", {{"If-Match", fmt::format("\"{}\"", version)}});
    BOOST_TEST_REQUIRE(put.status == 200, put.body);
    // The order in force serves until the next one is filled.
    BOOST_TEST(site.send("GET", list + "&after=" + cursor).body == before.body);
    worklist::fill_orders(site.store());
    const Case expected{"an order before",          guest, "GET", list, {}, 410, "cursor-expired", {},
                        "Start from its first page"};
    for (const std::string language : {"en", "nb"})
        check_refusal(site, expected,
                      site.send("GET", list + "&after=" + cursor, {}, {}, {{"Accept-Language", language}}), language);
    BOOST_TEST(site.send("GET", list + "&after=" + next_of(site, list)).status == 200);
}

// Whoever knows how a cursor is made can make one; it is a place in a list that they may read anyway.
STELE_ON_BOTH_DATABASES(a_cursor_made_by_hand_leads_nowhere_else) {
    HostileSite site(db);
    const auto list = articles + "?locale=en&after=";
    const auto made = [](const storage::Cursor& cursor, const std::string& name) {
        return storage::to_text(cursor, name);
    };
    const std::string title = "articles en title all", published = "articles en published all";
    std::int64_t generation = -1;
    for (std::int64_t n = 0; n < 20 && generation < 0; ++n)
        if (site.send("GET", list + made({n, "", 0}, title)).status == 200) generation = n;
    BOOST_REQUIRE(generation >= 0);
    for (const std::string& key :
         {std::string("\0\xff", 2), std::string("'; DROP TABLE article; --"), std::string(2'000, '\xff')})
        BOOST_TEST(site.send("GET", list + made({generation, key, -1}, title)).status == 200);
    const auto before = site.dump();
    for (const std::string key : {"", "x", "1e9", "9223372036854775808"}) {
        const Case expected{"a key that is no number",  guest, "GET", articles, {}, 400, "cursor", "parameter after",
                            "Start from its first page"};
        check_refusal(
            site, expected,
            site.send("GET", articles + "?locale=en&sort=published&after=" + made({generation, key, 1}, published), {},
                      {}, {{"Accept-Language", "en"}}),
            "en");
    }
    for (const std::int64_t other : {generation + 1, generation - 1, std::int64_t{-1}, INT64_MAX}) {
        const Case expected{"an order that is not in force", guest, "GET", articles, {}, 410, "cursor-expired", {},
                            "Start from its first page"};
        check_refusal(site, expected,
                      site.send("GET", list + made({other, "", 1}, title), {}, {}, {{"Accept-Language", "nb"}}), "nb");
    }
    BOOST_TEST((site.dump() == before));
}

BOOST_AUTO_TEST_SUITE_END()
