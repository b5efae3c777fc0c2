#pragma once
// A fault as a page tells it; the same status and words that the API's problem documents have.
#include <string>

#include "server/call.hpp"
#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

namespace stele {

struct Fault {
    int status = 500;
    std::string title, detail;
};
Fault fault_of(const App& app, const Error& error, const locale::Tag& language);
int status_of(const Error& error);
// Of a fault that is told inside an answer and is not the answer: for the log where it is the server's own.
void log_within(const App& app, const Call& call, const Error& error);

}  // namespace stele
