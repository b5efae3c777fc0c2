#pragma once
// Passwords: Argon2id (RFC 9106) by libsodium, with its "interactive" costs: 64 MB and two passes.
#include <string>
#include <string_view>

#include "src/base/error.hpp"

namespace stele::accounts {

inline constexpr std::int64_t min_password_chars = 10;  // code points, after RFC 8265
inline constexpr std::int64_t max_password_bytes = 1'000;

// What is wrong with a new password of the account `name`, at `pointer`; empty = nothing.
FieldErrors password_mistakes(std::string_view password, std::string_view name, std::string_view pointer);

// One of the few who may compute a hash now, until it goes. At most two do so at a time, as each takes 64 MB, and few
// wait: throws overloaded beyond that. Taken before anything is written that depends on the hash.
class HashingPlace {
  public:
    HashingPlace();
    ~HashingPlace();
    HashingPlace(const HashingPlace&) = delete;
    HashingPlace& operator=(const HashingPlace&) = delete;
};

// As it is stored: the text form with salt and costs. The password has none of those mistakes. Throws overloaded where
// there is no memory.
std::string hash_of_password(std::string_view password, const HashingPlace&);

enum class Verified { no, yes, with_other_costs };  // the last: it should be hashed anew
// `stored` empty: no account or none with a password; costs the same and is never right.
Verified verify_password(const std::string& stored, std::string_view password, const HashingPlace&);

}  // namespace stele::accounts
