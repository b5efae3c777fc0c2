#include "server/faults.hpp"

#include <fmt/format.h>

#include "server/api/problem.hpp"

namespace stele {

Fault fault_of(const App& app, const Error& error, const locale::Tag& language) {
    return {api::status_of(error.code()), api::title_of(app, error, language), api::detail_of(app, error, language)};
}

int status_of(const Error& error) { return api::status_of(error.code()); }

void log_within(const App& app, const Call& call, const Error& error) {
    if (app.log && status_of(error) >= 500)
        app.log(fmt::format("{}{}", error.what(), call.request.id.empty() ? "" : " (request " + call.request.id + ")"));
}

}  // namespace stele
