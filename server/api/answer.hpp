#pragma once
// Pieces that handlers share: answers as JSON, entity tags, query parameters, lists.
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/call.hpp"
#include "server/delivery/keys.hpp"
#include "src/editing/editing.hpp"
#include "src/storage/site.hpp"

namespace stele::api {

// Nothing in between may keep it: what is working text or depends on the caller.
http::Response json_response(int status, const boost::json::value& body);
// What everybody may read: kept, but asked about each time. 304 where If-None-Match has `etag` (with its quotes);
// without one, it is made of the body.
http::Response public_response(const Call& call, const boost::json::value& body, std::string etag = {});
// For guests, says that it may be kept for readers until one of the keys is dropped (delivery/keys.hpp).
void keep(const App& app, const Call& call, http::Response& response, delivery::Keys keys);
// The same with a body that is JSON already.
http::Response public_text(const Call& call, std::string json, std::string etag = {});
// The same for callers with permissions: nobody else may keep it.
http::Response tagged_response(const Call& call, const boost::json::value& body, const std::string& etag);
// 16 hexadecimal digits of a hash over the bytes.
std::string short_hash(std::string_view bytes);

// "T.S" of If-Match; absent member when there is none, or "*". Throws version_conflict for a tag that is none of ours,
// malformed ("if-match") for more than one.
editing::Expected expected_of(const http::Request& request);
// The first number of the tag: A of "A.H", or a locale's version.
std::optional<std::int64_t> expected_number(const http::Request& request);

// The locales in force.
std::shared_ptr<const storage::Site> site_of(App& app);

// ?locale=, else the site's default. Throws malformed ("parameter").
locale::Tag query_locale(const App& app, const http::Request& request);
// Any language of the query. Throws malformed ("parameter").
locale::Tag tag_parameter(const http::Request& request, std::string_view name);
int query_limit(const http::Request& request);  // 1 … 200, 25 without one
bool query_flag(const http::Request& request, std::string_view name);
// `mistake`: a catalog key that says what is wrong with it and what it takes.
[[noreturn]] void bad_query(std::string_view name, std::string mistake, Params params = {});
[[noreturn]] void bad_choice(std::string_view name, std::string choices);
// "a,b" as its parts; empty ones are left out.
std::vector<std::string> split(std::string_view list);

// {"items", "next", "total"}
boost::json::object list_json(boost::json::array items, const std::optional<std::string>& next,
                              const std::optional<std::int64_t>& total);
// Link: <…>; rel="next" (RFC 8288).
void set_next_link(const App& app, const Call& call, http::Response& response, const std::optional<std::string>& next);

}  // namespace stele::api
