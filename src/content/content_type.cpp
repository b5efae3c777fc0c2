#include "src/content/content_type.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "src/base/embedded.hpp"
#include "src/base/time.hpp"
#include "src/content/content_type_file.hpp"

namespace stele::content {
namespace {

constexpr std::array<std::string_view, 7> kind_names = {"text",   "markdown", "date", "date-range",
                                                        "number", "list",     "rows"};
constexpr std::string_view folder = "config/content-types/";
constexpr std::string_view suffix = ".toml";

std::optional<std::chrono::year_month_day> date_in(const boost::json::object& object, std::string_view member) {
    const auto* value = object.if_contains(member);
    return value && value->is_string() ? parse_date(value->get_string()) : std::nullopt;
}

}  // namespace

std::string_view name_of(FieldKind kind) { return kind_names[static_cast<size_t>(kind)]; }

std::optional<FieldKind> field_kind_named(std::string_view name) {
    for (size_t i = 0; i < kind_names.size(); ++i)
        if (kind_names[i] == name) return static_cast<FieldKind>(i);
    return std::nullopt;
}

const Field* ContentType::find(std::string_view field) const {
    const auto at = std::find_if(fields.begin(), fields.end(), [&](const Field& each) { return each.name == field; });
    return at == fields.end() ? nullptr : &*at;
}

ContentTypes ContentTypes::load(const std::map<std::string, std::string>& sources) {
    ContentTypes types;
    for (const auto& [name, toml] : sources) types.types_.emplace(name, parse_content_type(name, toml));
    if (!types.find("page")) throw std::runtime_error("content types: \"page\" is missing; others fall back to it");
    return types;
}

ContentTypes ContentTypes::built_in(const std::map<std::string, std::string>& overrides) {
    std::map<std::string, std::string> sources = overrides;
    for (const auto& file : embedded::list(folder)) {
        std::string_view name = file.name.substr(folder.size());
        if (!name.ends_with(suffix)) continue;
        name.remove_suffix(suffix.size());
        sources.try_emplace(std::string(name), file.text);
    }
    return load(sources);
}

const ContentType* ContentTypes::find(std::string_view name) const {
    const auto at = types_.find(name);
    return at == types_.end() ? nullptr : &at->second;
}

const ContentType& ContentTypes::find_or_page(std::string_view name) const {
    const ContentType* found = find(name);
    return found ? *found : types_.find("page")->second;
}

std::vector<std::string> ContentTypes::names() const {
    std::vector<std::string> names;
    for (const auto& [name, type] : types_) names.push_back(name);
    return names;
}

std::optional<DateRange> range_of(const Field& field, const boost::json::object& shared) {
    std::optional<std::chrono::year_month_day> start, end;
    if (field.derived()) {
        start = date_in(shared, field.from);
        end = date_in(shared, field.to);
    } else if (const auto* value = shared.if_contains(field.name); value && value->is_object()) {
        start = date_in(value->get_object(), "start");
        end = date_in(value->get_object(), "end");
    }
    if (!start) return std::nullopt;
    return DateRange{*start, end.value_or(*start)};
}

}  // namespace stele::content
