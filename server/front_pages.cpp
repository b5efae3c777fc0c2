#include "server/front_pages.hpp"

#include "server/api/problem.hpp"
#include "server/faults.hpp"
#include "server/front_error.hpp"
#include "server/views.hpp"

namespace stele {
namespace {

// The page says everything itself, its style too.
constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string html_of(const App& app, const Fault& fault, const locale::Tag& language) {
    auto view = view_object();
    put(view, "lang", language.text());
    put(view, "dir", locale::name_of(locale::direction_of(language)));
    put(view, "site_name", app.options.site_name);
    put(view, "title", fault.title);
    put(view, "detail", fault.detail);
    return app.views->render("theme/refused", view);
}

// With the header fields of the problem document: when to come back, in which language, and that nobody keeps it.
http::Response page_for(const App& app, const Error& error, const locale::Tag& language) {
    const auto fault = fault_of(app, error, language);
    const auto problem = api::problem(app, error, language);
    auto page = http::text_response(fault.status, "text/html; charset=utf-8", html_of(app, fault, language));
    for (const auto& [name, value] : problem.headers)
        if (name != "Content-Type") page.set(name, value);
    page.set("Content-Security-Policy", std::string(policy));
    page.set("X-Content-Type-Options", "nosniff");
    return page;
}

}  // namespace

FrontPages::FrontPages(const App& app) {
    for (const int status : {400, 408, 413, 414, 431, 500, 503})
        for (const auto& one : app.interface_locales)
            pages_.emplace(std::pair(status, one.tag.text()),
                           page_for(app, Error(front_code_of(status).value()), one.tag));
}

const http::Response* FrontPages::find(int status, const locale::Tag& language) const {
    const auto found = pages_.find({status, language.text()});
    return found == pages_.end() ? nullptr : &found->second;
}

bool wants_page(const http::Request& request) {
    const auto accept = request.header_list("Accept");
    return accept.find("text/html") != std::string::npos && accept.find("json") == std::string::npos;
}

}  // namespace stele
