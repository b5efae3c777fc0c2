#pragma once
#include <string>
#include <vector>

#include "src/exchange/selection.hpp"

namespace stele::exchange {

// The files as one archive (POSIX.1-2001 "pax", which every system opens), each with this time. Of files of the same
// name the first is taken. No name is longer than 900 bytes.
std::string tar_of(const std::vector<NamedFile>& files, Time time);

}  // namespace stele::exchange
