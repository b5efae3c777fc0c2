#include "server/front_error.hpp"

#include <boost/json.hpp>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "server/api/problem.hpp"
#include "server/authenticate.hpp"
#include "server/front_pages.hpp"

namespace stele {

std::optional<ErrorCode> front_code_of(int status) {
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

namespace {

// The answers to those who are too many, by what they say of their languages.
class Refusals {
  public:
    explicit Refusals(const App& app) : app_(app), pages_(app) {}

    http::Response answer(int status, std::string_view reason, const http::Request* request) {
        if (!request) return front_error(app_, status, reason, request);
        const bool page = wants_page(*request);
        if (status == overloaded_status && reason == overloaded) return of(*request, page);
        const auto* made = page ? pages_.find(status, language_of(app_, *request)) : nullptr;
        return made ? *made : front_error(app_, status, reason, request);
    }

  private:
    http::Response of(const http::Request& request, bool page) {
        const auto wishes = (page ? 'p' : 'd') + request.header_list("Accept-Language");
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(wishes); found != known_.end()) return found->second;
        const auto* made = page ? pages_.find(overloaded_status, language_of(app_, request)) : nullptr;
        auto refusal = made ? *made : front_error(app_, overloaded_status, overloaded, &request);
        if (wishes.size() <= most_bytes && known_.size() < most_known) known_.emplace(wishes, refusal);
        return refusal;
    }

    static constexpr int overloaded_status = 503;
    static constexpr std::string_view overloaded = "overloaded";

    // Browsers send the few languages of their users; whoever makes up others pays for them alone.
    static constexpr std::size_t most_known = 512, most_bytes = 128;

    const App& app_;
    const FrontPages pages_;
    std::mutex mutex_;
    std::unordered_map<std::string, http::Response> known_;
};

}  // namespace

http::ErrorResponse front_errors(const App& app) {
    const auto refusals = std::make_shared<Refusals>(app);
    return [refusals](int status, std::string_view reason, const http::Request* request) {
        return refusals->answer(status, reason, request);
    };
}

http::Response front_error(const App& app, int status, std::string_view reason, const http::Request* request) {
    static const auto english = locale::Tag::stored("en");
    const auto code = front_code_of(status);
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
