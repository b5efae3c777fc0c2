#include <boost/test/unit_test.hpp>

#include "server/http/proxies.hpp"
#include "server/http/request.hpp"

using namespace stele::http;

namespace {

// "CLIENT https HOST" as a request that comes through `list` has it.
std::string believed(std::string_view list, Proxies::Field field, std::string_view fields) {
    const auto raw = "GET / HTTP/1.1\r\nHost: own\r\n" + std::string(fields) + "\r\n";
    Head head;
    BOOST_REQUIRE(!accept(raw, head));
    Proxies(list, field).believe(head);
    const auto request = request_from(head, "10.0.0.1");
    return request.peer + (request.https ? " https " : " http ") + request.host;
}

struct Row {
    std::string fields, expected;
};

void check(std::string_view list, Proxies::Field field, const std::vector<Row>& rows) {
    for (const auto& row : rows)
        BOOST_TEST(believed(list, field, row.fields) == row.expected,
                   row.fields << " → " << believed(list, field, row.fields));
}

bool contains(std::string_view network, std::string_view address) {
    return parse_network(network).value().contains(parse_address(address).value());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proxies)

BOOST_AUTO_TEST_CASE(addresses_are_read_strictly_and_written_in_one_way) {
    for (const auto& [text, written] :
         std::vector<std::pair<std::string, std::string>>{{"192.0.2.1", "192.0.2.1"},
                                                          {"::ffff:192.0.2.1", "192.0.2.1"},
                                                          {"2001:DB8:0:0::1", "2001:db8::1"},
                                                          {"::", "::"},
                                                          {"::1", "::1"}})
        BOOST_TEST(to_string(parse_address(text).value()) == written);
    for (const std::string text : {"", "1", "1.2.3", "010.0.0.1", "0x7f.0.0.1", "1.2.3.4.5", "256.0.0.1", " 1.2.3.4",
                                   "1.2.3.4:80", "[::1]", "fe80::1%eth0", "::g", "1::2::3", "example.org"})
        BOOST_TEST(!parse_address(text), text);
    BOOST_TEST(!parse_address(std::string("::1\0", 4)));
}

BOOST_AUTO_TEST_CASE(networks_contain_their_addresses) {
    BOOST_TEST(contains("10.0.0.0/8", "10.255.0.1"));
    BOOST_TEST(contains("10.0.0.0/8", "::ffff:10.0.0.1"));
    BOOST_TEST(!contains("10.0.0.0/8", "11.0.0.0"));
    BOOST_TEST(contains("10.1.2.3", "10.1.2.3"));
    BOOST_TEST(!contains("10.1.2.3", "10.1.2.2"));
    BOOST_TEST(contains("192.0.2.128/25", "192.0.2.255"));
    BOOST_TEST(!contains("192.0.2.128/25", "192.0.2.127"));
    BOOST_TEST(contains("2001:db8::/32", "2001:db8:ffff::1"));
    BOOST_TEST(!contains("2001:db8::/33", "2001:db8:8000::1"));
    BOOST_TEST(contains("0.0.0.0/0", "203.0.113.7"));
    BOOST_TEST(!contains("0.0.0.0/0", "2001:db8::1"));
    BOOST_TEST(contains("::/0", "203.0.113.7"));
    for (const std::string text : {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8x", "/8", "::/129", "host/8"})
        BOOST_TEST(!parse_network(text), text);
    BOOST_CHECK_EXCEPTION(Proxies("10.0.0.1, example.org"), std::invalid_argument,
                          [](const auto& e) { return std::string(e.what()) == "example.org"; });
    BOOST_TEST(Proxies("10.0.0.1,unix").trusts_unix());
    BOOST_TEST(!Proxies("").trusts(parse_address("127.0.0.1").value()));
}

BOOST_AUTO_TEST_CASE(the_right_most_address_that_is_no_proxy_is_the_client) {
    check("10.0.0.0/8, 2001:db8::/32", Proxies::Field::x_forwarded,
          {
              {"", "10.0.0.1 http own"},
              {"X-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7 http own"},
              {"X-Forwarded-For: 1.1.1.1, 203.0.113.7\r\n", "203.0.113.7 http own"},
              {"X-Forwarded-For: 1.1.1.1\r\nX-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7 http own"},
              {"X-Forwarded-For: 203.0.113.7, 10.9.9.9, 2001:db8::5\r\n", "203.0.113.7 http own"},
              {"X-Forwarded-For: 10.1.1.1, 203.0.113.7, 10.9.9.9\r\n", "203.0.113.7 http own"},
              {"X-Forwarded-For: 10.2.2.2, 10.9.9.9\r\n", "10.2.2.2 http own"},
              {"X-Forwarded-For: 203.0.113.7:4711\r\n", "203.0.113.7 http own"},
              {"X-Forwarded-For: 2001:DB9::7\r\n", "2001:db9::7 http own"},
              {"X-Forwarded-For: [2001:db9::7]:80\r\n", "2001:db9::7 http own"},
              {"X-Forwarded-For: ::ffff:203.0.113.7\r\n", "203.0.113.7 http own"},
              // Nobody knows the client, or what stands there is no address: it is the nearest that is known.
              {"X-Forwarded-For: 203.0.113.7, unknown\r\n", "10.0.0.1 http own"},
              {"X-Forwarded-For: 203.0.113.7, unknown, 10.9.9.9\r\n", "10.9.9.9 http own"},
              {"X-Forwarded-For: ' OR 1=1\r\n", "10.0.0.1 http own"},
              {"X-Forwarded-For: [::1\r\n", "::1 http own"},
              {"X-Forwarded-For: ,,\r\n", "10.0.0.1 http own"},
              // What the other kind of field says was handed on as the client sent it.
              {"Forwarded: for=1.1.1.1;proto=https;host=evil\r\n", "10.0.0.1 http own"},
          });
}

BOOST_AUTO_TEST_CASE(scheme_and_host_are_those_that_the_proxy_before_the_client_saw) {
    check(
        "10.0.0.0/8", Proxies::Field::x_forwarded,
        {
            {"X-Forwarded-Proto: https\r\n", "10.0.0.1 https own"},
            {"X-Forwarded-Proto: HTTPS\r\nX-Forwarded-Host: example.org:8443\r\n", "10.0.0.1 https example.org:8443"},
            {"X-Forwarded-For: 203.0.113.7, 10.9.9.9\r\nX-Forwarded-Proto: https, http\r\n", "203.0.113.7 https own"},
            {"X-Forwarded-For: 203.0.113.7, 10.9.9.9\r\nX-Forwarded-Proto: https\r\n", "203.0.113.7 https own"},
            {"X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https, http\r\n", "203.0.113.7 http own"},
            {"X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Host: evil, example.org\r\n", "203.0.113.7 http example.org"},
            {"X-Forwarded-Host: a/b\r\n", "10.0.0.1 http own"},
            {"X-Forwarded-Host: u@example.org\r\n", "10.0.0.1 http own"},
            {"X-Forwarded-Proto: httpsx\r\n", "10.0.0.1 http own"},
        });
}

BOOST_AUTO_TEST_CASE(forwarded_is_read_as_rfc_7239_writes_it) {
    check("10.0.0.0/8, 2001:db8::/32", Proxies::Field::forwarded,
          {
              {"Forwarded: for=203.0.113.7;proto=https;host=example.org\r\n", "203.0.113.7 https example.org"},
              {"Forwarded: For=\"[2001:db9::7]:4711\";Proto=HTTPS\r\n", "2001:db9::7 https own"},
              {"Forwarded: for=\"[2001:db9::7]:_p\" ; host=\"example.org:81\"\r\n", "2001:db9::7 http example.org:81"},
              {"Forwarded: for=1.1.1.1;proto=https, for=203.0.113.7\r\n", "203.0.113.7 http own"},
              {"Forwarded: for=203.0.113.7;proto=https, for=10.9.9.9;proto=http\r\n", "203.0.113.7 https own"},
              {"Forwarded: for=1.1.1.1\r\nForwarded: for=203.0.113.7;by=_x\r\n", "203.0.113.7 http own"},
              {"Forwarded: for=203.0.113.7, for=unknown;proto=https\r\n", "10.0.0.1 https own"},
              {"Forwarded: for=203.0.113.7, for=_hidden, for=10.9.9.9\r\n", "10.9.9.9 http own"},
              {"Forwarded: proto=https\r\n", "10.0.0.1 https own"},
              {"Forwarded: for=\"203.0.113\\.7\"\r\n", "10.0.0.1 http own"},
              {"Forwarded: for=\"203.0.113.7:80\";ext=\"a,b;c=\\\"d\\\"\"\r\n", "203.0.113.7 http own"},
              // A client's open quote must not swallow what a proxy appended.
              {"Forwarded: for=\"1.1.1.1\r\nForwarded: for=203.0.113.7\r\n", "10.0.0.1 http own"},
              {"Forwarded: for=\"1.1.1.1, for=203.0.113.7\r\n", "10.0.0.1 http own"},
              {"Forwarded: for\r\n", "10.0.0.1 http own"},
              {"Forwarded: for=1.1.1.1 proto=https\r\n", "10.0.0.1 http own"},
              {"Forwarded: for=;proto=https\r\n", "10.0.0.1 http own"},
              {"X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n", "10.0.0.1 http own"},
          });
}

BOOST_AUTO_TEST_CASE(a_chain_without_end_is_read_from_its_end) {
    std::string chain = "X-Forwarded-For: ";
    for (int n = 0; n < 500; ++n) chain += "1.1.1.1,";
    check("10.0.0.0/8", Proxies::Field::x_forwarded, {{chain + "203.0.113.7\r\n", "203.0.113.7 http own"}});
}

BOOST_AUTO_TEST_SUITE_END()
