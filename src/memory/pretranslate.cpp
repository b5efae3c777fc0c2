// What is missing, filled from the memory in one save.
#include "src/editing/work.hpp"
#include "src/memory/fill.hpp"
#include "src/memory/memory.hpp"

namespace stele::memory {

Pretranslated pretranslate(const Store& store, ArticleId id, const locale::Tag& locale, const Pretranslating& how,
                           const Actor& actor) {
    const auto end = std::chrono::steady_clock::now() + how.time;
    const auto source = store.db.reading([&](db::Connection& c) { return editing::read_source(c, store, id); });
    const auto text_for = [&](const Missing& missing) -> std::optional<std::string> {
        return store.db.reading([&](db::Connection& c) -> std::optional<std::string> {
            Question q{.source_locale = source.article.source_locale,
                       .target_locale = locale,
                       .text = missing.source,
                       .threshold = how.threshold,
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
    Pretranslated made;
    const Missing* last = nullptr;
    const auto all = find_missing(store, id, locale, how.after);
    for (const auto& missing : all) {
        if (last && std::chrono::steady_clock::now() >= end) {
            made.next = mark_of(*last);
            break;
        }
        if (auto text = text_for(missing)) texts.push_back({missing.id, std::move(*text)});
        last = &missing;
    }
    const auto filled = fill_missing(store, id, locale, {std::move(texts), "memory"}, actor);
    made.filled = filled.filled;
    made.missing = filled.missing;
    made.version = filled.version;
    return made;
}

}  // namespace stele::memory
