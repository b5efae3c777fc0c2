#pragma once
// A POST of JSON to a configured address, by Poco's client. One thread uses it.
#include <Poco/URI.h>

#include <chrono>
#include <memory>
#include <string>

namespace Poco::Net {
class HTTPClientSession;
}

namespace stele::delivery {

class Post {
  public:
    // `url`: one in which purge_url_mistake() finds nothing. `trusted`: a file of certificates (PEM) that are trusted
    // beside those of the system; empty: none.
    Post(const std::string& url, std::string trusted, std::chrono::milliseconds answer_within);

    // Waits for the answer; empty where it was one of 2xx, else what went wrong. Never throws.
    std::string send(const std::string& body, const std::string& signature) const;
    // For logs: without the path, which may hold a secret.
    std::string host() const { return uri_.getAuthority(); }

    // Built with TLS.
    static bool knows_https();

  private:
    struct Trust;
    std::unique_ptr<Poco::Net::HTTPClientSession> session() const;

    Poco::URI uri_;
    std::string trusted_;
    std::chrono::milliseconds answer_within_;
    mutable std::shared_ptr<Trust> trust_;  // read when it is first needed
};

}  // namespace stele::delivery
