#pragma once
// The log of changes in words: who, and what an entry was about.
#include "server/call.hpp"
#include "src/accounts/audit.hpp"

namespace stele::studio {

std::string kind_word(const App& app, const Call& call, std::string_view kind);
// Those that are no account have names of their own: the command line, an import, the server.
std::string actor_word(const App& app, const Call& call, const Actor& actor);
// Whom, from where, what and why, in short; "" where there is nothing to say.
std::string about(const App& app, const Call& call, const accounts::LogEntry& entry);

}  // namespace stele::studio
