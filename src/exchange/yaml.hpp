#pragma once
// The part of YAML 1.2 that front matter may use: maps, lists and scalars; no anchors, aliases, or tags. Plain scalars
// are read by the core schema (1.2, 10.3.2): null, true and false, integers, floats; all else is text.
#include <boost/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stele::exchange {

inline constexpr size_t max_front_matter_bytes = 64 * 1024;
inline constexpr int max_front_matter_depth = 16;

struct Yaml {
    enum class Kind { scalar, list, map } kind = Kind::scalar;
    bool plain = true;  // a scalar without quotes
    bool flow = false;  // [..] or {..}
    int line = 0;       // from 0, in the text
    std::string text;
    std::vector<Yaml> items;                        // of a list; values of a map
    std::vector<std::pair<std::string, int>> keys;  // of a map, with their lines
    bool is_null() const;
};

// Thrown by everything that reads a file.
struct BadFile : std::runtime_error {
    BadFile(int line_number, const std::string& what, std::string what_to_do)
        : std::runtime_error(what), line(line_number), remedy(std::move(what_to_do)) {}
    int line;  // from 1; 0 = the file as a whole
    std::string remedy;
};

// `first_line`: the number in the file of the text's first line. The text has to be a map (an empty one is fine).
Yaml parse_yaml(std::string_view text, int first_line);
boost::json::value to_json(const Yaml& value);

// "key: value" with the lines of lists and maps below, each ended by `eol`. What parse_yaml reads back is `value`.
std::string yaml_lines(std::string_view key, const boost::json::value& value, std::string_view eol,
                       bool quoted = false);

}  // namespace stele::exchange
