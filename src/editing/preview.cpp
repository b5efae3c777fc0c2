// What saving a source would do: to its segments, to the translations, and to what somebody else wrote meanwhile.
#include <algorithm>
#include <map>
#include <set>

#include "src/editing/basis.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/source_change.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/unwritten.hpp"
#include "src/editing/validate.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/translations.hpp"

namespace stele::editing {
namespace {

// Segments that say something else than what they were translated from, because of this change: also those that did
// before, since there is another difference to follow now. A text of its own is one segment.
std::vector<Consequences::Locale> outdated_by(db::Connection& c, const Source& before, const Source& after,
                                              const SourceChange& change) {
    std::map<locale::Tag, Consequences::Locale> found;
    for (const auto& edition : storage::find_editions(c, before.article.id))
        if (!edition.is_source) found.emplace(edition.locale, Consequences::Locale{edition.locale});
    std::set<locale::Tag> independent;
    for (const auto& [locale, mode] : storage::find_modes(c, before.article.id))
        if (mode == content::Mode::independent) independent.insert(locale);
    auto asked = change.touched();
    asked.emplace_back(content::body_id);
    for (const auto& basis : storage::find_bases(c, before.article.id, asked)) {
        const auto at = found.find(basis.locale);
        if (at == found.end()) continue;
        const auto add = [&](const content::Hash& was, const content::Hash& is, std::int64_t words) {
            if (was == is || basis.basis_hash == is) return;
            ++at->second.segments;
            at->second.words += words;
        };
        const bool own_body = independent.contains(basis.locale);
        const auto* was = before.find(basis.segment_id);
        const auto* is = after.find(basis.segment_id);
        if (basis.segment_id == content::body_id && own_body)
            add(before.body_hash(), after.body_hash(), after.body_words());
        else if (is && !(own_body && after.is_body(*is)))
            add(was ? was->hash : content::Hash{}, is->hash, is->words);
    }
    std::vector<Consequences::Locale> list;
    for (auto& [locale, one] : found)
        if (one.segments > 0) list.push_back(std::move(one));
    return list;
}

// Nobody else has touched the body since.
bool is_same_body(const Past& past, const Source& source) {
    if (past.slots != source.frame.slots || !content::same_structure(*past.skeleton, *source.frame.skeleton))
        return false;
    return std::all_of(past.slots.begin(), past.slots.end(),
                       [&](const std::string& id) { return *past.text(id) == source.text(id); });
}

}  // namespace

Consequences preview_source_save(const Store& store, ArticleId id, const Changes& changes) {
    return store.db.reading([&](db::Connection& c) {
        FieldErrors errors;
        check_changes(errors, changes);
        throw_if_any(std::move(errors));
        const Source source = read_source(c, store, id);
        Source after = source;
        const auto& type = store.types.find_or_page(source.article.type);
        const auto change = change_source(after, source, type, changes, {"", store.now()});
        Consequences consequences;
        using Segment = Consequences::Segment;
        for (const auto& s : change.changed)
            consequences.segments.push_back({s.id, Segment::What::changed, source.text(s.id), s.text});
        for (const auto& s : change.added) consequences.segments.push_back({"", Segment::What::added, "", s.text});
        for (const auto& removed : change.removed)
            consequences.segments.push_back({removed, Segment::What::removed, source.text(removed), ""});
        consequences.locales = outdated_by(c, source, after, change);
        return consequences;
    });
}

std::optional<std::string> merged_body(const Store& store, ArticleId id, const std::string& body, std::int64_t seen) {
    return store.db.reading([&](db::Connection& c) -> std::optional<std::string> {
        const Source source = read_source(c, store, id);
        if (seen >= source.frame.version) return body;
        const auto past = find_past_source(c, source, seen);
        if (!past) return std::nullopt;
        Changes sent;
        sent.body = body;
        const auto written = without_unwritten(sent, *past, source);
        if (written.body) return is_same_body(*past, source) ? std::optional(body) : std::nullopt;
        Source after = source;
        change_source(after, source, store.types.find_or_page(source.article.type), written, {"", store.now()});
        return source_body(after);
    });
}

}  // namespace stele::editing
