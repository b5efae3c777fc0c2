#pragma once
#include <string>

#include "server/app.hpp"

namespace stele::cli {

// Imports the demo content that is linked in, where there is no article yet. Throws CommandError when one of its files
// is refused.
void load_demo(App& app);
// Makes an administrator where there is no account, and prints where to go and a link that signs that one in.
void print_demo(App& app, const std::string& address);

}  // namespace stele::cli
