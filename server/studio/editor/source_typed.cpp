#include "server/studio/editor/source_typed.hpp"

#include <algorithm>

#include "server/studio/shell.hpp"
#include "src/base/lines.hpp"

namespace stele::studio {
namespace {

namespace json = boost::json;
using content::FieldKind;

constexpr std::string_view shared_prefix = "shared.", localized_prefix = "fields.";

bool is_field(std::string_view name) {
    return name == "title" || name == "slug" || name == "summary" || name == "body" || name == "priority" ||
           name.starts_with(shared_prefix) || name.starts_with(localized_prefix);
}

bool is_shared(std::string_view name) { return name == "priority" || name.starts_with(shared_prefix); }

// null takes the field away; absent: it cannot be read as what it should be.
std::optional<json::value> value_of(FieldKind kind, const std::string& text) {
    if (text.find_first_not_of(" \t\n") == std::string::npos) return json::value();
    switch (kind) {
        case FieldKind::text:
        case FieldKind::markdown:
        case FieldKind::date:
            return json::value(text);
        case FieldKind::list:
            return json::value_from(lines_of(text));
        case FieldKind::number:
        case FieldKind::rows:
        case FieldKind::date_range:
            break;
    }
    json::error_code ec;
    auto value = json::parse(text, ec);
    if (ec) return std::nullopt;
    return value;
}

std::string_view expected_of(FieldKind kind) {
    return kind == FieldKind::number ? "number" : kind == FieldKind::rows ? "array" : "object";
}

std::optional<int> priority_of(const std::string& text) {
    const bool digit = text.size() == 1 && text[0] >= '0' && text[0] <= '9';
    return digit ? std::optional(text[0] - '0') : std::nullopt;
}

}  // namespace

SourceTyped source_typed_from(const Form& form) {
    SourceTyped typed{.version = version_from(form.text("version"))};
    typed.article_version = version_from(form.text("article") + ".0").translation;
    for (const auto& [name, value] : form.items()) {
        if (!is_field(name)) continue;
        Field field{plain_lines(value), form.text("was." + name)};
        if (print_of(field.text) != field.print) typed.fields.insert_or_assign(name, std::move(field));
    }
    return typed;
}

editing::Changes SourceTyped::changes() const {
    editing::Changes changes;
    for (const auto& [name, field] : fields) {
        if (name == "title") changes.title = field.text;
        if (name == "slug") changes.slug = field.text;
        if (name == "summary") changes.summary = field.text;
        if (name == "body") changes.body = field.text;
        if (name.starts_with(localized_prefix)) changes.fields[name.substr(localized_prefix.size())] = field.text;
    }
    return changes;
}

bool SourceTyped::changes_texts() const {
    return std::any_of(fields.begin(), fields.end(), [](const auto& field) { return !is_shared(field.first); });
}

bool SourceTyped::changes_article() const {
    return std::any_of(fields.begin(), fields.end(), [](const auto& field) { return is_shared(field.first); });
}

std::map<std::string, std::string> SourceTyped::changed_by_others(const App& app, const editing::Article& now) const {
    const auto& type = app.types.find_or_page(now.type);
    std::map<std::string, std::string> changed;
    for (const auto& [name, field] : fields) {
        if (!is_shared(name)) continue;
        const bool priority = name == "priority";
        const auto* known = priority ? nullptr : type.find(name.substr(shared_prefix.size()));
        if (!priority && !known) continue;
        const auto text = priority ? std::to_string(now.priority) : shared_text(*known, now.shared);
        if (print_of(text) != field.print && text != field.text) changed[name] = text;
    }
    return changed;
}

editing::ArticleChanges SourceTyped::article_changes(const App& app, const Call& call, const editing::Article& article,
                                                     Remarks& remarks) const {
    const auto& type = app.types.find_or_page(article.type);
    editing::ArticleChanges changes;
    json::object merged = article.shared, shared;
    for (const auto& [name, field] : fields) {
        if (name == "priority") {
            changes.priority = priority_of(field.text);
            if (!changes.priority)
                remarks.mistakes[name] =
                    word(app, call, "field.out-of-range", {{"min", std::int64_t{0}}, {"max", std::int64_t{9}}});
            continue;
        }
        if (!name.starts_with(shared_prefix)) continue;
        const auto* known = type.find(name.substr(shared_prefix.size()));
        if (!known || known->localized || known->derived()) continue;
        if (auto value = value_of(known->kind, field.text)) {
            if (value->is_null())
                merged.erase(known->name);
            else
                merged[known->name] = *value;
            shared[known->name] = std::move(*value);
        } else {
            remarks.mistakes[name] =
                word(app, call, "field.type", {{"expected", std::string(expected_of(known->kind))}});
        }
    }
    for (const auto& mistake : content::check_shared_fields(type, merged)) {
        auto place = mistake.pointer.substr(std::string_view("/fields/").size());
        place = std::string(shared_prefix) + place.substr(0, place.find('/'));
        if (fields.contains(place)) remarks.mistakes[place] = word(app, call, mistake.message, mistake.params);
    }
    if (!shared.empty()) changes.shared = std::move(shared);
    return changes;
}

std::string shared_text(const content::Field& field, const json::object& shared) {
    const auto* value = shared.if_contains(field.name);
    if (!value || value->is_null()) return {};
    if (value->is_string()) return plain_lines(std::string_view(value->get_string()));
    if (!value->is_array()) return json::serialize(*value);
    std::string text;
    const bool lines = field.kind == FieldKind::list;
    for (const auto& item : value->get_array()) {
        if (!text.empty()) text += lines ? "\n" : ",\n ";
        text += lines && item.is_string() ? std::string(item.get_string()) : json::serialize(item);
    }
    return lines ? text : "[" + text + "]";
}

}  // namespace stele::studio
