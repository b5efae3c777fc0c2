// Which units an article should have, against those it has.
#include <map>
#include <set>

#include "src/content/segment.hpp"
#include "src/editing/work.hpp"
#include "src/memory/follow.hpp"

namespace stele::memory {
namespace {

constexpr size_t longest = 10'000;  // bytes: nobody reuses what is longer

// Segments around one in the source, for the context of its unit.
struct Neighbours {
    std::string_view before, after;
};

Neighbours neighbours(const editing::Source& source, const std::string& id) {
    const auto* segment = source.find(id);
    if (!segment) return {};
    const auto at = size_t(segment - source.live.data());
    return {at > 0 ? std::string_view(source.live[at - 1].text) : "",
            at + 1 < source.live.size() ? std::string_view(source.live[at + 1].text) : ""};
}

bool is_confirmed(const content::Target& target) { return target.origin == "human"; }

NewUnit unit_of_target(const editing::Source& source, const locale::Tag& locale, std::string basis,
                       const content::Target& target) {
    auto unit = unit_of(source.article.source_locale, locale, std::move(basis), target.text);
    const auto around = neighbours(source, target.segment_id);
    if (!around.before.empty()) unit.before = meaning_key(around.before, source.article.source_locale);
    if (!around.after.empty()) unit.after = meaning_key(around.after, source.article.source_locale);
    unit.article_id = source.article.id;
    unit.segment_id = target.segment_id;
    unit.actor = target.actor;
    unit.at = target.updated_at;
    return unit;
}

using Kept = std::map<std::pair<std::string, std::string>, Unit>;  // by locale and segment

bool is_same(const Unit& unit, const editing::Source& source, std::string_view basis, const content::Target& target) {
    return unit.source_locale == source.article.source_locale && unit.source == basis && unit.target == target.text;
}

void compare(Difference& difference, Kept& kept, const editing::Source& source, const locale::Tag& locale,
             const editing::Work& work) {
    for (const auto& [id, target] : work.targets) {
        if (!is_confirmed(target) || id == content::body_id || target.text.size() > longest) continue;
        auto basis = work.basis_text(source, target);
        if (basis.empty() || basis.size() > longest) continue;
        const auto at = kept.find({locale.text(), id});
        if (at != kept.end() && is_same(at->second, source, basis, target)) {
            kept.erase(at);
            continue;
        }
        difference.added.push_back(unit_of_target(source, locale, std::move(basis), target));
    }
}

std::vector<locale::Tag> locales_of(db::Connection& c, const storage::Article& article,
                                    const std::optional<locale::Tag>& locale) {
    std::vector<locale::Tag> tags;
    if (locale) tags.push_back(*locale);
    if (!locale)
        for (const auto& [tag, mode] : storage::find_modes(c, article.id)) tags.push_back(tag);
    std::erase(tags, article.source_locale);
    return tags;
}

}  // namespace

Difference difference(db::Connection& c, const Store& store, ArticleId id, const std::optional<locale::Tag>& locale) {
    Difference difference;
    Kept kept;
    for (auto& unit : find_units(c, id, locale)) {
        auto place = std::pair(unit.target_locale.text(), unit.segment_id);
        kept.emplace(std::move(place), std::move(unit));
    }
    if (auto article = storage::find_article(c, id); article && !article->deleted_at) {
        const auto tags = locales_of(c, *article, locale);
        if (!tags.empty()) {
            const auto source = editing::read_source(c, store, std::move(*article));
            for (const auto& tag : tags) compare(difference, kept, source, tag, editing::read_work(c, source, tag));
        }
    }
    for (auto& [place, unit] : kept) {
        unit.keys = keys_of(unit.source, unit.source_locale);
        difference.removed.push_back(std::move(unit));
    }
    return difference;
}

}  // namespace stele::memory
