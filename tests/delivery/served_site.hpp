#pragma once
// The small site of the tests as `serve` runs it: with a cache, what follows the log of changes, and a real port.
#include <optional>

#include "server/delivery/cache.hpp"
#include "server/delivery/delivery.hpp"
#include "server/delivery/invalidation.hpp"
#include "server/http/server.hpp"
#include "server/routes.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/test_site.hpp"

namespace stele::testing {

class ServedSite : public TestSite {
  public:
    // With 0 nothing is kept.
    explicit ServedSite(Db& db, std::size_t cache_bytes = 8 << 20) : TestSite(db) {
        if (cache_bytes > 0) app.cache = std::make_shared<delivery::Cache>(cache_bytes);
        invalidation_.emplace(app);
        app.invalidation = &*invalidation_;
        http::Options options;
        options.listen = "127.0.0.1:0";
        options.loops = 2;
        options.ready = delivery::delivery_of(app);
        server_.emplace(options, [this](const http::Request& request) { return dispatch(app, request); });
        server_->start();
    }

    std::uint16_t port() const { return server_->port(); }
    // A guest, or whoever has the token.
    test::HttpClient client(const std::string& token = {}) const {
        test::HttpClient client(port());
        if (!token.empty()) client.with("Authorization", "Bearer " + token);
        return client;
    }
    test::HttpClient editor() {
        auto client = this->client(token(accounts::Role::editor));
        client.with("Content-Type", "application/json");
        return client;
    }
    // As an editor: over whatever is there, then for readers. "" or what the server said.
    static std::string save_and_publish(test::HttpClient& editor, const std::string& path,
                                        const boost::json::object& text) {
        const auto seen = editor.get(path);
        const auto saved = editor.patch(path, to_text(text), if_match(seen));
        if (saved.status != 200) return saved.body;
        const auto published = editor.post(path + "/publish", R"({"incomplete": true})", if_match(saved));
        return published.status == 200 ? "" : published.body;
    }
    static Headers if_match(const test::HttpResponse& seen) { return {{"If-Match", std::string(seen.header("ETag"))}}; }

  private:
    std::optional<delivery::Invalidation> invalidation_;
    std::optional<http::Server> server_;  // last: it runs on all of the above
};

}  // namespace stele::testing
