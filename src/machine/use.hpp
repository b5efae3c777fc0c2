#pragma once
// Table machine_use.
#include "src/machine/machine.hpp"

namespace stele::machine {

Balance balance_of(db::Connection& c, const Budget& budget, const locale::Tag& locale, Time now);
// False where it is more than what is left: then nothing is taken. Taken before the service is asked, so that several
// runs at a time stay within the budget together; given back where it did not answer.
bool take_words(db::Database& db, const Budget& budget, const locale::Tag& locale, Time now, std::int64_t words);
void give_back(db::Database& db, const locale::Tag& locale, Time now, std::int64_t words);

}  // namespace stele::machine
