#include "server/api/answer.hpp"

#include <fmt/format.h>

#include <charconv>

#include "server/http/conditional.hpp"
#include "server/urls.hpp"
#include "src/content/segment.hpp"

namespace stele::api {
namespace {

constexpr int max_limit = 200;

template <class Int>
std::optional<Int> whole_number(std::string_view text) {
    Int n{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return n;
}

// The one tag of If-Match, without its quotes and without the coding in which its text was read.
std::optional<std::string> seen_tag(const http::Request& request) {
    const auto list = http::if_match(request);
    if (!list || list->any) return std::nullopt;
    if (list->tags.size() != 1) http::refuse_if_match();
    // A weak tag never matches for writing (RFC 9110 section 13.1.1).
    if (list->tags.front().weak) throw Error(ErrorCode::version_conflict);
    return std::string(http::without_coding(list->tags.front().opaque));
}

http::Response conditional(const Call& call, std::string text, const std::string& etag,
                           std::string_view cache_control) {
    http::Response response;
    const auto tag = http::parse_entity_tag(etag);
    if (tag && http::not_modified(call.request, *tag))
        response.status = 304;
    else
        response = http::text_response(200, "application/json", std::move(text));
    response.set("ETag", etag);
    response.set("Cache-Control", std::string(cache_control));
    return response;
}

}  // namespace

http::Response json_response(int status, const boost::json::value& body) {
    auto response = http::text_response(status, "application/json", boost::json::serialize(body));
    response.set("Cache-Control", "no-store");
    return response;
}

std::string short_hash(std::string_view bytes) {
    std::string digits;
    for (unsigned char c : content::exact_hash(bytes).substr(0, 8)) digits += fmt::format("{:02x}", c);
    return digits;
}

http::Response public_text(const Call& call, std::string json, std::string etag) {
    if (etag.empty()) etag = "\"" + short_hash(json) + "\"";
    // Who is known may be shown more than a guest.
    return conditional(call, std::move(json), etag, call.caller ? "private, no-cache" : "no-cache");
}

http::Response public_response(const Call& call, const boost::json::value& body, std::string etag) {
    return public_text(call, boost::json::serialize(body), std::move(etag));
}

void keep(const App& app, const Call& call, http::Response& response, delivery::Keys keys) {
    if (!call.caller) delivery::may_be_kept(response, std::move(keys), app.options.stale_while_revalidate);
}

http::Response tagged_response(const Call& call, const boost::json::value& body, const std::string& etag) {
    return conditional(call, boost::json::serialize(body), etag, "private, no-cache");
}

editing::Expected expected_of(const http::Request& request) {
    const auto tag = seen_tag(request);
    if (!tag) return {};
    const auto dot = tag->find('.');
    const auto t = whole_number<std::int64_t>(std::string_view(*tag).substr(0, dot));
    const auto s =
        dot == std::string::npos ? std::nullopt : whole_number<std::int64_t>(std::string_view(*tag).substr(dot + 1));
    if (!t || !s || *t < 0 || *s < 0) throw Error(ErrorCode::version_conflict);
    return editing::Expected::of(*t, *s);
}

std::optional<std::int64_t> expected_number(const http::Request& request) {
    const auto tag = seen_tag(request);
    if (!tag) return std::nullopt;
    const auto n = whole_number<std::int64_t>(std::string_view(*tag).substr(0, tag->find('.')));
    if (!n) throw Error(ErrorCode::version_conflict);
    return n;
}

void bad_query(std::string_view name, std::string mistake, Params params) {
    throw Error(ErrorCode::malformed, "parameter", {{"name", std::string(name)}},
                {{"?" + std::string(name), std::move(mistake), std::move(params)}});
}

void bad_choice(std::string_view name, std::string choices) {
    bad_query(name, "field.choice", {{"choices", std::move(choices)}});
}

std::shared_ptr<const storage::Site> site_of(App& app) {
    const auto default_locale = locale::Tag::stored(app.options.default_locale);
    return app.database->reading([&](db::Connection& c) { return storage::read_site(c, default_locale); });
}

locale::Tag query_locale(const App& app, const http::Request& request) {
    const auto text = request.query("locale");
    if (!text) return locale::Tag::stored(app.options.default_locale);
    const auto tag = locale::Tag::parse(*text);
    if (!tag) bad_query("locale", "field.not-a-tag", {{"value", *text}});
    return *tag;
}

locale::Tag tag_parameter(const http::Request& request, std::string_view name) {
    const auto text = request.query(name).value_or("");
    const auto tag = locale::Tag::parse(text);
    if (!tag) bad_query(name, "field.not-a-tag", {{"value", text}});
    return *tag;
}

int query_limit(const http::Request& request) {
    const auto text = request.query("limit");
    if (!text) return 25;
    const auto limit = whole_number<int>(*text);
    if (!limit || *limit < 1 || *limit > max_limit)
        bad_query("limit", "field.out-of-range", {{"min", std::int64_t{1}}, {"max", std::int64_t{max_limit}}});
    return *limit;
}

bool query_flag(const http::Request& request, std::string_view name) {
    const auto text = request.query(name);
    if (!text || *text == "0") return false;
    if (*text != "1") bad_choice(name, "0, 1");
    return true;
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const auto comma = list.find(',');
        if (comma != 0) parts.emplace_back(list.substr(0, comma));
        if (comma == std::string_view::npos) break;
        list.remove_prefix(comma + 1);
    }
    return parts;
}

boost::json::object list_json(boost::json::array items, const std::optional<std::string>& next,
                              const std::optional<std::int64_t>& total) {
    boost::json::object list{{"items", std::move(items)}};
    list["next"] = next ? boost::json::value(*next) : boost::json::value();
    list["total"] = total ? boost::json::value(*total) : boost::json::value();
    return list;
}

void set_next_link(const App& app, const Call& call, http::Response& response, const std::optional<std::string>& next) {
    if (!next) return;
    response.set("Link", fmt::format("<{}{}>; rel=\"next\"", base_url_of(app, call.request),
                                     target_with(call.request, "after", *next)));
}

}  // namespace stele::api
