#pragma once
// Who may do what, where. A role is a named set of actions; an account or a token has any number of grants: a role in
// some locales.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::accounts {

// What is published needs no action at all: everybody reads it.
enum class Action {
    read_drafts,  // working texts, worklists, coverage, history; in every locale, whatever a grant is limited to
    translate,    // a text in another locale than the article's source; what a worker on it may do beside
    review,       // approve what was sent to review, or ask for changes
    publish,      // and take down
    edit_source,  // a source text or shared fields; the locale is the source's
    keep,         // say that the meaning did not change
    administer,   // a locale; without a locale, which needs a grant for all: accounts, tokens, the log
};

// In the order in which they are offered and named.
enum class Role {
    reader,      // read_drafts
    translator,  // and translate
    reviewer,    // and review, publish
    editor,      // all but administer
    admin,       // all
};
inline constexpr Role all_roles[] = {Role::reader, Role::translator, Role::reviewer, Role::editor, Role::admin};
std::string_view name_of(Role role);
std::optional<Role> role_named(std::string_view name);
bool includes(Role role, Action action);

struct Grant {
    Role role = Role::reader;
    std::vector<locale::Tag> locales{};  // empty = all of them
    friend bool operator==(const Grant&, const Grant&) = default;
};
using Grants = std::vector<Grant>;
// The highest of them, for a short word about somebody; reader for none.
Role leading_role(const Grants& grants);

// Somebody who is known: by a token or by a session.
struct Known {
    std::string name;  // as revisions name the writer: "kari", "token:ci"
    Grants grants;
    friend bool operator==(const Known&, const Known&) = default;
};
// Absent = a guest.
using Caller = std::optional<Known>;

// In `locale`; absent = the action is not about one locale, which only a grant for all locales allows.
bool can(const Grants& grants, Action action, const std::optional<locale::Tag>& locale);
bool can(const Caller& caller, Action action, const std::optional<locale::Tag>& locale);
// In some locale: what can be said before it is known which one is meant.
bool can_somewhere(const Caller& caller, Action action);

// How grants are stored: [{"role": "translator", "locales": ["nb"]}].
std::string stored_grants(const Grants& grants);
Grants grants_from(std::string_view stored);

}  // namespace stele::accounts
