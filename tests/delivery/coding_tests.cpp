// Which coding a client gets, and that its bytes are those of the answer.
#include <boost/test/unit_test.hpp>

#include "server/delivery/coding.hpp"
#include "server/delivery/entry.hpp"
#include "tests/delivery/decoded.hpp"

using namespace stele;
using namespace stele::delivery;
using stele::testing::decoded;

namespace {

http::Response page(const std::string& body) {
    auto response = http::text_response(200, "text/html; charset=utf-8", body);
    response.set("ETag", "\"7-abc\"").set("Cache-Control", "public, max-age=0").set("Surrogate-Key", "article-7 site");
    return response;
}

std::string words(std::size_t bytes) {
    std::string text;
    for (int i = 0; text.size() < bytes; ++i) text += "word" + std::to_string(i * i) + " ";
    return text;
}

// Bytes that no coding makes shorter.
std::string noise(std::size_t bytes) {
    std::string text;
    std::uint64_t state = 1;
    while (text.size() < bytes) text += char((state = state * 6364136223846793005U + 1442695040888963407U) >> 56);
    return text;
}

std::string field(std::string_view head, std::string_view name) {
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string_view::npos) return "";
    const auto from = at + name.size() + 4;
    return std::string(head.substr(from, head.find("\r\n", from) - from));
}

std::shared_ptr<Entry> entry_of(http::Response response, Entry::Made made = {}) {
    auto entry = Entry::of(response, made);
    BOOST_REQUIRE(entry);
    return entry;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(coding)

BOOST_AUTO_TEST_CASE(the_heaviest_coding_is_chosen) {
    const std::vector<std::pair<std::string_view, Coding>> rows{
        {"", Coding::identity},
        {"gzip", Coding::gzip},
        {"x-gzip", Coding::gzip},
        {"br", Coding::brotli},
        {"GZIP, BR", Coding::brotli},
        {"gzip, deflate, br, zstd", Coding::brotli},
        {"gzip;q=1.0, br;q=0.5", Coding::gzip},
        {"br;q=0", Coding::identity},
        {"br;q=0, gzip", Coding::gzip},
        {"br;q=0.001", Coding::brotli},
        {"gzip;q=0.5, identity;q=0.6", Coding::identity},
        {"gzip;q=0.6, identity;q=0.6", Coding::gzip},
        {"identity", Coding::identity},
        {"identity;q=0", Coding::identity},
        {"identity;q=0, gzip;q=0.1", Coding::gzip},
        {"*", Coding::brotli},
        {"*;q=0", Coding::identity},
        {"*;q=0, gzip", Coding::gzip},
        {"*, br;q=0", Coding::gzip},
        {"gzip;q=0, *;q=0.5", Coding::brotli},
        {"deflate, compress", Coding::identity},
        {"br;q=2", Coding::identity},
        {"br;q=1.001, gzip ; q=0.5", Coding::gzip},
        {"br;level=5", Coding::identity},
        {" , gzip ,", Coding::gzip},
        {"brotli", Coding::identity},
    };
    for (const auto& [field_value, expected] : rows)
        BOOST_TEST(int(choose_coding(field_value)) == int(expected), field_value);
}

BOOST_AUTO_TEST_CASE(short_answers_and_pictures_are_left_alone) {
    BOOST_TEST(!may_be_coded("text/html", 859));
    BOOST_TEST(may_be_coded("text/html; charset=utf-8", 860));
    BOOST_TEST(may_be_coded("application/json", 860));
    BOOST_TEST(may_be_coded("image/svg+xml", 860));
    BOOST_TEST(!may_be_coded("image/png", 100'000));
    BOOST_TEST(!may_be_coded("font/woff2", 100'000));
}

BOOST_AUTO_TEST_CASE(what_is_encoded_decodes_to_the_same) {
    for (const auto& bytes : {std::string(), words(10), words(100'000), noise(5'000)})
        for (const auto c : {Coding::gzip, Coding::brotli})
            BOOST_TEST((decoded(encoded(bytes, c), name_of(c)) == bytes));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(entry)

BOOST_AUTO_TEST_CASE(each_coding_has_a_tag_of_its_own) {
    const auto body = words(3'000);
    const auto entry = entry_of(page(body));
    const auto plain = entry->answer({});
    const auto gzip = entry->answer({.accept_encoding = "gzip"});
    const auto brotli = entry->answer({.accept_encoding = "br"});
    BOOST_TEST(plain.body == body);
    BOOST_TEST((decoded(gzip.body, "gzip") == body));
    BOOST_TEST((decoded(brotli.body, "br") == body));
    BOOST_TEST(field(plain.head, "ETag") == "\"7-abc\"");
    BOOST_TEST(field(gzip.head, "ETag") == "\"7-abc-gz\"");
    BOOST_TEST(field(brotli.head, "ETag") == "\"7-abc-br\"");
    BOOST_TEST(field(plain.head, "Content-Encoding") == "");
    BOOST_TEST(field(gzip.head, "Content-Encoding") == "gzip");
    for (const auto& answer : {plain, gzip, brotli}) {
        BOOST_TEST(field(answer.head, "Vary") == "Accept-Encoding");
        BOOST_TEST(field(answer.head, "Content-Length") == std::to_string(answer.body.size()));
    }
}

BOOST_AUTO_TEST_CASE(a_coding_is_made_when_it_is_first_asked_for) {
    const auto entry = entry_of(page(words(3'000)));
    const auto before = entry->bytes();
    BOOST_TEST(bool(entry->find({})));
    BOOST_TEST(!entry->find({.accept_encoding = "br"}));
    entry->answer({.accept_encoding = "br"});
    BOOST_TEST(bool(entry->find({.accept_encoding = "br"})));
    BOOST_TEST(!entry->find({.accept_encoding = "gzip"}));
    BOOST_TEST(entry->bytes() > before);
}

BOOST_AUTO_TEST_CASE(nothing_varies_where_no_coding_could_be_chosen) {
    const auto entry = entry_of(page("short"));
    const auto answer = entry->find({.accept_encoding = "br"});
    BOOST_REQUIRE(bool(answer));
    BOOST_TEST(answer->body == "short");
    BOOST_TEST(field(answer->head, "Vary") == "");
    BOOST_TEST(field(answer->head, "ETag") == "\"7-abc\"");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_made_shorter_is_sent_as_it_is) {
    const auto entry = entry_of(page(noise(3'000)));
    const auto answer = entry->answer({.accept_encoding = "gzip"});
    BOOST_TEST(answer.body.size() == 3'000U);
    BOOST_TEST(field(answer.head, "Content-Encoding") == "");
    BOOST_TEST(field(answer.head, "ETag") == "\"7-abc\"");
}

BOOST_AUTO_TEST_CASE(a_304_answers_the_tag_of_its_coding_alone) {
    const auto entry = entry_of(page(words(3'000)));
    const auto changed = entry->answer({.accept_encoding = "br", .if_none_match = "\"7-abc\""});
    BOOST_TEST(changed.head.starts_with("HTTP/1.1 200"));
    const auto same = entry->answer({.accept_encoding = "br", .if_none_match = "\"7-abc\", W/\"7-abc-br\""});
    BOOST_TEST(same.head.starts_with("HTTP/1.1 304"));
    BOOST_TEST(same.body == "");
    BOOST_TEST(field(same.head, "ETag") == "\"7-abc-br\"");
    BOOST_TEST(field(same.head, "Vary") == "Accept-Encoding");
    BOOST_TEST(field(same.head, "Cache-Control") == "public, max-age=0");
    BOOST_TEST(field(same.head, "Surrogate-Key") == "article-7 site");
    BOOST_TEST(field(same.head, "Content-Length") == "");
    BOOST_TEST(field(same.head, "Content-Type") == "");
}

BOOST_AUTO_TEST_CASE(a_time_counts_where_no_tag_is_given) {
    constexpr std::time_t then = 784111777;
    const auto entry = entry_of(page("short"), {.modified = then});
    const auto status = [&](const Wishes& wishes) { return entry->answer(wishes).head.substr(9, 3); };
    BOOST_TEST(field(entry->answer({}).head, "Last-Modified") == "Sun, 06 Nov 1994 08:49:37 GMT");
    BOOST_TEST(status({.if_modified_since = "Sun, 06 Nov 1994 08:49:37 GMT"}) == "304");
    BOOST_TEST(status({.if_modified_since = "Sun, 06 Nov 1994 08:49:36 GMT"}) == "200");
    BOOST_TEST(status({.if_modified_since = "soon"}) == "200");
    BOOST_TEST(status({.if_none_match = "\"x\"", .if_modified_since = "Sun, 06 Nov 1994 08:49:37 GMT"}) == "200");
    const auto unknown = entry_of(page("short"));
    BOOST_TEST(field(unknown->answer({}).head, "Last-Modified") == "");
    BOOST_TEST(
        unknown->answer({.if_modified_since = "Sun, 06 Nov 2094 08:49:37 GMT"}).head.starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(what_is_somebodys_own_is_not_kept) {
    const auto kept = [](http::Response response) { return Entry::of(response, {}) != nullptr; };
    BOOST_TEST(kept(page("x")));
    BOOST_TEST(!kept(http::text_response(200, "text/html", "x")));
    BOOST_TEST(!kept(page("x").set("Set-Cookie", "a=b")));
    BOOST_TEST(!kept(page("x").set("Vary", "Accept-Language")));
    BOOST_TEST(!kept(page("x").set("Cache-Control", "private, no-cache")));
    BOOST_TEST(!kept(page("x").set("Cache-Control", "no-store")));
    auto missing = page("x");
    missing.status = 404;
    BOOST_TEST(!kept(missing));
    BOOST_TEST(kept(http::redirect(308, "/nb/").set("Surrogate-Key", "site")));
}

BOOST_AUTO_TEST_SUITE_END()
