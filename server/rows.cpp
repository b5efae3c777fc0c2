#include "server/rows.hpp"

#include <algorithm>

#include "src/locale/collate.hpp"
#include "src/locale/format.hpp"

namespace stele {
namespace {

namespace json = boost::json;

constexpr auto date_style = locale::DateStyle::long_;

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

}  // namespace

std::string row_name(const json::value& row) {
    const auto* object = row.if_object();
    if (!object) return text_of(row);
    if (const auto* name = object->if_contains("listed_as"); name && name->is_string() && !name->get_string().empty())
        return std::string(name->get_string());
    return object->empty() ? std::string() : text_of(object->begin()->value());
}

json::array ordered_rows(const json::array& rows, const locale::Tag& locale) {
    // One key for each row: comparing would make two for every comparison.
    std::vector<std::pair<std::string, size_t>> order;
    order.reserve(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) order.emplace_back(locale::sort_key(row_name(rows[i]), locale), i);
    std::sort(order.begin(), order.end());
    json::array ordered;
    ordered.reserve(rows.size());
    for (const auto& [key, i] : order) ordered.push_back(rows[i]);
    return ordered;
}

json::object ordered_fields(const content::ContentType& type, const json::object& shared, const locale::Tag& locale) {
    json::object fields = shared;
    for (auto& member : fields) {
        const auto* field = type.find(std::string_view(member.key().data(), member.key().size()));
        if (field && field->kind == content::FieldKind::rows && member.value().is_array())
            member.value() = ordered_rows(member.value().get_array(), locale);
    }
    return fields;
}

std::map<std::string, std::string> formatted_dates(const content::ContentType& type, const json::object& shared,
                                                   const locale::Tag& locale) {
    std::map<std::string, std::string> dates;
    for (const auto& field : type.fields) {
        if (field.kind == content::FieldKind::date_range) {
            if (const auto range = content::range_of(field, shared))
                dates[field.name] = locale::format_date_range(range->start, range->end, locale);
        } else if (field.kind == content::FieldKind::date) {
            const auto* value = shared.if_contains(field.name);
            if (!value || !value->is_string()) continue;
            const auto& text = value->get_string();
            if (const auto date = parse_date({text.data(), text.size()}))
                dates[field.name] = locale::format_date(*date, locale, date_style);
        }
    }
    return dates;
}

std::string formatted_day(Time t, const locale::Tag& locale) {
    return locale::format_date(std::chrono::floor<std::chrono::days>(t), locale, date_style);
}

}  // namespace stele
