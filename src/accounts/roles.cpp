#include "src/accounts/roles.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace stele::accounts {
namespace {

Role needed(Action action) {
    switch (action) {
        case Action::read_drafts:
            return Role::reader;
        case Action::translate:
            return Role::translator;
        case Action::edit_source:
        case Action::keep:
        case Action::publish:
            return Role::editor;
        case Action::administer:
            return Role::admin;
    }
    return Role::admin;
}

}  // namespace

std::string_view name_of(Role role) {
    switch (role) {
        case Role::reader:
            return "reader";
        case Role::translator:
            return "translator";
        case Role::editor:
            return "editor";
        case Role::admin:
            return "admin";
    }
    return "reader";
}

std::optional<Role> role_named(std::string_view name) {
    for (Role role : {Role::reader, Role::translator, Role::editor, Role::admin})
        if (name == name_of(role)) return role;
    return std::nullopt;
}

bool can_somewhere(const Caller& caller, Action action) { return caller && caller->role >= needed(action); }

bool can(const Caller& caller, Action action, const std::optional<locale::Tag>& locale) {
    if (!can_somewhere(caller, action)) return false;
    if (action == Action::read_drafts || caller->locales.empty()) return true;
    return locale && std::find(caller->locales.begin(), caller->locales.end(), *locale) != caller->locales.end();
}

std::string stored_locales(const std::vector<locale::Tag>& locales) {
    boost::json::array tags;
    for (const auto& tag : locales) tags.emplace_back(tag.text());
    return boost::json::serialize(tags);
}

std::vector<locale::Tag> locales_from(std::string_view stored) {
    std::vector<locale::Tag> locales;
    const auto tags = boost::json::parse(boost::json::string_view(stored.data(), stored.size()));
    for (const auto& tag : tags.as_array()) locales.push_back(locale::Tag::stored(std::string(tag.as_string())));
    return locales;
}

}  // namespace stele::accounts
