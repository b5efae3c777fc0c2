#pragma once
// A mail server on a port of its own that speaks SMTP (RFC 5321) as far as a client that hands letters in needs it, and
// keeps them.
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace stele::test {

struct ReceivedLetter {
    std::string from, to;  // as in MAIL FROM and RCPT TO
    std::string data;
    std::string decoded() const;  // its body, without quoted-printable
};

class Mailbox {
  public:
    // With a certificate: TLS from the first byte, or after STARTTLS.
    enum class Tls { none, at_once, when_asked };
    explicit Mailbox(Tls tls = Tls::none, const std::string& key = {}, const std::string& certificate = {});
    ~Mailbox();
    std::string url() const;
    std::uint16_t port() const { return listener_.address().port(); }
    void refuse(bool all) { refusing_ = all ? "450 not now" : ""; }    // every recipient, for now
    void refuse_for_good() { refusing_ = "550 nobody of that name"; }  // every recipient
    std::vector<ReceivedLetter> letters() const;

  private:
    void run();
    void talk(Poco::Net::StreamSocket socket);

    Poco::Net::ServerSocket listener_;
    mutable std::mutex mutex_;
    std::vector<ReceivedLetter> letters_;
    std::atomic<const char*> refusing_{""};
    std::atomic<bool> stopping_{false};
    const Tls tls_;
    const std::string key_, certificate_;
    std::thread thread_;
};

}  // namespace stele::test
