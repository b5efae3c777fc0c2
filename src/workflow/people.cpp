#include "src/workflow/people.hpp"

#include <algorithm>

#include "src/accounts/tokens.hpp"
#include "src/accounts/users.hpp"

namespace stele::workflow {
namespace {

constexpr std::string_view token_prefix = "token:";

// As accounts/users.hpp says which names there are.
bool is_of_a_name(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
}

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

std::optional<Person> find_person(const Store& store, std::string_view name) {
    const auto user = accounts::find_user(store, name);
    if (!user || user->disabled_at) return std::nullopt;
    return person_of(*user);
}

std::optional<Person> find_person(const std::vector<Person>& people, std::string_view name) {
    const auto at = std::ranges::find(people, name, [](const Person& person) { return person.known.name; });
    if (at == people.end()) return std::nullopt;
    return *at;
}

accounts::Caller find_caller(const Store& store, const Actor& actor) {
    if (!actor.starts_with(token_prefix)) {
        const auto person = find_person(store, actor);
        return person ? accounts::Caller(person->known) : std::nullopt;
    }
    const auto name = std::string_view(actor).substr(token_prefix.size());
    const Time now = store.now();
    for (const auto& token : accounts::list_tokens(store))
        if (token.name == name && !token.revoked_at && (!token.expires_at || *token.expires_at > now))
            return accounts::Known{.name = actor, .grants = token.grants};
    return std::nullopt;
}

std::vector<std::string> mentioned_in(std::string_view text) {
    std::vector<std::string> names;
    for (size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        // Not inside an address of mail.
        if (at > 0 && is_of_a_name(static_cast<unsigned char>(text[at - 1]))) continue;
        size_t end = at + 1;
        while (end < text.size() && is_of_a_name(static_cast<unsigned char>(text[end]))) ++end;
        // "Thanks, @kari." ends a sentence.
        std::string name(text.substr(at + 1, end - at - 1));
        while (!name.empty() && (name.back() == '.' || name.back() == '-')) name.pop_back();
        if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
    }
    return names;
}

}  // namespace stele::workflow
