// Raw bytes and what comes back: each row is one connection, on which a last request follows what the row sends. Where
// that is answered the connection was kept, and nothing of the row was left over to be taken for a request.
#include <charconv>

#include "tests/unit/http/server_support.hpp"

using namespace stele::test;

namespace {

constexpr std::string_view last = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const std::string kept = "200 GET /last ";

struct Row {
    std::string what, bytes;
    std::vector<std::string> answers;
};

std::size_t length_of(std::string_view head) {
    constexpr std::string_view field = "\r\nContent-Length: ";
    const auto at = head.find(field);
    std::size_t length = 0;
    if (at != std::string_view::npos)
        std::from_chars(head.data() + at + field.size(), head.data() + head.size(), length);
    return length;
}

// "200 GET /x " for each answer. Those to HEAD have no body, and rows say which are.
std::vector<std::string> split(std::string_view bytes, std::size_t heads) {
    std::vector<std::string> answers;
    while (!bytes.empty()) {
        const auto end = bytes.find("\r\n\r\n");
        if (!bytes.starts_with("HTTP/1.1 ") || end == std::string_view::npos) {
            answers.push_back("not an answer: " + std::string(bytes.substr(0, 60)));
            break;
        }
        const auto head = bytes.substr(0, end + 2);
        const bool bodiless = head[9] == '1' || answers.size() < heads;
        const auto body = bodiless ? 0 : length_of(head);
        answers.push_back(std::string(head.substr(9, 3)) + " " + std::string(bytes.substr(end + 4, body)));
        bytes.remove_prefix(end + 4 + body);
    }
    return answers;
}

std::string shown(const std::vector<std::string>& answers) {
    std::string text;
    for (const auto& answer : answers) text += "[" + answer + "]";
    return text;
}

Options of_the_wire() {
    auto options = on_any_port();
    options.limits.body_bytes = 1000;
    return options;
}

void check(const std::vector<Row>& rows, std::size_t heads = 0) {
    const Running running(echo, of_the_wire());
    for (const auto& row : rows) {
        auto connection = running.connect();
        connection.send(row.bytes + std::string(last));
        const auto got = split(connection.read_all(), heads);
        BOOST_TEST(shown(got) == shown(row.answers), row.what << ": " << shown(got));
    }
}

std::string get(std::string_view fields, std::string_view target = "/x") {
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n";
}
std::string post(std::string_view fields, std::string_view body) {
    return "POST /p HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n" + std::string(body);
}
std::string chunked(std::string_view body) { return post("Transfer-Encoding: chunked\r\n", body); }

const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(on_the_wire)

BOOST_AUTO_TEST_CASE(one_way_to_find_the_end_of_a_body) {
    check({
        {"both", post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled), {"400 framing"}},
        {"both, the other way",
         post("Transfer-Encoding: chunked\r\nContent-Length: 44\r\n", "0\r\n\r\n" + smuggled),
         {"400 framing"}},
        {"two lengths that differ",
         post("Content-Length: 2\r\nContent-Length: 40\r\n", "hi" + smuggled),
         {"400 content-length"}},
        {"two lengths alike", post("Content-Length: 2\r\nContent-Length: 2\r\n", "hi"), {"400 content-length"}},
        {"a list of lengths", post("Content-Length: 2, 2\r\n", "hi"), {"400 content-length"}},
        {"a sign", post("Content-Length: +2\r\n", "hi"), {"400 content-length"}},
        {"a length in hexadecimal", post("Content-Length: 0x2\r\n", "hi"), {"400 content-length"}},
        {"a length with a space in it", post("Content-Length: 1 2\r\n", "hi"), {"400 content-length"}},
        {"zeros before it", post("Content-Length: 002\r\n", "hi"), {"200 POST /p hi", kept}},
        {"any case", post("cOnTeNt-LeNgTh: 2\r\n", "hi"), {"200 POST /p hi", kept}},
        {"a coding of nobody's", post("Transfer-Encoding: cow\r\n", "0\r\n\r\n"), {"400 transfer-encoding"}},
        {"identity", post("Transfer-Encoding: identity\r\n", "hi"), {"400 transfer-encoding"}},
        {"chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), {"400 transfer-encoding"}},
        {"chunked not last", post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"), {"400 transfer-encoding"}},
        {"a coding before chunked",
         post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
         {"501 transfer-encoding"}},
        {"a tab for a space",
         post("Transfer-Encoding:\tchunked\r\n", "2\r\nhi\r\n0\r\n\r\n"),
         {"200 POST /p hi", kept}},
        {"a vertical tab", post("Transfer-Encoding:\x0b chunked\r\n", "0\r\n\r\n"), {"400 field-value"}},
        {"chunked on 1.0",
         "POST /p HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
         {"400 framing"}},
        {"a body of GET is read and dropped", get("Content-Length: 5\r\n") + "GET /", {"200 GET /x GET /", kept}},
        {"a length too large to be a number",
         post("Content-Length: 99999999999999999999\r\n", ""),
         {"413 body-length"}},
    });
}

BOOST_AUTO_TEST_CASE(chunks) {
    check({
        {"extensions and trailers",
         chunked("2;a=b;c=\"d\"\r\nhi\r\n0;e\r\nX: y\r\nContent-Length: 9\r\n\r\n"),
         {"200 POST /p hi", kept}},
        {"a trailer is no field", chunked("0\r\nHost: b\r\n\r\n"), {"200 POST /p ", kept}},
        {"sizes in any case, with zeros",
         chunked("00A\r\n0123456789\r\n0a\r\n0123456789\r\n000\r\n\r\n"),
         {"200 POST /p 01234567890123456789", kept}},
        {"bare LF after the size", chunked("2\nhi\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"bare LF after the data", chunked("2\r\nhi\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"bare LF in an extension", chunked("2;a\nhi\r\n0\r\n\r\n" + smuggled), {"400 chunk at /p"}},
        {"bare CR in an extension", chunked("2;a\rb\r\nhi\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"more data than was said", chunked("2\r\nhi!\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"no size", chunked(";a\r\n\r\n"), {"400 chunk at /p"}},
        {"a sign", chunked("+2\r\nhi\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"0x", chunked("0x2\r\nhi\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"a space before it", chunked(" 2\r\nhi\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"a size that wraps around", chunked("10000000000000002\r\nhi\r\n0\r\n\r\n"), {"400 chunk at /p"}},
        {"a size beyond the limit", chunked("fffffff\r\n"), {"413 body-length at /p"}},
        {"chunks beyond the limit together",
         chunked("200\r\n" + std::string(512, 'x') + "\r\n200\r\n"),
         {"413 body-length at /p"}},
        {"a folded trailer", chunked("0\r\nX: y\r\n z\r\n\r\n"), {"400 chunk at /p"}},
        {"a trailer that is none", chunked("0\r\nGET /smuggled HTTP/1.1\r\n\r\n"), {"400 chunk at /p"}},
        {"a request right behind", chunked("0\r\n\r\n") + get(""), {"200 POST /p ", "200 GET /x ", kept}},
    });
}

BOOST_AUTO_TEST_CASE(lines) {
    check({
        {"bare LF", "GET /x HTTP/1.1\nHost: a\n\n", {"400 line-ending"}},
        {"bare LF between two fields", "GET /x HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", {"400 line-ending"}},
        {"bare LF for the empty line", "GET /x HTTP/1.1\r\nHost: a\r\n\n", {"400 line-ending"}},
        {"bare CR", get("X: a\rY: b\r\n"), {"400 field-value"}},
        {"obs-fold", get("X: a\r\n b\r\n"), {"400 folded-field"}},
        {"a fold before all fields", "GET /x HTTP/1.1\r\n X: a\r\nHost: a\r\n\r\n", {"400 folded-field"}},
        {"a space before the colon", get("X : a\r\n"), {"400 field-name"}},
        {"a space before the colon of a length", post("Content-Length : 2\r\n", "hi"), {"400 field-name"}},
        {"no name", get(": a\r\n"), {"400 field-name"}},
        {"no colon", get("X\r\n"), {"400 field"}},
        {"NUL in a value", get(std::string("X: a\0b\r\n", 8)), {"400 field-value"}},
        {"NUL in a name", get(std::string("X\0: b\r\n", 7)), {"400 field-name"}},
        {"any byte above ASCII in a value", get("X: \xc3\xa6\xff\r\n"), {"200 GET /x ", kept}},
        {"one empty line before a request", "\r\n" + get(""), {"200 GET /x ", kept}},
        {"two of them", "\r\n\r\n" + get(""), {"400 request-line"}},
        {"spaces around a request line", "GET  /x HTTP/1.1\r\nHost: a\r\n\r\n", {"400 target"}},
        {"a tab in a request line", "GET\t/x HTTP/1.1\r\nHost: a\r\n\r\n", {"400 request-line"}},
    });
}

BOOST_AUTO_TEST_CASE(versions) {
    check({
        {"0.9", "GET /x\r\n", {"400 request-line"}},
        {"1.2", "GET /x HTTP/1.2\r\nHost: a\r\n\r\n", {"505 version"}},
        {"the preface of 2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {"505 version"}},
        {"3.0", "GET /x HTTP/3.0\r\nHost: a\r\n\r\n", {"505 version"}},
        {"lower case", "GET /x http/1.1\r\nHost: a\r\n\r\n", {"400 request-line"}},
        {"1.0 closes", "GET /x HTTP/1.0\r\n\r\n", {"200 GET /x "}},
        {"1.0 keeps when asked", "GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", {"200 GET /x ", kept}},
        {"1.0 with a body",
         "POST /p HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
         {"200 POST /p hi", kept}},
        {"1.0 does not expect",
         "POST /p HTTP/1.0\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nhi",
         {"200 POST /p hi"}},
        {"an upgrade that nobody wants", get("Connection: upgrade\r\nUpgrade: h2c\r\n"), {"200 GET /x ", kept}},
        {"TLS", "\x16\x03\x01\x02\x01\x01", {"400 request-line"}},
    });
}

BOOST_AUTO_TEST_CASE(targets_and_hosts) {
    check({
        {"no Host", "GET /x HTTP/1.1\r\n\r\n", {"400 host-missing"}},
        {"two Hosts", get("Host: b\r\n"), {"400 host-repeated"}},
        {"two alike", get("Host: a\r\n"), {"400 host-repeated"}},
        {"an empty Host", "GET /x HTTP/1.1\r\nHost:\r\n\r\n", {"400 host"}},
        {"a list in Host", "GET /x HTTP/1.1\r\nHost: a, b\r\n\r\n", {"400 host"}},
        {"a path in Host", "GET /x HTTP/1.1\r\nHost: a/b\r\n\r\n", {"400 host"}},
        {"absolute form", get("", "http://b/x?y"), {"200 GET /x ", kept}},
        {"absolute form without Host", "GET http://b/x HTTP/1.1\r\n\r\n", {"400 host-missing"}},
        {"absolute form with a user", get("", "http://u@b/x"), {"400 target"}},
        {"asterisk form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", {"200 OPTIONS * ", kept}},
        {"asterisk form of another method", get("", "*"), {"400 target"}},
        {"authority form", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", {"501 method"}},
        {"no slash", get("", "x"), {"400 target"}},
        {"a fragment", get("", "/x#y"), {"400 target"}},
        {"an encoded slash", get("", "/a%2Fb"), {"400 target"}},
        {"an encoded NUL", get("", "/a%00"), {"400 target"}},
        {"encoded dot segments", get("", "/a/%2e%2E/b"), {"400 target"}},
        {"a dot segment half encoded", get("", "/a/.%2e"), {"400 target"}},
        {"dots that are no segment", get("", "/a/..b/...%2e"), {"200 GET /a/..b/.... ", kept}},
        {"encoded twice, decoded once", get("", "/%252e%252e/x"), {"200 GET /%2e%2e/x ", kept}},
        {"half an escape", get("", "/a%2"), {"400 target"}},
        {"no escape", get("", "/a%zz"), {"400 target"}},
        {"a backslash", get("", "/a\\..\\b"), {"400 target"}},
        {"overlong UTF-8 stays what it is", get("", "/%c0%ae%c0%ae/x"), {"200 GET /\xc0\xae\xc0\xae/x ", kept}},
        {"bare UTF-8", get("", "/\xc3\xa6"), {"400 target"}},
        {"two slashes", get("", "//a//b"), {"200 GET //a//b ", kept}},
    });
}

BOOST_AUTO_TEST_CASE(methods_and_pipelining) {
    check({
        {"lower case is another method", "get /x HTTP/1.1\r\nHost: a\r\n\r\n", {"200 get /x ", kept}},
        {"not a token", "G@T /x HTTP/1.1\r\nHost: a\r\n\r\n", {"400 method"}},
        {"GET behind POST", post("Content-Length: 2\r\n", "hi") + get(""), {"200 POST /p hi", "200 GET /x ", kept}},
        {"CRLF behind a body",
         post("Content-Length: 2\r\n", "hi") + "\r\n" + get(""),
         {"200 POST /p hi", "200 GET /x ", kept}},
        {"five",
         get("") + post("Content-Length: 1\r\n", "a") + get("") + chunked("1\r\nb\r\n0\r\n\r\n") + get(""),
         {"200 GET /x ", "200 POST /p a", "200 GET /x ", "200 POST /p b", "200 GET /x ", kept}},
        {"nothing behind close", get("Connection: close\r\n") + smuggled, {"200 GET /x "}},
        {"nothing behind a fault", get("Host: b\r\n") + smuggled, {"400 host-repeated"}},
        {"nothing behind a body that is refused",
         post("Content-Length: 5000\r\n", "") + smuggled,
         {"413 body-length at /p"}},
        {"a fault behind a request", get("") + get("X : y\r\n") + smuggled, {"200 GET /x ", "400 field-name"}},
        {"a method we only know the length of",
         "BREW /pot HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi",
         {"200 BREW /pot hi", kept}},
    });
    check({{"HEAD", "HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n", {"200 ", kept}},
           {"HEAD with a body", "HEAD /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi", {"200 ", kept}},
           {"HEAD that is refused", "HEAD /x HTTP/1.1\r\n\r\n", {"400 "}}},
          1);
}

BOOST_AUTO_TEST_CASE(expectations) {
    check({
        {"the body is there already",
         post("Expect: 100-continue\r\nContent-Length: 2\r\n", "hi"),
         {"200 POST /p hi", kept}},
        {"there is no body", get("Expect: 100-continue\r\n"), {"200 GET /x ", kept}},
        {"an empty body", post("Expect: 100-continue\r\nContent-Length: 0\r\n", ""), {"200 POST /p ", kept}},
        {"another expectation", post("Expect: 200-ok\r\nContent-Length: 2\r\n", "hi"), {"417 expectation"}},
        {"too much", post("Expect: 100-continue\r\nContent-Length: 1001\r\n", ""), {"413 body-length at /p"}},
    });
}

BOOST_AUTO_TEST_CASE(limits) {
    check({
        {"a long target", get("", "/" + std::string(9000, 'a')), {"414 target-length"}},
        {"a long head", get("X: " + std::string(17'000, 'a') + "\r\n"), {"431 head-length"}},
        {"many fields",
         get([] {
             std::string fields;
             for (int n = 0; n < 100; ++n) fields += "X: y\r\n";
             return fields;
         }()),
         {"431 field-count"}},
        {"a long method", std::string(9000, 'A') + " / HTTP/1.1\r\nHost: a\r\n\r\n", {"414 target-length"}},
        {"endless extensions",
         chunked([] {
             std::string chunks;
             for (int n = 0; n < 50; ++n) chunks += "1;" + std::string(500, 'e') + "\r\nx\r\n";
             return chunks;
         }()),
         {"400 chunk at /p"}},
        {"endless trailers",
         chunked([] {
             std::string trailers = "0\r\n";
             for (int n = 0; n < 50; ++n) trailers += "X: " + std::string(500, 't') + "\r\n";
             return trailers;
         }()),
         {"400 chunk at /p"}},
    });
}

BOOST_AUTO_TEST_SUITE_END()
