// Requests by the book, on real sockets.
#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
using stele::http::ListenError;

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(a_request_is_answered_with_every_header) {
    const Running running;
    auto connection = running.connect();
    connection.send("GET /nb/bl%C3%A5?x=1 HTTP/1.1\r\nHost: a.example:81\r\n\r\n");
    const auto response = connection.read_response();
    BOOST_TEST(response.status == 200);
    BOOST_TEST(response.body == "GET /nb/blå ");
    BOOST_TEST(response.header("server") == "Stele");
    BOOST_TEST(response.header("content-length") == "13");
    BOOST_TEST(response.header("date").size() == 29U);
    BOOST_TEST(response.header("date").ends_with(" GMT"));
    BOOST_TEST(!response.has_header("connection"));
    BOOST_TEST(response.header("x-query") == "x=1");
    BOOST_TEST(response.header("x-host") == "a.example:81");
    BOOST_TEST(response.header("x-peer") == "127.0.0.1");
}

BOOST_AUTO_TEST_CASE(connections_are_kept_and_pipelined_requests_answered_in_order) {
    const Running running;
    auto connection = running.connect();
    std::string bytes;
    for (int i = 0; i < 200; ++i)
        bytes += i % 3 == 0 ? "POST /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"
                            : "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
    connection.send(bytes);
    for (int i = 0; i < 200; ++i)
        BOOST_TEST(connection.read_response().body ==
                   (i % 3 == 0 ? "POST /" + std::to_string(i) + " hi" : "GET /" + std::to_string(i) + " "));
}

BOOST_AUTO_TEST_CASE(bytes_may_arrive_one_by_one) {
    const Running running;
    auto connection = running.connect();
    for (char c : std::string(
             "\r\nPOST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nT: u\r\n\r\n"))
        connection.send({&c, 1});
    BOOST_TEST(connection.read_response().body == "POST /a abc");
    connection.send("GET /b HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(connection.read_response().body == "GET /b ");
}

BOOST_AUTO_TEST_CASE(large_bodies_go_both_ways) {
    const Running running;
    HttpClient client(running.server.port());
    const std::string body(3'000'000, 'x');
    const auto response = client.put("/big", body);
    BOOST_TEST(response.status == 200);
    BOOST_TEST((response.body == "PUT /big " + body));
}

BOOST_AUTO_TEST_CASE(http_1_0_closes_unless_asked_to_keep) {
    const Running running;
    const auto closed = running.answer_to("GET / HTTP/1.0\r\n\r\n");
    BOOST_TEST(closed.starts_with("HTTP/1.1 200 OK\r\n"));
    BOOST_TEST(closed.find("\r\nConnection: close\r\n") != std::string::npos);
    auto connection = running.connect();
    connection.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    BOOST_TEST(connection.read_response().header("Connection") == "keep-alive");
    connection.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    BOOST_TEST(connection.read_response().header("Connection") == "close");
    BOOST_TEST(connection.closed_by_peer());
}

BOOST_AUTO_TEST_CASE(head_has_the_length_and_not_the_body) {
    const Running running;
    auto connection = running.connect();
    connection.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\nGET /y HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto head = connection.read_response(true);
    BOOST_TEST(head.header("Content-Length") == "8");
    BOOST_TEST(connection.read_response().body == "GET /y ");
}

BOOST_AUTO_TEST_CASE(statuses_without_a_body_have_none) {
    const Running running([](const Request& request) {
        return Response{request.path == "/304" ? 304 : 204, {{"ETag", "\"1\""}}, "never sent"};
    });
    HttpClient client(running.server.port());
    for (const auto* path : {"/204", "/304"}) {
        const auto response = client.get(path);
        BOOST_TEST(!response.has_header("Content-Length"));
        BOOST_TEST(response.header("ETag") == "\"1\"");
    }
}

BOOST_AUTO_TEST_CASE(expect_100_continue) {
    auto options = on_any_port();
    options.limits.body_bytes = 100;
    const Running running(echo, options);
    auto connection = running.connect();
    connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(connection.read_response().status == 100);
    connection.send("ok");
    BOOST_TEST(connection.read_response().body == "POST / ok");
    // The body is there already: nothing to wait for.
    connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\nok");
    BOOST_TEST(connection.read_response().status == 200);
    // Refused before it is sent.
    connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(connection.read_response().status == 413);
}

BOOST_AUTO_TEST_CASE(faults_are_answered_and_the_connection_ends) {
    const Running running;
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"GET / HTTP/1.1\r\n\r\n", "400 Bad Request host-missing"},
        {"GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", "400 Bad Request target"},
        {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", "505 HTTP Version Not Supported version"},
        {"GET / HTTP/1.1\nHost: a\n", "400 Bad Request line-ending"},
        {"\x16\x03\x01\x02", "400 Bad Request request-line"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
         "501 Not Implemented transfer-encoding"},
        {"POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "400 Bad Request chunk at /c"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled "
         "HTTP/1.1\r\n\r\n",
         "400 Bad Request framing"},
        {"POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", "413 Content Too Large body-length at /c"},
        {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", "414 URI Too Long target-length"},
        {"GET /" + std::string(9000, 'a'), "414 URI Too Long target-length"},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17000, 'a'),
         "431 Request Header Fields Too Large head-length"},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(17000, 'a') + "\r\n\r\n",
         "431 Request Header Fields Too Large head-length"},
        {"HEAD / HTTP/1.1\r\n\r\n", "400 Bad Request "},
    };
    for (const auto& [bytes, expected] : rows) {
        const auto answer = running.answer_to(bytes);
        const auto status = answer.substr(9, answer.find("\r\n") - 9);
        const auto body = answer.substr(answer.find("\r\n\r\n") + 4);
        BOOST_TEST(status + " " + body == expected, bytes.substr(0, 60) << " → " << answer);
        BOOST_TEST(answer.find("\r\nConnection: close\r\n") != std::string::npos);
        BOOST_TEST(answer.find("HTTP/1.1", 5) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(an_error_reaches_a_client_that_is_still_sending) {
    auto options = on_any_port();
    options.limits.body_bytes = 1000;
    const Running running(echo, options);
    auto connection = running.connect();
    connection.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n");
    connection.send(std::string(50000, 'x'));
    BOOST_TEST(connection.read_response().status == 413);
    BOOST_TEST(connection.closed_by_peer());
}

BOOST_AUTO_TEST_CASE(a_handler_that_throws_is_500_and_the_connection_lives) {
    const Running running([](const Request& request) -> Response {
        if (request.path == "/header") return {200, {{"X", "a\r\nb"}}, ""};
        if (request.path == "/throw") throw std::runtime_error("secret");
        return echo(request);
    });
    HttpClient client(running.server.port());
    BOOST_TEST(client.get("/throw").status == 500);
    BOOST_TEST(client.get("/throw").body == "handler-failed at /throw");
    BOOST_TEST(client.get("/header").status == 500);
    BOOST_TEST(client.get("/x").status == 200);
}

BOOST_AUTO_TEST_CASE(without_a_hook_errors_are_empty_and_well_formed) {
    Options options;
    options.listen = "127.0.0.1:0";
    const Running running(echo, options);
    auto connection = running.connect();
    connection.send("GET / HTTP/1.1\r\n\r\n");
    const auto response = connection.read_response();
    BOOST_TEST(response.status == 400);
    BOOST_TEST(response.header("Content-Length") == "0");
}

BOOST_AUTO_TEST_CASE(ready_answers_need_no_worker) {
    auto options = on_any_port();
    options.workers = 1;
    options.queue = 1;
    options.ready = std::make_shared<ReadyThere>();
    Gate gate;
    const Running running([&](const Request& request) { return gate.pass(), echo(request); }, options);
    auto busy = running.connect();
    busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(gate.await(1));
    auto connection = running.connect();
    connection.send(
        "GET /ready HTTP/1.1\r\nHost: a\r\n\r\nHEAD /ready HTTP/1.1\r\nHost: a\r\n\r\nGET /ready HTTP/1.0\r\n\r\n");
    BOOST_TEST(connection.read_response().body == "ready");
    BOOST_TEST(connection.read_response(true).header("Content-Length") == "5");
    BOOST_TEST(connection.read_response().header("Connection") == "close");
    gate.open();
    BOOST_TEST(busy.read_response().body == "GET /slow ");
}

BOOST_AUTO_TEST_CASE(a_port_is_taken_once) {
    const Running running;
    auto options = on_any_port();
    options.listen = "127.0.0.1:" + std::to_string(running.server.port());
    Server second(options, echo);
    BOOST_CHECK_EXCEPTION(second.start(), ListenError, [&](const ListenError& e) {
        return std::string(e.what()) == "port in use: " + options.listen;
    });
    options.listen = "not an address";
    Server third(options, echo);
    BOOST_CHECK_THROW(third.start(), ListenError);
}

BOOST_AUTO_TEST_CASE(ipv6_is_served_where_there_is_any) {
    auto options = on_any_port();
    options.listen = "[::1]:0";
    Server server(options, echo);
    try {
        server.start();
    } catch (const ListenError& e) {
        BOOST_TEST_MESSAGE("no IPv6 here: " << e.what());
        return;
    }
    BOOST_TEST(server.port() != 0);
}

BOOST_AUTO_TEST_SUITE_END()
