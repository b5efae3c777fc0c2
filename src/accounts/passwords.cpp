#include "src/accounts/passwords.hpp"

#include <sodium.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "src/locale/opaque_string.hpp"
#include "src/locale/text.hpp"

namespace stele::accounts {
namespace {

constexpr auto passes = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto memory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

// What guessers try first, of those that are long enough.
constexpr std::string_view well_known[] = {
    "1234567890",  "12345678910", "0123456789",   "0987654321", "password123",  "password1234", "passwordpassword",
    "qwertyuiop",  "qwerty12345", "qwerty123456", "1q2w3e4r5t", "1qaz2wsx3edc", "iloveyou123",  "administrator",
    "changeme123", "letmein1234", "welcome123",   "passord123", "passwort123",  "hemmelig123",  "asdfghjklæ",
};

// The memory is the process's, so there is one of these in it.
class Places {
  public:
    void take() {
        std::unique_lock lock(mutex_);
        if (waiting_ == most_waiting) throw Error(ErrorCode::overloaded);
        ++waiting_;
        freed_.wait(lock, [this] { return taken_ < at_once; });
        --waiting_;
        ++taken_;
    }
    void give_back() {
        {
            const std::lock_guard lock(mutex_);
            --taken_;
        }
        freed_.notify_one();
    }

  private:
    static constexpr int at_once = 2, most_waiting = 8;
    std::mutex mutex_;
    std::condition_variable freed_;
    int taken_ = 0, waiting_ = 0;
};

Places& places() {
    static Places all;
    return all;
}

// A hash of the same costs that nothing is known to give.
std::string nobodys() {
    std::string stored = "$argon2id$v=19$m=" + std::to_string(memory / 1024) + ",t=" + std::to_string(passes) + ",p=1$";
    return stored + std::string(22, 'A') + "$" + std::string(43, 'A');
}

bool is_easy(std::string_view password, std::string_view name) {
    const auto folded = locale::fold_case(password);
    if (folded == locale::fold_case(name)) return true;
    if (std::find(std::begin(well_known), std::end(well_known), folded) != std::end(well_known)) return true;
    return std::all_of(password.begin(), password.end(), [&](char c) { return c == password.front(); });
}

}  // namespace

HashingPlace::HashingPlace() {
    if (sodium_init() < 0) throw Error(ErrorCode::internal, "no-random-source");
    places().take();
}
HashingPlace::~HashingPlace() { places().give_back(); }

FieldErrors password_mistakes(std::string_view password, std::string_view name, std::string_view pointer) {
    const auto mistake = [&](std::string message, Params params = {}) {
        return FieldErrors{{std::string(pointer), std::move(message), std::move(params)}};
    };
    if (password.size() > size_t(max_password_bytes))
        return mistake("field.password-long", {{"max", max_password_bytes}});
    const auto prepared = locale::opaque_string(password);
    if (!password.empty() && !prepared) return mistake("field.password-characters");
    if (!prepared || std::int64_t(locale::count_chars(*prepared)) < min_password_chars)
        return mistake("field.password-short", {{"min", min_password_chars}});
    if (is_easy(*prepared, name)) return mistake("field.password-easy");
    return {};
}

std::string hash_of_password(std::string_view password, const HashingPlace&) {
    const auto prepared = locale::opaque_string(password).value();
    std::string stored(crypto_pwhash_STRBYTES, '\0');
    if (crypto_pwhash_str(stored.data(), prepared.data(), prepared.size(), passes, memory) != 0)
        throw Error(ErrorCode::overloaded);  // there was no memory
    stored.resize(stored.find('\0'));
    return stored;
}

Verified verify_password(const std::string& stored, std::string_view password, const HashingPlace&) {
    const bool possible = !stored.empty() && password.size() <= size_t(max_password_bytes);
    const auto prepared = locale::opaque_string(password.substr(0, size_t(max_password_bytes)));
    const auto& against = possible && prepared ? stored : nobodys();
    const auto text = prepared.value_or(std::string());
    if (crypto_pwhash_str_verify(against.c_str(), text.data(), text.size()) != 0) return Verified::no;
    return crypto_pwhash_str_needs_rehash(stored.c_str(), passes, memory) == 0 ? Verified::yes
                                                                               : Verified::with_other_costs;
}

}  // namespace stele::accounts
