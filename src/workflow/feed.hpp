#pragma once
// What came last into the worklist of a locale, for feed readers, which cannot sign in: the address is the key.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/workflow/people.hpp"
#include "src/worklist/edition.hpp"

namespace stele::workflow {

// The secret of the account's feeds, which cannot be read again; one that it had before ends.
std::string renew_feed_token(const Store& store, std::int64_t account);
void revoke_feed_token(const Store& store, std::int64_t account);
// When it was made; absent: there is none.
std::optional<Time> find_feed_token(const Store& store, std::int64_t account);
// Whose it is; absent: nobody's, or the account is disabled.
std::optional<Person> find_feed_reader(const Store& store, std::string_view secret);

// Untranslated, incomplete and outdated ones, the newest first. Throws not_found (locale not enabled).
std::vector<worklist::WorkItem> newest_work(const Store& store, const locale::Tag& locale, int limit);

}  // namespace stele::workflow
