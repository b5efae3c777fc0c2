#include "src/editing/work.hpp"

#include <algorithm>

#include "src/storage/editions.hpp"
#include "src/storage/revisions.hpp"

namespace stele::editing {

const content::SourceSegment* Source::find(std::string_view id) const {
    constexpr size_t few = 64;
    if (live.size() <= few) {
        const auto at = std::ranges::find(live, id, &content::SourceSegment::id);
        return at == live.end() ? nullptr : &*at;
    }
    const std::string key(id);
    const auto look = [&]() -> const content::SourceSegment* {
        const auto at = places.find(key);
        return at != places.end() && at->second < live.size() && live[at->second].id == id ? &live[at->second]
                                                                                           : nullptr;
    };
    if (const auto* found = look()) return found;
    // Never filled, or `live` has changed since.
    places.clear();
    for (size_t i = 0; i < live.size(); ++i) places.emplace(live[i].id, i);
    return look();
}

std::string Source::text(std::string_view id) const {
    const auto* s = find(id);
    return s ? s->text : std::string();
}

content::Hash Source::body_hash() const {
    std::vector<content::Hash> hashes;
    for (const auto& s : live)
        if (is_body(s)) hashes.push_back(s.hash);
    return content::body_hash(std::move(hashes));
}

std::int64_t Source::body_words() const {
    std::int64_t words = 0;
    for (const auto& s : live)
        if (is_body(s)) words += s.words;
    return words;
}

Source read_source(db::Connection& c, const Store& store, ArticleId id) {
    auto article = storage::find_article(c, id);
    if (!article) throw Error(ErrorCode::not_found, "article");
    if (article->deleted_at) throw Error(ErrorCode::not_found, "article-deleted");
    return read_source(c, store, std::move(*article));
}

Source read_source(db::Connection& c, const Store& store, storage::Article article) {
    const auto id = article.id;
    auto frame = storage::find_frame(c, id, article.source_locale);
    if (!frame || !frame->skeleton) throw Error(ErrorCode::internal, "source-frame", {{"article", number(id)}});
    auto segments = storage::find_segments(c, id, frame->slots);
    return {storage::read_site(c, store), std::move(article), std::move(*frame), std::move(segments.live),
            std::move(segments.retired)};
}

std::string Work::basis_text(const Source& source, const content::Target& target) const {
    if (target.segment_id != content::body_id)
        if (const auto* s = source.find(target.segment_id); s && s->exact == target.basis) return s->text;
    if (auto at = wordings.find(target.basis); at != wordings.end()) return at->second;
    for (const auto& s : source.retired)
        if (s.id == target.segment_id && s.exact == target.basis) return s.text;
    return {};
}

std::string Work::text(const Source& source, const content::Target& target) const {
    const auto* s = source.find(target.segment_id);
    if (!s || s->exact == target.basis) return target.text;
    const auto basis = wordings.find(target.basis);
    if (basis == wordings.end()) return target.text;
    return content::follow_destinations(target.text, basis->second, s->text);
}

std::optional<std::string> Work::text(const Source& source, std::string_view id) const {
    const auto at = targets.find(id);
    if (at == targets.end()) return std::nullopt;
    return text(source, at->second);
}

namespace {

void look_ahead(Work& work, const Ahead& ahead, const std::vector<content::Hash>& bases) {
    const auto& locale = work.frame.locale;
    if (const auto at = ahead.frames.find(locale); at != ahead.frames.end()) work.frame = at->second;
    if (const auto at = ahead.editions.find(locale); at != ahead.editions.end()) work.edition = at->second;
    for (const auto& basis : bases)
        if (const auto at = ahead.wordings.find(basis); at != ahead.wordings.end()) work.wordings.insert(*at);
}

}  // namespace

Work read_work(db::Connection& c, const Source& source, const locale::Tag& locale) {
    Work work{.frame = {.locale = locale}, .targets = {}, .wordings = {}, .edition = {}, .publication = {}};
    const auto id = source.article.id;
    if (auto frame = storage::find_frame(c, id, locale)) {
        work.frame = std::move(*frame);
        work.targets = storage::find_targets(c, id, locale);
    }
    std::vector<content::Hash> old;
    for (const auto& [segment, target] : work.targets) {
        const auto* s = source.find(segment);
        if (!s || s->exact != target.basis) old.push_back(target.basis);
    }
    work.wordings = storage::find_wordings(c, id, old);
    auto editions = storage::find_editions(c, id, {locale});
    if (!editions.empty()) work.edition = std::move(editions.front());
    work.publication = storage::find_publication_head(c, id, locale);
    look_ahead(work, source.ahead, old);
    return work;
}

std::vector<content::Edition> editions_of(db::Connection& c, const Source& source) {
    auto editions = storage::find_editions(c, source.article.id);
    for (auto& edition : editions)
        if (const auto at = source.ahead.editions.find(edition.locale); at != source.ahead.editions.end())
            edition = at->second;
    return editions;
}

const storage::SiteLocale& enabled_locale(const storage::Site& site, const locale::Tag& locale) {
    const auto* found = site.find_enabled(locale);
    if (!found) throw Error(ErrorCode::not_found, "locale", {{"locale", locale.text()}});
    return *found;
}

}  // namespace stele::editing
