#include "server/mail/smtp.hpp"

#include <Poco/Net/IPAddress.h>
#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SMTPClientSession.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/URI.h>
#ifdef STELE_TLS
#include <Poco/Net/Context.h>
#include <Poco/Net/DialogSocket.h>
#include <Poco/Net/SecureStreamSocket.h>
#endif
#include <fmt/format.h>

#include <memory>
#include <stdexcept>

#include "server/mail/header.hpp"
#include "src/accounts/secrets.hpp"

namespace stele::mail {
namespace {

#ifdef STELE_TLS
// Certificates are checked against those that the system trusts now, and must be of the host that is called.
Poco::Net::Context::Ptr checking() {
    return new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", Poco::Net::Context::VERIFY_STRICT, 9, true);
}

Poco::Net::SecureStreamSocket secured(const Poco::Net::StreamSocket& socket, const Place& place) {
    auto secure = Poco::Net::SecureStreamSocket::attach(socket, place.host, checking());
    secure.verifyPeerCertificate(place.host);
    return secure;
}
#endif

class Session : public Poco::Net::SMTPClientSession {
  public:
    explicit Session(const Poco::Net::StreamSocket& socket, const Place& place)
        : SMTPClientSession(socket), place_(place) {}

    void greet() {
        login(domain(), offered_);
        if (place_.tls_at_once || place_.is_local) return;
#ifdef STELE_TLS
        // Not Poco's startTLS(): of a socket that is there it knows the address alone, which no certificate is for.
        std::string answer;
        if (!isPositiveCompletion(sendCommand("STARTTLS", answer)))
            throw std::runtime_error("the mail server offers no STARTTLS");
        socket() = secured(socket(), place_);
        login(domain(), offered_);
#endif
    }
    void sign_in(const std::string& password) {
        if (place_.user.empty()) return;
        const bool plain = offered_.find(" PLAIN") != std::string::npos;
        login(domain(), plain ? AUTH_PLAIN : AUTH_LOGIN, place_.user, password);
    }

  private:
    // What EHLO says; a name that resolves is asked for by few, and an address literal is always right (RFC 5321
    // section 4.1.3).
    std::string domain() {
        const auto address = socket().address().host();
        return address.family() == Poco::Net::AddressFamily::IPv6 ? fmt::format("[IPv6:{}]", address.toString())
                                                                  : fmt::format("[{}]", address.toString());
    }

    const Place& place_;
    std::string offered_;
};

Poco::Net::StreamSocket connected(const Place& place, const Poco::Timespan& timeout) {
    const Poco::Net::SocketAddress address(place.host, place.port);
    Poco::Net::StreamSocket socket;
    socket.connect(address, timeout);
    // Before anybody is waited for, a handshake included.
    socket.setReceiveTimeout(timeout);
    socket.setSendTimeout(timeout);
#ifdef STELE_TLS
    if (place.tls_at_once) return secured(socket, place);
#endif
    return socket;
}

std::string with_crlf(const std::string& text) {
    std::string lines;
    for (const char c : text)
        if (c != '\r') lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return lines;
}

void fill(Poco::Net::MailMessage& message, const From& from, const Mail& mail) {
    const auto name = display_name(from.name);
    message.setSender(name.empty() ? from.address : fmt::format("{} <{}>", name, from.address));
    message.addRecipient(Poco::Net::MailRecipient(Poco::Net::MailRecipient::PRIMARY_RECIPIENT, mail.to));
    message.setSubject(header_text(mail.subject));
    message.setContentType("text/plain; charset=UTF-8");
    message.setContent(with_crlf(mail.text), Poco::Net::MailMessage::ENCODING_QUOTED_PRINTABLE);
    const auto domain = from.address.substr(from.address.rfind('@') + 1);
    message.set("Message-ID", fmt::format("<{}@{}>", accounts::make_secret(), domain));
    // RFC 3834 section 5: nobody's absence is to answer it.
    message.set("Auto-Submitted", "auto-generated");
}

// RFC 5321 section 4.2.1: a 5yz is not to be asked again. Those about signing in (RFC 4954) are about the server's
// settings, not about this letter.
bool is_final(int code) {
    return code >= 500 && code < 600 && code != 530 && code != 534 && code != 535 && code != 538;
}

void hand_in(Session& session, const Poco::Net::MailMessage& message) {
    try {
        session.sendMessage(message);
    } catch (const Poco::Net::SMTPException& fault) {
        if (is_final(fault.code())) throw Refused(fault.displayText());
        throw;
    }
}

}  // namespace

std::string smtp_url_mistake(const std::string& url) {
    try {
        const Poco::URI uri(url);
        const auto& scheme = uri.getScheme();
        if (scheme != "smtp" && scheme != "smtps") return "neither smtp:// nor smtps://";
        if (uri.getHost().empty()) return "no host";
        if (uri.getUserInfo().find(':') != std::string::npos) return "the password is the option smtp_password";
        if (!uri.getPathAndQuery().empty() && uri.getPathAndQuery() != "/") return "more than a host and a port";
#ifndef STELE_TLS
        if (!place_of(url).is_local) return "this binary was built without TLS: only to this machine itself";
#endif
        return {};
    } catch (const Poco::Exception&) {
        return "no address";
    }
}

Place place_of(const std::string& url) {
    const Poco::URI uri(url);
    Place place{.host = uri.getHost(), .port = 0, .tls_at_once = uri.getScheme() == "smtps", .user = uri.getUserInfo()};
    Poco::Net::IPAddress address;
    place.is_local =
        !place.tls_at_once &&
        (place.host == "localhost" || (Poco::Net::IPAddress::tryParse(place.host, address) && address.isLoopback()));
    // Poco knows no port of these schemes.
    place.port = uri.getPort();
    if (place.port == 0) place.port = place.tls_at_once ? 465 : 587;
    return place;
}

void send(const Place& place, const std::string& password, const From& from, const Mail& mail,
          std::chrono::seconds within) {
    try {
        const Poco::Timespan timeout(std::chrono::microseconds(within).count());
        Poco::Net::MailMessage message;
        fill(message, from, mail);
        const auto socket = connected(place, timeout);
        Session session(socket, place);
        session.setTimeout(timeout);
        session.greet();
        session.sign_in(password);
        hand_in(session, message);
        session.close();
    } catch (const Poco::Exception& fault) {
        throw std::runtime_error(fault.displayText());
    }
}

}  // namespace stele::mail
