#include "server/studio/diff_view.hpp"

#include "server/studio/shell.hpp"
#include "src/content/segment.hpp"

namespace stele::studio {

ViewData diff_view(std::string_view before, std::string_view after, const locale::Tag& tag) {
    using Kind = content::DiffRun::Kind;
    auto runs = view_list();
    for (const auto& run : content::word_diff(before, after, tag)) {
        auto view = view_object();
        const auto text_if = [&](Kind kind) { return run.kind == kind ? ViewData(run.text) : nothing(); };
        put(view, "same", text_if(Kind::same));
        put(view, "added", text_if(Kind::added));
        put(view, "removed", text_if(Kind::removed));
        runs << view;
    }
    return runs;
}

}  // namespace stele::studio
