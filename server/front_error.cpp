#include "server/front_error.hpp"

#include <boost/json.hpp>
#include <memory>
#include <mutex>
#include <unordered_map>

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

// The answers to those who are too many, by what they say of their languages.
class Refusals {
  public:
    explicit Refusals(const App& app) : app_(app) {}

    http::Response of(const http::Request& request) {
        const auto wishes = request.header_list("Accept-Language");
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(wishes); found != known_.end()) return found->second;
        auto refusal = front_error(app_, overloaded_status, overloaded, &request);
        if (wishes.size() <= most_bytes && known_.size() < most_known) known_.emplace(wishes, refusal);
        return refusal;
    }

    static constexpr int overloaded_status = 503;
    static constexpr std::string_view overloaded = "overloaded";

  private:
    // Browsers send the few languages of their users; whoever makes up others pays for them alone.
    static constexpr std::size_t most_known = 512, most_bytes = 128;

    const App& app_;
    std::mutex mutex_;
    std::unordered_map<std::string, http::Response> known_;
};

}  // namespace

http::ErrorResponse front_errors(const App& app) {
    const auto refusals = std::make_shared<Refusals>(app);
    return [&app, refusals](int status, std::string_view reason, const http::Request* request) {
        if (request && status == Refusals::overloaded_status && reason == Refusals::overloaded)
            return refusals->of(*request);
        return front_error(app, status, reason, request);
    };
}

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
