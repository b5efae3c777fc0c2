#include "src/base/embedded.hpp"

#include <algorithm>

#define STELE_EMBEDDED(index, name)                 \
    extern "C" const char stele_embedded_##index[]; \
    extern "C" const char stele_embedded_##index##_end[];
#include "embedded_table.inc"
#undef STELE_EMBEDDED

namespace stele::embedded {
namespace {

const std::vector<File>& files() {
    static const std::vector<File> all = [] {
        std::vector<File> list;
#define STELE_EMBEDDED(index, name) \
    list.push_back({name, {stele_embedded_##index, size_t(stele_embedded_##index##_end - stele_embedded_##index)}});
#include "embedded_table.inc"
#undef STELE_EMBEDDED
        std::sort(list.begin(), list.end(), [](const File& a, const File& b) { return a.name < b.name; });
        return list;
    }();
    return all;
}

}  // namespace

std::optional<std::string_view> find(std::string_view name) {
    const auto& all = files();
    auto at =
        std::lower_bound(all.begin(), all.end(), name, [](const File& f, std::string_view n) { return f.name < n; });
    if (at == all.end() || at->name != name) return std::nullopt;
    return at->text;
}

std::vector<File> list(std::string_view prefix) {
    std::vector<File> found;
    for (const auto& file : files())
        if (file.name.starts_with(prefix)) found.push_back(file);
    return found;
}

}  // namespace stele::embedded
