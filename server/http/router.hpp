#pragma once
// From a method and a path to an entry of a table. The path chooses the resource, then the method chooses the entry:
// a resource that knows the path but not the method is 405, never another, looser resource.
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/route_tree.hpp"

namespace stele::http {

template <class T>
struct Route {
    std::string method;   // "GET"
    std::string pattern;  // "/api/v1/articles/{id}"; a {name} matches one segment that is not empty
    T value;
};

// What a path and method come to.
//   match      `value` and `params` are set; HEAD finds GET where it has no entry of its own
//   options    OPTIONS without an entry of its own: answer 204 with `allow`
//   no_method  405 with `allow`: "GET, HEAD, OPTIONS, PATCH"
//   no_path    404
template <class T>
struct Found {
    enum class Kind { match, options, no_method, no_path } kind = Kind::no_path;
    const T* value = nullptr;
    std::map<std::string, std::string> params;
    std::string allow;
    std::string_view pattern;  // of the resource that the path names, whatever the method
};

template <class T>
class Router {
  public:
    // Throws std::invalid_argument for a pattern that is malformed, for two entries of the same method and shape
    // ("/a/{id}", "/a/{key}"), and for one resource whose methods name its parameters differently.
    explicit Router(std::vector<Route<T>> routes) : routes_(std::move(routes)) {
        for (std::size_t i = 0; i < routes_.size(); ++i) tree_.add(routes_[i].method, routes_[i].pattern, i);
    }

    // `path` is decoded. Static segments beat parameters, from the left; where the static branch has no resource for
    // the whole path, the parameter's is tried.
    Found<T> find(std::string_view method, std::string_view path) const {
        using Is = typename Found<T>::Kind;
        std::map<std::string, std::string> params;
        const auto* methods = tree_.find(path, params);
        if (!methods) return {};
        auto entry = methods->find(method);
        if (entry == methods->end() && method == "HEAD") entry = methods->find("GET");
        const std::string_view pattern = routes_[methods->begin()->second].pattern;
        if (entry != methods->end()) return {Is::match, &routes_[entry->second].value, std::move(params), {}, pattern};
        return {method == "OPTIONS" ? Is::options : Is::no_method, nullptr, std::move(params), allowed(*methods),
                pattern};
    }

    // The table as it was given, for the test that compares it with the API description.
    const std::vector<Route<T>>& routes() const { return routes_; }

  private:
    std::vector<Route<T>> routes_;
    RouteTree tree_;
};

}  // namespace stele::http
