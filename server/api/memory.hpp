#pragma once
// The handlers of the memory, as server/routes.cpp names them.
#include "server/call.hpp"

namespace stele::api {

http::Response list_suggestions(App&, const Call&);
http::Response pretranslate(App&, const Call&);
http::Response find_in_memory(App&, const Call&);
http::Response export_memory(App&, const Call&);
http::Response import_memory(App&, const Call&);
http::Response list_memory_imports(App&, const Call&);
http::Response remove_memory_import(App&, const Call&);

}  // namespace stele::api
