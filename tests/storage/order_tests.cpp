#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "src/exchange/exchange.hpp"
#include "src/locale/collate.hpp"
#include "tests/storage/work_site.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using stele::testing::ContentSite;
using stele::testing::tag;
using stele::testing::WorkSite;

namespace {

// Letters that these locales place differently, in both cases, composed and not, other scripts, and equal titles.
const std::vector<std::string> titles{
    "Zebra",  "zebra", "Ärlig", "ære",   "Øre",      "Åre",       "aare",      "Aa",     "Aabenraa", "Az",
    "Öl",     "ol",    "Oz",    "Über",  "uber",     "Chata",     "cesta",     "čas",    "Cz",       "hrad",
    "chleba", "Ihned", "yra",   "ir",    "įrašas",   "Jonas",     "žalia",     "šalis",  "niño",     "nino",
    "nz",     "ñandú", "ışık",  "ilk",   "İstanbul", "Isparta",   "çay",       "cay",    "ğ",        "ولد",
    "باب",    "بيت",   "ابن",   "北京",  "上海",     "阿姨",      "重庆",      "中国",   "cote",     "côte",
    "coté",   "côté",  "Côté",  "péché", "pêche",    "A\u030Are", "E\u0301te", "Éte",    "-a",       "a b",
    "ab",     "10",    "9",     "Zebra", "Åre",      "ß",         "ss",        "Straße", "Strasse"};

const std::vector<std::string> locales{"nb", "sv", "da", "de", "cs", "lt", "es", "tr", "ar", "zh", "fr-CA"};

std::vector<std::string> in_order(std::vector<std::pair<ArticleId, std::string>> articles, const std::string& locale) {
    std::ranges::sort(articles, [&](const auto& a, const auto& b) {
        const int order = locale::compare(a.second, b.second, tag(locale));
        return order != 0 ? order < 0 : a.first < b.first;
    });
    std::vector<std::string> list;
    for (auto& [id, title] : articles) list.push_back(std::move(title));
    return list;
}

std::vector<std::string> english_first() {
    auto all = locales;
    all.insert(all.begin(), "en");
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(order)

// Each locale reads every title through its fallback to English: half of them are translated in nobody's language.
STELE_ON_BOTH_DATABASES(every_list_is_in_the_order_of_its_locale) {
    WorkSite site(db, english_first());
    std::vector<std::pair<ArticleId, std::string>> articles;
    for (const auto& title : titles) {
        articles.emplace_back(site.add("en", title, 0), title);
        site.publish(articles.back().first, "en");
    }
    for (const auto& locale : locales) {
        const auto expected = in_order(articles, locale);
        BOOST_TEST_CONTEXT(locale) {
            BOOST_TEST(site.listed(locale) == expected, boost::test_tools::per_element());
            BOOST_TEST(site.titles(locale) == expected, boost::test_tools::per_element());
        }
    }
}

STELE_ON_BOTH_DATABASES(own_titles_and_those_of_the_fallback_are_one_list) {
    const auto seed = testing::first_seed();
    std::mt19937_64 random(seed);
    WorkSite site(db, {"en", "sv", "nb"});
    std::vector<std::pair<ArticleId, std::string>> read, own;
    for (const auto& title : titles) {
        const auto id = site.add("en", title, 0);
        site.publish(id, "en");
        if (random() % 2 == 0) {
            read.emplace_back(id, title);
            continue;
        }
        const auto& translated = titles[random() % titles.size()];
        site.translate_all(id, "sv", translated);
        site.publish(id, "sv");
        read.emplace_back(id, translated);
        own.emplace_back(id, translated);
    }
    BOOST_TEST(site.listed("sv") == in_order(read, "sv"), boost::test_tools::per_element());
    BOOST_TEST(site.listed("sv", false) == in_order(own, "sv"), boost::test_tools::per_element());
}

// The stored bytes are compared by each database in its own way: the sequences must be the same.
BOOST_AUTO_TEST_CASE(both_databases_give_one_sequence,
                     *boost::unit_test::precondition(testing::Selected{db::Dialect::sqlite}) *
                         boost::unit_test::precondition(testing::Selected{db::Dialect::postgres})) {
    testing::Db sqlite(db::Dialect::sqlite), postgres(db::Dialect::postgres);
    WorkSite one(sqlite, english_first()), other(postgres, english_first());
    for (auto* site : {&one, &other})
        for (const auto& title : titles) site->publish(site->add("en", title, 0), "en");
    for (const auto& locale : locales)
        BOOST_TEST(one.listed(locale) == other.listed(locale), boost::test_tools::per_element());
}

// A key is cut at 1,024 bytes: what is equal until there is told apart by the article.
STELE_ON_BOTH_DATABASES(very_long_titles_are_listed_each_once) {
    WorkSite site(db, {"en", "zh"});
    std::string base;
    for (int i = 0; i < 295; ++i) base += "漢";
    for (const auto* end : {"一", "二", "三", "四"}) site.publish(site.add("en", base + end, 0), "en");
    const auto listed = site.listed("zh");
    BOOST_TEST(std::set<std::string>(listed.begin(), listed.end()).size() == 4u);
}

STELE_ON_BOTH_DATABASES(new_articles_and_files_take_no_keys_but_those_of_their_nodes_icu) {
    ContentSite site(db, {"en", "nb"});
    worklist::announce_icu(site.store);
    const auto import = [&](const std::string& title) {
        exchange::MemoryFiles folder;
        folder.files["first.en.md"] = "---\ntitle: " + title + "\n---\n\nText.\n";
        exchange::import_files(site.store, folder, {});
    };
    const auto marked = [&] { return testing::count_rows(db, "placed"); };
    import("First");
    BOOST_TEST(marked() == 0);
    site.store.collation = locale::Collation("1.0", {});
    import("The first");
    BOOST_TEST(marked() == 2);
    site.add("en", "Second", "Text.");
    BOOST_TEST(marked() == 4);
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()
