#pragma once
// Faults as remarks beside the fields they are about.
#include "server/call.hpp"
#include "server/studio/typed.hpp"

namespace stele::studio {

// Whoever typed the texts can mend it: what is refused for its fields, and what somebody else has changed.
bool is_about_texts(const Error& error);
// `ids`: the segment of each entry of the changes that were sent.
Remarks remarks_of(const App& app, const Call& call, const Error& error, const std::vector<std::string>& ids);

// The same fault, which came when a part of what was sent had been saved: faults.cpp then says that.
Error after_save(const Error& fault);
bool is_after_save(const Error& fault);

}  // namespace stele::studio
