#pragma once
// The part of Router that does not depend on what its entries are.
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stele::http {

using Methods = std::map<std::string, std::size_t, std::less<>>;

// "GET, HEAD, OPTIONS, PUT": what Allow says (RFC 9110 section 10.2.1), HEAD where there is GET, OPTIONS always.
std::string allowed(const Methods& methods);

class RouteTree {
  public:
    RouteTree();
    ~RouteTree();
    RouteTree(RouteTree&&) noexcept;
    RouteTree& operator=(RouteTree&&) noexcept;

    // Throws std::invalid_argument; see Router.
    void add(std::string_view method, std::string_view pattern, std::size_t index);
    // The methods of the resource at `path`, or null. Fills params.
    const Methods* find(std::string_view path, std::map<std::string, std::string>& params) const;

  private:
    struct Node;
    static const Node* walk(const Node& node, std::string_view rest, std::vector<std::string_view>& values);
    std::unique_ptr<Node> root_;
};

}  // namespace stele::http
