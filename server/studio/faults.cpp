// Faults as pages, and the style sheet.
#include "server/faults.hpp"

#include <algorithm>

#include "server/form.hpp"
#include "server/http/conditional.hpp"
#include "server/http/percent.hpp"
#include "server/make_app.hpp"
#include "server/site/answer.hpp"
#include "server/studio/editor/labels.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"

namespace stele::studio {
namespace {

// Nobody typed it, or it must not stand on a page: tokens and passwords, what a form says of itself (versions, prints
// of the texts it was made with), buttons.
bool is_typed(std::string_view name) {
    constexpr std::string_view others[] = {"csrf",    "password", "old",         "action",           "do",
                                           "version", "seen",     "review_step", "schedule_version", "up_to",
                                           "next",    "here",     "mail_old"};
    const bool is_mark = name.starts_with("was.") || name.starts_with("was-") || name.starts_with("src.");
    return !is_mark && std::ranges::find(others, name) == std::end(others);
}

// What the field is called on its page, as far as its name tells; the article may be out of reach now.
std::string label_of(const App& app, const Call& call, std::string name) {
    const bool is_segment = name.starts_with("s.");
    if (is_segment) name.erase(0, 2);
    for (const std::string_view group : {"fields.", "shared."})
        if (name.starts_with(group)) return field_label(app, call, name.substr(group.size()));
    const auto key = name == "note" ? std::string("editor.review-note") : "studio.field." + name;
    if (app.catalog->has(key)) return word(app, call, key);
    return is_segment ? word(app, call, "segment.kind.body") : name;
}

// Whatever was typed into a form that could not be taken: session over, no permission, database away.
ViewData sent_view(const App& app, const Call& call) {
    const auto& request = call.request;
    if (request.method != "POST" || !is_form(request)) return nothing();
    auto sent = view_list();
    bool any = false;
    try {
        const auto form = form_of(request);
        for (const auto& [name, value] : form.items()) {
            if (!is_typed(name) || value.empty()) continue;
            auto one = view_object();
            put(one, "label", label_of(app, call, name));
            put(one, "value", plain_lines(value));
            sent << one;
            any = true;
        }
    } catch (const Error&) {
        return nothing();  // it could not be read at all
    }
    return any ? sent : nothing();
}

// Where the fault's own words would say that nothing was changed.
std::string detail_of(App& app, const Call& call, const Error& error, const Fault& fault) {
    const bool says_nothing_changed =
        error.code() == ErrorCode::storage_unavailable || error.code() == ErrorCode::overloaded;
    return is_after_save(error) && says_nothing_changed ? word(app, call, "studio.saved.in-part") : fault.detail;
}

}  // namespace

bool is_studio(const http::Request& request) {
    return request.path == "/studio" || request.path.starts_with("/studio/");
}

http::Response error_page(App& app, const Call& call, const Error& error) {
    // And back again, once they are in.
    if (error.code() == ErrorCode::unauthenticated && call.request.method != "POST")
        return see_other(call.request.path == "/studio"
                             ? std::string("/studio/sign-in")
                             : "/studio/sign-in?next=" + http::percent_encoded(call.request.target));
    const auto fault = fault_of(app, error, call.language);
    auto data = view_object();
    put(data, "detail", detail_of(app, call, error, fault));
    auto sent = sent_view(app, call);
    const bool signed_out = error.code() == ErrorCode::unauthenticated;
    put(data, "sign_in_word", signed_out ? ViewData(word(app, call, "script.sign-in")) : nothing());
    put(data, "here", http::percent_encoded(call.request.path));
    put(data, "has_sent", sent.is_non_empty_list());
    put(data, "sent", std::move(sent));
    return page(app, call, "error", fault.title, std::move(data), fault.status);
}

http::Response show_style(App& app, const Call& call) {
    const auto files = files_of(app.options, "server/studio/", "studio", ".css");
    auto response = http::text_response(200, "text/css; charset=utf-8", files.at("studio"));
    const auto etag = "\"" + site::hash_of(response.body) + "\"";
    if (http::not_modified(call.request, http::parse_entity_tag(etag).value())) {
        response.status = 304;
        response.body.clear();
    }
    response.set("ETag", etag);
    response.set("Cache-Control", "public, max-age=0, must-revalidate");
    return response;
}

}  // namespace stele::studio
