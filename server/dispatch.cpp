// The way of every request: route, who is it, may they, handler; and every fault becomes an answer.
#include <fmt/format.h>

#include "server/api/problem.hpp"
#include "server/authenticate.hpp"
#include "server/dispatch_log.hpp"
#include "server/metrics/kinds.hpp"
#include "server/permission.hpp"
#include "server/protect.hpp"
#include "server/routes.hpp"
#include "src/locale/text.hpp"

namespace stele {
namespace {

using Found = http::Found<Target>;

// Under /api/ nobody wants a page, also where no row matched.
Audience audience_of(const http::Request& request, const Found& found) {
    if (request.path.starts_with("/api/")) return Audience::program;
    return found.value ? found.value->audience : Audience::person;
}

void log_fault(App& app, const Call& call, const Found& found, const std::exception& fault) {
    if (app.log)
        app.log(fmt::format("{} {}: {}{}", method_for_log(call.request, found), path_for_log(call.request, found),
                            fault.what(), call.request.id.empty() ? "" : " (request " + call.request.id + ")"));
}

// Absent where it cannot be made: that is no reason to answer nothing.
std::optional<http::Response> page_of(App& app, const Call& call, const Found& found, const Error& error) {
    try {
        auto page = app.error_page(app, call, error);
        // Or it sends its reader elsewhere: to sign in.
        if (page.status == 200) page.status = api::status_of(error.code());
        api::set_error_headers(page, error);
        return page;
    } catch (const std::exception& second) {
        log_fault(app, call, found, second);
        return std::nullopt;
    }
}

http::Response failure(App& app, const Call& call, const Found& found, const Error& error) {
    if (api::status_of(error.code()) >= 500) log_fault(app, call, found, error);
    if (audience_of(call.request, found) == Audience::person && app.error_page)
        if (auto page = page_of(app, call, found, error)) return *std::move(page);
    return api::problem(app, error, call.language);
}

// PostgreSQL takes no other text, and a look-up of it would be a fault of ours. Pages that everybody reads ask for
// nothing by such a name, and links to them may carry what other sites have put there.
void check_query(const http::Request& request) {
    for (const auto& [name, value] : request.query_items())
        if (!locale::is_utf8(name) || !locale::is_utf8(value)) {
            const auto shown = locale::is_utf8(name) ? name : std::string();
            throw Error(ErrorCode::malformed, "parameter", {{"name", shown}},
                        {{"?" + shown, "field.invalid-utf8", {}}});
        }
}

// About the server as a whole (RFC 9110 section 9.3.7).
http::Response options_of_all() {
    return http::Response{.status = 204}.set("Allow", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
}

http::Response answer(App& app, Call& call, const Found& found) {
    if (call.request.path == "*") return options_of_all();
    switch (found.kind) {
        case Found::Kind::options:
            return http::Response{.status = 204}.set("Allow", found.allow);
        case Found::Kind::no_method:
            throw Error(ErrorCode::method_not_allowed, {}, {{"method", call.request.method}, {"allowed", found.allow}});
        case Found::Kind::no_path:
            throw Error(ErrorCode::not_found, "path");
        case Found::Kind::match:
            break;
    }
    const auto permission = found.value->permission;
    // Neither asks the database who it is.
    if (permission != Permission::open && permission != Permission::watch) {
        check_query(call.request);
        authenticate(app, call);
    }
    check_permission(app, call, permission);
    return found.value->handler(app, call);
}

// By the row and the language that it is in. Who asks for what is nowhere, or by a method that no row has, is not
// counted by what was asked.
void classify(const App& app, const http::Request& request, const Found& found, http::Response& response) {
    if (!app.kinds || found.pattern.empty()) return;
    const std::string_view method = found.value ? std::string_view(request.method) : "other";
    const auto languages = response.header("Content-Language");
    response.kind =
        app.kinds->of(method == "HEAD" ? "GET" : method, found.pattern, languages.substr(0, languages.find(',')));
}

http::Response answered(App& app, http::Request& request, Found& found) {
    Call call{.request = request, .language = language_of(app, request)};
    const auto fail = [&](const Error& error) {
        auto response = failure(app, call, found, error);
        if (found.kind == Found::Kind::no_method) response.set("Allow", found.allow);
        return response;
    };
    try {
        if (!locale::is_utf8(request.path)) throw Error(ErrorCode::malformed, "path");
        found = routes().find(request.method, request.path);
        request.params = std::move(found.params);
        return answer(app, call, found);
    } catch (const Error& error) {
        return fail(error);
    } catch (const std::exception& error) {
        log_fault(app, call, found, error);
        return fail(Error(ErrorCode::internal));
    }
}

}  // namespace

http::Response dispatch(App& app, const http::Request& received) {
    http::Request request = received;
    Found found;
    auto response = answered(app, request, found);
    classify(app, request, found, response);
    protect(app, request, response);
    return response;
}

}  // namespace stele
