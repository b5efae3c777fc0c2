#include "server/api/openapi.hpp"

#include <yaml-cpp/yaml.h>

#include <boost/json.hpp>
#include <stdexcept>

#include "server/api/answer.hpp"
#include "server/api/handlers.hpp"
#include "src/base/embedded.hpp"

namespace stele::api {
namespace {

namespace json = boost::json;

// YAML 1.2 core schema (10.3.2), as far as a description needs it: quoted scalars are texts.
json::value scalar_from(const YAML::Node& node) {
    const auto& text = node.Scalar();
    if (node.Tag() == "!") return json::value(text);
    if (text == "null" || text == "~") return nullptr;
    if (text == "true") return true;
    if (text == "false") return false;
    const bool may_be_number = !text.empty() && (text[0] == '-' || (text[0] >= '0' && text[0] <= '9'));
    if (!may_be_number) return json::value(text);
    json::error_code ec;
    auto number = json::parse(text, ec);
    return ec ? json::value(text) : number;
}

// "<<" stands for the members of another map (yaml.org/type/merge), which yaml-cpp leaves to its callers.
void add_member(json::object& object, const std::string& name, json::value value) {
    if (name != "<<") {
        object.insert_or_assign(name, std::move(value));
        return;
    }
    for (auto& [inherited, member] : value.as_object()) object.emplace(inherited, member);
}

json::value value_from(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Null:
            return nullptr;
        case YAML::NodeType::Scalar:
            return scalar_from(node);
        case YAML::NodeType::Sequence: {
            json::array array;
            for (const auto& item : node) array.push_back(value_from(item));
            return array;
        }
        case YAML::NodeType::Map: {
            json::object object;
            for (const auto& member : node) add_member(object, member.first.Scalar(), value_from(member.second));
            return object;
        }
        case YAML::NodeType::Undefined:
            break;
    }
    throw std::runtime_error("openapi.yaml: an undefined node");
}

}  // namespace

std::string json_from_yaml(std::string_view yaml) { return json::serialize(value_from(YAML::Load(std::string(yaml)))); }

std::string embedded_openapi() {
    const auto yaml = embedded::find("server/api/openapi.yaml");
    if (!yaml) throw std::runtime_error("the binary lacks its server/api/openapi.yaml");
    return json_from_yaml(*yaml);
}

http::Response show_openapi(App& app, const Call& call) {
    auto response = public_text(call, app.openapi);
    keep(app, call, response, {});
    return response;
}

}  // namespace stele::api
