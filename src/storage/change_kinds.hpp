#pragma once
// What the log of changes tells of, each thing once, here: whoever writes an entry names one of these, and whoever
// reads the log finds words for it in the catalog ("log.kind.KIND").
#include <string_view>

namespace stele::storage {

inline constexpr std::string_view change_kinds[] = {
    // accounts
    "sign-in", "sign-in-closed", "password", "session-ended", "user-created", "user-grants", "user-mail",
    "user-disabled", "user-enabled", "user-link", "mail-refused", "token-created", "token-revoked", "feed-made",
    "feed-revoked",
    // texts
    "create", "source", "article", "save", "import", "memory", "machine", "keep", "undo-keep", "publish", "unpublish",
    "restore", "delete",
    // the work on them
    "assign", "unassign", "assignment-done", "review", "schedule", "schedule-failed", "comment", "comment-edited",
    "comment-resolved", "comment-reopened", "comment-deleted", "check-dismissed", "check-restored",
    // what is for all texts
    "locale", "order", "term-created", "term-changed", "term-deleted", "term-restored", "terms-imported",
    "memory-imported", "memory-removed", "memory-exported"};

}  // namespace stele::storage
