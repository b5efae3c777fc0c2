#include <algorithm>
#include <cmath>

#include "src/base/time.hpp"
#include "src/content/content_type.hpp"
#include "src/content/limits.hpp"
#include "src/locale/text.hpp"

namespace stele::content {
namespace {

namespace json = boost::json;

// RFC 6901 section 3.
std::string escaped(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

std::string pointer_to(std::string_view field) { return "/fields/" + escaped(field); }

bool is_empty(const json::value* value) {
    if (!value || value->is_null()) return true;
    if (value->is_string()) return value->get_string().empty();
    return value->is_array() && value->get_array().empty();
}

std::string_view expected(FieldKind kind) {
    switch (kind) {
        case FieldKind::text:
        case FieldKind::markdown:
        case FieldKind::date:
            return "string";
        case FieldKind::number:
            return "number";
        case FieldKind::date_range:
            return "object";
        case FieldKind::list:
        case FieldKind::rows:
            return "array";
    }
    return "";
}

class Check {
  public:
    explicit Check(FieldErrors& errors) : errors_(errors) {}

    void value(const Field& field, const json::value& value) {
        const std::string at = pointer_to(field.name);
        if (!has_type(field.kind, value)) {
            add(at, "field.type", {{"expected", std::string(expected(field.kind))}});
            return;
        }
        switch (field.kind) {
            case FieldKind::text:
            case FieldKind::markdown:
                return text(at, value.get_string(), field.max);
            case FieldKind::date:
                date(at, value.get_string());
                return;
            case FieldKind::date_range:
                return range(at, value.get_object());
            case FieldKind::number:
                return;
            case FieldKind::list:
                return list(at, field, value.get_array());
            case FieldKind::rows:
                return rows(at, field, value.get_array());
        }
    }

    void text(const std::string& at, std::string_view text, size_t max) {
        // Bytes first: counting is for what may fit at all.
        if (text.size() > max * 4 || locale::count_chars(text) > max)
            add(at, "field.too-long", {{"max", static_cast<std::int64_t>(max)}});
    }

    void add(std::string pointer, std::string message, Params params = {}) {
        errors_.push_back({std::move(pointer), std::move(message), std::move(params)});
    }

  private:
    static bool has_type(FieldKind kind, const json::value& value) {
        switch (kind) {
            case FieldKind::text:
            case FieldKind::markdown:
            case FieldKind::date:
                return value.is_string();
            case FieldKind::number:
                return value.is_number() && (!value.is_double() || std::isfinite(value.get_double()));
            case FieldKind::date_range:
                return value.is_object();
            case FieldKind::list:
            case FieldKind::rows:
                return value.is_array();
        }
        return false;
    }

    std::optional<std::chrono::year_month_day> date(const std::string& at, std::string_view text) {
        const auto parsed = parse_date(text);
        if (!parsed) add(at, "field.date");
        return parsed;
    }

    std::optional<std::chrono::year_month_day> end_of_range(const std::string& at, const json::object& range,
                                                            std::string_view member) {
        const auto* value = range.if_contains(member);
        const std::string place = at + "/" + std::string(member);
        if (is_empty(value)) return add(place, "field.required"), std::nullopt;
        if (!value->is_string()) return add(place, "field.type", {{"expected", std::string("string")}}), std::nullopt;
        return date(place, value->get_string());
    }

    void range(const std::string& at, const json::object& range) {
        const auto start = end_of_range(at, range, "start"), end = end_of_range(at, range, "end");
        if (start && end && *end < *start) add(at + "/end", "field.range-order");
        for (const auto& member : range)
            if (member.key() != "start" && member.key() != "end")
                add(at + "/" + escaped(member.key()), "field.unknown");
    }

    bool fits(const std::string& at, const Field& field, const json::array& items) {
        if (items.size() <= field.max) return true;
        add(at, "field.too-many", {{"max", static_cast<std::int64_t>(field.max)}});
        return false;
    }

    void list(const std::string& at, const Field& field, const json::array& items) {
        if (!fits(at, field, items)) return;
        for (size_t i = 0; i < items.size(); ++i) {
            const std::string place = at + "/" + std::to_string(i);
            if (items[i].is_string()) {
                text(place, items[i].get_string(), max_text_chars);
            } else {
                add(place, "field.type", {{"expected", std::string("string")}});
            }
        }
    }

    void rows(const std::string& at, const Field& field, const json::array& items) {
        if (!fits(at, field, items)) return;
        for (size_t i = 0; i < items.size(); ++i) {
            const std::string place = at + "/" + std::to_string(i);
            if (items[i].is_string()) {
                text(place, items[i].get_string(), max_text_chars);
            } else if (items[i].is_object()) {
                row(place, field, items[i].get_object());
            } else {
                add(place, "field.type", {{"expected", std::string("object")}});
            }
        }
    }

    void row(const std::string& at, const Field& field, const json::object& row) {
        if (row.size() > max_row_columns) return add(at, "field.too-many", {{"max", std::int64_t{max_row_columns}}});
        for (const auto& cell : row) {
            const std::string place = at + "/" + escaped(cell.key());
            const auto known = std::find(field.columns.begin(), field.columns.end(), cell.key());
            if (!field.columns.empty() && known == field.columns.end()) {
                add(place, "field.unknown");
            } else if (cell.value().is_string()) {
                text(place, cell.value().get_string(), max_text_chars);
            } else if (cell.value().is_structured()) {
                add(place, "field.type", {{"expected", std::string("string")}});
            }
        }
    }

    FieldErrors& errors_;
};

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= max_field_name_bytes && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

// Both dates of a derived range are valid by themselves; together they have to be in order.
void check_order(Check& check, const Field& field, const json::object& fields) {
    const auto range = range_of(field, fields);
    if (range && range->end < range->start) check.add(pointer_to(field.to), "field.range-order");
}

}  // namespace

FieldErrors check_shared_fields(const ContentType& type, const json::object& fields) {
    FieldErrors errors;
    Check check(errors);
    if (fields.size() > max_fields) check.add("/fields", "field.too-many", {{"max", std::int64_t{max_fields}}});
    for (const auto& member : fields) {
        const Field* field = type.find(member.key());
        if (!field && !is_name(member.key())) check.add(pointer_to(member.key()), "field.name");
        if (field && field->localized) check.add(pointer_to(member.key()), "field.localized");
        if (field && field->derived()) check.add(pointer_to(member.key()), "field.derived");
    }
    for (const Field& field : type.fields) {
        if (field.localized) continue;
        const auto* value = fields.if_contains(field.name);
        if (field.derived()) {
            check_order(check, field, fields);
        } else if (is_empty(value)) {
            if (field.required) check.add(pointer_to(field.name), "field.required");
        } else {
            check.value(field, *value);
        }
    }
    return errors;
}

FieldErrors check_localized_fields(const ContentType& type, const json::object& fields, bool is_source) {
    FieldErrors errors;
    Check check(errors);
    for (const auto& member : fields) {
        const Field* field = type.find(member.key());
        if (!field) {
            check.add(pointer_to(member.key()), "field.unknown");
        } else if (!field->localized) {
            check.add(pointer_to(member.key()), "field.shared");
        } else if (!is_empty(&member.value())) {
            check.value(*field, member.value());
        }
    }
    for (const Field& field : type.fields)
        if (is_source && field.localized && field.required && is_empty(fields.if_contains(field.name)))
            check.add(pointer_to(field.name), "field.required");
    return errors;
}

}  // namespace stele::content
