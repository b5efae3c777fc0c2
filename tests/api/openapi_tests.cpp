// openapi.yaml is true: its operations are the rows of the route table, in both directions, and its references lead
// somewhere. (That answers are as it says is checked with every answer of this suite, in TestApp::call.)
#include <boost/test/unit_test.hpp>
#include <set>

#include "server/api/openapi.hpp"
#include "server/routes.hpp"
#include "src/base/embedded.hpp"

using namespace stele;

namespace {

const std::set<std::string> methods{"get", "put", "post", "patch", "delete"};

std::set<std::string> described(const boost::json::value& document) {
    std::set<std::string> operations;
    for (const auto& [path, item] : document.at("paths").as_object())
        for (const auto& member : item.as_object())
            if (methods.contains(std::string(member.key())))
                operations.insert(std::string(member.key()) + " " + std::string(path));
    return operations;
}

std::set<std::string> served() {
    std::set<std::string> operations;
    for (const auto& route : routes().routes()) {
        if (route.value.audience != Audience::program) continue;
        std::string method = route.method;
        for (char& c : method) c = char(c | 0x20);
        operations.insert(method + " " + route.pattern);
    }
    return operations;
}

void check_references(const boost::json::value& document, const boost::json::value& node) {
    if (const auto* array = node.if_array()) {
        for (const auto& item : *array) check_references(document, item);
    } else if (const auto* object = node.if_object()) {
        if (const auto* ref = object->if_contains("$ref")) {
            boost::json::error_code ec;
            BOOST_TEST(document.find_pointer(std::string(ref->as_string()).substr(1), ec),
                       std::string(ref->as_string()));
        }
        for (const auto& member : *object) check_references(document, member.value());
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi)

BOOST_AUTO_TEST_CASE(it_describes_every_route_and_no_other) {
    const auto document = boost::json::parse(api::embedded_openapi());
    const auto in_description = described(document), in_table = served();
    BOOST_TEST(in_description == in_table, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(its_references_lead_somewhere) {
    const auto document = boost::json::parse(api::embedded_openapi());
    check_references(document, document);
}

BOOST_AUTO_TEST_CASE(path_parameters_are_described) {
    const auto document = boost::json::parse(api::embedded_openapi());
    for (const auto& [path, item] : document.at("paths").as_object()) {
        const std::string pattern(path);
        const auto wanted = std::count(pattern.begin(), pattern.end(), '{');
        const auto* parameters = item.as_object().if_contains("parameters");
        BOOST_TEST((parameters ? std::ptrdiff_t(parameters->as_array().size()) : 0) == wanted, pattern);
    }
}

BOOST_AUTO_TEST_CASE(yaml_becomes_json_by_its_core_schema) {
    BOOST_TEST(
        api::json_from_yaml(R"(a: &x {n: 1, t: "1", f: 1.5, y: yes, z: null}
b: {<<: *x, n: 2}
c: [true, -3, text])") ==
        R"({"a":{"n":1,"t":"1","f":1.5E0,"y":"yes","z":null},"b":{"n":2,"t":"1","f":1.5E0,"y":"yes","z":null},"c":[true,-3,"text"]})");
}

BOOST_AUTO_TEST_SUITE_END()
