// The rows of the route table as rules of what is kept.
#include "server/app.hpp"
#include "server/delivery/delivery.hpp"
#include "server/routes.hpp"

namespace stele::delivery {
namespace {

Rule rule_of(std::string_view path) {
    const auto found = routes().find("GET", path);
    if (!found.value || !found.value->kept) return {};
    return {.kept = true, .guests_only = found.value->permission != Permission::open, .query = *found.value->kept};
}

}  // namespace

std::shared_ptr<http::Ready> delivery_of(const App& app) {
    if (!app.cache) return nullptr;
    return std::make_shared<Delivery>(app.cache,
                                      Delivery::Options{.with_host = app.options.base_url.empty(), .rules = rule_of});
}

}  // namespace stele::delivery
