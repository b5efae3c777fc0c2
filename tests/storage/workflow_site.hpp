#pragma once
// A site with people: who translates, who reviews, who edits; and a clock that stands until it is moved.
#include "src/accounts/users.hpp"
#include "src/storage/change_log.hpp"
#include "src/workflow/follow.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"
#include "tests/support/content_site.hpp"

namespace stele::testing {

struct PeopleSite : ContentSite {
    explicit PeopleSite(db::Database& database) : ContentSite(database) {
        store.now = [this] { return clock; };
        tove = add_person("tove", accounts::Role::translator, {"en"});
        amir = add_person("amir", accounts::Role::translator, {"ar", "en"});
        rita = add_person("rita", accounts::Role::reviewer, {"en"});
        edda = add_person("edda", accounts::Role::editor, {});
    }

    std::int64_t add_person(const std::string& name, accounts::Role role, const std::vector<std::string>& locales) {
        accounts::Grant grant{.role = role};
        for (const auto& text : locales) grant.locales.push_back(tag(text));
        return accounts::create_user(store, {.name = name, .grants = {grant}}).id;
    }
    // An article with its source in nb and a translation into en that has nothing left to do.
    ArticleId add_translated(const std::string& title = "Byen") {
        const auto id = add("nb", title, "Første avsnitt.\n\nAndre avsnitt.\n");
        translate_all(id, "en");
        return id;
    }
    // With the rights that they have now.
    accounts::Known who(const std::string& name) { return workflow::find_person(store, name).value().known; }
    void follow() {
        const auto settled = store.db.reading([](db::Connection& c) { return storage::newest_position(c); });
        while (workflow::follow_log(store, settled)) {
        }
    }
    std::vector<workflow::Notification> unread(std::int64_t account) {
        return workflow::list_notifications(store, account, {.unread = true, .limit = 100, .after = {}}).items;
    }
    // "comment 2, assigned": kinds of what is not read, with how often; newest first.
    std::string told(std::int64_t account) {
        std::string text;
        for (const auto& n : unread(account)) {
            text += (text.empty() ? "" : ", ") + std::string(workflow::name_of(n.kind));
            if (n.times > 1) text += " " + std::to_string(n.times);
        }
        return text;
    }
    std::int64_t count(const std::string& from) {
        return store.db.reading([&](db::Connection& c) {
            return c.one("SELECT COUNT(*) FROM " + from, [](db::Row r) { return r.integer(0); }).value();
        });
    }

    Time clock = time_of(1'795'320'000'000'000);  // 2026-11-22T04:00:00Z
    std::int64_t tove = 0, amir = 0, rita = 0, edda = 0;
};

// What an Error says that `action` throws: "conflict review-nothing"; "" when it throws none.
inline std::string error_of(const std::function<void()>& action) {
    try {
        action();
        return {};
    } catch (const Error& error) {
        std::string text(name_of(error.code()));
        if (!error.reason().empty()) text += " " + error.reason();
        for (const auto& field : error.fields()) text += " " + field.pointer + " " + field.message;
        return text;
    }
}

}  // namespace stele::testing
