#include "src/accounts/roles.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace stele::accounts {
namespace {

bool is_of(const Grant& grant, const std::optional<locale::Tag>& locale) {
    if (grant.locales.empty()) return true;
    return locale && std::find(grant.locales.begin(), grant.locales.end(), *locale) != grant.locales.end();
}

}  // namespace

std::string_view name_of(Role role) {
    switch (role) {
        case Role::reader:
            return "reader";
        case Role::translator:
            return "translator";
        case Role::reviewer:
            return "reviewer";
        case Role::editor:
            return "editor";
        case Role::admin:
            return "admin";
    }
    return "reader";
}

std::optional<Role> role_named(std::string_view name) {
    for (const Role role : all_roles)
        if (name == name_of(role)) return role;
    return std::nullopt;
}

bool includes(Role role, Action action) {
    switch (action) {
        case Action::read_drafts:
            return true;
        case Action::translate:
            return role != Role::reader;
        case Action::review:
        case Action::publish:
            return role == Role::reviewer || role == Role::editor || role == Role::admin;
        case Action::edit_source:
        case Action::keep:
            return role == Role::editor || role == Role::admin;
        case Action::administer:
            return role == Role::admin;
    }
    return false;
}

Role leading_role(const Grants& grants) {
    Role role = Role::reader;
    for (const auto& grant : grants) role = std::max(role, grant.role);
    return role;
}

bool can(const Grants& grants, Action action, const std::optional<locale::Tag>& locale) {
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return includes(grant.role, action) && (action == Action::read_drafts || is_of(grant, locale));
    });
}

bool can(const Caller& caller, Action action, const std::optional<locale::Tag>& locale) {
    return caller && can(caller->grants, action, locale);
}

bool can_somewhere(const Caller& caller, Action action) {
    return caller && std::any_of(caller->grants.begin(), caller->grants.end(),
                                 [&](const Grant& grant) { return includes(grant.role, action); });
}

std::string stored_grants(const Grants& grants) {
    boost::json::array stored;
    for (const auto& grant : grants) {
        boost::json::array tags;
        for (const auto& tag : grant.locales) tags.emplace_back(tag.text());
        stored.push_back(boost::json::object{{"role", name_of(grant.role)}, {"locales", std::move(tags)}});
    }
    return boost::json::serialize(stored);
}

Grants grants_from(std::string_view stored) {
    Grants grants;
    const auto items = boost::json::parse(boost::json::string_view(stored.data(), stored.size()));
    for (const auto& item : items.as_array()) {
        // A role that only a later version knows allows nothing here.
        const auto role = role_named(item.at("role").as_string());
        if (!role) continue;
        Grant grant{.role = *role};
        for (const auto& tag : item.at("locales").as_array())
            grant.locales.push_back(locale::Tag::stored(std::string(tag.as_string())));
        grants.push_back(std::move(grant));
    }
    return grants;
}

}  // namespace stele::accounts
