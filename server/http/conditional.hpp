#pragma once
// Entity tags and the preconditions made of them (RFC 9110 sections 8.8.3 and 13.1).
#include <ctime>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/request.hpp"

namespace stele::http {

struct EntityTag {
    std::string opaque;  // between the quotes
    bool weak = false;
    bool operator==(const EntityTag&) const = default;
};

// "\"3.7\"" or "W/\"3.7\"".
std::string to_string(const EntityTag& tag);
std::optional<EntityTag> parse_entity_tag(std::string_view text);

// The value of If-Match or If-None-Match.
struct TagList {
    bool any = false;  // "*"
    std::vector<EntityTag> tags;
};
std::optional<TagList> parse_tag_list(std::string_view text);

// Strong comparison: both strong and the same, for writing. Weak comparison: the same, for reading (section 8.8.3.2).
bool strongly_equal(const EntityTag& a, const EntityTag& b);
bool weakly_equal(const EntityTag& a, const EntityTag& b);
bool matches_strongly(const TagList& list, const EntityTag& current);
bool matches_weakly(const TagList& list, const EntityTag& current);

// Whether the value of an If-None-Match field names `tag` (with its quotes), or "*"; without making a list of it.
bool names_tag(std::string_view list, std::string_view tag);
// Any of the three forms of RFC 9110 section 5.6.7, in no locale; absent for what is none of them.
std::optional<std::time_t> parse_http_date(std::string_view text);
// The tag without the "-br" or "-gz" of a content coding: of what the coding was made of.
std::string_view without_coding(std::string_view opaque);

// The If-Match fields of a request as one list; absent when there is none. Throws Error(malformed, "if-match") when
// they are no list of tags: a writer's precondition must not be lost to a typing mistake.
std::optional<TagList> if_match(const Request& request);
[[noreturn]] void refuse_if_match();

// 304 may answer: GET or HEAD, and If-None-Match names the current tag, or "*". An unreadable list names nothing.
bool not_modified(const Request& request, const EntityTag& current);

}  // namespace stele::http
