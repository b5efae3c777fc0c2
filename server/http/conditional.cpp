#include "server/http/conditional.hpp"

#include <time.h>

#include <algorithm>
#include <array>
#include <clocale>

#include "server/http/characters.hpp"
#include "src/base/error.hpp"

namespace stele::http {

namespace {

// etagc = %x21 / %x23-7E / obs-text
bool is_opaque_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

// Takes one tag from the front. Commas are allowed inside the quotes, so a list cannot be cut at its commas.
std::optional<EntityTag> take_tag(std::string_view& text) {
    EntityTag tag;
    if (text.starts_with("W/")) {
        tag.weak = true;
        text.remove_prefix(2);
    }
    if (!text.starts_with('"')) return std::nullopt;
    const auto end = text.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    tag.opaque = text.substr(1, end - 1);
    if (!std::all_of(tag.opaque.begin(), tag.opaque.end(), is_opaque_character)) return std::nullopt;
    text.remove_prefix(end + 1);
    return tag;
}

bool matches(const TagList& list, const EntityTag& current, bool (*equal)(const EntityTag&, const EntityTag&)) {
    return list.any ||
           std::any_of(list.tags.begin(), list.tags.end(), [&](const auto& tag) { return equal(tag, current); });
}

std::string with_quotes(const EntityTag& tag) { return '"' + tag.opaque + '"'; }

}  // namespace

std::string to_string(const EntityTag& tag) { return (tag.weak ? "W/\"" : "\"") + tag.opaque + '"'; }

std::optional<EntityTag> parse_entity_tag(std::string_view text) {
    text = trimmed(text);
    auto tag = take_tag(text);
    return tag && text.empty() ? tag : std::nullopt;
}

std::optional<TagList> parse_tag_list(std::string_view text) {
    TagList list;
    text = trimmed(text);
    if (text == "*") {
        list.any = true;
        return list;
    }
    while (true) {
        // Empty elements are to be ignored (section 5.6.1.2).
        while (text.starts_with(',')) text = trimmed(text.substr(1));
        if (text.empty()) break;
        auto tag = take_tag(text);
        text = trimmed(text);
        if (!tag || (!text.empty() && !text.starts_with(','))) return std::nullopt;
        list.tags.push_back(std::move(*tag));
    }
    if (list.tags.empty()) return std::nullopt;
    return list;
}

bool strongly_equal(const EntityTag& a, const EntityTag& b) { return !a.weak && !b.weak && a.opaque == b.opaque; }
bool weakly_equal(const EntityTag& a, const EntityTag& b) { return a.opaque == b.opaque; }
bool matches_strongly(const TagList& list, const EntityTag& current) { return matches(list, current, strongly_equal); }
bool matches_weakly(const TagList& list, const EntityTag& current) { return matches(list, current, weakly_equal); }

void refuse_if_match() { throw Error(ErrorCode::malformed, "if-match", {}, {{"If-Match:", "field.if-match", {}}}); }

// Nearly always it is one tag, and the one that we gave.
bool names_tag(std::string_view list, std::string_view tag) {
    list = trimmed(list);
    if (list == tag || list == "*") return true;
    if (list.find(tag) == std::string_view::npos) return false;
    const auto tags = parse_tag_list(list);
    return tags && std::any_of(tags->tags.begin(), tags->tags.end(),
                               [&](const EntityTag& one) { return with_quotes(one) == tag; });
}

std::optional<std::time_t> parse_http_date(std::string_view text) {
    static const locale_t plain = ::newlocale(LC_ALL_MASK, "C", nullptr);
    constexpr std::array<const char*, 3> forms{"%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT",
                                               "%a %b %e %H:%M:%S %Y"};
    constexpr std::size_t longest = 40;
    if (text.size() > longest) return std::nullopt;
    const std::string terminated(text);
    for (const auto* form : forms) {
        std::tm parts{};
        const auto* end = ::strptime_l(terminated.c_str(), form, &parts, plain);
        if (end && *end == '\0') return ::timegm(&parts);
    }
    return std::nullopt;
}

std::string_view without_coding(std::string_view opaque) {
    for (std::string_view coding : {"-br", "-gz"})
        if (opaque.ends_with(coding)) return opaque.substr(0, opaque.size() - coding.size());
    return opaque;
}

std::optional<TagList> if_match(const Request& request) {
    if (!request.has_header("If-Match")) return std::nullopt;
    auto list = parse_tag_list(request.header_list("If-Match"));
    if (!list) refuse_if_match();
    return list;
}

bool not_modified(const Request& request, const EntityTag& current) {
    if (request.method != "GET" && request.method != "HEAD") return false;
    const auto list = parse_tag_list(request.header_list("If-None-Match"));
    return list && matches_weakly(*list, current);
}

}  // namespace stele::http
