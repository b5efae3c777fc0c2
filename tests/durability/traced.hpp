#pragma once
// A program that is killed at one of its system calls: those that change a file or a folder, counted from 1.
#include <string>
#include <vector>

namespace stele::testing {

// Runs the program, and kills it (SIGKILL) before its `kill_at`-th such call is made. Returns how many it has come to:
// less than `kill_at` when it has ended by itself, -1 where tracing is not allowed.
int run_until_call(const std::vector<std::string>& command, int kill_at);

}  // namespace stele::testing
