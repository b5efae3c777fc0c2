#include "server/http/route_tree.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace stele::http {

struct RouteTree::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> fixed;
    std::unique_ptr<Node> any;
    // Where a pattern ends:
    std::vector<std::string> names;  // of its parameters, from the left
    Methods methods;
};

namespace {

[[noreturn]] void refuse(std::string_view pattern, std::string_view why) {
    throw std::invalid_argument("route " + std::string(pattern) + ": " + std::string(why));
}

// The name of "{name}", or empty for a fixed segment.
std::string_view parameter_name(std::string_view segment, std::string_view pattern) {
    if (segment.find_first_of("{}") == std::string_view::npos) return {};
    if (segment.size() < 3 || segment.front() != '{' || segment.back() != '}') refuse(pattern, "malformed parameter");
    const auto name = segment.substr(1, segment.size() - 2);
    if (name.find_first_of("{}") != std::string_view::npos) refuse(pattern, "malformed parameter");
    return name;
}

}  // namespace

RouteTree::RouteTree() : root_(std::make_unique<Node>()) {}
RouteTree::~RouteTree() = default;
RouteTree::RouteTree(RouteTree&&) noexcept = default;
RouteTree& RouteTree::operator=(RouteTree&&) noexcept = default;

void RouteTree::add(std::string_view method, std::string_view pattern, std::size_t index) {
    if (method.empty()) refuse(pattern, "no method");
    if (!pattern.starts_with('/')) refuse(pattern, "does not start with /");
    std::vector<std::string> names;
    auto* node = root_.get();
    for (std::size_t at = 1; at != 0;) {
        const auto slash = pattern.find('/', at);
        const auto segment = pattern.substr(at, slash == std::string_view::npos ? slash : slash - at);
        at = slash == std::string_view::npos ? 0 : slash + 1;
        const auto name = parameter_name(segment, pattern);
        if (std::find(names.begin(), names.end(), name) != names.end()) refuse(pattern, "a name is used twice");
        if (!name.empty()) names.emplace_back(name);
        auto& next = name.empty() ? node->fixed[std::string(segment)] : node->any;
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    if (!node->methods.empty() && node->names != names) refuse(pattern, "its parameters have other names elsewhere");
    node->names = std::move(names);
    if (!node->methods.emplace(method, index).second) refuse(pattern, "given twice for " + std::string(method));
}

const RouteTree::Node* RouteTree::walk(const Node& node, std::string_view rest, std::vector<std::string_view>& values) {
    const auto slash = rest.find('/');
    const auto segment = rest.substr(0, slash);
    const auto step = [&](const Node& next) -> const Node* {
        if (slash != std::string_view::npos) return walk(next, rest.substr(slash + 1), values);
        return next.methods.empty() ? nullptr : &next;
    };
    if (const auto fixed = node.fixed.find(segment); fixed != node.fixed.end())
        if (const auto* found = step(*fixed->second)) return found;
    if (!node.any || segment.empty()) return nullptr;
    values.push_back(segment);
    if (const auto* found = step(*node.any)) return found;
    values.pop_back();
    return nullptr;
}

const Methods* RouteTree::find(std::string_view path, std::map<std::string, std::string>& params) const {
    if (!path.starts_with('/')) return nullptr;
    std::vector<std::string_view> values;
    const auto* node = walk(*root_, path.substr(1), values);
    if (!node) return nullptr;
    for (std::size_t i = 0; i < values.size(); ++i) params.emplace(node->names[i], values[i]);
    return &node->methods;
}

std::string allowed(const Methods& methods) {
    std::set<std::string_view> names{"OPTIONS"};
    for (const auto& [method, index] : methods) names.insert(method);
    if (names.contains("GET")) names.insert("HEAD");
    std::string list;
    for (const auto name : names) {
        if (!list.empty()) list += ", ";
        list += name;
    }
    return list;
}

}  // namespace stele::http
