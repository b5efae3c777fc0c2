#include "server/digest_letter.hpp"

#include <fmt/format.h>

#include "server/http/percent.hpp"
#include "server/studio/shell.hpp"
#include "src/locale/tag.hpp"

namespace stele {
namespace {

const locale::Tag& english() {
    static const auto tag = locale::Tag::stored("en");
    return tag;
}

}  // namespace

std::string sentence_of(const App& app, const locale::Tag& language, const workflow::Notification& n) {
    Params params{{"name", n.actor},
                  {"title", n.title.empty() ? n.key : n.title},
                  {"language", locale::display_name(n.locale, language)},
                  {"count", n.texts > 1 ? n.texts : n.times}};
    if (n.texts > 1)
        return app.catalog->text(language, fmt::format("notification.many.{}", workflow::name_of(n.kind)), params);
    if (n.kind == workflow::Kind::schedule_failed) {
        const auto* action = n.detail.if_contains("action");
        params.push_back({"action", action ? std::string(action->as_string()) : std::string("publish")});
    }
    return app.catalog->text(language, fmt::format("notification.{}", workflow::name_of(n.kind)), params);
}

std::string address_of(const workflow::Notification& n, const std::string& account) {
    if (n.texts == 1) return studio::text_path(n.article_id, n.locale);
    const auto board = "/studio/board?in=" + n.locale.text();
    return n.kind == workflow::Kind::assigned ? board + "&assignee=" + http::percent_encoded(account) : board;
}

mail::Mail digest_letter(const App& app, const workflow::Person& person,
                         const std::vector<workflow::Notification>& items, bool more) {
    const auto language = app.catalog->interface_tag(person.interface_locale.value_or(english()));
    const auto count = std::int64_t(items.size());
    const auto say = [&](std::string_view key, const Params& params) {
        return app.catalog->text(language, key, params);
    };
    const auto& base = app.options.base_url;
    std::string text = say("digest.greeting", {{"name", person.known.name}}) + "\n\n";
    for (const auto& item : items) {
        text += "- " + sentence_of(app, language, item) + "\n";
        if (!base.empty()) text += "  " + base + address_of(item, person.known.name) + "\n";
    }
    if (more) text += "\n" + say("digest.more", {}) + "\n";
    if (!base.empty()) text += "\n" + say("digest.all", {}) + "\n" + base + "/studio/notifications\n";
    text += "\n-- \n" + say("digest.why", {}) + "\n";
    return {.to = person.mail.value(), .subject = say("digest.subject", {{"count", count}}), .text = std::move(text)};
}

}  // namespace stele
