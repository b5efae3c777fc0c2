// Requests, responses and the chunked coding, without a socket.
#include <boost/test/unit_test.hpp>

#include "server/http/chunked.hpp"
#include "server/http/output.hpp"
#include "server/http/percent.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

using namespace stele::http;

namespace {

// "done BODY|REST", "more BODY|", "malformed", "too large": whatever the pieces that the bytes arrive in.
std::string decoded(std::string_view bytes, std::size_t piece, std::size_t limit = 1000) {
    ChunkedDecoder decoder;
    std::string body;
    while (true) {
        auto part = bytes.substr(0, piece);
        const auto size = part.size();
        const auto status = decoder.feed(part, body, limit);
        bytes.remove_prefix(size - part.size());
        switch (status) {
            case ChunkedDecoder::Status::done:
                return "done " + body + "|" + std::string(bytes);
            case ChunkedDecoder::Status::malformed:
                return "malformed";
            case ChunkedDecoder::Status::too_large:
                return "too large";
            case ChunkedDecoder::Status::more:
                break;
        }
        if (bytes.empty()) return "more " + body + "|";
    }
}

void chunks(std::string_view bytes, std::string_view expected, std::size_t limit = 1000) {
    for (std::size_t piece : {1U, 2U, 3U, 5U, 100000U})
        BOOST_TEST(decoded(bytes, piece, limit) == expected, bytes << " in pieces of " << piece);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(messages)

BOOST_AUTO_TEST_CASE(chunked_bodies) {
    chunks("5\r\nhello\r\n0\r\n\r\n", "done hello|");
    chunks("5\r\nhello\r\n1\r\n!\r\n00\r\n\r\nGET /", "done hello!|GET /");
    chunks("A\r\n0123456789\r\n0\r\n\r\n", "done 0123456789|");
    chunks("a;x=y;z=\"q\"\r\n0123456789\r\n0;last\r\n\r\n", "done 0123456789|");
    chunks("1 ;x\r\na\r\n0\r\n\r\n", "done a|");
    chunks("0\r\nX-Sum: 1\r\nY:\r\n\r\n!", "done |!");
    chunks("5\r\nhel", "more hel|");
    chunks("5\r\nhello\r\n0\r\n", "more hello|");
}

BOOST_AUTO_TEST_CASE(chunked_faults) {
    for (std::string_view bytes :
         {"5\nhello\r\n0\r\n\r\n", "\r\n", "x\r\n", "-1\r\n", "0x5\r\n", "+5\r\n", "5 \r\nhello", " 5\r\nhello",
          "5\r\nhelloX\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhelloworld", "1000000000000000\r\n",
          "5\r\nhello\r\n0\r\n folded\r\n\r\n", "0\r\nX : y\r\n\r\n", "0\r\nX\r\n\r\n", "0\r\n: y\r\n\r\n",
          "5;\x01\r\nhello", "0\r\n\n"})
        chunks(bytes, "malformed");
    chunks("5\r\nhello\r\n6\r\nworlds\r\n", "too large", 10);
    chunks("5\r\nhello\r\n5\r\nworld\r\n0\r\n\r\n", "done helloworld|", 10);
    chunks("FFFFFFFFFFFFFFF\r\n", "too large");
    std::string endless = "0\r\n";
    for (int i = 0; i < 2000; ++i) endless += "X: yyyyyyyy\r\n";
    chunks(endless, "malformed");
    std::string extended;
    for (int i = 0; i < 1000; ++i) extended += "1;xxxxxxxxxxxx\r\na\r\n";
    chunks(extended, "malformed", 100000);
    chunks("1;" + std::string(2000, 'x'), "malformed");
}

BOOST_AUTO_TEST_CASE(a_request_is_decoded_once) {
    const auto request = request_for("GET", "/nb/bl%C3%A5%2520b%C3%A6r?q=r%C3%B8d+hest&empty&q=2&%71=3");
    BOOST_TEST(request.path == "/nb/blå%20bær");
    BOOST_TEST(request.query("q").value() == "rød hest");
    BOOST_TEST(request.query("empty").value() == "");
    BOOST_TEST(!request.query("none").has_value());
    BOOST_TEST(request.queries("q").size() == 3U);
    BOOST_TEST(request.queries("q").back() == "3");
    BOOST_TEST(request.host == "localhost");
    BOOST_TEST(request.param("id").empty());
    BOOST_CHECK_THROW(request_for("GET", "/../x"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(headers_and_cookies_are_found) {
    auto request = request_for("GET", "/");
    request.headers = {{"Accept-Language", "nb"}, {"accept-language", "en"}, {"Cookie", "a=1; session=x=y ;b"}};
    BOOST_TEST(request.header("ACCEPT-LANGUAGE") == "nb");
    BOOST_TEST(request.header_list("Accept-Language") == "nb, en");
    BOOST_TEST(!request.has_header("If-Match"));
    BOOST_TEST(request.cookie("session").value() == "x=y");
    BOOST_TEST(request.cookie("a").value() == "1");
    BOOST_TEST(!request.cookie("b").has_value());
}

BOOST_AUTO_TEST_CASE(percent_encoding) {
    BOOST_TEST(percent_encoded("blå/a b~.-_") == "bl%C3%A5%2Fa%20b~.-_");
    BOOST_TEST(percent_decoded("%2B+%41%zz%") == "++A%zz%");
    BOOST_TEST(percent_decoded("a+b", true) == "a b");
    BOOST_TEST(!escapes_are_sound("%0"));
    BOOST_TEST(!escapes_are_sound("a%00"));
    BOOST_TEST(escapes_are_sound("%0a%25"));
}

BOOST_AUTO_TEST_CASE(a_response_as_bytes) {
    Response response{200, {{"ETag", "\"1\""}}, "hei"};
    response.set("etag", "\"2\"").add("Set-Cookie", "a=1").add("Set-Cookie", "b=2").set("Content-Length", "99");
    const auto output = serialise(response);
    BOOST_TEST(output.head ==
               "HTTP/1.1 200 OK\r\nServer: Stele\r\netag: \"2\"\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
               "Content-Length: 3\r\n");
    BOOST_TEST(output.body == "hei");
    for (int status : {204, 304}) {
        const auto none = serialise({status, {}, "hei"});
        BOOST_TEST(none.body == "");
        BOOST_TEST(none.head.find("Content-Length") == std::string_view::npos);
    }
    BOOST_CHECK_THROW(serialise({200, {{"Location", "/a\r\nX: y"}}, ""}), std::invalid_argument);
    BOOST_CHECK_THROW(serialise({200, {{"A b", "c"}}, ""}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(dates_are_imf_fixdate) {
    BOOST_TEST(http_date(784111777) == "Sun, 06 Nov 1994 08:49:37 GMT");
    BOOST_TEST(http_date(0) == "Thu, 01 Jan 1970 00:00:00 GMT");
}

BOOST_AUTO_TEST_SUITE_END()
