#include "src/exchange/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <charconv>
#include <set>
#include <sstream>

namespace stele::exchange {
namespace {

// Builds the tree from events, so that depth and aliases are refused before anything is built of them.
class Builder : public YAML::EventHandler {
  public:
    explicit Builder(int first_line) : first_line_(first_line) {}
    Yaml take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { scalar(mark, "?", anchor, ""); }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse(mark, "an alias (*name)"); }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        scalar(mark, tag, anchor, value);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(mark, tag, anchor, style, Yaml::Kind::list);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(mark, tag, anchor, style, Yaml::Kind::map);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Open {
        Yaml node;
        std::set<std::string> seen;
        bool wants_value = false;
    };

    [[noreturn]] void refuse(const YAML::Mark& mark, const std::string& what) {
        throw BadFile(first_line_ + mark.line, fmt::format("{} in the front matter", what), "write the value itself");
    }
    void check(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != YAML::NullAnchor) refuse(mark, "an anchor (&name)");
        if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, "a tag (!name)");
    }
    void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style,
              Yaml::Kind kind) {
        check(mark, tag, anchor);
        if (int(open_.size()) >= max_front_matter_depth) refuse(mark, "more than 16 levels");
        require_no_key(mark);
        Yaml node;
        node.kind = kind;
        node.flow = style == YAML::EmitterStyle::Flow;
        node.line = mark.line;
        open_.push_back({std::move(node), {}, false});
    }
    void require_no_key(const YAML::Mark& mark) {
        if (!open_.empty() && open_.back().node.kind == Yaml::Kind::map && !open_.back().wants_value)
            refuse(mark, "a key that is no text");
    }
    void scalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) {
        check(mark, tag, anchor);
        if (!open_.empty() && open_.back().node.kind == Yaml::Kind::map && !open_.back().wants_value) {
            auto& map = open_.back();
            if (!map.seen.insert(value).second)
                throw BadFile(first_line_ + mark.line, fmt::format("\"{}\" is there twice", value), "keep one of them");
            map.node.keys.emplace_back(value, mark.line);
            map.wants_value = true;
            return;
        }
        Yaml node;
        node.plain = tag != "!";
        node.line = mark.line;
        node.text = value;
        add(std::move(node));
    }
    void close() {
        Yaml node = std::move(open_.back().node);
        open_.pop_back();
        add(std::move(node));
    }
    void add(Yaml node) {
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        open_.back().node.items.push_back(std::move(node));
        open_.back().wants_value = false;
    }

    int first_line_;
    Yaml root_;
    std::vector<Open> open_;
};

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    return is_digits(text) && text.size() <= 18 && (text == "0" || text[0] != '0');
}

// Those that are the same text again when written: "1.5", not "1.50" or "1e3", which stay texts.
std::optional<double> exact_float(std::string_view text) {
    const auto dot = text.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const auto whole = text.substr(text.starts_with('-') ? 1 : 0, dot - (text.starts_with('-') ? 1 : 0));
    if (!is_digits(whole) || !is_digits(text.substr(dot + 1))) return std::nullopt;
    double value = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || at != text.data() + text.size() || fmt::format("{}", value) != text)
        return std::nullopt;
    return value;
}

boost::json::value plain_value(const std::string& text) {
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
    if (is_integer(text)) {
        std::int64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }
    if (const auto value = exact_float(text)) return *value;
    return boost::json::string(text);
}

// Plain scalars that mean the text itself wherever a value can stand.
bool is_safe_plain(std::string_view text) {
    if (text.empty() || text.front() == ' ' || text.back() == ' ' || text.back() == ':') return false;
    if (!plain_value(std::string(text)).is_string()) return false;
    if (std::string_view("-?:,[]{}#&*!|>'\"%@`=<~.+").find(text.front()) != std::string_view::npos) return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
    if (text.find_first_of("[]{},\t") != std::string_view::npos &&
        text.find_first_of("[]{}\t") != std::string_view::npos)
        return false;
    for (const unsigned char c : text)
        if (c < 0x20 || c == 0x7f) return false;
    // Line separators and a byte order mark are line ends or nothing to some readers.
    for (const auto* odd : {"\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF", "\xC2\xA0"})
        if (text.find(odd) != std::string_view::npos) return false;
    return text != "---" && text != "...";
}

std::string quoted_text(std::string_view text) {
    std::string out = "\"";
    for (size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const auto rest = text.substr(i);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += char(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c < 0x20 || c == 0x7f) {
            out += fmt::format("\\x{:02x}", unsigned(c));
        } else if (rest.starts_with("\xC2\x85")) {
            out += "\\u0085", i += 1;
        } else if (rest.starts_with("\xE2\x80\xA8")) {
            out += "\\u2028", i += 2;
        } else if (rest.starts_with("\xE2\x80\xA9")) {
            out += "\\u2029", i += 2;
        } else if (rest.starts_with("\xEF\xBB\xBF")) {
            out += "\\uFEFF", i += 2;
        } else {
            out += char(c);
        }
    }
    return out + '"';
}

std::string scalar_text(const boost::json::value& value, bool quoted) {
    if (value.is_string()) {
        const std::string_view text = value.as_string();
        return !quoted && is_safe_plain(text) ? std::string(text) : quoted_text(text);
    }
    if (value.is_double()) {
        auto text = fmt::format("{}", value.as_double());
        return text.find('.') == std::string::npos ? text + ".0" : text;
    }
    return boost::json::serialize(value);
}

bool is_flat(const boost::json::value& value) {
    return !value.is_structured() || (value.is_array() && value.as_array().empty()) ||
           (value.is_object() && value.as_object().empty());
}

void add_value(std::string& out, const boost::json::value& value, const std::string& indent, std::string_view eol);

void add_members(std::string& out, const boost::json::object& map, const std::string& indent, std::string_view eol,
                 bool first_in_place) {
    for (const auto& [name, value] : map) {
        out += (first_in_place ? "" : indent) + scalar_text(boost::json::string(name), false) + ":";
        first_in_place = false;
        add_value(out, value, indent + "  ", eol);
    }
}

// After "key:", or after "-" with `indent` where its lines go.
void add_value(std::string& out, const boost::json::value& value, const std::string& indent, std::string_view eol) {
    if (is_flat(value)) {
        out += " " + (value.is_array() ? "[]" : value.is_object() ? "{}" : scalar_text(value, false));
        out += eol;
    } else if (value.is_object()) {
        out += eol;
        add_members(out, value.as_object(), indent, eol, false);
    } else {
        out += eol;
        for (const auto& item : value.as_array()) {
            out += indent + "-";
            if (item.is_object() && !is_flat(item)) {
                out += " ";
                add_members(out, item.as_object(), indent + "  ", eol, true);
            } else {
                add_value(out, item, indent + "  ", eol);
            }
        }
    }
}

}  // namespace

bool Yaml::is_null() const { return kind == Kind::scalar && plain && plain_value(text).is_null(); }

Yaml parse_yaml(std::string_view text, int first_line) {
    if (text.size() > max_front_matter_bytes)
        throw BadFile(first_line, "the front matter is over 64 KB", "put long texts into the body");
    Builder builder(first_line);
    std::istringstream in{std::string(text)};
    try {
        YAML::Parser parser(in);
        if (!parser.HandleNextDocument(builder)) return {.kind = Yaml::Kind::map};
    } catch (const YAML::Exception& e) {
        throw BadFile(first_line + std::max(0, e.mark.line), "the front matter is not YAML: " + e.msg,
                      "write \"key: value\", with quotes around values that contain \": \" or begin with a mark");
    }
    auto root = builder.take();
    if (root.is_null()) return {.kind = Yaml::Kind::map};
    if (root.kind != Yaml::Kind::map || root.flow)
        throw BadFile(first_line, "the front matter is not lines of \"key: value\"",
                      "write each key on a line of its own");
    return root;
}

boost::json::value to_json(const Yaml& value) {
    if (value.kind == Yaml::Kind::scalar)
        return value.plain ? plain_value(value.text) : boost::json::value(boost::json::string(value.text));
    if (value.kind == Yaml::Kind::list) {
        boost::json::array list;
        for (const auto& item : value.items) list.push_back(to_json(item));
        return list;
    }
    boost::json::object map;
    for (size_t i = 0; i < value.items.size(); ++i) map[value.keys[i].first] = to_json(value.items[i]);
    return map;
}

std::string yaml_lines(std::string_view key, const boost::json::value& value, std::string_view eol, bool quoted) {
    std::string out = scalar_text(boost::json::string(key), false) + ":";
    if (value.is_string()) return out + " " + scalar_text(value, quoted) + std::string(eol);
    add_value(out, value, "  ", eol);
    return out;
}

}  // namespace stele::exchange
