#include "src/mail/outbox.hpp"

#include <algorithm>

namespace stele::mail {
namespace {

constexpr size_t longest_address = 254;  // RFC 5321 section 4.5.3.1.3, without the angle brackets

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// RFC 5321 section 4.1.2: Dot-string of atext.
bool is_local_part(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
    if (text.empty() || text.size() > 64 || text.starts_with('.') || text.ends_with('.')) return false;
    return text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), [&](char c) {
               return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
           });
}

bool is_domain(std::string_view text) {
    if (text.empty() || text.starts_with('.') || text.starts_with('-') || text.ends_with('.')) return false;
    return text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; });
}

Letter letter_from(db::Row row) {
    Letter letter{.id = row.integer(0),
                  .mail = {.to = row.text(1), .subject = row.text(2), .text = row.text(3)},
                  .attempts = int(row.integer(4))};
    if (const auto account = row.optional_integer(5))
        letter.mail.link = Link{.account_id = *account, .purpose = row.optional_text(6).value_or("")};
    return letter;
}

}  // namespace

bool is_address(std::string_view text) {
    const auto at = text.rfind('@');
    return at != std::string_view::npos && text.size() <= longest_address && is_local_part(text.substr(0, at)) &&
           is_domain(text.substr(at + 1));
}

bool enqueue(db::Transaction& t, Time now, const Mail& mail) {
    if (count_waiting(*t) >= most_waiting) return false;
    std::optional<std::int64_t> account;
    std::optional<std::string> purpose;
    if (mail.link) {
        account = mail.link->account_id;
        purpose = mail.link->purpose;
    }
    t->run(
        "INSERT INTO mail (address, subject, text, account_id, link, created_at, due_at, useless_at, attempts) "
        "VALUES ($1, $2, $3, $4, $5, $6, $6, $7, 0)",
        mail.to, mail.subject, mail.text, account, purpose, now, now + mail.useful_for);
    return true;
}

std::optional<Letter> take_due(db::Database& database, Time now, std::chrono::seconds lease) {
    const auto any = database.reading([&](db::Connection& c) {
        return c.one(
            "SELECT id FROM mail WHERE due_at <= $1 LIMIT 1", [](db::Row row) { return row.integer(0); }, now);
    });
    if (!any) return std::nullopt;
    return database.writing([&](db::Transaction& t) {
        t->run("DELETE FROM mail WHERE due_at <= $1 AND useless_at <= $1", now);
        // Who comes second finds another time there.
        return t->one(
            "UPDATE mail SET due_at = $1, attempts = attempts + 1 WHERE due_at <= $2 AND id = "
            "(SELECT id FROM mail WHERE due_at <= $2 ORDER BY due_at, id LIMIT 1) "
            "RETURNING id, address, subject, text, attempts, account_id, link",
            letter_from, now + lease, now);
    });
}

void drop_links_of(db::Transaction& t, std::int64_t account_id) {
    t->run("DELETE FROM mail WHERE account_id = $1", account_id);
}

void drop_letters_to(db::Transaction& t, const std::string& address) {
    t->run("DELETE FROM mail WHERE address = $1", address);
}

void drop(db::Database& database, std::int64_t id) {
    database.write([&](db::Transaction& t) { drop(t, id); });
}

void drop(db::Transaction& t, std::int64_t id) { t->run("DELETE FROM mail WHERE id = $1", id); }

void put_off(db::Database& database, std::int64_t id, Time due) {
    database.write([&](db::Transaction& t) { t->run("UPDATE mail SET due_at = $1 WHERE id = $2", due, id); });
}

std::int64_t count_waiting(db::Connection& c) {
    return c
        .one(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM mail LIMIT $1) AS waiting",
            [](db::Row row) { return row.integer(0); }, std::int64_t{most_waiting})
        .value();
}

}  // namespace stele::mail
