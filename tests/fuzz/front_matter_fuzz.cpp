// Any bytes as a content file: they are refused with a line and a remedy, or they are the file again when put together,
// and each value is the same when it is written and read again. Any bytes as CSV likewise.
#include <cstdlib>

#include "src/exchange/csv.hpp"
#include "src/exchange/front_matter.hpp"

using namespace stele::exchange;

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

void check_front_matter(const std::string& bytes) {
    const auto front = split_file(bytes);
    if (!front) return;
    std::string again = front->open;
    for (const auto& line : front->lines) again += line;
    check(again + front->close + front->body == bytes);
    for (const auto& entry : front->entries) {
        check(entry.first < entry.end && entry.end <= front->lines.size());
        const auto value = to_json(entry.value);
        const auto read = parse_yaml(yaml_lines(entry.key, value, "\n"), 1);
        check(read.keys.size() == 1 && read.keys[0].first == entry.key && to_json(read.items[0]) == value);
    }
}

void check_csv(const std::string& bytes) {
    const auto rows = parse_csv(bytes);
    if (const auto csv = to_csv(rows, bytes)) check(parse_csv(*csv) == rows);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    for (const auto parse : {check_front_matter, check_csv}) {
        try {
            parse(bytes);
        } catch (const BadFile& e) {
            check(e.line >= 0 && !e.remedy.empty());
        }
    }
    return 0;
}
