#pragma once
#include "server/call.hpp"

namespace stele::metrics {

http::Response show(App&, const Call&);  // /metrics

}  // namespace stele::metrics
