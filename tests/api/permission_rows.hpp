#pragma once
// What every row of the route table has to ask of its caller, said a second time: permission_matrix_tests.cpp holds
// the server against it. A new route needs its row here; one whose form says what is done has a row for each form.
#include <string>
#include <string_view>
#include <vector>

namespace stele::testing {

enum class Need {
    nothing,       // guests get what they ask for
    other_secret,  // a code or a token in the address, the option metrics_token: no role opens it
    drafts,        // anybody who is known
    session,       // anybody by a session, but nobody by a token
    translate,     // in nb
    review,
    publish,
    keep,
    edit_source,  // of an article whose source is nb
    somewhere,    // edit_source in any locale
    translate_somewhere,
    administer,  // nb
    site,        // administer without limits
};

struct PermissionRow {
    std::string_view method, pattern;
    Need need;
    std::string_view form = "";  // what is sent beside the session's token, where the handler decides by it
};

// Patterns are filled in so that {locale} is nb and {id} an article whose source is en, or nb for Need::edit_source.
inline const std::vector<PermissionRow> permission_rows = {
    {"GET", "/healthz", Need::nothing},
    {"GET", "/readyz", Need::nothing},
    {"GET", "/metrics", Need::other_secret},
    // ---- API ----
    {"GET", "/api/v1/locales", Need::nothing},
    {"PUT", "/api/v1/locales/{locale}", Need::administer},
    {"GET", "/api/v1/negotiate", Need::nothing},
    {"GET", "/api/v1/articles", Need::nothing},
    {"POST", "/api/v1/articles", Need::somewhere},
    {"GET", "/api/v1/articles/{id}", Need::nothing},
    {"PATCH", "/api/v1/articles/{id}", Need::edit_source},
    {"DELETE", "/api/v1/articles/{id}", Need::edit_source},
    {"POST", "/api/v1/articles/{id}/restore", Need::edit_source},
    {"GET", "/api/v1/pages/{locale}/{slug}", Need::nothing},
    {"GET", "/api/v1/articles/{id}/translations/{locale}", Need::drafts},
    {"PUT", "/api/v1/articles/{id}/translations/{locale}", Need::translate},
    {"PATCH", "/api/v1/articles/{id}/translations/{locale}", Need::translate},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}", Need::publish},  // the one that is there is published
    {"POST", "/api/v1/articles/{id}/translations/{locale}/publish", Need::publish},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/unpublish", Need::publish},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/keep", Need::keep},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/keep", Need::keep},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/consequences", Need::translate},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/segments", Need::drafts},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/suggestions", Need::translate},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/pretranslate", Need::translate},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/machine", Need::translate},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/revisions", Need::drafts},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/revisions/{n}", Need::drafts},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/revisions/{n}/restore", Need::translate},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/review", Need::drafts},
    {"PUT", "/api/v1/articles/{id}/translations/{locale}/review", Need::translate},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/comments", Need::drafts},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/comments", Need::translate},
    {"PATCH", "/api/v1/comments/{n}", Need::drafts},   // one's own
    {"DELETE", "/api/v1/comments/{n}", Need::drafts},  // one's own
    {"GET", "/api/v1/articles/{id}/translations/{locale}/assignment", Need::drafts},
    {"PUT", "/api/v1/articles/{id}/translations/{locale}/assignment", Need::translate},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/assignment", Need::translate},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/schedule", Need::drafts},
    {"PUT", "/api/v1/articles/{id}/translations/{locale}/schedule", Need::publish},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/schedule", Need::publish},
    {"PUT", "/api/v1/articles/{id}/translations/{locale}/presence", Need::drafts},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/presence", Need::drafts},
    {"GET", "/api/v1/reviews", Need::drafts},
    {"GET", "/api/v1/assignments", Need::session},
    {"POST", "/api/v1/assignments", Need::drafts},  // each of what it lists is asked for
    {"GET", "/api/v1/people", Need::drafts},
    {"GET", "/api/v1/notifications", Need::session},
    {"POST", "/api/v1/notifications/read", Need::session},
    {"GET", "/api/v1/memory", Need::drafts},
    {"GET", "/api/v1/memory.tmx", Need::site},
    {"POST", "/api/v1/memory.tmx", Need::site},
    {"GET", "/api/v1/memory/imports", Need::site},
    {"DELETE", "/api/v1/memory/imports/{n}", Need::site},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/checks", Need::drafts},
    {"GET", "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/terms", Need::drafts},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/check", Need::translate},
    {"POST", "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/findings/{finding}/dismiss",
     Need::translate},
    {"DELETE", "/api/v1/articles/{id}/translations/{locale}/segments/{segment}/findings/{finding}/dismiss",
     Need::translate},
    {"GET", "/api/v1/terms", Need::drafts},
    {"POST", "/api/v1/terms", Need::somewhere},
    {"GET", "/api/v1/terms/{n}", Need::drafts},
    {"PATCH", "/api/v1/terms/{n}", Need::translate_somewhere},
    {"DELETE", "/api/v1/terms/{n}", Need::somewhere},
    {"POST", "/api/v1/terms/{n}/restore", Need::somewhere},
    {"GET", "/api/v1/terms.csv", Need::drafts},
    {"POST", "/api/v1/terms.csv", Need::translate_somewhere},
    {"GET", "/api/v1/worklist", Need::drafts},
    {"GET", "/api/v1/coverage", Need::drafts},
    {"GET", "/api/v1/openapi.json", Need::nothing},
    // ---- site ----
    {"GET", "/", Need::nothing},
    {"GET", "/{slug}", Need::nothing},
    {"GET", "/{locale}/", Need::nothing},
    {"GET", "/{locale}/{slug}", Need::nothing},
    {"GET", "/{locale}/{slug}/", Need::nothing},
    {"GET", "/assets/{file}", Need::nothing},
    {"GET", "/favicon.ico", Need::nothing},
    {"GET", "/robots.txt", Need::nothing},
    {"GET", "/feeds/worklist/{locale}/{token}", Need::other_secret},
    {"GET", "/preview/{token}", Need::other_secret},
    // ---- studio ----
    {"GET", "/studio", Need::session},
    {"GET", "/studio/sign-in", Need::nothing},
    {"POST", "/studio/sign-in", Need::other_secret},
    {"GET", "/studio/sign-in/{code}", Need::nothing},
    {"POST", "/studio/sign-in/{code}", Need::other_secret},
    {"POST", "/studio/sign-out", Need::session},
    {"GET", "/studio/password", Need::nothing},
    {"POST", "/studio/password", Need::other_secret},
    {"GET", "/studio/password/{code}", Need::other_secret},
    {"POST", "/studio/password/{code}", Need::other_secret},
    {"POST", "/studio/language", Need::session},
    {"GET", "/studio/studio.css", Need::nothing},
    {"GET", "/studio/script/{version}/{file}", Need::nothing},
    {"GET", "/studio/account", Need::session},
    {"POST", "/studio/account", Need::session},
    {"GET", "/studio/board", Need::session},
    {"POST", "/studio/board", Need::review, "do=assign&locale=nb&article=1&account=nobody"},
    {"POST", "/studio/board", Need::review, "do=unassign&locale=nb&article=1"},
    {"POST", "/studio/board", Need::review, "do=undo-assign&locale=nb&article=1"},
    {"POST", "/studio/board", Need::translate, "do=fill&locale=nb&article=1"},
    {"POST", "/studio/board", Need::translate, "do=machine&locale=nb&article=1"},
    {"POST", "/studio/board", Need::translate, "do=undo-fill&locale=nb&article=1"},
    {"POST", "/studio/board", Need::publish, "do=publish&locale=nb&article=1"},
    {"POST", "/studio/board", Need::session, "do=export&locale=nb&article=1"},
    {"GET", "/studio/worklist", Need::session},
    {"GET", "/studio/worklist/{locale}", Need::session},
    {"GET", "/studio/worklist/{locale}/next", Need::session},
    {"GET", "/studio/reviews/{locale}", Need::session},
    {"GET", "/studio/articles", Need::session},
    {"GET", "/studio/articles/{id}", Need::session},
    {"GET", "/studio/deleted", Need::session},
    {"GET", "/studio/deleted/{id}", Need::session},
    {"POST", "/studio/deleted/{id}", Need::edit_source, "action=delete&version=99"},
    {"POST", "/studio/deleted/{id}", Need::edit_source, "action=restore"},
    {"POST", "/studio/deleted/{id}", Need::publish, "action=delete-text&locale=nb&version=99.99"},
    {"GET", "/studio/articles/{id}/{locale}", Need::session},
    {"POST", "/studio/articles/{id}/{locale}", Need::translate, "action=save&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=publish&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=publish-incomplete&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=publish-anyway&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=publish-incomplete-anyway&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=unpublish&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=schedule&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::publish, "action=schedule-clear&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::review, "action=review-approve&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::review, "action=review-change&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::translate, "action=review-ask&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::translate, "action=review-anyway&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::translate, "action=review-back&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::translate, "action=independent&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::translate, "action=preview&version=99.99"},
    {"POST", "/studio/articles/{id}/{locale}", Need::edit_source, "action=save&version=99.99&article=1"},
    {"POST", "/studio/articles/{id}/{locale}", Need::edit_source, "action=publish&version=99.99&article=1"},
    {"POST", "/studio/articles/{id}/{locale}", Need::edit_source, "action=unpublish&version=99.99&article=1"},
    {"POST", "/studio/articles/{id}/{locale}", Need::edit_source, "action=schedule&version=99.99&article=1"},
    {"GET", "/studio/articles/{id}/{locale}/history", Need::drafts},
    {"POST", "/studio/articles/{id}/{locale}/history", Need::translate},
    {"GET", "/studio/articles/{id}/{locale}/comments", Need::drafts},
    {"POST", "/studio/articles/{id}/{locale}/comments", Need::translate},
    {"GET", "/studio/articles/{id}/{locale}/preview", Need::session},
    {"GET", "/studio/new", Need::somewhere},
    {"POST", "/studio/new", Need::edit_source, "source_locale=nb"},
    {"GET", "/studio/notifications", Need::session},
    {"POST", "/studio/notifications/read", Need::session},
    {"POST", "/studio/notifications/digest", Need::session},
    {"POST", "/studio/notifications/feed", Need::session},
    {"GET", "/studio/terms", Need::session},
    {"POST", "/studio/terms", Need::translate_somewhere},
    {"GET", "/studio/terms/{n}", Need::session},
    {"POST", "/studio/terms/{n}", Need::session},  // what it may change is asked for there
    {"GET", "/studio/settings", Need::session},
    {"GET", "/studio/settings/locales", Need::session},
    {"POST", "/studio/settings/locales", Need::administer, "tag=nb&enabled=1"},
    {"GET", "/studio/settings/memory", Need::session},
    {"POST", "/studio/settings/memory", Need::site},
    {"GET", "/studio/settings/users", Need::site},
    {"POST", "/studio/settings/users", Need::site},
    {"GET", "/studio/settings/users/{name}", Need::site},
    {"POST", "/studio/settings/users/{name}", Need::site},
    {"GET", "/studio/settings/tokens", Need::site},
    {"POST", "/studio/settings/tokens", Need::site},
    {"GET", "/studio/settings/log", Need::site},
};

}  // namespace stele::testing
