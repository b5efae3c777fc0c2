#pragma once
// A POST of JSON to a configured address, by Poco's client.
#include <Poco/URI.h>

#include <chrono>
#include <string>

namespace stele::delivery {

class Post {
  public:
    // `url`: one in which purge_url_mistake() finds nothing.
    Post(const std::string& url, std::chrono::milliseconds answer_within);

    // Waits for the answer; empty where it was one of 2xx, else what went wrong. Never throws.
    std::string send(const std::string& body, const std::string& signature) const;
    // For logs: without the path, which may hold a secret.
    std::string host() const { return uri_.getAuthority(); }

    // Built with TLS.
    static bool knows_https();

  private:
    Poco::URI uri_;
    std::chrono::milliseconds answer_within_;
};

}  // namespace stele::delivery
