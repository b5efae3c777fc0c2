#pragma once
// Takes away the rows of orders that are not in force any more, and the editions of locales that are not enabled.
#include "src/storage/store.hpp"

namespace stele::worklist {

// In small transactions. Safe to stop and to repeat: what is to go is found from the rows themselves.
void purge_orders(const Store& store);

}  // namespace stele::worklist
