#include "server/dispatch_log.hpp"

#include <algorithm>

#include "server/http/percent.hpp"
#include "src/locale/tag.hpp"
#include "src/locale/text.hpp"

namespace stele {
namespace {

bool is_number(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What a log of faults may hold of a parameter: an article's or a revision's number, or a language. Others may be a
// secret (a link's code) or anything that somebody typed, such as a slug that could be a tag as well (war-memorial).
bool may_be_logged(std::string_view name, const std::string& value) {
    if (name == "locale") return locale::Tag::parse(value).has_value();
    return (name == "id" || name == "n") && is_number(value);
}

bool is_secret(std::string_view name) { return name == "code" || name == "token"; }

constexpr std::string_view no_such_path = "(no such path)";

}  // namespace

std::string path_for_log(const http::Request& request, const http::Found<Target>& found) {
    std::string path(found.pattern.empty() ? no_such_path : found.pattern);
    for (const auto& [name, value] : request.params) {
        const auto place = "{" + name + "}";
        if (const auto at = path.find(place); at != std::string::npos && may_be_logged(name, value))
            path.replace(at, place.size(), value);
    }
    return path;
}

std::string_view method_for_log(const http::Request& request, const http::Found<Target>& found) {
    return found.value ? std::string_view(request.method) : "(some method)";
}

std::string path_for_access_log(std::string_view method, std::string_view target) {
    const auto path = target.substr(0, target.find('?'));
    const auto decoded = http::percent_decoded(path);
    if (!locale::is_utf8(decoded)) return std::string(no_such_path);
    const auto found = routes().find(method, decoded);
    if (found.pattern.empty()) return std::string(no_such_path);
    const bool secret =
        std::any_of(found.params.begin(), found.params.end(), [](const auto& param) { return is_secret(param.first); });
    return std::string(secret ? found.pattern : path);
}

}  // namespace stele
