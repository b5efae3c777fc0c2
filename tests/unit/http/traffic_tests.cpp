// What the loops count of answers.
#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
using stele::http::Traffic;

namespace {

Response counted(const Request& request) {
    auto response = stele::http::text_response(request.path == "/gone" ? 410 : 200, "text/plain", "12345");
    response.kind = request.path == "/other" ? 8 : 7;
    return response;
}

std::uint64_t of_status(const stele::http::Answered& answered, int status) {
    const auto found = answered.by_status.find(status);
    return found == answered.by_status.end() ? 0 : found->second;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(traffic)

BOOST_AUTO_TEST_CASE(every_answer_is_counted_by_its_kind_and_status) {
    const Running running(counted);
    HttpClient client(running.server.port());
    for (const auto* path : {"/", "/", "/gone", "/other"}) client.get(path);
    client.post("/", "a body");
    client.request("HEAD", "/");
    auto raw = running.connect();
    raw.send("nonsense\r\n\r\n");
    raw.read_all();

    auto traffic = running.server.traffic();
    BOOST_TEST(of_status(traffic[7], 200) == 4U);
    BOOST_TEST(of_status(traffic[7], 410) == 1U);
    BOOST_TEST(of_status(traffic[8], 200) == 1U);
    BOOST_TEST(of_status(traffic[0], 400) == 1U);  // the front's own
    BOOST_TEST(traffic[7].hits == 0U);
    BOOST_TEST(traffic[8].bytes > 5U);
    std::uint64_t timed = 0;
    for (const auto count : traffic[7].by_duration) timed += count;
    BOOST_TEST(timed == 5U);
}

BOOST_AUTO_TEST_CASE(durations_fall_into_their_classes) {
    using namespace std::chrono_literals;
    Traffic counters;
    const std::vector<std::chrono::microseconds> times{0us, 500us, 501us, 9'999us, 10s, 1h};
    for (const auto time : times) counters.count({.kind = 1, .status = 200, .took = time});
    counters.count({.kind = 1, .status = 299, .hit = true});
    std::map<stele::http::Kind, stele::http::Answered> sum;
    counters.add_to(sum);
    counters.add_to(sum);  // as of two loops
    const auto& answered = sum.at(1);
    BOOST_TEST(answered.by_duration[0] == 6U);
    BOOST_TEST(answered.by_duration[1] == 2U);
    BOOST_TEST(answered.by_duration[4] == 2U);
    BOOST_TEST(answered.by_duration[11] == 2U);
    BOOST_TEST(answered.by_duration[12] == 2U);
    BOOST_TEST(of_status(answered, 200) == 12U);
    BOOST_TEST(of_status(answered, 0) == 2U);  // none that this server sends
    BOOST_TEST(answered.hits == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
