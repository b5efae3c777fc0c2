#include "src/workflow/people.hpp"

#include <algorithm>

#include "src/accounts/names.hpp"
#include "src/accounts/tokens.hpp"
#include "src/accounts/users.hpp"
#include "src/locale/characters.hpp"

namespace stele::workflow {
namespace {

constexpr std::string_view token_prefix = "token:";
constexpr size_t most_mentioned = 50;

}  // namespace

Person person_of(const accounts::User& user) {
    return {.account = user.id,
            .known = {.name = user.name, .grants = user.grants},
            .mail = user.mail,
            .interface_locale = user.interface_locale};
}

std::vector<Person> list_people(const Store& store) {
    std::vector<Person> people;
    for (const auto& user : accounts::list_users(store))
        if (!user.disabled_at) people.push_back(person_of(user));
    return people;
}

std::optional<Person> find_person(db::Connection& c, std::string_view name) {
    if (name.find('@') != std::string_view::npos) return std::nullopt;  // that is an address
    const auto user = accounts::find_user_called(c, name);
    if (!user || user->disabled_at) return std::nullopt;
    return person_of(*user);
}

std::optional<Person> find_person(const Store& store, std::string_view name) {
    return store.db.reading([&](db::Connection& c) { return find_person(c, name); });
}

std::vector<Person> find_people(const Store& store, const std::vector<std::string>& names) {
    std::vector<Person> people;
    for (const auto& name : names)
        if (auto person = find_person(store, name)) people.push_back(*std::move(person));
    return people;
}

std::optional<Person> find_person(const std::vector<Person>& people, std::string_view name) {
    const auto key = accounts::name_key(name).value;
    const auto at = std::ranges::find(people, key,
                                      [](const Person& person) { return accounts::name_key(person.known.name).value; });
    if (at == people.end()) return std::nullopt;
    return *at;
}

std::optional<std::int64_t> find_account(db::Connection& c, const Actor& actor) {
    return c.one(
        "SELECT id FROM account WHERE name_key = $1 AND disabled_at IS NULL", [](db::Row r) { return r.integer(0); },
        accounts::name_key(actor));
}

accounts::Caller find_caller(const Store& store, const Actor& actor, std::optional<std::int64_t> token) {
    if (!token) {
        const auto person = find_person(store, actor);
        return person ? accounts::Caller(person->known) : std::nullopt;
    }
    const Time now = store.now();
    for (const auto& one : accounts::list_tokens(store, *token + 1, 1))
        if (one.id == *token && one.in_force(now)) return accounts::Known{.name = actor, .grants = one.grants};
    return std::nullopt;
}

std::optional<std::int64_t> token_of(const Store& store, const Actor& actor) {
    if (!actor.starts_with(token_prefix)) return std::nullopt;
    return accounts::find_token_named(store, std::string_view(actor).substr(token_prefix.size()));
}

std::vector<std::string> mentioned_in(std::string_view text) {
    std::vector<std::string> names;
    bool in_word = false;
    for (size_t at = 0; at < text.size();) {
        const char32_t c = locale::next_code_point(text, at);
        // Not inside an address of mail.
        if (c != U'@' || in_word) {
            in_word = accounts::is_of_a_name(c);
            continue;
        }
        const size_t first = at;
        size_t next = at;
        while (next < text.size() && accounts::is_of_a_name(locale::next_code_point(text, next))) at = next;
        // "Thanks, @kari." ends a sentence.
        std::string name(text.substr(first, at - first));
        while (!name.empty() && (name.back() == '.' || name.back() == '-')) name.pop_back();
        in_word = !name.empty();
        if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
        if (names.size() == most_mentioned) break;
    }
    return names;
}

}  // namespace stele::workflow
