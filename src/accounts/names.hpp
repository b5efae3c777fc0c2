#pragma once
// Names of accounts. They stand in the history, in lists, on command lines and after '@': letters, marks and digits of
// any script, '.', '_' and '-', and nothing that cannot be seen or turns what stands beside it.
#include <string>
#include <string_view>

#include "src/base/error.hpp"
#include "src/db/db.hpp"

namespace stele::accounts {

inline constexpr size_t max_name_chars = 60;

bool is_of_a_name(char32_t c);
// What tells two names apart: composed (NFC) and case folded, so that "Kari" and "kari" are one. Empty for what is no
// UTF-8.
db::Bytes name_key(std::string_view name);
// At "/name"; `name` is composed. Names by which the server itself signs are nobody's.
FieldErrors name_mistakes(std::string_view name);

}  // namespace stele::accounts
