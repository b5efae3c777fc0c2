// The validator that the answers of this suite are held against does refuse.
#include <boost/test/unit_test.hpp>

#include "tests/support/json_schema.hpp"

using stele::testing::answer_mistakes;
using stele::testing::schema_mistakes;

namespace {

size_t mistakes(const std::string& schema, const std::string& value) {
    const auto document = boost::json::parse(R"({"$defs": {"Name": {"type": "string", "pattern": "^[a-z]+$"}}})");
    return schema_mistakes(document, boost::json::parse(schema), boost::json::parse(value)).size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(each_keyword_refuses_what_it_should) {
    const std::string object = R"({"type": "object", "required": ["a"], "additionalProperties": false,
                                   "properties": {"a": {"$ref": "#/$defs/Name"}, "b": {"type": ["integer", "null"], "minimum": 1}}})";
    BOOST_TEST(mistakes(object, R"({"a": "x", "b": null})") == 0u);
    BOOST_TEST(mistakes(object, R"({"a": "X"})") == 1u);
    BOOST_TEST(mistakes(object, R"({"b": 1})") == 1u);
    BOOST_TEST(mistakes(object, R"({"a": "x", "b": 0})") == 1u);
    BOOST_TEST(mistakes(object, R"({"a": "x", "b": 1.5})") == 1u);
    BOOST_TEST(mistakes(object, R"({"a": "x", "c": 1})") == 1u);
    BOOST_TEST(mistakes(object, "[]") == 1u);
    BOOST_TEST(mistakes(R"({"enum": ["a", 1]})", "2") == 1u);
    BOOST_TEST(mistakes(R"({"type": "array", "minItems": 1, "items": {"type": "string"}})", "[1, \"a\", 2]") == 2u);
    BOOST_TEST(mistakes(R"({"type": "array", "minItems": 1})", "[]") == 1u);
    BOOST_TEST(mistakes(R"({"oneOf": [{"type": "integer"}, {"type": "number"}]})", "1") == 1u);
    BOOST_TEST(mistakes(R"({"additionalProperties": {"type": "integer"}})", R"({"a": "x"})") == 1u);
    BOOST_TEST(mistakes(R"({"allOf": []})", "1") == 1u);
}

BOOST_AUTO_TEST_CASE(an_answer_has_to_be_described) {
    const auto document = boost::json::parse(R"({"paths": {"/a": {"get": {"responses": {
        "200": {"content": {"application/json": {"schema": {"type": "object"}}}}, "204": {},
        "default": {"content": {"application/problem+json": {"schema": {"required": ["type"]}}}}}}}}})");
    const auto count = [&](const std::string& method, int status, const std::string& type, const std::string& body) {
        return answer_mistakes(document, method, "/a", status, type, body).size();
    };
    BOOST_TEST(count("GET", 200, "application/json", "{}") == 0u);
    BOOST_TEST(count("GET", 204, "", "") == 0u);
    BOOST_TEST(count("GET", 404, "application/problem+json", R"({"type": "x"})") == 0u);
    BOOST_TEST(count("PUT", 200, "application/json", "{}") == 1u);
    BOOST_TEST(count("GET", 201, "application/json", "{}") == 1u);
    BOOST_TEST(count("GET", 200, "text/html", "<p>") == 1u);
    BOOST_TEST(count("GET", 200, "application/json", "[]") == 1u);
    BOOST_TEST(count("GET", 204, "", "x") == 1u);
    BOOST_TEST(count("GET", 404, "application/problem+json", "{}") == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
