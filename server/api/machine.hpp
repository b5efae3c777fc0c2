#pragma once
// The handler of machine translation, as server/routes.cpp names it.
#include "server/call.hpp"

namespace stele::api {

http::Response translate_by_machine(App&, const Call&);

}  // namespace stele::api
