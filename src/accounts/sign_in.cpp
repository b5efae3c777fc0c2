#include "src/accounts/sign_in.hpp"

#include <fmt/format.h>

#include "src/accounts/names.hpp"
#include "src/accounts/passwords.hpp"
#include "src/accounts/throttle.hpp"
#include "src/accounts/user_rows.hpp"

namespace stele::accounts {
namespace {

struct Stored {
    std::optional<User> user;  // absent: unknown or disabled
    std::string password;      // "" = none
};

std::string password_of(db::Connection& c, std::int64_t id) {
    return c
        .one(
            "SELECT COALESCE(password, '') FROM account WHERE id = $1", [](db::Row row) { return row.text(0); }, id)
        .value_or("");
}

Stored find_stored(const Store& store, std::string_view name) {
    return store.db.reading([&](db::Connection& c) {
        Stored stored{.user = find_user_called(c, name), .password = {}};
        if (stored.user && stored.user->disabled_at) stored.user.reset();
        if (stored.user) stored.password = password_of(c, stored.user->id);
        return stored;
    });
}

// What is counted: the account by its number, whichever of its names is tried; names of nobody in any case, as those of
// somebody are, so that the count does not tell them apart.
std::string subject_of(const std::optional<User>& user, std::string_view name) {
    return user ? fmt::format("account:{}", user->id) : fmt::format("name:{}", name_key(name).value);
}

[[noreturn]] void refuse_until(Time open_at, Time now) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(open_at - now).count();
    throw Error(ErrorCode::too_many_requests, "sign-in",
                {{"minutes", (std::int64_t(seconds) + 59) / 60}, {"seconds", std::int64_t(seconds)}});
}

struct Tried {
    std::vector<Counted> account, address;
};

// One more failure, until it is known to be none.
Tried count_try(const Store& store, std::string_view secret, const std::optional<User>& user, std::string_view name,
                const Visit& visit) {
    Tried tried{.account = {counted_account(secret, subject_of(user, name))},
                .address = counted_address(secret, visit.address)};
    auto places = tried.account;
    places.insert(places.end(), tried.address.begin(), tried.address.end());
    const Time now = store.now();
    const auto gate = store.db.writing([&](db::Transaction& t) {
        auto counted = count_failure(t, now, places);
        // Once each time that it closes, not for each who then stands before it.
        if (!counted.closed.empty())
            note(t, now, "sign-in-closed", user ? user->name : Actor("guest"),
                 user ? boost::json::object{{"user", user->name}, {"address", visit.address}}
                      : boost::json::object{{"address", visit.address}});
        return counted;
    });
    if (gate.open_at > now) refuse_until(gate.open_at, now);
    return tried;
}

// The account as it was found, with the same password; else somebody has changed it meanwhile.
bool is_still(db::Connection& c, const Stored& stored) {
    return enabled_user(c, stored.user->id) && password_of(c, stored.user->id) == stored.password;
}

}  // namespace

Opened sign_in(const Store& store, std::string_view secret, const Credentials& credentials, const Visit& visit) {
    const auto stored = find_stored(store, credentials.name);
    // First: what is counted must also be looked at, or a busy server would close out those who know their password.
    const HashingPlace place;
    const auto tried = count_try(store, secret, stored.user, credentials.name, visit);
    const auto verified = verify_password(stored.password, credentials.password, place);
    if (verified == Verified::no) throw Error(ErrorCode::unauthenticated, "sign-in");

    const auto fresh =
        verified == Verified::with_other_costs ? hash_of_password(credentials.password, place) : std::string();
    const auto session = new_session(visit);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        if (!is_still(*t, stored)) throw Error(ErrorCode::unauthenticated, "sign-in");
        forgive(t, tried.account, tried.address);
        if (!fresh.empty()) t->run("UPDATE account SET password = $1 WHERE id = $2", fresh, stored.user->id);
        return open_session(t, now, *stored.user, session, "password");
    });
}

namespace {

// Nothing, where `password` is that of the account, or it has none.
FieldErrors password_wrong(const Store& store, std::string_view secret, const User& user, std::string_view password,
                           const Visit& visit, const std::string& pointer) {
    const auto stored = find_stored(store, user.name);
    if (!stored.user) throw Error(ErrorCode::unauthenticated, "session");
    if (stored.password.empty()) return {};
    if (password.empty()) return {{pointer, "field.required", {}}};
    const HashingPlace place;
    const auto tried = count_try(store, secret, stored.user, user.name, visit);
    if (verify_password(stored.password, password, place) == Verified::no)
        return {{pointer, "field.password-wrong", {}}};
    store.db.write([&](db::Transaction& t) { forgive(t, tried.account, tried.address); });
    return {};
}

}  // namespace

void change_mail(const Store& store, std::string_view secret, const User& user, const NewMail& mail,
                 const Visit& visit) {
    auto mistakes = mail_mistakes(mail.address);
    for (auto& mistake : password_wrong(store, secret, user, mail.old_password, visit, "/mail_old"))
        mistakes.push_back(std::move(mistake));
    throw_if_any(std::move(mistakes));
    set_mail(store, user.name, mail.address, user.name);
}

void change_password(const Store& store, std::string_view secret, const User& user, const NewPassword& passwords,
                     std::string_view but_secret, const Visit& visit) {
    auto mistakes = password_wrong(store, secret, user, passwords.old, visit, "/old");
    for (auto& mistake : password_mistakes(passwords.password, user.name, "/password"))
        mistakes.push_back(std::move(mistake));
    throw_if_any(std::move(mistakes));
    const auto hash = hash_of_password(passwords.password, HashingPlace());
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        t->run("UPDATE account SET password = $1, password_at = $2 WHERE id = $3", hash, now, user.id);
        end_links(t, user.id);
        end_sessions(t, user.id, but_secret);
        note(t, now, "password", user.name, {{"user", user.name}, {"by", "change"}});
    });
}

void request_reset(const Store& store, std::string_view secret, std::string_view name, const Visit& visit,
                   const std::function<mail::Mail(const User&)>& letter) {
    const auto user = find_stored(store, name).user;
    const Counted account = counted_account(secret, "reset:" + subject_of(user, name), reset_limit);
    auto address = counted_address(secret, visit.address);
    const Time now = store.now();
    const auto open_at = store.db.writing([&](db::Transaction& t) {
        const auto from = count_failure(t, now, address);
        if (from.open_at > now) return from.open_at;
        // Too many letters to one person are not sent, and nobody learns of it.
        const bool may = count_failure(t, now, {account}).open_at <= now;
        if (may && user && user->mail && mail::enqueue(t, now, letter(*user)))
            note(t, now, "user-link", "guest",
                 {{"user", user->name}, {"purpose", name_of(Purpose::reset)}, {"address", visit.address}});
        return from.open_at;
    });
    if (open_at > now) refuse_until(open_at, now);
}

}  // namespace stele::accounts
