// What is kept, for how long, and what a change takes with it.
#include <boost/test/unit_test.hpp>

#include "server/delivery/cache.hpp"
#include "server/delivery/keys.hpp"

using namespace stele;
using namespace stele::delivery;

namespace {

struct Thing : Kept {
    explicit Thing(const Cache& cache, std::string_view keys, std::size_t bytes = 100) : bytes_(bytes) {
        made_at = cache.epoch();
        places = Cache::places(keys);
    }
    std::size_t bytes() const override { return bytes_; }
    std::size_t bytes_;
};

std::shared_ptr<Thing> thing(const Cache& cache, std::string_view keys, std::size_t bytes = 100) {
    return std::make_shared<Thing>(cache, keys, bytes);
}

locale::Tag tag(std::string_view text) { return locale::Tag::parse(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(cache)

BOOST_AUTO_TEST_CASE(what_is_kept_is_found_until_one_of_its_keys_is_dropped) {
    Cache cache(1 << 20);
    const auto page = thing(cache, "article-17 locale-nb site");
    const auto other = thing(cache, "article-18 locale-nb site");
    BOOST_TEST(cache.keep("/nb/a", page));
    BOOST_TEST(cache.keep("/nb/b", other));
    BOOST_TEST(cache.find("/nb/a") == page);
    cache.drop(Keys{"article-17"});
    BOOST_TEST(!cache.find("/nb/a"));
    BOOST_TEST(cache.find("/nb/b") == other);
    cache.drop(Keys{"site"});
    BOOST_TEST(!cache.find("/nb/b"));
    const auto counts = cache.counts();
    BOOST_TEST(counts.hits == 2U);
    BOOST_TEST(counts.misses == 2U);
    BOOST_TEST(counts.entries == 0U);
    BOOST_TEST(counts.bytes == 0U);
}

BOOST_AUTO_TEST_CASE(what_began_before_a_change_is_not_kept_after_it) {
    Cache cache(1 << 20);
    const auto before = thing(cache, "article-17 site");
    const auto elsewhere = thing(cache, "article-18 site");
    cache.drop(Keys{"article-17"});
    BOOST_TEST(!cache.keep("/nb/a", before));
    BOOST_TEST(!cache.find("/nb/a"));
    BOOST_TEST(cache.keep("/nb/b", elsewhere));
    const auto after = thing(cache, "article-17 site");
    BOOST_TEST(cache.keep("/nb/a", after));
    BOOST_TEST(cache.find("/nb/a") == after);
}

BOOST_AUTO_TEST_CASE(an_older_answer_does_not_take_a_younger_ones_place) {
    Cache cache(1 << 20);
    const auto older = thing(cache, "article-17 site");
    cache.drop(Keys{"article-18"});
    const auto younger = thing(cache, "article-17 site");
    BOOST_TEST(cache.keep("/nb/a", younger));
    BOOST_TEST(!cache.keep("/nb/a", older));
    BOOST_TEST(cache.find("/nb/a") == younger);
}

BOOST_AUTO_TEST_CASE(what_nobody_asked_for_longest_makes_room) {
    Cache cache(10'000);
    for (int i = 0; i < 10; ++i) cache.keep("/" + std::to_string(i), thing(cache, "site", 600));
    BOOST_TEST(bool(cache.find("/0")));
    cache.keep("/10", thing(cache, "site", 2'000));
    BOOST_TEST(bool(cache.find("/0")));
    BOOST_TEST(!cache.find("/1"));
    BOOST_TEST(bool(cache.find("/10")));
    BOOST_TEST(cache.counts().bytes <= 10'000U);
    BOOST_TEST(cache.counts().evicted > 0U);
}

BOOST_AUTO_TEST_CASE(what_would_take_half_of_the_room_is_not_kept) {
    Cache cache(10'000);
    BOOST_TEST(!cache.keep("/", thing(cache, "site", 5'000)));
    BOOST_TEST(cache.counts().entries == 0U);
}

BOOST_AUTO_TEST_CASE(what_grows_is_weighed_again) {
    Cache cache(10'000);
    const auto page = thing(cache, "site", 1'000);
    cache.keep("/a", page);
    cache.keep("/b", thing(cache, "site", 4'000));
    const auto before = cache.counts().bytes;
    page->bytes_ = 3'000;
    BOOST_TEST(cache.weigh("/a", *page));
    BOOST_TEST(cache.counts().bytes == before + 2'000);
    page->bytes_ = 8'000;
    cache.weigh("/a", *page);
    BOOST_TEST(!cache.find("/a"));
    BOOST_TEST(bool(cache.find("/b")));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(surrogate_keys)

BOOST_AUTO_TEST_CASE(working_texts_drop_nothing) {
    for (const auto* kind : {"save", "keep", "undo-keep", "create", "import"})
        BOOST_TEST(keys_of_change(kind, ArticleId{17}, tag("nb")).empty());
    BOOST_TEST(keys_of_change("restore", ArticleId{17}, tag("nb")).empty());
}

BOOST_AUTO_TEST_CASE(a_publication_drops_its_article_its_locale_and_the_routes) {
    const Keys expected{"article-17", "locale-nb", "routes"};
    BOOST_TEST(keys_of_change("publish", ArticleId{17}, tag("nb")) == expected, boost::test_tools::per_element());
    BOOST_TEST(keys_of_change("unpublish", ArticleId{17}, tag("nb")) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_change_of_an_article_drops_the_lists) {
    const Keys expected{"article-17", "articles", "routes"};
    for (const auto* kind : {"article", "delete", "restore"})
        BOOST_TEST(keys_of_change(kind, ArticleId{17}, std::nullopt) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(another_order_of_titles_drops_what_hangs_on_its_locale) {
    BOOST_TEST(keys_of_change("order", std::nullopt, tag("nb")) == Keys{"locale-nb"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_not_known_drops_the_site) {
    for (const auto* kind : {"locale", "something new"})
        BOOST_TEST(keys_of_change(kind, std::nullopt, tag("nb")) == Keys{"site"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_answer_names_each_of_its_keys_once) {
    http::Response response;
    may_be_kept(response, {"locale-nb", "article-17", "locale-nb"});
    BOOST_TEST(response.header("surrogate-key") == "article-17 locale-nb site");
}

BOOST_AUTO_TEST_SUITE_END()
