#include "server/studio/accounts/log_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/accounts/grants_form.hpp"
#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"

namespace stele::studio {
namespace {

struct Saying {
    const App& app;
    const Call& call;
    std::string_view kind;  // of the entry
};

// Of what has a fixed list of values, the words; else the value itself.
std::string coded(const Saying& s, std::string_view group, const std::string& value) {
    const auto key = fmt::format("{}.{}", group, value);
    return s.app.catalog->has(key) ? word(s.app, s.call, key) : value;
}

std::string language(const Saying& s, const std::string& value) {
    const auto tag = locale::Tag::parse(value);
    return tag ? language_name(s.call, *tag) : value;
}

std::string time_at(const Saying& s, std::string_view label, const std::string& value) {
    const auto at = parse_rfc3339(value);
    return fmt::format("{}: {}", word(s.app, s.call, label), at ? locale::format_time(*at, s.call.language) : value);
}

std::string due(const Saying& s, const std::string& value) {
    const auto day = parse_date(value);
    if (!day) return value;
    return word(s.app, s.call, "home.due",
                {{"date", locale::format_date(*day, s.call.language, locale::DateStyle::medium)}});
}

bool is_of_an_account(std::string_view kind) { return kind.starts_with("user-") || kind.starts_with("token-"); }

std::string text_of(const Saying& s, std::string_view name, const std::string& value) {
    if (name == "grants" || (name == "before" && is_of_an_account(s.kind)))
        return grant_words(s.app, s.call, accounts::grants_from(value));
    if (name == "purpose") return coded(s, "log.purpose", value);
    if (name == "by" && s.kind != "comment-deleted") return coded(s, "log.by", value);
    if (name == "status") return coded(s, "review.step", value);
    if (name == "check") return coded(s, "log.check", value);
    if (name == "action") return coded(s, "log.action", value);
    if (name == "checks" && value == "overridden") return word(s.app, s.call, "log.checks-overridden");
    if (name == "reason" && s.kind == "schedule-failed") return coded(s, "log.reason", value);
    if (name == "source" || name == "target") return language(s, value);
    if (name == "publish" || name == "unpublish") return time_at(s, fmt::format("studio.field.{}_at", name), value);
    if (name == "due") return due(s, value);
    return value;
}

std::string count_of(const Saying& s, std::int64_t count) {
    const auto key = fmt::format("log.count.{}", s.kind);
    return s.app.catalog->has(key) ? word(s.app, s.call, key, {{"count", count}})
                                   : locale::format_number(count, s.call.language);
}

std::string said(const Saying& s, std::string_view name, const boost::json::value& value) {
    if (value.is_string()) return text_of(s, name, std::string(value.get_string()));
    if (value.is_int64()) return count_of(s, value.get_int64());
    return boost::json::serialize(value);
}

constexpr std::string_view told[] = {"user",    "account", "token",   "purpose",   "by",     "grants",
                                     "address", "browser", "count",   "added",     "status", "text",
                                     "check",   "checks",  "before",  "source",    "target", "note",
                                     "action",  "reason",  "publish", "unpublish", "due"};

}  // namespace

std::string kind_word(const App& app, const Call& call, std::string_view kind) {
    return word(app, call, fmt::format("log.kind.{}", kind));
}

std::string actor_word(const App& app, const Call& call, const Actor& actor) {
    auto name = actor;
    std::ranges::replace(name, ' ', '-');
    const auto key = "log.actor." + name;
    return app.catalog->has(key) ? word(app, call, key) : actor;
}

std::string about(const App& app, const Call& call, const accounts::LogEntry& entry) {
    const Saying s{app, call, entry.kind};
    std::string text;
    for (const auto name : told) {
        const auto* value = entry.detail.if_contains(name);
        if (!value) continue;
        if (const auto part = said(s, name, *value); !part.empty()) text += (text.empty() ? "" : " · ") + part;
    }
    return text;
}

}  // namespace stele::studio
