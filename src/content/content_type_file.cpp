#include "src/content/content_type_file.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <stdexcept>

#include "src/content/key.hpp"
#include "src/content/limits.hpp"

namespace stele::content {
namespace {

class Reader {
  public:
    explicit Reader(std::string_view name) : name_(name) {}

    ContentType read(std::string_view text) {
        const toml::table file = parse(text);
        only(file, {"missing", "field"});
        ContentType type;
        type.name = name_;
        type.missing = missing_of(file);
        const toml::node* list = file.get("field");
        if (list && !list->is_array_of_tables()) fail(*list, "\"field\" is a list of tables: [[field]]");
        if (list)
            for (const toml::node& each : *list->as_array()) add(type, *each.as_table());
        for (const Field& field : type.fields) check_derived(type, field);
        return type;
    }

  private:
    toml::table parse(std::string_view text) const {
        try {
            return toml::parse(text);
        } catch (const toml::parse_error& error) {
            throw failure(error.source().begin.line, std::string(error.description()));
        }
    }

    std::runtime_error failure(std::size_t line, std::string_view what) const {
        return std::runtime_error(fmt::format("content type {}, line {}: {}", name_, line, what));
    }
    [[noreturn]] void fail(const toml::node& at, std::string_view what) const {
        throw failure(at.source().begin.line, what);
    }

    void only(const toml::table& table, std::initializer_list<std::string_view> allowed) const {
        for (const auto& [key, value] : table)
            if (std::find(allowed.begin(), allowed.end(), key.str()) == allowed.end())
                fail(value, fmt::format("unknown key \"{}\"", key.str()));
    }

    std::string text(const toml::table& table, std::string_view key, std::string_view otherwise) const {
        const toml::node* node = table.get(key);
        if (!node) return std::string(otherwise);
        if (!node->is_string()) fail(*node, fmt::format("\"{}\" is a text", key));
        return node->as_string()->get();
    }

    bool flag(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        if (node && !node->is_boolean()) fail(*node, fmt::format("\"{}\" is true or false", key));
        return node && node->as_boolean()->get();
    }

    Missing missing_of(const toml::table& file) const {
        const std::string value = text(file, "missing", "source");
        if (value == "source") return Missing::source;
        if (value == "omit") return Missing::omit;
        fail(*file.get("missing"), "\"missing\" is \"source\" or \"omit\"");
    }

    void add(ContentType& type, const toml::table& table) const {
        only(table, {"name", "kind", "localized", "required", "max", "columns", "from", "to"});
        Field field;
        field.name = text(table, "name", "");
        if (field.name.empty() || field.name.size() > max_field_name_bytes)
            fail(table, "a field needs a short \"name\"");
        if (type.find(field.name)) fail(table, fmt::format("field \"{}\" is there twice", field.name));
        const auto kind = field_kind_named(text(table, "kind", "text"));
        if (!kind) fail(table, "\"kind\" is text, markdown, date, date-range, number, list or rows");
        field.kind = *kind;
        field.localized = flag(table, "localized");
        field.required = flag(table, "required");
        field.max = max_of(table, field.kind);
        field.columns = columns_of(table, field.kind);
        field.from = text(table, "from", "");
        field.to = text(table, "to", "");
        if (field.localized && field.kind != FieldKind::text && field.kind != FieldKind::markdown)
            fail(table, "only text and markdown can be localized");
        if (field.from.empty() != field.to.empty()) fail(table, "\"from\" and \"to\" come together");
        if (field.derived() && field.kind != FieldKind::date_range)
            fail(table, "\"from\" and \"to\" belong to a date-range");
        if (field.derived() && field.required) fail(table, "require the date fields, not the range that shows them");
        type.fields.push_back(std::move(field));
    }

    size_t max_of(const toml::table& table, FieldKind kind) const {
        const size_t most = largest(kind);
        const toml::node* node = table.get("max");
        if (!node) return kind == FieldKind::text ? max_text_chars : most;
        const auto value = node->value<std::int64_t>();
        if (most == 0) fail(*node, "\"max\" belongs to text, markdown, list and rows");
        if (!value || *value < 1 || static_cast<std::uint64_t>(*value) > most)
            fail(*node, fmt::format("\"max\" is a number from 1 to {}", most));
        return static_cast<size_t>(*value);
    }

    static size_t largest(FieldKind kind) {
        switch (kind) {
            case FieldKind::text:
            case FieldKind::markdown:
                return max_markdown_chars;
            case FieldKind::list:
                return max_list_items;
            case FieldKind::rows:
                return max_rows;
            case FieldKind::date:
            case FieldKind::date_range:
            case FieldKind::number:
                return 0;
        }
        return 0;
    }

    std::vector<std::string> columns_of(const toml::table& table, FieldKind kind) const {
        std::vector<std::string> columns;
        const toml::node* node = table.get("columns");
        if (!node) return columns;
        if (kind != FieldKind::rows || !node->is_array())
            fail(*node, "\"columns\" is the list of names of a field of rows");
        for (const toml::node& each : *node->as_array()) {
            if (!each.is_string()) fail(each, "the name of a column is a text");
            columns.push_back(each.as_string()->get());
        }
        return columns;
    }

    void check_derived(const ContentType& type, const Field& field) const {
        for (const std::string& name : {field.from, field.to}) {
            const Field* date = name.empty() ? nullptr : type.find(name);
            if (!name.empty() && (!date || date->kind != FieldKind::date))
                throw failure(1, fmt::format("field \"{}\" shows \"{}\", which is no date field", field.name, name));
        }
    }

    std::string name_;
};

}  // namespace

ContentType parse_content_type(std::string_view name, std::string_view toml) {
    if (check_key(name)) throw std::runtime_error(fmt::format("content type {}: not a usable name", name));
    return Reader(name).read(toml);
}

}  // namespace stele::content
