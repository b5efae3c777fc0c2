#pragma once
// TestSite behind a real front in this process, so that a test can let its database fail; what it logs is kept.
#include <mutex>

#include "server/front_error.hpp"
#include "server/http/server.hpp"
#include "server/routes.hpp"
#include "src/worklist/locales.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/test_site.hpp"

namespace stele::testing {

class LiveSite : public TestSite {
  public:
    // Another database than that of `db` where `options` has a URL, such as one that leads to the same by another way.
    explicit LiveSite(Db& db, db::Options options = {}) : TestSite(db) {
        if (options.url.empty()) options.url = db.url();
        app.database.reset();
        app.database = db::Database::open(options);
        app.log = [this](std::string_view line) {
            const std::lock_guard lock(mutex_);
            log_ += std::string(line) + "\n";
        };
        http::Options front;
        front.listen = "127.0.0.1:0";
        front.error_response = [this](int status, std::string_view reason, const http::Request* request) {
            return front_error(app, status, reason, request);
        };
        server_ = std::make_unique<http::Server>(
            front, [this](const http::Request& request) { return dispatch(app, request); });
        server_->start();
    }

    // Calls as this role, which reads `language`.
    test::HttpClient client(accounts::Role role = accounts::Role::admin, const std::string& language = "nb") {
        test::HttpClient made(server_->port());
        made.with("Authorization", "Bearer " + token(role))
            .with("Accept-Language", language)
            .with("Content-Type", "application/json");
        return made;
    }
    std::string log() {
        const std::lock_guard lock(mutex_);
        return log_;
    }
    // What the check of all editions finds; "" is what it should be.
    std::string check() {
        std::string lines;
        for (const auto& line : worklist::check_editions(store())) lines += line + "\n";
        return lines;
    }
    std::int64_t articles() {
        return app.database->reading([](db::Connection& c) {
            return *c.one("SELECT COUNT(*) FROM article", [](db::Row row) { return row.integer(0); });
        });
    }

  private:
    std::mutex mutex_;
    std::string log_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace stele::testing
