#pragma once
// The server without a port: the App that `serve` fills, on a test's database, and a client that calls dispatch() as
// the front would.
#include <atomic>
#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "src/accounts/roles.hpp"
#include "tests/support/databases.hpp"

namespace stele::testing {

// A response with its body read.
struct Answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string text;
    boost::json::value json;  // null where the body is none

    std::string header(std::string_view name) const;
    std::string etag() const { return header("ETag"); }
    // By RFC 6901: answer["/title/text"]. A null where there is nothing.
    const boost::json::value& operator[](std::string_view pointer) const;
    std::string string(std::string_view pointer) const;  // "" where there is none
    std::int64_t integer(std::string_view pointer) const;
};
std::ostream& operator<<(std::ostream& out, const Answer& answer);

using Headers = std::vector<std::pair<std::string, std::string>>;

// Takes the database over from `db`. Its clock stands at 2026-11-22T04:00:00Z and moves by a second with each look.
class TestApp {
  public:
    explicit TestApp(Db& db, std::vector<std::string> locales = {"en", "nb", "ar"});
    ~TestApp();

    App app;
    Store store() { return store_of(app); }
    void advance(std::chrono::microseconds by);

    // The secret of a token with that role; the same one for the same question.
    std::string token(accounts::Role role, const std::vector<std::string>& locales = {});

    // `as`: a token; empty = a guest. Every answer is held against openapi.yaml.
    Answer call(const std::string& method, const std::string& target, const std::string& as = {}, std::string body = {},
                Headers headers = {});

  private:
    Db& db_;
    std::shared_ptr<std::atomic<std::int64_t>> micros_;
    std::vector<std::pair<std::string, std::string>> tokens_;
    boost::json::value openapi_;
};

// Calls as one and the same user.
class Client {
  public:
    Client(TestApp& app, accounts::Role role, const std::vector<std::string>& locales = {})
        : app_(app), token_(app.token(role, locales)) {}
    Answer get(const std::string& target, Headers headers = {}) {
        return app_.call("GET", target, token_, {}, std::move(headers));
    }
    Answer post(const std::string& target, const std::string& body, const std::string& etag = {}) {
        return send("POST", target, body, etag);
    }
    Answer put(const std::string& target, const std::string& body, const std::string& etag = {}) {
        return send("PUT", target, body, etag);
    }
    Answer patch(const std::string& target, const std::string& body, const std::string& etag = {}) {
        return send("PATCH", target, body, etag);
    }
    Answer del(const std::string& target, const std::string& etag = {}, const std::string& body = {}) {
        return send("DELETE", target, body, etag);
    }

  private:
    Answer send(const std::string& method, const std::string& target, const std::string& body,
                const std::string& etag) {
        return app_.call(method, target, token_, body, etag.empty() ? Headers{} : Headers{{"If-Match", etag}});
    }
    TestApp& app_;
    std::string token_;
};

// {"a": 1} as text.
std::string to_text(const boost::json::value& value);

}  // namespace stele::testing
