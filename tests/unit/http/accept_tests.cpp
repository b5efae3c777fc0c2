#include <boost/test/unit_test.hpp>

#include "server/http/accept.hpp"

using namespace stele::http;

namespace {

// "400 host-missing", or "ok" and what was understood.
std::string judged(std::string_view raw, const HeadLimits& limits = {}) {
    const auto scan = find_head_end(raw);
    if (scan.result == HeadScan::Result::broken) return "400 line-ending";
    if (scan.result == HeadScan::Result::incomplete) return "incomplete";
    Head head;
    if (const auto refused = accept(raw.substr(0, scan.end), head, limits))
        return std::to_string(refused->status) + " " + std::string(refused->reason);
    std::string text = "ok " + std::string(head.method) + " " + std::string(head.path);
    if (!head.query.empty()) text += " ?" + std::string(head.query);
    text += " @" + std::string(head.host);
    if (head.framing == Framing::length) text += " length=" + std::to_string(head.length);
    if (head.framing == Framing::chunked) text += " chunked";
    if (head.keep_alive) text += " keep";
    if (head.expects_continue) text += " continue";
    return text;
}

std::string with(std::string_view fields) {
    return judged("POST /x HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n");
}
std::string line(std::string_view request_line) { return judged(std::string(request_line) + "\r\nHost: a\r\n\r\n"); }
std::string host(std::string_view value) {
    return judged("GET / HTTP/1.1\r\nHost: " + std::string(value) + "\r\n\r\n");
}

struct Row {
    std::string input;
    std::string expected;
};

void check(std::string (*judge_one)(std::string_view), const std::vector<Row>& rows) {
    for (const auto& row : rows)
        BOOST_TEST(judge_one(row.input) == row.expected, row.input << " → " << judge_one(row.input));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(accept_head)

BOOST_AUTO_TEST_CASE(request_lines) {
    check(line, {
                    {"GET / HTTP/1.1", "ok GET / @a keep"},
                    {"GET /nb/side?x=1&y=%20 HTTP/1.1", "ok GET /nb/side ?x=1&y=%20 @a keep"},
                    {"get / HTTP/1.1", "ok get / @a keep"},
                    {"M-SEARCH / HTTP/1.1", "ok M-SEARCH / @a keep"},
                    {"GET / HTTP/1.0", "ok GET / @a"},
                    {"GET  / HTTP/1.1", "400 target"},
                    {"GET /  HTTP/1.1", "400 target"},
                    {"GET / HTTP/1.1 ", "400 request-line"},
                    {" GET / HTTP/1.1", "400 method"},
                    {"GET /", "400 request-line"},
                    {"GET", "400 request-line"},
                    {"", "400 request-line"},
                    {"GET\t/\tHTTP/1.1", "400 request-line"},
                    {"GET\t/ HTTP/1.1", "400 request-line"},
                    {"G(T / HTTP/1.1", "400 method"},
                    {"GET / http/1.1", "400 request-line"},
                    {"GET / HTTP/1.2", "505 version"},
                    {"GET / HTTP/2.0", "505 version"},
                    {"PRI * HTTP/2.0", "505 version"},
                    {"GET / HTTP/0.9", "505 version"},
                    {"GET / HTTP/1.10", "400 request-line"},
                    {"GET / HTTP/11", "400 request-line"},
                    {"GET / HTTPS/1.1", "400 request-line"},
                });
}

BOOST_AUTO_TEST_CASE(targets) {
    const auto target = [](std::string_view text) { return line("GET " + std::string(text) + " HTTP/1.1"); };
    check(target, {
                      {"/a-b._~!$&'()*+,;=:@/c", "ok GET /a-b._~!$&'()*+,;=:@/c @a keep"},
                      {"/%E6%96%87", "ok GET /%E6%96%87 @a keep"},
                      {"/a?b?c/d", "ok GET /a ?b?c/d @a keep"},
                      {"//a", "ok GET //a @a keep"},
                      {"/a..b/...", "ok GET /a..b/... @a keep"},
                      {"/a?../b", "ok GET /a ?../b @a keep"},
                      {"/文", "400 target"},
                      {"/a#b", "400 target"},
                      {"/a b", "400 target"},
                      {"/a\"b", "400 target"},
                      {"/a\\b", "400 target"},
                      {"/a|b", "400 target"},
                      {"/<a>", "400 target"},
                      {"/?{}", "400 target"},
                      {"/%", "400 target"},
                      {"/%4", "400 target"},
                      {"/%4g", "400 target"},
                      {"/?x=%zz", "400 target"},
                      {"/%00", "400 target"},
                      {"/?x=%00", "400 target"},
                      {"/a%2Fb", "400 target"},
                      {"/a%2fb", "400 target"},
                      {"/?x=a%2Fb", "ok GET / ?x=a%2Fb @a keep"},
                      {"/.", "400 target"},
                      {"/..", "400 target"},
                      {"/a/../b", "400 target"},
                      {"/a/./b", "400 target"},
                      {"/%2e%2E/b", "400 target"},
                      {"/.%2e", "400 target"},
                      {"/a/%2e", "400 target"},
                      {"/%252e%252e/", "ok GET /%252e%252e/ @a keep"},
                      {"a", "400 target"},
                      {"*", "400 target"},
                      {"a:80", "400 target"},
                      {"http://b/x?y", "ok GET /x ?y @b keep"},
                      {"HTTP://b:8080/x", "ok GET /x @b:8080 keep"},
                      {"http://b", "ok GET / @b keep"},
                      {"http://[::1]:80/", "ok GET / @[::1]:80 keep"},
                      {std::string("http://[::1\0]/", 14), "400 target"},
                      {"http:///x", "400 target"},
                      {"http://u@b/x", "400 target"},
                      {"http://b/../x", "400 target"},
                      {"http://b?x", "400 target"},
                      {"https://b/x", "400 target"},
                      {"ftp://b/x", "400 target"},
                  });
    BOOST_TEST(line("OPTIONS * HTTP/1.1") == "ok OPTIONS * @a keep");
    BOOST_TEST(line("OPTIONS http://b HTTP/1.1") == "ok OPTIONS * @b keep");
    BOOST_TEST(line("CONNECT b:443 HTTP/1.1") == "501 method");
    BOOST_TEST(line("CONNECT b@c:443 HTTP/1.1") == "400 target");
}

BOOST_AUTO_TEST_CASE(hosts) {
    check(host, {
                    {"example.org", "ok GET / @example.org keep"},
                    {"  example.org:8080 ", "ok GET / @example.org:8080 keep"},
                    {"127.0.0.1:1", "ok GET / @127.0.0.1:1 keep"},
                    {"[2001:db8::1]:80", "ok GET / @[2001:db8::1]:80 keep"},
                    {"example.org:", "ok GET / @example.org: keep"},
                    {"", "400 host"},
                    {":80", "400 host"},
                    {"a:b", "400 host"},
                    {"a:65536", "400 host"},
                    {"a:000080", "400 host"},
                    {"a,b", "400 host"},
                    {"a b", "400 host"},
                    {"a/b", "400 host"},
                    {"u@a", "400 host"},
                    {"[::1", "400 host"},
                    {"[::g]", "400 host"},
                    {"[::1]x", "400 host"},
                    {"::1", "400 host"},
                    {"a%zz", "400 host"},
                    {"æ", "400 host"},
                });
    BOOST_TEST(judged("GET / HTTP/1.1\r\n\r\n") == "400 host-missing");
    BOOST_TEST(judged("GET http://a/ HTTP/1.1\r\n\r\n") == "400 host-missing");
    BOOST_TEST(judged("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n") == "400 host-repeated");
    BOOST_TEST(judged("GET / HTTP/1.0\r\n\r\n") == "ok GET / @");
    BOOST_TEST(judged("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n") == "400 host-repeated");
}

BOOST_AUTO_TEST_CASE(fields) {
    check(with, {
                    {"X: y\r\n", "ok POST /x @a keep"},
                    {"X:\r\n", "ok POST /x @a keep"},
                    {"X: \xc3\xa6\t\"b\"\r\n", "ok POST /x @a keep"},
                    {"X : y\r\n", "400 field-name"},
                    {"X\t: y\r\n", "400 field-name"},
                    {": y\r\n", "400 field-name"},
                    {"X(: y\r\n", "400 field-name"},
                    {"X\r\n", "400 field"},
                    {" folded\r\n", "400 folded-field"},
                    {"X: y\r\n folded\r\n", "400 folded-field"},
                    {"X: y\r\n\tfolded\r\n", "400 folded-field"},
                    {"X: y\r\n \r\n", "400 folded-field"},
                    {"X: a\rb\r\n", "400 field-value"},
                    {"X: a\nb\r\n", "400 line-ending"},
                    {"X: a\n", "400 line-ending"},
                    {std::string("X: a\0b\r\n", 8), "400 field-value"},
                    {"X: a\x7f\r\n", "400 field-value"},
                    {"X: a\r\r\n", "400 field-value"},
                });
    BOOST_TEST(judged("GET / HTTP/1.1\r\n Host: a\r\n\r\n") == "400 folded-field");
    BOOST_TEST(judged("GET / HTTP/1.1\nHost: a\n\n") == "400 line-ending");
    BOOST_TEST(judged("GET / HTTP/1.1\r\nHost: a\r\n\n") == "400 line-ending");
    BOOST_TEST(judged("GET / HTTP/1.1\rHost: a\r\n\r\n") == "400 request-line");
    BOOST_TEST(judged("GET / HTTP/1.1\r\nHost: a\r\n") == "incomplete");
}

BOOST_AUTO_TEST_CASE(framing) {
    check(with, {
                    {"Content-Length: 5\r\n", "ok POST /x @a length=5 keep"},
                    {"content-LENGTH: 007\r\n", "ok POST /x @a length=7 keep"},
                    {"Content-Length: 0\r\n", "ok POST /x @a length=0 keep"},
                    {"Content-Length: 18446744073709551609\r\n", "ok POST /x @a length=18446744073709551609 keep"},
                    {"Content-Length: 99999999999999999999999\r\n", "413 body-length"},
                    {"Content-Length: 99999999999999999999999x\r\n", "413 body-length"},
                    {"Content-Length:\r\n", "400 content-length"},
                    {"Content-Length: +5\r\n", "400 content-length"},
                    {"Content-Length: -5\r\n", "400 content-length"},
                    {"Content-Length: 5, 5\r\n", "400 content-length"},
                    {"Content-Length: 0x5\r\n", "400 content-length"},
                    {"Content-Length: 5 5\r\n", "400 content-length"},
                    {"Content-Length: 5\r\nContent-Length: 5\r\n", "400 content-length"},
                    {"Content-Length: 5\r\nContent-Length: 6\r\n", "400 content-length"},
                    {"Content-Length : 5\r\n", "400 field-name"},
                    {"Transfer-Encoding: chunked\r\n", "ok POST /x @a chunked keep"},
                    {"transfer-encoding: Chunked\r\n", "ok POST /x @a chunked keep"},
                    {"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "400 framing"},
                    {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "400 framing"},
                    {"Content-Length: 5\r\nTransfer-Encoding: identity\r\n", "400 framing"},
                    {"Transfer-Encoding: cow\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: identity\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding:\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: chunked, gzip\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: gzip, chunked\r\n", "501 transfer-encoding"},
                    {"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "501 transfer-encoding"},
                    {"Transfer-Encoding: chunked, chunked\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: chunked,\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: \"chunked\"\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: chunked;q=1\r\n", "400 transfer-encoding"},
                    {"Transfer-Encoding: \x0b"
                     "chunked\r\n",
                     "400 field-value"},
                    {"Transfer-Encoding\x0b: chunked\r\n", "400 field-name"},
                });
    BOOST_TEST(judged("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n") == "400 framing");
}

BOOST_AUTO_TEST_CASE(persistence_and_expectations) {
    check(with, {
                    {"Connection: close\r\n", "ok POST /x @a"},
                    {"Connection: X, Close\r\n", "ok POST /x @a"},
                    {"Connection: keep-alive\r\nConnection: close\r\n", "ok POST /x @a"},
                    {"Connection: closed\r\n", "ok POST /x @a keep"},
                    {"Expect: 100-Continue\r\nContent-Length: 1\r\n", "ok POST /x @a length=1 keep continue"},
                    {"Expect: 200-ok\r\n", "417 expectation"},
                });
    BOOST_TEST(judged("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n") == "ok GET / @ keep");
    BOOST_TEST(judged("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n") == "ok GET / @");
    BOOST_TEST(judged("GET / HTTP/1.0\r\nExpect: x\r\n\r\n") == "ok GET / @");
}

BOOST_AUTO_TEST_CASE(limits) {
    BOOST_TEST(judged("GET /1234567 HTTP/1.1\r\nHost: a\r\n\r\n", {8, 2}) == "ok GET /1234567 @a keep");
    BOOST_TEST(judged("GET /12345678 HTTP/1.1\r\nHost: a\r\n\r\n", {8, 2}) == "414 target-length");
    BOOST_TEST(judged("GET / HTTP/1.1\r\nHost: a\r\nB: c\r\nD: e\r\n\r\n", {8, 2}) == "431 field-count");
}

BOOST_AUTO_TEST_CASE(a_head_arrives_in_any_pieces) {
    const std::string raw = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    for (std::size_t cut = 0; cut < raw.size(); ++cut) {
        BOOST_TEST((find_head_end(raw.substr(0, cut)).result == HeadScan::Result::incomplete));
        const auto scan = find_head_end(raw + "GET", cut);
        BOOST_TEST((scan.result == HeadScan::Result::complete));
        BOOST_TEST(scan.end == raw.size());
    }
}

BOOST_AUTO_TEST_SUITE_END()
