#include <map>

#include "src/content/destinations.hpp"
#include "src/content/segment.hpp"

namespace stele::content {
namespace {

struct Link {
    Destination place;
    std::string value;
};

std::vector<Link> links_of(std::string_view text) {
    std::vector<Link> links;
    for (const Destination& place : find_destinations(text)) links.push_back({place, value_of(text, place)});
    return links;
}

// Old destination → the place in the source that says what became of it; absent where it became several things.
using Changes = std::map<std::string_view, std::optional<size_t>>;

Changes changes_between(const std::vector<Link>& basis, const std::vector<Link>& source) {
    Changes changes;
    for (size_t i = 0; i < basis.size(); ++i) {
        const auto [at, fresh] = changes.try_emplace(basis[i].value, i);
        if (!fresh && at->second && source[*at->second].value != source[i].value) at->second.reset();
    }
    return changes;
}

// How the destination is written in the target. Autolinks and links escape differently, so between them only what needs
// no escape in either is taken over.
std::optional<std::string> written_for(const Destination& target, std::string_view source, const Link& link) {
    const std::string_view raw = source.substr(link.place.begin, link.place.end - link.place.begin);
    if (target.autolink == link.place.autolink) return std::string(raw);
    if (raw.empty() || raw.find_first_of("\\&<>()[]* \t\n`") != raw.npos) return std::nullopt;
    if (target.autolink && raw.find(':') == raw.npos) return std::nullopt;
    return std::string(raw);
}

}  // namespace

std::string follow_destinations(std::string_view target, std::string_view basis, std::string_view source) {
    const std::vector<Link> old = links_of(basis), now = links_of(source);
    // With a link more or less the n-th is not the n-th any more; such a source is outdated for a person to look at.
    if (old.size() != now.size() || old.empty()) return std::string(target);
    const Changes changes = changes_between(old, now);
    const std::vector<Link> links = links_of(target);
    std::string out;
    size_t kept = 0;
    for (size_t i = 0; i < links.size(); ++i) {
        // In its own place first; elsewhere (languages order their words differently) where the old one became one
        // thing.
        std::optional<size_t> place;
        if (i < old.size() && links[i].value == old[i].value) {
            place = i;
        } else if (const auto found = changes.find(links[i].value); found != changes.end()) {
            place = found->second;
        }
        if (!place || now[*place].value == links[i].value) continue;
        const auto written = written_for(links[i].place, source, now[*place]);
        if (!written) continue;
        out += target.substr(kept, links[i].place.begin - kept);
        out += *written;
        kept = links[i].place.end;
    }
    return out += target.substr(kept);
}

}  // namespace stele::content
