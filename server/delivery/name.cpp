#include "server/delivery/name.hpp"

#include <algorithm>

#include "server/http/percent.hpp"

namespace stele::delivery {
namespace {

void append_query(std::string_view query, std::string_view names, std::string& name) {
    const auto items = http::query_items(query);
    char before = '?';
    while (!names.empty()) {
        const auto wanted = names.substr(0, names.find(' '));
        names.remove_prefix(std::min(names.size(), wanted.size() + 1));
        const auto item = std::find_if(items.begin(), items.end(), [&](const auto& i) { return i.first == wanted; });
        if (item == items.end()) continue;
        name.append(1, before).append(wanted).append("=").append(http::percent_encoded(item->second));
        before = '&';
    }
}

}  // namespace

void write_name(const http::Head& head, bool with_host, std::string_view names, std::string& name) {
    name.clear();
    if (with_host) name.append(head.https ? "s" : "h").append(head.host);
    name.append(head.path);
    if (!head.query.empty() && !names.empty()) append_query(head.query, names, name);
}

// No host has a slash, and every path begins with one.
std::string target_of(std::string_view name) { return std::string(name.substr(name.find('/'))); }

}  // namespace stele::delivery
