#pragma once
// What is looked at after something went wrong.
#include "tests/durability/people.hpp"

namespace stele::testing {

// Places whose text is not one of those between what was acknowledged in `from` and what was begun by `to`; one line
// each, "" is what it should be.
std::string lost_or_half(const Store& store, const People& people, const Moment& from, const Moment& to);

// Writes of which one part is there and another is not: each version has its revision and its line in the log, the log
// has no gaps, each article counts its writes. "" is what it should be.
std::string halves(db::Database& db);

// PostgreSQL: a process that was killed has left sessions behind that only now find out, and one may be committing.
void wait_for_sessions_to_end(const Db& db);

// `stele check --editions` by the real binary: what it prints when it finds something.
std::string check_by_command(const std::string& url);

}  // namespace stele::testing
