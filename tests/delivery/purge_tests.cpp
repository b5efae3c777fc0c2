// The purge hook against a real HTTP server that takes, refuses or delays what it is sent.
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "server/delivery/purge.hpp"
#include "server/http/server.hpp"

using namespace stele;
using namespace stele::delivery;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view secret = "a secret";

struct Received {
    std::string body, signature, type, path;
};

// Everything has a deadline; what is waited for in vain fails.
class Receiver {
  public:
    Receiver() : server_(options(), [this](const http::Request& request) { return take(request); }) { server_.start(); }
    ~Receiver() {
        open_gate();
        server_.stop(0ms);
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()) + "/purge?site=1"; }
    // The next ones are answered so, then 204.
    void answer_with(std::deque<int> statuses) {
        const std::lock_guard lock(mutex_);
        statuses_ = std::move(statuses);
    }
    void close_gate() {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    void open_gate() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = false;
        }
        changed_.notify_all();
    }
    Received next() {
        std::unique_lock lock(mutex_);
        BOOST_TEST_REQUIRE(changed_.wait_for(lock, 20s, [this] { return !received_.empty(); }));
        auto first = std::move(received_.front());
        received_.pop_front();
        return first;
    }
    bool nothing_came() {
        const std::lock_guard lock(mutex_);
        return received_.empty();
    }

  private:
    static http::Options options() {
        http::Options options;
        options.listen = "127.0.0.1:0";
        return options;
    }
    http::Response take(const http::Request& request) {
        std::unique_lock lock(mutex_);
        received_.push_back({request.body, std::string(request.header("Stele-Signature")),
                             std::string(request.header("Content-Type")), request.target});
        changed_.notify_all();
        changed_.wait_for(lock, 20s, [this] { return !closed_; });
        if (statuses_.empty()) return http::Response{.status = 204};
        const int status = statuses_.front();
        statuses_.pop_front();
        return http::Response{.status = status};
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Received> received_;
    std::deque<int> statuses_;
    bool closed_ = false;
    http::Server server_;
};

PurgeOptions quick(const std::vector<std::string>& urls) {
    return {.urls = urls,
            .secret = std::string(secret),
            .pause = std::chrono::milliseconds(1),
            .first_delay = std::chrono::milliseconds(1),
            .longest_delay = std::chrono::milliseconds(5)};
}

const std::string all = R"({"all":true})";

}  // namespace

BOOST_AUTO_TEST_SUITE(purge_hook)

BOOST_AUTO_TEST_CASE(a_signature_is_the_hmac_of_time_and_body) {
    BOOST_TEST(signature(secret, 1795320000, all) ==
               "t=1795320000,v1=33d52219091bd67dfd7e5ae5808e9c648b352bc03d8dcae253b4323cf1e0658e");
}

BOOST_AUTO_TEST_CASE(the_keys_of_each_change_are_posted_and_signed) {
    Receiver receiver;
    PurgeHook hook(quick({receiver.url()}));
    const auto first = receiver.next();
    BOOST_TEST(first.body == all);  // what happened before is not known
    BOOST_TEST(first.type == "application/json");
    BOOST_TEST(first.path == "/purge?site=1");
    hook.add({"locale-nb", "article-17"});
    const auto second = receiver.next();
    BOOST_TEST(second.body == R"({"keys":["article-17","locale-nb"]})");
    const auto time = std::stoll(second.signature.substr(2));
    BOOST_TEST(second.signature == signature(secret, time, second.body));
    hook.add({"site"});
    BOOST_TEST(receiver.next().body == all);
}

BOOST_AUTO_TEST_CASE(what_was_refused_is_sent_again_with_what_came_later) {
    Receiver receiver;
    PurgeHook hook(quick({receiver.url()}));
    receiver.next();
    receiver.answer_with({500, 404});
    receiver.close_gate();
    hook.add({"article-1"});
    BOOST_TEST(receiver.next().body == R"({"keys":["article-1"]})");
    hook.add({"article-2"});
    receiver.open_gate();
    BOOST_TEST(receiver.next().body == R"({"keys":["article-1","article-2"]})");
    BOOST_TEST(receiver.next().body == R"({"keys":["article-1","article-2"]})");
    hook.add({"article-3"});
    BOOST_TEST(receiver.next().body == R"({"keys":["article-3"]})");
    BOOST_TEST(hook.counts().failed == 2);
}

BOOST_AUTO_TEST_CASE(while_one_is_under_way_the_next_waits_and_grows_until_it_becomes_everything) {
    Receiver receiver;
    PurgeHook hook(quick({receiver.url()}));
    receiver.next();
    // How many keys wait after so many articles, and what is sent then.
    const auto grown = [&](int articles) {
        receiver.close_gate();
        hook.add({"article-0"});
        receiver.next();
        for (int i = 1; i < articles; ++i) hook.add({"article-" + std::to_string(i), "locale-nb"});
        BOOST_TEST(receiver.nothing_came());
        const auto waiting = hook.counts().waiting;
        receiver.open_gate();
        return std::pair(waiting, receiver.next().body);
    };
    const auto [few, body] = grown(500);
    BOOST_TEST(few == 500);
    BOOST_TEST(boost::json::parse(body).at("keys").as_array().size() == 500);
    BOOST_TEST((grown(100'000) == std::pair(std::size_t(1), all)));
}

BOOST_AUTO_TEST_CASE(one_that_does_not_answer_holds_up_neither_writers_nor_others) {
    Receiver dead, alive;
    dead.close_gate();
    PurgeHook hook(quick({dead.url(), alive.url()}));
    dead.next(), alive.next();
    for (const auto* key : {"article-1", "article-2"}) {
        hook.add({key});
        BOOST_TEST(alive.next().body == R"({"keys":[")" + std::string(key) + R"("]})");
    }
    BOOST_TEST(dead.nothing_came());
}

BOOST_AUTO_TEST_CASE(what_still_waits_at_the_end_is_sent) {
    Receiver receiver;
    {
        auto options = quick({receiver.url()});
        options.pause = 1h;
        PurgeHook hook(options);
        receiver.next();
        hook.add({"article-1"});
    }
    BOOST_TEST(receiver.next().body == R"({"keys":["article-1"]})");
}

BOOST_AUTO_TEST_CASE(a_failure_is_logged_once_and_without_the_path) {
    Receiver receiver;
    std::vector<std::string> lines;
    {
        receiver.answer_with({500, 500, 500});
        auto options = quick({receiver.url()});
        options.log = [&](std::string_view line) { lines.emplace_back(line); };
        PurgeHook hook(options);
        for (int i = 0; i < 4; ++i) receiver.next();
    }
    BOOST_TEST_REQUIRE(lines.size() == 2);
    BOOST_TEST(lines[0].find("answered 500") != std::string::npos);
    for (const auto& line : lines) {
        BOOST_TEST(line.find("/purge") == std::string::npos);
        BOOST_TEST(line.find(secret) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(addresses_are_checked) {
    BOOST_TEST((purge_urls_of(" http://a/x, http://b ") == std::vector<std::string>{"http://a/x", "http://b"}));
    BOOST_TEST(purge_urls_of("").empty());
    BOOST_TEST(purge_url_mistake("http://cache:8080/purge") == "");
    for (const auto* wrong : {"cache/purge", "ftp://cache/", "http://", "http://user:word@cache/", "http://cache:x/"})
        BOOST_TEST(purge_url_mistake(wrong) != "", wrong);
}

BOOST_AUTO_TEST_SUITE_END()
