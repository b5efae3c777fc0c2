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
ViewData grant_view(App& app, const Call& call, size_t n, const GrantRow* row,
                    const std::vector<locale::Tag>& enabled) {
    auto view = view_object();
    put(view, "number", std::to_string(n));
    put(view, "added", row == nullptr && n > 0);
    auto roles = view_list();
    for (const auto role : accounts::all_roles) {
        auto one = view_object();
        put(one, "value", name_of(role));
        put(one, "text", role_word(app, call, role));
        put(one, "chosen", row && row->role == role);
        append(roles, std::move(one));
    }
    put(view, "roles", std::move(roles));
    put(view, "everywhere", row && row->everywhere);
    auto offered = enabled;
    if (row)
        for (const auto& tag : row->locales)
            if (!has(offered, tag)) offered.push_back(tag);
    auto locales = view_list();
    for (const auto& tag : offered) {
        auto one = view_object();
        put(one, "value", tag.text());
        put(one, "text", language_name(call, tag));
        put(one, "chosen", row && has(row->locales, tag));
        append(locales, std::move(one));
    }
    put(view, "locales", std::move(locales));
    return view;
}

}  // namespace

GrantRows rows_of(const Form& form) {
    GrantRows rows;
    for (size_t n = 0; n < most_grants && form.has(fmt::format("role.{}", n)); ++n) {
        GrantRow row{.role = accounts::role_named(form.text(fmt::format("role.{}", n))),
                     .everywhere = form.has(fmt::format("all.{}", n))};
        for (const auto& text : form.texts(fmt::format("locale.{}", n)))
            if (auto tag = locale::Tag::parse(text); tag && !has(row.locales, *tag))
                row.locales.push_back(*std::move(tag));
        if (row.role || row.everywhere || !row.locales.empty()) rows.push_back(std::move(row));
    }
    return rows;
}

GrantRows rows_of(const accounts::Grants& grants) {
    GrantRows rows;
    for (const auto& grant : grants)
        rows.push_back({.role = grant.role, .everywhere = grant.locales.empty(), .locales = grant.locales});
    return rows;
}

void put_grants(ViewData& data, App& app, const Call& call, const GrantRows& rows) {
    const auto enabled = enabled_locales(app);
    auto views = view_list();
    for (size_t n = 0; n < rows.size(); ++n) append(views, grant_view(app, call, n, &rows[n], enabled));
    if (rows.size() < most_grants) append(views, grant_view(app, call, rows.size(), nullptr, enabled));
    put(data, "grants", std::move(views));
}

accounts::Grants grants_of(const GrantRows& rows) {
    const auto refuse = [](std::string message) {
        throw Error(ErrorCode::invalid, {}, {}, {{"/grants", std::move(message), {}}});
    };
    accounts::Grants grants;
    for (const auto& row : rows) {
        if (!row.role) continue;
        // Nobody is to get all languages by leaving them out.
        if (!row.everywhere && row.locales.empty()) refuse("field.grant-locales");
        grants.push_back({.role = *row.role, .locales = row.everywhere ? std::vector<locale::Tag>() : row.locales});
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
