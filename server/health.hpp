#pragma once
#include "server/call.hpp"

namespace stele {

http::Response show_health(App&, const Call&);     // the process answers
http::Response show_readiness(App&, const Call&);  // and the database does, too; else 503

}  // namespace stele
