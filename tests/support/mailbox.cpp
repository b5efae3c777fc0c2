#include "tests/support/mailbox.hpp"

#include <Poco/Net/Context.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

namespace stele::test {
namespace {

int hex(char c) { return c >= 'A' ? c - 'A' + 10 : c - '0'; }

// Up to CRLF; empty at the end of the connection.
std::string line_of(Poco::Net::StreamSocket& socket) {
    std::string line;
    char c = 0;
    while (socket.receiveBytes(&c, 1) == 1) {
        line += c;
        if (c == '\n') break;
    }
    return line;
}

void say(Poco::Net::StreamSocket& socket, const std::string& text) {
    const auto line = text + "\r\n";
    socket.sendBytes(line.data(), int(line.size()));
}

std::string argument_of(const std::string& line) {
    const auto colon = line.find(':');
    const auto begin = line.find('<', colon);
    return line.substr(begin, line.find('>', begin) + 1 - begin);
}

}  // namespace

std::string ReceivedLetter::decoded() const {
    const auto body = data.substr(data.find("\r\n\r\n") + 4);
    std::string text;
    for (size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '=') {
            text += body[i];
        } else if (body.compare(i + 1, 2, "\r\n") == 0) {
            i += 2;
        } else {
            text += char(hex(body[i + 1]) * 16 + hex(body[i + 2]));
            i += 2;
        }
    }
    return text;
}

Mailbox::Mailbox(Tls tls, const std::string& key, const std::string& certificate)
    : listener_(Poco::Net::SocketAddress("127.0.0.1", 0)),
      tls_(tls),
      key_(key),
      certificate_(certificate),
      thread_([this] { run(); }) {}

Mailbox::~Mailbox() {
    stopping_ = true;
    try {
        Poco::Net::StreamSocket wake;
        wake.connect(listener_.address());
    } catch (const Poco::Exception&) {
    }
    thread_.join();
}

std::string Mailbox::url() const { return "smtp://127.0.0.1:" + std::to_string(listener_.address().port()); }

std::vector<ReceivedLetter> Mailbox::letters() const {
    const std::lock_guard lock(mutex_);
    return letters_;
}

void Mailbox::run() {
    while (true) {
        auto socket = listener_.acceptConnection();
        if (stopping_) return;
        try {
            talk(std::move(socket));
        } catch (const Poco::Exception&) {  // it went away
        }
    }
}

void Mailbox::talk(Poco::Net::StreamSocket socket) {
    const auto secure = [&] {
        const Poco::Net::Context::Ptr context = new Poco::Net::Context(
            Poco::Net::Context::TLS_SERVER_USE, key_, certificate_, "", Poco::Net::Context::VERIFY_NONE);
        socket = Poco::Net::SecureStreamSocket::attach(socket, context);
    };
    if (tls_ == Tls::at_once) secure();
    say(socket, "220 mailbox");
    ReceivedLetter letter;
    for (auto line = line_of(socket); !line.empty(); line = line_of(socket)) {
        if (line.starts_with("MAIL")) letter = {.from = argument_of(line), .to = {}, .data = {}};
        if (line.starts_with("RCPT")) letter.to = argument_of(line);
        if (const std::string refusal = refusing_.load(); line.starts_with("RCPT") && !refusal.empty()) {
            say(socket, refusal);
        } else if (line.starts_with("STARTTLS")) {
            say(socket, tls_ == Tls::when_asked ? "220 go on" : "502 not here");
            if (tls_ == Tls::when_asked) secure();
        } else if (line.starts_with("DATA")) {
            say(socket, "354 go on");
            for (line = line_of(socket); line != ".\r\n" && !line.empty(); line = line_of(socket)) letter.data += line;
            const std::lock_guard lock(mutex_);
            letters_.push_back(letter);
            say(socket, "250 taken");
        } else {
            say(socket, line.starts_with("QUIT") ? "221 bye" : "250 mailbox");
        }
    }
}

}  // namespace stele::test
