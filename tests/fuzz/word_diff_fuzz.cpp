// Any two texts: the runs of their difference read back as both of them, and no two neighbours are of one kind.
#include <cstdlib>

#include "src/content/segment.hpp"

using stele::content::DiffRun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    static const stele::locale::Tag tag = stele::locale::Tag::stored("en");
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const size_t cut = std::min(input.find('\0'), input.size());
    const std::string_view before = input.substr(0, cut), after = input.substr(std::min(cut + 1, input.size()));

    std::string old, fresh;
    const DiffRun* previous = nullptr;
    const auto runs = stele::content::word_diff(before, after, tag);
    for (const DiffRun& run : runs) {
        if (run.text.empty() || (previous && previous->kind == run.kind)) std::abort();
        if (run.kind != DiffRun::Kind::added) old += run.text;
        if (run.kind != DiffRun::Kind::removed) fresh += run.text;
        previous = &run;
    }
    if (old != before || fresh != after) std::abort();
    return 0;
}
