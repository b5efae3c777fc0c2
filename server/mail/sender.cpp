#include "server/mail/sender.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/mail/smtp.hpp"
#include "src/accounts/links.hpp"

namespace stele::mail {
namespace {

constexpr std::chrono::seconds pause{5};      // between two looks
constexpr std::chrono::seconds within{10};    // for one answer of the mail server
constexpr std::chrono::minutes lease{15};     // longer than any letter takes
constexpr std::chrono::minutes longest{240};  // between two tries

// The link is made only now, and its code is nowhere but in the letter. False: nobody needs it any more.
bool put_link(App& app, Mail& mail) {
    if (!mail.link) return true;
    const auto purpose = accounts::purpose_named(mail.link->purpose);
    const auto code =
        purpose ? accounts::create_link_of(store_of(app), mail.link->account_id, *purpose, mail.to) : std::nullopt;
    if (!code) return false;
    const auto link = fmt::format("{}/studio/password/{}", app.options.base_url, *code);
    constexpr std::string_view place = "{link}";
    if (const auto at = mail.text.find(place); at != std::string::npos) mail.text.replace(at, place.size(), link);
    return true;
}

std::chrono::minutes wait_after(int attempts) {
    return std::min(longest, std::chrono::minutes(1 << std::min(attempts - 1, 10)));
}

// Not to whom: the log is read by others, and mail servers name the recipient they refuse.
std::string without(std::string text, const std::string& address) {
    for (size_t at = 0; (at = text.find(address, at)) != std::string::npos;) text.replace(at, address.size(), "...");
    return text;
}

// For administrators, who alone can mend the address or the settings.
void note_refused(App& app, const Letter& letter, const std::string& answer) {
    app.database->write([&](db::Transaction& t) {
        const auto user = accounts::find_user_called(*t, letter.mail.to);
        drop(t, letter.id);
        accounts::note(t, app.now(), "mail-refused", "stele",
                       {{"user", user ? user->name : std::string()}, {"reason", answer}});
    });
}

void send_one(App& app, Letter letter) {
    if (!put_link(app, letter.mail)) return drop(*app.database, letter.id);
    const auto& options = app.options;
    const auto say = [&](const std::string& what, const std::exception& fault) {
        auto answer = without(fault.what(), letter.mail.to);
        if (app.log) app.log(fmt::format("mail: letter {} {}: {}", letter.id, what, answer));
        return answer;
    };
    try {
        send(place_of(options.smtp_url), options.smtp_password, {options.site_name, options.mail_from}, letter.mail,
             within);
    } catch (const Refused& fault) {
        return note_refused(app, letter, say("was refused", fault));
    } catch (const std::exception& fault) {
        const auto wait = wait_after(letter.attempts);
        say(fmt::format("could not be sent (again in {} min)", wait.count()), fault);
        return put_off(*app.database, letter.id, app.now() + wait);
    }
    drop(*app.database, letter.id);
}

}  // namespace

bool is_configured(const cli::Options& options) { return !options.smtp_url.empty(); }

void send_due(App& app, const std::function<bool()>& stopping) {
    while (!stopping()) {
        auto letter = take_due(*app.database, app.now(), lease);
        if (!letter) return;
        send_one(app, *std::move(letter));
    }
}

Sender::Sender(App& app) : app_(app), thread_([this] { run(); }) {}

Sender::~Sender() {
    alarm_.stop();
    thread_.join();
}

void Sender::run() {
    const auto stopping = [this] { return alarm_.stopped(); };
    while (!stopping()) {
        attempt(app_, "mail", [&] { send_due(app_, stopping); });
        alarm_.wait(pause);
    }
}

}  // namespace stele::mail
