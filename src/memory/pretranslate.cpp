// What is missing, filled from the memory in one save.
#include "src/editing/work.hpp"
#include "src/memory/fill.hpp"
#include "src/memory/memory.hpp"

namespace stele::memory {

Pretranslated pretranslate(const Store& store, ArticleId id, const locale::Tag& locale, int threshold,
                           const Actor& actor) {
    const auto source = store.db.reading([&](db::Connection& c) { return editing::read_source(c, store, id); });
    const auto text_for = [&](const Missing& missing) -> std::optional<std::string> {
        return store.db.reading([&](db::Connection& c) -> std::optional<std::string> {
            Question q{.source_locale = source.article.source_locale,
                       .target_locale = locale,
                       .text = missing.source,
                       .threshold = threshold,
                       .limit = 1,
                       .article_id = id,
                       .segment_id = missing.id,
                       .before = missing.before,
                       .after = missing.after};
            auto found = suggest(c, q);
            if (found.empty()) return std::nullopt;
            return std::move(found.front().text);
        });
    };
    std::vector<editing::SegmentText> texts;
    for (const auto& missing : find_missing(store, id, locale))
        if (auto text = text_for(missing)) texts.push_back({missing.id, std::move(*text)});
    const auto filled = fill_missing(store, id, locale, {std::move(texts), "memory"}, actor);
    return {.filled = filled.filled, .missing = filled.missing, .version = filled.version};
}

}  // namespace stele::memory
