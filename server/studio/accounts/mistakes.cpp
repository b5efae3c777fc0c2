#include "server/studio/accounts/mistakes.hpp"

#include <fmt/format.h>

#include <optional>

#include "server/faults.hpp"
#include "server/studio/shell.hpp"
#include "src/base/number.hpp"

namespace stele::studio {
namespace {

struct Place {
    std::string anchor, label;  // of the field
};

struct Field {
    std::string_view name, anchor, label;
};
constexpr Field fields[] = {{"mail", "f-mail", "account.mail"},
                            {"mail_old", "f-old-mail", "account.password-now"},
                            {"old", "f-old", "account.password-now"},
                            {"password", "f-password", "account.password-new"},
                            {"days", "f-days", "account.token-days"}};

constexpr std::string_view of_grants = "/grants", of_locales = "/locales";

// "/grants/3/locales" → 3.
std::optional<size_t> row_in(std::string_view pointer) {
    if (!pointer.starts_with(of_grants) || !pointer.ends_with(of_locales)) return std::nullopt;
    pointer.remove_prefix(of_grants.size() + 1);
    pointer.remove_suffix(of_locales.size());
    const auto row = number_from(pointer);
    return row && *row >= 0 ? std::optional(size_t(*row)) : std::nullopt;
}

std::optional<Place> place_of(std::string_view pointer, std::string_view name_label) {
    if (pointer == of_grants) return Place{"g-role-0", "account.role"};
    if (const auto row = row_in(pointer)) return Place{fmt::format("g-all-{}", *row), "account.languages"};
    if (pointer == "/name") return Place{"f-name", std::string(name_label)};
    for (const auto& field : fields)
        if (pointer.substr(pointer.empty() ? 0 : 1) == field.name)
            return Place{std::string(field.anchor), std::string(field.label)};
    return std::nullopt;
}

}  // namespace

void put_mistakes(ViewData& data, const App& app, const Call& call, const Error* error, std::string_view name_label) {
    put(data, "mistake_name", nothing());
    for (const auto& field : fields) put(data, fmt::format("mistake_{}", field.name), nothing());
    std::string what;
    std::vector<Mistake> all;
    if (error && error->fields().empty()) what = fault_of(app, *error, call.language).detail;
    for (const auto& field : error ? error->fields() : FieldErrors()) {
        const auto text = word(app, call, field.message, field.params);
        const auto place = place_of(field.pointer, name_label);
        if (!place) {
            what = text;
            continue;
        }
        all.push_back({place->anchor, word(app, call, place->label), text});
        if (!field.pointer.starts_with(of_grants)) put(data, "mistake_" + field.pointer.substr(1), text);
    }
    put(data, "what", text_or_nothing(what));
    put(data, "mistakes", mistakes_view(app, call, all));
    put(data, "detail", nothing());
    if (!data.get("notice")) put(data, "notice", nothing());
}

GrantMistakes grant_mistakes_of(const App& app, const Call& call, const Error* error, size_t row) {
    GrantMistakes found;
    for (const auto& field : error ? error->fields() : FieldErrors()) {
        if (field.pointer == of_grants && row == 0) found.role = word(app, call, field.message, field.params);
        if (row_in(field.pointer) == row) found.locales = word(app, call, field.message, field.params);
    }
    return found;
}

void throw_together(const FieldErrors& own, FieldErrors others) {
    if (own.empty()) return;
    others.insert(others.end(), own.begin(), own.end());
    throw_if_any(std::move(others));
}

bool is_mendable(const Error& error) {
    return error.code() == ErrorCode::invalid || error.code() == ErrorCode::taken ||
           error.code() == ErrorCode::conflict || error.code() == ErrorCode::too_many_requests;
}

}  // namespace stele::studio
