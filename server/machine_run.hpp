#pragma once
// A run of machine translation as a request of this server makes it: with the service that is configured, and with no
// more of them at a time than there are workers to spare.
#include "server/call.hpp"
#include "src/machine/machine.hpp"

namespace stele::machine {

Budget budget_of(const cli::Options& options);
// Throws what translate_missing throws; conflict "machine-none" where no service is configured, overloaded
// "machine-busy" while others have all the turns.
Run run_for(App& app, const Call& call, ArticleId id, const locale::Tag& locale, const std::string& after);

}  // namespace stele::machine
