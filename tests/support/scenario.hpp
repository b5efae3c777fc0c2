#pragma once
// Requests as rows of a table: who asks for what, and what has to come back.
#include <optional>
#include <string>
#include <vector>

#include "tests/support/test_site.hpp"

namespace stele::testing {

struct Who {
    std::optional<accounts::Role> role;  // absent = a guest
    std::vector<std::string> locales{};
};
inline const Who guest{std::nullopt};
inline const Who reader{accounts::Role::reader};
inline const Who translator{accounts::Role::translator};
inline const Who editor{accounts::Role::editor};
inline const Who admin{accounts::Role::admin};
inline Who only(Who who, std::vector<std::string> locales) {
    who.locales = std::move(locales);
    return who;
}

struct Scenario {
    std::string name;
    Who who;
    std::string method;
    std::string target;
    Headers headers{};
    std::string body{};
    int status = 200;
    std::string type{};                                          // of the problem, without "urn:stele:"
    std::vector<std::pair<std::string, std::string>> members{};  // pointer → its value as JSON
    Headers answer_headers{};
};

// In order, on the same site: what one row changes, the next one finds.
void run(TestApp& app, const std::vector<Scenario>& scenarios);

}  // namespace stele::testing
