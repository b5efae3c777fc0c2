#pragma once
// As much of JSON Schema (2020-12) as the description of the API uses: $ref within the document, type (also a list of
// types), enum, required, properties, additionalProperties, items, minItems, oneOf, minimum, maximum, pattern,
// maxLength. A keyword that is none of these and no annotation is a mistake in the description.
#include <boost/json.hpp>
#include <string>
#include <vector>

namespace stele::testing {

// What is wrong, each with its place in the value; empty = valid.
std::vector<std::string> schema_mistakes(const boost::json::value& document, const boost::json::value& schema,
                                         const boost::json::value& value);

// What the description says about an answer: its status, content type and body. `pattern` is the route's.
std::vector<std::string> answer_mistakes(const boost::json::value& document, const std::string& method,
                                         const std::string& pattern, int status, const std::string& content_type,
                                         const std::string& body);

}  // namespace stele::testing
