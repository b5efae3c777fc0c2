#include "server/studio/board/paging.hpp"

#include <vector>

#include "server/http/percent.hpp"

namespace stele::studio {
namespace {

constexpr size_t most_remembered = 2'000;  // characters: an address may not grow with every page
constexpr std::string_view begin = "-";    // the page without a cursor; no cursor is so short
constexpr char between = '.';              // cursors are base64url

std::vector<std::string> parts_of(const std::string& trail) {
    std::vector<std::string> parts;
    for (size_t at = 0; at < trail.size();) {
        const auto end = std::min(trail.find(between, at), trail.size());
        parts.push_back(trail.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string trail;
    for (const auto& part : parts) trail += (trail.empty() ? "" : std::string(1, between)) + part;
    return trail;
}

std::string page_at(const http::Request& request, const std::string& after, const std::vector<std::string>& trail) {
    std::string query;
    const auto add = [&](std::string_view key, std::string_view text) {
        query += (query.empty() ? "?" : "&") + http::percent_encoded(key) + "=" + http::percent_encoded(text);
    };
    for (const auto& [key, text] : request.query_items())
        if (key != "after" && key != "trail") add(key, text);
    if (after != begin) add("after", after);
    if (!trail.empty()) add("trail", joined(trail));
    return request.path + query;
}

}  // namespace

PageLinks page_links(const http::Request& request, const std::optional<std::string>& next) {
    const auto here = request.query("after").value_or(std::string(begin));
    auto trail = parts_of(request.query("trail").value_or(""));
    PageLinks links;
    if (here != begin && trail.empty()) links.first = page_at(request, std::string(begin), {});
    if (here != begin && !trail.empty()) {
        const auto before = std::vector<std::string>(trail.begin(), trail.end() - 1);
        links.previous = page_at(request, trail.back(), before);
    }
    if (next) {
        trail.push_back(here);
        while (joined(trail).size() > most_remembered) trail.erase(trail.begin());
        links.next = page_at(request, *next, trail);
    }
    return links;
}

}  // namespace stele::studio
