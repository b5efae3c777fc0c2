#pragma once
// A letter a day with what is not read yet, to accounts that have an address and want it. It is written into the
// outbox in the transaction that says so: whichever server does it, there is one.
#include <functional>

#include "src/mail/outbox.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"

namespace stele::workflow {

bool wants_digest(const Store& store, std::int64_t account);
void set_digest(const Store& store, std::int64_t account, bool wanted);

// `items`: the newest, `more` beside them. The letter's words are the server's to choose.
using Compose = std::function<mail::Mail(const Person& person, const std::vector<Notification>& items, bool more)>;
// Writes the letters of the day that began last (at 06:00 UTC), where something came since the day before that nobody
// has read. How many.
int write_digests(const Store& store, const Compose& compose);

}  // namespace stele::workflow
