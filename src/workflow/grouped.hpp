#pragma once
// Notifications as people read them: what one act told of many texts is one.
#include "src/workflow/notifications.hpp"

namespace stele::workflow {

// Texts of one locale that somebody assigned, or took back, in one act: the latest with its `texts`; it is unread while
// one of them is. A group of more than a thousand may go on as another on the next page.
NotificationPage list_grouped(const Store& store, std::int64_t account, const NotificationQuery& query);

// As `list_grouped` makes them of the latest thousand that are not read; at most `most_counted`.
std::int64_t unread_groups(const Store& store, std::int64_t account);

// Whoever looks at the list of what they were assigned in a locale has been told of it. Writes nothing where nothing is
// unread.
void read_assigned_in(const Store& store, std::int64_t account, const locale::Tag& locale);

}  // namespace stele::workflow
