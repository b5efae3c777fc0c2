// Where a phrase stands in the memory, and how much is in it.
#include <algorithm>
#include <map>
#include <span>

#include "src/locale/text.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/units.hpp"
#include "src/storage/articles.hpp"

namespace stele::memory {
namespace {

constexpr int sources_per_key = 500;
constexpr size_t sources_read = 500, sources_at_once = 20;

std::vector<std::string> words_of(const Tokens& tokens) {
    std::vector<std::string> words;
    for (const auto& token : tokens)
        if (token.kind != Token::Kind::mark) words.push_back(token.folded);
    return words;
}

// The latest sources under all of its keys, where some have all; else under any.
std::vector<std::int64_t> candidates(db::Connection& c, const Tokens& tokens, const locale::Tag& tag) {
    std::map<std::int64_t, int> shared;
    for (const auto& keys : {inner_pair_keys(tokens, tag), word_keys(tokens, tag)})
        for (const auto key : keys)
            for (const auto id : find_sources(c, key, sources_per_key)) ++shared[id];
    std::vector<std::pair<int, std::int64_t>> order;
    for (const auto& [id, count] : shared) order.emplace_back(count, id);
    std::ranges::sort(order, std::greater<>());
    if (order.size() > sources_read) order.resize(sources_read);
    std::vector<std::int64_t> ids;
    for (const auto& [count, id] : order) ids.push_back(id);
    return ids;
}

Found found_of(db::Connection& c, const Unit& unit) {
    Found found{.source = unit.source,
                .text = unit.target,
                .imported = !unit.article_id,
                .article_id = unit.article_id,
                .actor = unit.actor,
                .at = unit.at};
    if (unit.article_id)
        if (auto article = storage::find_article(c, *unit.article_id)) found.key = std::move(article->key);
    return found;
}

}  // namespace

std::vector<Found> find_phrase(const Store& store, const locale::Tag& source, const locale::Tag& target,
                               const std::string& phrase, int limit) {
    const auto tokens = tokens_of(phrase, source);
    const auto wanted = words_of(tokens);
    if (wanted.empty()) return {};
    return store.db.reading([&](db::Connection& c) {
        std::vector<std::int64_t> ids;
        for (const auto& text : find_texts(c, candidates(c, tokens, source))) {
            const auto words = words_of(tokens_of(text.text, source));
            if (std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end())
                ids.push_back(text.id);
        }
        std::ranges::sort(ids, std::greater<>());
        std::vector<Found> found;
        for (auto rest = std::span<const std::int64_t>(ids); !rest.empty() && found.size() < size_t(limit);
             rest = rest.subspan(std::min(rest.size(), sources_at_once))) {
            auto units = find_units(c, rest.first(std::min(rest.size(), sources_at_once)), target);
            std::ranges::sort(units, std::greater<>(), [](const Unit& u) { return std::pair(u.source_id, u.id); });
            for (const auto& unit : units)
                if (found.size() < size_t(limit)) found.push_back(found_of(c, unit));
        }
        return found;
    });
}

std::vector<Stock> stock(const Store& store) {
    return store.db.reading([](db::Connection& c) {
        std::vector<Stock> list;
        c.query("SELECT source_locale, target_locale, imported, units FROM memory_count WHERE units > 0", {},
                [&](db::Row r) {
                    const auto source = locale::Tag::stored(r.text(0)), target = locale::Tag::stored(r.text(1));
                    auto pair = std::ranges::find_if(
                        list, [&](const Stock& s) { return s.source == source && s.target == target; });
                    if (pair == list.end()) pair = list.insert(list.end(), {.source = source, .target = target});
                    (r.boolean(2) ? pair->imported : pair->own) += r.integer(3);
                });
        std::ranges::sort(list, {}, [](const Stock& s) { return std::pair(s.source, s.target); });
        return list;
    });
}

}  // namespace stele::memory
