#include "server/delivery/post.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#ifdef STELE_TLS
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPSClientSession.h>
#endif
#include <fmt/format.h>

#include <memory>

#include "server/delivery/purge.hpp"

namespace stele::delivery {

using Session = std::unique_ptr<Poco::Net::HTTPClientSession>;

#ifdef STELE_TLS
// Certificates are checked against those that the system trusts and those of the file, and must be of the host that is
// called.
struct Post::Trust {
    explicit Trust(const std::string& file)
        : context(new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, file, Poco::Net::Context::VERIFY_STRICT, 9,
                                         true)) {}
    Poco::Net::Context::Ptr context;
};
#else
struct Post::Trust {};
#endif

Session Post::session() const {
#ifdef STELE_TLS
    if (uri_.getScheme() == "https") {
        if (!trust_) trust_ = std::make_shared<Trust>(trusted_);
        return std::make_unique<Poco::Net::HTTPSClientSession>(uri_.getHost(), uri_.getPort(), trust_->context);
    }
#endif
    return std::make_unique<Poco::Net::HTTPClientSession>(uri_.getHost(), uri_.getPort());
}

bool Post::knows_https() {
#ifdef STELE_TLS
    return true;
#else
    return false;
#endif
}

std::vector<std::string> purge_urls_of(std::string_view option) {
    constexpr std::string_view between = " ,\t\n";
    std::vector<std::string> urls;
    while (true) {
        option.remove_prefix(std::min(option.find_first_not_of(between), option.size()));
        if (option.empty()) return urls;
        const auto end = std::min(option.find_first_of(between), option.size());
        urls.emplace_back(option.substr(0, end));
        option.remove_prefix(end);
    }
}

std::string purge_url_mistake(const std::string& url) {
    try {
        const Poco::URI uri(url);
        const auto& scheme = uri.getScheme();
        if (uri.getHost().empty() || !uri.getUserInfo().empty() || !uri.getFragment().empty()) return "no such address";
        if (scheme == "https" && !Post::knows_https()) return "this binary was built without TLS: http:// only";
        return scheme == "http" || scheme == "https" ? "" : "neither http:// nor https://";
    } catch (const Poco::Exception&) {
        return "no address";
    }
}

Post::Post(const std::string& url, std::string trusted, std::chrono::milliseconds answer_within)
    : uri_(url), trusted_(std::move(trusted)), answer_within_(answer_within) {
    if (uri_.getPath().empty()) uri_.setPath("/");
}

std::string Post::send(const std::string& body, const std::string& signature) const {
    try {
        const auto session = this->session();
        session->setKeepAlive(false);
        session->setTimeout(Poco::Timespan(std::chrono::microseconds(answer_within_).count()));
        Poco::Net::HTTPRequest request("POST", uri_.getPathAndQuery(), Poco::Net::HTTPMessage::HTTP_1_1);
        request.setContentType("application/json");
        request.setContentLength(std::streamsize(body.size()));
        request.set("User-Agent", "Stele");
        request.set("Stele-Signature", signature);
        session->sendRequest(request) << body;
        Poco::Net::HTTPResponse response;
        session->receiveResponse(response);
        const int status = response.getStatus();
        return status >= 200 && status < 300 ? "" : fmt::format("answered {}", status);
    } catch (const Poco::Exception& fault) {
        return fault.displayText();
    } catch (const std::exception& fault) {
        return fault.what();
    }
}

}  // namespace stele::delivery
