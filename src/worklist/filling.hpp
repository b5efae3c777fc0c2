#pragma once
// How far the orders are that are being filled (worklist/locales.hpp).
#include <map>

#include "src/storage/store.hpp"

namespace stele::worklist {

// The part that is done, 0 to 1, of each locale whose next order is being filled.
std::map<locale::Tag, double> filling(const Store& store);

}  // namespace stele::worklist
