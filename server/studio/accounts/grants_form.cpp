#include "server/studio/accounts/grants_form.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/accounts/mistakes.hpp"
#include "server/studio/choices.hpp"
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
ViewData grant_view(App& app, const Call& call, size_t n, const GrantRow* row, const GrantMistakes& mistakes,
                    const std::vector<locale::Tag>& enabled) {
    auto view = view_object();
    put(view, "mistake_role", text_or_nothing(mistakes.role));
    put(view, "mistake_locales", text_or_nothing(mistakes.locales));
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
        put(one, "text", language_label(call, tag));
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

void put_grants(ViewData& data, App& app, const Call& call, const GrantRows& rows, const Error* error) {
    const auto enabled = enabled_locales(app);
    auto views = view_list();
    const auto shown = std::min(rows.size() + 1, most_grants);
    for (size_t n = 0; n < shown; ++n)
        append(views, grant_view(app, call, n, n < rows.size() ? &rows[n] : nullptr,
                                 grant_mistakes_of(app, call, error, n), enabled));
    put(data, "grants", std::move(views));
}

FieldErrors grant_mistakes(const GrantRows& rows) {
    if (std::ranges::none_of(rows, [](const GrantRow& row) { return row.role.has_value(); }))
        return {{"/grants", "field.grants", {}}};
    FieldErrors mistakes;
    for (size_t n = 0; n < rows.size(); ++n)
        // Nobody is to get all languages by leaving them out.
        if (rows[n].role && !rows[n].everywhere && rows[n].locales.empty())
            mistakes.push_back({fmt::format("/grants/{}/locales", n), "field.grant-locales", {}});
    return mistakes;
}

accounts::Grants grants_of(const GrantRows& rows) {
    throw_if_any(grant_mistakes(rows));
    accounts::Grants grants;
    for (const auto& row : rows)
        if (row.role)
            grants.push_back({.role = *row.role, .locales = row.everywhere ? std::vector<locale::Tag>() : row.locales});
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
