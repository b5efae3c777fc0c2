#include "src/editing/all_editions.hpp"

#include "src/editing/counting.hpp"
#include "src/editing/structure.hpp"

namespace stele::editing {

std::vector<content::Edition> all_editions(db::Connection& c, const Source& source, Time now) {
    std::vector<content::Edition> editions;
    for (const auto& l : source.site->locales) {
        if (!l.tracked()) continue;
        const Work work = read_work(c, source, l.tag);
        if (l.tag == source.article.source_locale) {
            const auto published = work.publication ? std::optional(work.publication->text_hash) : std::nullopt;
            editions.push_back(source_edition(source, work.edition, published, now));
        } else {
            editions.push_back(edition_of(source, work, work.exists() ? work.frame.text_hash : content::Hash(), now));
        }
    }
    return editions;
}

}  // namespace stele::editing
