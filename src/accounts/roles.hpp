#pragma once
// Who may do what, where. Roles are steps: each may do what the one before it may.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::accounts {

enum class Role { reader, translator, editor, admin };
std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);

// What is published needs no action at all: everybody reads it.
enum class Action {
    read_drafts,  // reader: working texts, worklists, coverage, history
    translate,    // translator: a text in another locale than the article's source
    edit_source,  // editor: a source text or shared fields; the locale is the source's
    keep,         // editor: say that the meaning did not change
    publish,      // editor
    administer,   // admin: locales, accounts
};

// Somebody who is known: by a token or by a session. `locales` limits every action but reading; empty = all of them.
struct Known {
    std::string name;  // as revisions name the writer: "kari", "token:ci"
    Role role = Role::reader;
    std::vector<locale::Tag> locales;
    friend bool operator==(const Known&, const Known&) = default;
};
// Absent = a guest.
using Caller = std::optional<Known>;

// In `locale`; absent = the action is not about one locale, which only somebody without limits may do.
bool can(const Caller& caller, Action action, const std::optional<locale::Tag>& locale);
// In some locale: what can be said before it is known which one is meant.
bool can_somewhere(const Caller& caller, Action action);

// How lists of locales are stored: JSON arrays of tags.
std::string stored_locales(const std::vector<locale::Tag>& locales);
std::vector<locale::Tag> locales_from(std::string_view stored);

}  // namespace stele::accounts
