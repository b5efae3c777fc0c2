#pragma once
// A fault as a page tells it; the same status and words that the API's problem documents have.
#include <string>

#include "server/app.hpp"
#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

namespace stele {

struct Fault {
    int status = 500;
    std::string title, detail;
};
Fault fault_of(const App& app, const Error& error, const locale::Tag& language);
int status_of(const Error& error);

}  // namespace stele
