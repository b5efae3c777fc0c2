// compose(segments_of(x)) is x, byte for byte and as a tree; the HTML of any x is written without a fault.
#include <cstdint>
#include <cstdlib>

#include "src/content/markdown.hpp"
#include "src/locale/tag.hpp"
#include "tests/unit/content/markdown_support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace stele::content;
    const std::string markdown(reinterpret_cast<const char*>(data), size);
    const Body body = segments_of(markdown);
    const std::string again = compose(body.skeleton, texts_of(body));
    if (again != markdown || tree_of(again, true) != tree_of(markdown, true)) std::abort();
    if (!(parse_skeleton(to_stored(body.skeleton)) == body.skeleton)) std::abort();

    Texts half;
    std::vector<Part> parts;
    for (size_t i = 0; i < body.leaves.size(); ++i) {
        half.push_back(i % 2 ? std::optional(body.leaves[i].text) : std::nullopt);
        parts.push_back({body.leaves[i].text, std::nullopt});
    }
    compose(body.skeleton, half);
    static const stele::locale::Tag english = *stele::locale::Tag::parse("en");
    render_html(body.skeleton, parts, english);
    visible_text(markdown);
    return 0;
}
