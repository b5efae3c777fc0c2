#include "tests/support/json_schema.hpp"

#include <algorithm>
#include <regex>
#include <set>

namespace stele::testing {
namespace {

namespace json = boost::json;
using json::value;

const std::set<std::string> annotations{"description", "format", "default", "title"};

class Validator {
  public:
    explicit Validator(const value& document) : document_(document) {}

    void check(const value& schema, const value& v, const std::string& at) {
        const auto& rules = resolved(schema).as_object();
        for (const auto& rule : rules) check_rule(rules, std::string(rule.key()), rule.value(), v, at);
    }
    std::vector<std::string> mistakes;

    const value& resolved(const value& schema) const {
        const auto* ref = schema.as_object().if_contains("$ref");
        if (!ref) return schema;
        return document_.at_pointer(std::string(ref->as_string()).substr(1));
    }

  private:
    void wrong(const std::string& at, const std::string& what) {
        mistakes.push_back((at.empty() ? "/" : at) + ": " + what);
    }

    void check_rule(const json::object& rules, const std::string& name, const value& rule, const value& v,
                    const std::string& at) {
        if (annotations.contains(name)) return;
        if (name == "type") return check_type(rule, v, at);
        if (name == "enum") return check_enum(rule, v, at);
        if (name == "oneOf") return check_one_of(rule, v, at);
        if (name == "required" || name == "properties" || name == "additionalProperties") {
            if (v.is_object()) check_object(rules, name, rule, v.get_object(), at);
        } else if (name == "items" || name == "minItems") {
            if (v.is_array()) check_array(name, rule, v.get_array(), at);
        } else if (name == "minimum" || name == "maximum") {
            if (v.is_number()) check_bound(name, rule, v, at);
        } else if (name == "pattern" || name == "maxLength") {
            if (v.is_string()) check_text(name, rule, std::string(v.get_string()), at);
        } else {
            wrong(at, "the description uses \"" + name + "\", which this validator does not know");
        }
    }

    static bool is(const std::string& type, const value& v) {
        if (type == "null") return v.is_null();
        if (type == "string") return v.is_string();
        if (type == "boolean") return v.is_bool();
        if (type == "integer") return v.is_int64() || v.is_uint64();
        if (type == "number") return v.is_number();
        if (type == "array") return v.is_array();
        return type == "object" && v.is_object();
    }
    void check_type(const value& rule, const value& v, const std::string& at) {
        bool fits = false;
        if (rule.is_string())
            fits = is(std::string(rule.get_string()), v);
        else
            for (const auto& type : rule.as_array()) fits = fits || is(std::string(type.as_string()), v);
        if (!fits) wrong(at, "is " + json::serialize(v).substr(0, 60) + ", not " + json::serialize(rule));
    }
    void check_enum(const value& rule, const value& v, const std::string& at) {
        const auto& values = rule.as_array();
        if (std::find(values.begin(), values.end(), v) == values.end())
            wrong(at, json::serialize(v) + " is none of " + json::serialize(rule));
    }
    void check_one_of(const value& rule, const value& v, const std::string& at) {
        int fitting = 0;
        for (const auto& schema : rule.as_array()) {
            Validator inner(document_);
            inner.check(schema, v, at);
            fitting += inner.mistakes.empty();
        }
        if (fitting != 1) wrong(at, "fits " + std::to_string(fitting) + " schemas of oneOf");
    }
    void check_object(const json::object& rules, const std::string& name, const value& rule, const json::object& v,
                      const std::string& at) {
        const auto* properties = rules.if_contains("properties");
        if (name == "required") {
            for (const auto& member : rule.as_array())
                if (!v.contains(member.as_string())) wrong(at, "lacks " + std::string(member.as_string()));
            return;
        }
        for (const auto& [key, member] : v) {
            const auto* known = properties ? properties->as_object().if_contains(key) : nullptr;
            const auto inner = at + "/" + std::string(key);
            if (name == "properties" && known) check(*known, member, inner);
            if (name != "additionalProperties" || known) continue;
            if (rule.is_object())
                check(rule, member, inner);
            else if (!rule.as_bool())
                wrong(inner, "is not described");
        }
    }
    void check_array(const std::string& name, const value& rule, const json::array& v, const std::string& at) {
        if (name == "minItems" && v.size() < rule.to_number<size_t>()) wrong(at, "has too few items");
        if (name != "items") return;
        for (size_t i = 0; i < v.size(); ++i) check(rule, v[i], at + "/" + std::to_string(i));
    }
    void check_bound(const std::string& name, const value& rule, const value& v, const std::string& at) {
        const auto bound = rule.to_number<double>(), n = v.to_number<double>();
        if (name == "minimum" ? n < bound : n > bound) wrong(at, json::serialize(v) + " breaks " + name);
    }
    void check_text(const std::string& name, const value& rule, const std::string& v, const std::string& at) {
        if (name == "maxLength" && v.size() > 4 * rule.to_number<size_t>()) wrong(at, "is too long");
        if (name == "pattern" && !std::regex_search(v, std::regex(std::string(rule.as_string()))))
            wrong(at, "\"" + v + "\" does not match " + std::string(rule.as_string()));
    }

    const value& document_;
};

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c + 32);
    return text;
}

}  // namespace

std::vector<std::string> schema_mistakes(const value& document, const value& schema, const value& v) {
    Validator validator(document);
    validator.check(schema, v, "");
    return validator.mistakes;
}

std::vector<std::string> answer_mistakes(const value& document, const std::string& method, const std::string& pattern,
                                         int status, const std::string& content_type, const std::string& body) {
    const Validator references(document);
    const auto* path = document.at("paths").as_object().if_contains(pattern);
    const auto* operation = path ? path->as_object().if_contains(lower(method)) : nullptr;
    if (!operation) return {"no operation " + method + " " + pattern};
    const auto& responses = operation->at("responses").as_object();
    const auto* listed = responses.if_contains(std::to_string(status));
    if (!listed && status < 400) return {"status " + std::to_string(status) + " is not described"};
    const auto& response = references.resolved(listed ? *listed : responses.at("default")).as_object();
    const auto* content = response.if_contains("content");
    if (!content) return body.empty() ? std::vector<std::string>{} : std::vector<std::string>{"has a body"};
    const auto* media = content->as_object().if_contains(content_type.substr(0, content_type.find(';')));
    if (!media) return {"content type " + content_type + " is not described"};
    if (content_type.find("json") == std::string::npos) return {};
    return schema_mistakes(document, media->at("schema"), json::parse(body));
}

}  // namespace stele::testing
