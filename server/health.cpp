#include "server/health.hpp"

namespace stele {
namespace {

http::Response plain(std::string text) {
    auto response = http::text_response(200, "text/plain; charset=utf-8", std::move(text));
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

http::Response show_health(App&, const Call&) { return plain("ok\n"); }

http::Response show_readiness(App& app, const Call&) {
    app.database->read([](db::Connection& c) { c.one("SELECT 1", [](db::Row row) { return row.integer(0); }); });
    return plain("ready\n");
}

}  // namespace stele
