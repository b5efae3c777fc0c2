#include "server/faults.hpp"

#include "server/api/problem.hpp"

namespace stele {

Fault fault_of(const App& app, const Error& error, const locale::Tag& language) {
    return {api::status_of(error.code()), api::title_of(app, error, language), api::detail_of(app, error, language)};
}

int status_of(const Error& error) { return api::status_of(error.code()); }

}  // namespace stele
