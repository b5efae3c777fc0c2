#include "server/front_error.hpp"

#include <boost/json.hpp>

#include "server/api/problem.hpp"
#include "server/authenticate.hpp"

namespace stele {
namespace {

std::optional<ErrorCode> code_of(int status) {
    switch (status) {
        case 400:
            return ErrorCode::malformed;
        case 408:
            return ErrorCode::request_timeout;
        case 413:
            return ErrorCode::too_large;
        case 414:
            return ErrorCode::uri_too_long;
        case 431:
            return ErrorCode::headers_too_large;
        case 500:
            return ErrorCode::internal;
        case 501:
            return ErrorCode::not_implemented;
        case 503:
            return ErrorCode::overloaded;
        default:
            return std::nullopt;
    }
}

}  // namespace

http::Response front_error(const App& app, int status, std::string_view reason, const http::Request* request) {
    static const auto english = locale::Tag::stored("en");
    const auto code = code_of(status);
    if (code)
        return api::problem(app, Error(*code, std::string(reason)), request ? language_of(app, *request) : english);
    // 417 and 505: only programs that are being written ever see them.
    const auto phrase = http::reason_phrase(status);
    auto response = http::text_response(
        status, "application/problem+json",
        boost::json::serialize(boost::json::object{
            {"type", "urn:stele:" + std::string(reason)}, {"title", phrase}, {"status", status}, {"detail", phrase}}));
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace stele
