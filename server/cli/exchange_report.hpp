#pragma once
// How import and export tell the operator what they did.
#include <string>
#include <vector>

#include "src/exchange/exchange.hpp"

namespace stele::cli {

// "PATH:LINE: what. Remedy" on standard error, one remark a line.
void print_remarks(const std::string& heading, const std::vector<exchange::Remark>& remarks);
void print_skipped(const std::vector<std::string>& paths);
void print_conflicts(const std::vector<exchange::Conflict>& conflicts);
// Writes "verb 120 of 4000" over itself on a terminal; nothing elsewhere.
exchange::Progress progress_on_terminal(const std::string& verb);

}  // namespace stele::cli
