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
    Mailbox();
    ~Mailbox();
    std::string url() const;
    void refuse(bool all) { refusing_ = all; }  // every recipient, for now
    std::vector<ReceivedLetter> letters() const;

  private:
    void run();
    void talk(Poco::Net::StreamSocket socket);

    Poco::Net::ServerSocket listener_;
    mutable std::mutex mutex_;
    std::vector<ReceivedLetter> letters_;
    std::atomic<bool> refusing_{false}, stopping_{false};
    std::thread thread_;
};

}  // namespace stele::test
