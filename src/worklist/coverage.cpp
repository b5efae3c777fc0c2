#include <algorithm>

#include "src/storage/site.hpp"
#include "src/storage/tallies.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::worklist {
namespace {

void add(StateTotal& total, const storage::Tally& tally) {
    total.articles += tally.articles;
    total.words.total += tally.words.total;
    total.words.missing += tally.words.missing;
    total.words.outdated += tally.words.outdated;
}

}  // namespace

std::vector<Coverage> coverage(const Store& store) {
    std::vector<Coverage> list;
    store.db.read([&](db::Connection& c) {
        list.clear();
        const auto site = storage::read_site(c, store.default_locale);
        for (const auto& l : site->locales)
            if (l.active) list.push_back({.locale = l.tag, .states = {}, .source = {}});
        for (const auto& tally : storage::sum_editions(c)) {
            const auto at = std::ranges::find(list, tally.locale, &Coverage::locale);
            if (at == list.end()) continue;
            const auto state = static_cast<size_t>(tally.slot / 2);
            add(tally.scope == storage::Scope::source ? at->source : at->states.at(state), tally);
        }
    });
    return list;
}

}  // namespace stele::worklist
