#pragma once
// What an answer is kept under: the host, where answers depend on it, the path, and the part of the query that means
// something.
#include <functional>
#include <string>
#include <string_view>

#include "server/http/accept.hpp"

namespace stele::delivery {

// What the table of routes says about a path.
struct Rule {
    bool kept = false;         // its answers may be
    bool guests_only = false;  // those with a session get answers of their own
    std::string_view query{};  // the names that it reads, separated by spaces
};
using Rules = std::function<Rule(std::string_view path)>;  // of a path that is decoded

// "h" or "s" (https) and the host, where `with_host`, then the path and its query: only what is in `names`, in their
// order, the first of each, written in one way. `name` keeps its room.
void write_name(const http::Head& head, bool with_host, std::string_view names, std::string& name);
// Of a name, what its answer is made from: "/nb/?after=x".
std::string target_of(std::string_view name);

}  // namespace stele::delivery
