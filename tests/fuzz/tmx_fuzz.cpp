// Any bytes as a TMX file: they are refused with a message, or what was read is the same when it is written and read
// again.
#include <cstdlib>
#include <sstream>
#include <vector>

#include "src/base/error.hpp"
#include "src/locale/text.hpp"
#include "src/memory/tmx.hpp"

using namespace stele;

namespace {

void check(bool holds) {
    if (!holds) std::abort();
}

std::vector<memory::TmxUnit> read(const std::string& bytes) {
    std::vector<memory::TmxUnit> units;
    std::istringstream in(bytes);
    memory::read_tmx(in, [&](memory::TmxUnit&& unit) { units.push_back(std::move(unit)); });
    return units;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    std::vector<memory::TmxUnit> units;
    try {
        units = read({reinterpret_cast<const char*>(data), size});
    } catch (const Error& error) {
        check(error.code() == ErrorCode::invalid && !error.fields().empty());
        return 0;
    }
    std::string file;
    const memory::Write write = [&](std::string_view piece) { file += piece; };
    memory::write_tmx_head(write, std::nullopt, locale::Tag::stored("en"));
    for (const auto& unit : units) memory::write_tmx_unit(write, unit);
    memory::write_tmx_end(write);
    const auto again = read(file);
    check(again.size() <= units.size());
    for (size_t i = 0; again.size() == units.size() && i < again.size(); ++i)
        check(again[i].source == units[i].source && again[i].target == units[i].target);
    return 0;
}
