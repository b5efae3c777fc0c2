#include "server/metrics/show.hpp"

#include "server/metrics/collect.hpp"

namespace stele::metrics {

http::Response show(App& app, const Call&) {
    auto response = http::text_response(200, "text/plain; version=0.0.4; charset=utf-8", collect(app));
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace stele::metrics
