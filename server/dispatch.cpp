// The way of every request: route, who is it, may they, handler; and every fault becomes an answer.
#include <fmt/format.h>

#include "server/api/problem.hpp"
#include "server/authenticate.hpp"
#include "server/permission.hpp"
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

// The path as it was sent, on one line; without what signs its reader in or shows them a draft.
std::string path_for_log(const http::Request& request) {
    for (const std::string_view secret : {"/studio/sign-in/", "/preview/"})
        if (request.path.starts_with(secret)) return std::string(secret) + "…";
    return request.target.substr(0, request.target.find('?'));
}

void log_fault(App& app, const Call& call, const std::exception& fault) {
    if (app.log) app.log(fmt::format("{} {}: {}", call.request.method, path_for_log(call.request), fault.what()));
}

// Absent where it cannot be made: that is no reason to answer nothing.
std::optional<http::Response> page_of(App& app, const Call& call, const Error& error) {
    try {
        auto page = app.error_page(app, call, error);
        // Or it sends its reader elsewhere: to sign in.
        if (page.status == 200) page.status = api::status_of(error.code());
        api::set_error_headers(page, error);
        return page;
    } catch (const std::exception& second) {
        log_fault(app, call, second);
        return std::nullopt;
    }
}

http::Response failure(App& app, const Call& call, Audience audience, const Error& error) {
    if (api::status_of(error.code()) >= 500) log_fault(app, call, error);
    if (audience == Audience::person && app.error_page)
        if (auto page = page_of(app, call, error)) return *std::move(page);
    return api::problem(app, error, call.language);
}

http::Response answer(App& app, Call& call, const Found& found) {
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
    if (found.value->permission != Permission::open) authenticate(app, call);
    check_permission(app, call, found.value->permission);
    return found.value->handler(app, call);
}

}  // namespace

http::Response dispatch(App& app, const http::Request& received) {
    http::Request request = received;
    Found found;
    Call call{.request = request, .language = language_of(app, request)};
    const auto fail = [&](const Error& error) {
        auto response = failure(app, call, audience_of(request, found), error);
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
        log_fault(app, call, error);
        return fail(Error(ErrorCode::internal));
    }
}

}  // namespace stele
