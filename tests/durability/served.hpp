#pragma once
// The real server on a test's database, and the people's way to it.
#include "src/accounts/tokens.hpp"
#include "tests/durability/people.hpp"
#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"

namespace stele::testing {

inline std::string admin_token(const Store& store) {
    return accounts::create_token(store, {.name = "people", .grants = {{accounts::Role::admin}}, .expires_at = {}});
}

class Served {
  public:
    Served(const std::string& url, std::string token)
        : token_(std::move(token)),
          child_({STELE_BINARY, "serve"}, {.environment = {{"STELE_DATABASE", url},
                                                           {"STELE_LISTEN", "127.0.0.1:0"},
                                                           {"STELE_MAX_CONNECTIONS_PER_ADDRESS", "0"}},
                                           .errors = "/dev/null"}),
          port_(child_.port()) {}

    // For People::begin.
    Send connect() const {
        auto client = std::make_shared<test::HttpClient>(port_);
        client->with("Authorization", "Bearer " + token_).with("Content-Type", "application/json");
        return [client](const Letter& letter) {
            const auto headers = letter.etag.empty() ? test::Headers{} : test::Headers{{"If-Match", letter.etag}};
            const auto answer = client->request(letter.method, letter.target, headers, letter.body);
            return Reply{answer.status, std::string(answer.header("ETag")), answer.body};
        };
    }
    void kill() { child_.kill(); }

  private:
    const std::string token_;
    test::Child child_;
    const std::uint16_t port_;
};

}  // namespace stele::testing
