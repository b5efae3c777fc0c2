// Letters as a mail server gets them: their header, and TLS with and without trust.
#include <boost/test/unit_test.hpp>

#include "server/mail/header.hpp"
#include "server/mail/smtp.hpp"
#include "tests/support/certificate.hpp"
#include "tests/support/mailbox.hpp"

using namespace stele;
using test::Mailbox;
using namespace std::chrono_literals;

namespace {

const mail::Mail letter{.to = "kari@example.org", .subject = "A letter", .text = "Hello\n"};

std::string line_of(const std::string& data, const std::string& name) {
    const auto at = data.find("\r\n" + name + ": ") + 2 + name.size() + 2;
    auto end = data.find("\r\n", at);
    while (data[end + 2] == ' ') end = data.find("\r\n", end + 2);
    return data.substr(at, end - at);
}

// What reaches the mailbox.
test::ReceivedLetter sent(const std::string& site_name, const std::string& subject) {
    Mailbox mailbox;
    auto mail = letter;
    mail.subject = subject;
    mail::send(mail::place_of(mailbox.url()), {}, {site_name, "stele@example.org"}, mail, 10s);
    return mailbox.letters().at(0);
}

// Trusts one more certificate, as an operator does.
class Trusting {
  public:
    explicit Trusting(const std::string& file) { ::setenv("SSL_CERT_FILE", file.c_str(), 1); }
    ~Trusting() { ::unsetenv("SSL_CERT_FILE"); }
    Trusting(const Trusting&) = delete;
};

size_t taken_over_tls(Mailbox& mailbox, const std::string& host, bool at_once) {
    mail::send({.host = host, .port = mailbox.port(), .tls_at_once = at_once, .is_local = false, .user = {}}, {},
               {"Stele", "stele@example.org"}, letter, 10s);
    return mailbox.letters().size();
}

const bool knows_tls = mail::smtp_url_mistake("smtps://mail.example.org").empty();

}  // namespace

BOOST_AUTO_TEST_SUITE(letters)

BOOST_AUTO_TEST_CASE(each_encoded_word_of_a_subject_is_of_whole_characters) {
    const std::string title = "\xD9\x85\xD8\xB1\xD8\xA7\xD8\xAC\xD8\xB9\xD8\xA9";  // two bytes each
    for (size_t n = 0; n < 4; ++n) {
        std::string subject(n, 'x');
        for (int i = 0; i < 12; ++i) subject += title;
        const auto header = mail::header_text(subject);
        size_t words = 0;
        for (size_t at = 0; (at = header.find("=?UTF-8?B?", at)) != std::string::npos; ++words) {
            const auto end = header.find("?=", at + 10);
            BOOST_TEST(end + 2 - at <= 75u);
            // Three bytes in four characters: an end inside a character would leave a lone first byte there.
            const auto length = (end - at - 10) / 4 * 3 -
                                size_t(std::count(header.begin() + long(at) + 10, header.begin() + long(end), '='));
            if (words > 0) BOOST_TEST(length % 2 == 0);
            at = end;
        }
        BOOST_TEST(words > 2u);
    }
    BOOST_TEST(mail::header_text("Plain, as it is: 1 < 2") == "Plain, as it is: 1 < 2");
    BOOST_TEST(mail::header_text("=?UTF-8?B?eA==?=").starts_with("=?UTF-8?B?PT9V"));
    BOOST_TEST(mail::header_text("one\r\nBcc: two") == "one  Bcc: two");
}

BOOST_AUTO_TEST_CASE(a_name_of_a_site_makes_one_sender) {
    const std::pair<const char*, const char*> names[] = {
        {"Stele", "Stele <stele@example.org>"},
        {"Acme, Inc.", "\"Acme, Inc.\" <stele@example.org>"},
        {"The \"Post\" (daily)", "\"The \\\"Post\\\" (daily)\" <stele@example.org>"},
        {"A <b@c> D", "=?UTF-8?B?QSA8YkBjPiBE?= <stele@example.org>"},
        {"Bl\xC3\xA5", "=?UTF-8?B?QmzDpQ==?= <stele@example.org>"},
        {"", "stele@example.org"}};
    for (const auto& [name, from] : names) {
        const auto received = sent(name, "Subject");
        BOOST_TEST(line_of(received.data, "From") == from);
        BOOST_TEST(received.from == "<stele@example.org>");
    }
    const std::string long_subject(200, 'x');
    const auto received = sent("Stele", long_subject);
    BOOST_TEST(line_of(received.data, "Subject") == mail::header_text(long_subject));
}

BOOST_FIXTURE_TEST_CASE(letters_go_over_tls_to_whom_the_system_trusts, test::Certificate) {
    if (!knows_tls) return;
    const Trusting trusting(file());
    Mailbox at_once(Mailbox::Tls::at_once, key(), file()), when_asked(Mailbox::Tls::when_asked, key(), file());
    BOOST_TEST(taken_over_tls(at_once, "localhost", true) == 1u);
    BOOST_TEST(taken_over_tls(when_asked, "localhost", false) == 1u);
    // Another host than the certificate's.
    BOOST_CHECK_THROW(taken_over_tls(at_once, "127.0.0.1", true), std::runtime_error);
    BOOST_CHECK_THROW(taken_over_tls(when_asked, "127.0.0.1", false), std::runtime_error);
    BOOST_TEST(at_once.letters().size() + when_asked.letters().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(no_letter_goes_to_whom_nobody_vouches_for_or_in_the_clear, test::Certificate) {
    if (!knows_tls) return;
    Mailbox at_once(Mailbox::Tls::at_once, key(), file()), when_asked(Mailbox::Tls::when_asked, key(), file()), clear;
    BOOST_CHECK_THROW(taken_over_tls(at_once, "localhost", true), std::runtime_error);
    BOOST_CHECK_THROW(taken_over_tls(when_asked, "localhost", false), std::runtime_error);
    BOOST_CHECK_THROW(taken_over_tls(clear, "localhost", false), std::runtime_error);
    BOOST_TEST(at_once.letters().size() + when_asked.letters().size() + clear.letters().size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
