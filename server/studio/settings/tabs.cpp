#include "server/studio/settings/tabs.hpp"

#include "server/studio/shell.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

struct Part {
    std::string_view path, label;
    std::optional<Action> action;  // that only some may do; absent: everybody sees it
};
constexpr Part parts[] = {
    {"/studio/settings/locales", "settings.locales", std::nullopt},
    {"/studio/settings/users", "settings.users", Action::administer},
    {"/studio/settings/tokens", "settings.tokens", Action::administer},
    {"/studio/settings/memory", "settings.memory", std::nullopt},
    {"/studio/settings/log", "settings.log", Action::administer},
};

}  // namespace

void put_settings(ViewData& data, const App& app, const Call& call) {
    auto tabs = view_list();
    for (const auto& part : parts) {
        if (!is_served(part.path)) continue;
        if (part.action && !accounts::can(call.caller, *part.action, std::nullopt)) continue;
        auto tab = view_object();
        put(tab, "href", part.path);
        put(tab, "text", word(app, call, part.label));
        put(tab, "current", call.request.path.starts_with(part.path));
        append(tabs, std::move(tab));
    }
    put(data, "settings", std::move(tabs));
}

}  // namespace stele::studio
