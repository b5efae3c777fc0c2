#include "server/studio/accounts/grants_form.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/shell.hpp"

namespace stele::studio {
namespace {

constexpr size_t most_grants = 20;

bool has(const std::vector<locale::Tag>& tags, const locale::Tag& tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

std::string role_word(const App& app, const Call& call, accounts::Role role) {
    return word(app, call, fmt::format("role.{}", name_of(role)));
}

// Absent: the row for another one.
ViewData grant_view(App& app, const Call& call, size_t n, const accounts::Grant* grant,
                    const std::vector<locale::Tag>& enabled) {
    auto view = view_object();
    put(view, "number", std::to_string(n));
    put(view, "added", grant == nullptr && n > 0);
    auto roles = view_list();
    for (const auto role : accounts::all_roles) {
        auto one = view_object();
        put(one, "value", name_of(role));
        put(one, "text", role_word(app, call, role));
        put(one, "chosen", grant && grant->role == role);
        append(roles, std::move(one));
    }
    put(view, "roles", std::move(roles));
    put(view, "everywhere", grant && grant->locales.empty());
    auto offered = enabled;
    if (grant)
        for (const auto& tag : grant->locales)
            if (!has(offered, tag)) offered.push_back(tag);
    auto locales = view_list();
    for (const auto& tag : offered) {
        auto one = view_object();
        put(one, "value", tag.text());
        put(one, "text", language_name(call, tag));
        put(one, "chosen", grant && has(grant->locales, tag));
        append(locales, std::move(one));
    }
    put(view, "locales", std::move(locales));
    return view;
}

}  // namespace

void put_grants(ViewData& data, App& app, const Call& call, const accounts::Grants& grants) {
    const auto enabled = enabled_locales(app);
    auto rows = view_list();
    for (size_t n = 0; n < grants.size(); ++n) append(rows, grant_view(app, call, n, &grants[n], enabled));
    if (grants.size() < most_grants) append(rows, grant_view(app, call, grants.size(), nullptr, enabled));
    put(data, "grants", std::move(rows));
}

accounts::Grants grants_of(const Form& form) {
    const auto refuse = [](std::string message) {
        throw Error(ErrorCode::invalid, {}, {}, {{"/grants", std::move(message), {}}});
    };
    accounts::Grants grants;
    for (size_t n = 0; n < most_grants && form.has(fmt::format("role.{}", n)); ++n) {
        const auto role = accounts::role_named(form.text(fmt::format("role.{}", n)));
        if (!role) continue;
        accounts::Grant grant{.role = *role};
        for (const auto& text : form.texts(fmt::format("locale.{}", n)))
            if (auto tag = locale::Tag::parse(text); tag && !has(grant.locales, *tag))
                grant.locales.push_back(*std::move(tag));
        // Nobody is to get all languages by leaving them out.
        const bool everywhere = form.has(fmt::format("all.{}", n));
        if (everywhere)
            grant.locales.clear();
        else if (grant.locales.empty())
            refuse("field.grant-locales");
        grants.push_back(std::move(grant));
    }
    if (grants.empty()) refuse("field.grants");
    return grants;
}

std::string grant_words(const App& app, const Call& call, const accounts::Grants& grants) {
    std::string words;
    for (const auto& grant : grants) {
        words += (words.empty() ? "" : " · ") + role_word(app, call, grant.role);
        for (size_t i = 0; i < grant.locales.size(); ++i)
            words += (i == 0 ? ": " : ", ") + language_name(call, grant.locales[i]);
    }
    return words;
}

}  // namespace stele::studio
