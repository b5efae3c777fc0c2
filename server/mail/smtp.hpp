#pragma once
// One letter to a mail server, over Poco's SMTP.
#include <chrono>
#include <stdexcept>
#include <string>

#include "src/mail/outbox.hpp"

namespace stele::mail {

// Where letters are handed in: "smtps://USER@HOST:465" speaks TLS from the first byte (RFC 8314),
// "smtp://USER@HOST:587" after STARTTLS, without which nothing is sent, except to this machine itself. Certificates are
// checked.
struct Place {
    std::string host;
    std::uint16_t port = 0;
    bool tls_at_once = false;
    bool is_local = false;  // a loopback address: no TLS
    std::string user;       // "" = without signing in
};
// What is wrong with an address; "" = nothing.
std::string smtp_url_mistake(const std::string& url);
Place place_of(const std::string& url);  // of one without a mistake

struct From {
    std::string name, address;
};
// The server will not take this letter, however often it is asked.
class Refused : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};
// Throws Refused, or another std::runtime_error that says what the server answered or why it could not be reached: then
// it may go later.
void send(const Place& place, const std::string& password, const From& from, const Mail& mail,
          std::chrono::seconds within);

}  // namespace stele::mail
