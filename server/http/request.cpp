#include "server/http/request.hpp"

#include <stdexcept>

#include "server/http/accept.hpp"
#include "server/http/characters.hpp"

namespace stele::http {

std::string_view Request::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (equal_ignoring_case(key, name)) return value;
    return {};
}

bool Request::has_header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (equal_ignoring_case(key, name)) return true;
    return false;
}

std::string Request::header_list(std::string_view name) const {
    std::string list;
    for (const auto& [key, value] : headers) {
        if (!equal_ignoring_case(key, name)) continue;
        if (!list.empty()) list += ", ";
        list += value;
    }
    return list;
}

std::optional<std::string> Request::query(std::string_view name) const {
    for (auto& [key, value] : query_items())
        if (key == name) return std::move(value);
    return std::nullopt;
}

std::vector<std::string> Request::queries(std::string_view name) const {
    std::vector<std::string> values;
    for (auto& [key, value] : query_items())
        if (key == name) values.push_back(std::move(value));
    return values;
}

const std::string& Request::param(std::string_view name) const {
    static const std::string none;
    const auto found = params.find(std::string(name));
    return found == params.end() ? none : found->second;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
    for (const auto& [key, value] : headers) {
        if (!equal_ignoring_case(key, "cookie")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const auto pair = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && trimmed(pair.substr(0, equals)) == name)
                return std::string(trimmed(pair.substr(equals + 1)));
        }
    }
    return std::nullopt;
}

Request request_from(const Head& head, std::string peer, std::string id) {
    Request request;
    request.method = head.method;
    request.target = head.target;
    request.path = percent_decoded(head.path);
    request.query_string = head.query;
    request.host = head.host;
    request.https = head.https;
    request.peer = head.client ? to_string(*head.client) : std::move(peer);
    request.id = std::move(id);
    request.headers.reserve(head.fields.size());
    for (const auto& field : head.fields) request.headers.emplace_back(field.name, field.value);
    return request;
}

Request request_for(std::string_view method, std::string_view target) {
    std::string raw;
    raw.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
    Head head;
    if (const auto refused = accept(raw, head)) throw std::invalid_argument("refused: " + std::string(refused->reason));
    return request_from(head, "127.0.0.1");
}

}  // namespace stele::http
