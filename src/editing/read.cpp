// Reading what is being worked on.
#include "src/editing/shown.hpp"
#include "src/editing/structure.hpp"
#include "src/locale/text.hpp"
#include "src/storage/editions.hpp"

namespace stele::editing {
namespace {

bool is_known(const Source& source, const locale::Tag& locale) {
    enabled_locale(*source.site, locale);
    return true;
}

std::string field_of(const Source& source, const content::SourceSegment& s) {
    return source.is_body(s) ? std::string(content::body_id) : s.id;
}

SegmentView view_of(const Source& source, const Work& work, const content::SourceSegment& s,
                    const std::map<std::string, storage::Keep>& keeps) {
    SegmentView v{.id = s.id, .field = field_of(source, s), .kind = s.kind, .source = s.text};
    v.words = s.words;
    const auto at = work.targets.find(s.id);
    if (at == work.targets.end()) return v;
    const auto& target = at->second;
    v.basis = work.basis_text(source, target);
    v.target = work.text(source, target);
    v.origin = target.origin;
    v.version = target.version;
    v.state = target.basis_hash == s.hash ? SegmentView::State::current : SegmentView::State::outdated;
    v.kept = keeps.contains(s.id);
    return v;
}

SegmentView independent_body(const Source& source, const Work& work,
                             const std::map<std::string, storage::Keep>& keeps) {
    SegmentView v{.id = std::string(content::body_id),
                  .field = std::string(content::body_id),
                  .kind = content::Kind::block,
                  .source = source_body(source)};
    v.words = source.body_words();
    const auto at = work.targets.find(content::body_id);
    if (at == work.targets.end()) return v;
    v.basis = work.basis_text(source, at->second);
    v.target = at->second.text;
    v.origin = at->second.origin;
    v.version = at->second.version;
    v.state = at->second.basis_hash == source.body_hash() ? SegmentView::State::current : SegmentView::State::outdated;
    v.kept = keeps.contains(v.id);
    return v;
}

}  // namespace

std::optional<Translation> find_translation(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) -> std::optional<Translation> {
        auto article = storage::find_article(c, id);
        if (!article || article->deleted_at) return std::nullopt;
        const auto source = read_source(c, store, std::move(*article));
        if (!is_known(source, locale)) return std::nullopt;
        if (locale != source.article.source_locale) return shown(source, read_work(c, source, locale));
        const auto editions = storage::find_editions(c, id, {locale});
        return shown(source, editions.empty() ? std::nullopt : std::optional(editions.front()));
    });
}

std::vector<SegmentView> list_segments(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        is_known(source, locale);
        std::vector<SegmentView> views;
        if (locale == source.article.source_locale) {
            for (const auto& s : source.live) {
                SegmentView v{.id = s.id, .field = field_of(source, s), .kind = s.kind, .source = s.text};
                v.target = s.text;
                v.basis = s.text;
                v.origin = "human";
                v.state = SegmentView::State::current;
                v.words = s.words;
                v.version = s.version;
                views.push_back(std::move(v));
            }
            return views;
        }
        const Work work = read_work(c, source, locale);
        const auto keeps = storage::find_keeps(c, id, locale);
        const bool independent = work.frame.mode == content::Mode::independent;
        for (const auto& s : source.live)
            if (!independent || !source.is_body(s)) views.push_back(view_of(source, work, s, keeps));
        if (independent) views.push_back(independent_body(source, work, keeps));
        for (const auto& s : source.retired) {
            if (independent || !work.targets.contains(s.id)) continue;
            views.push_back(view_of(source, work, s, keeps));
            views.back().retired = true;
            views.back().field = content::body_id;
        }
        return views;
    });
}

std::optional<Article> find_article(const Store& store, std::string_view id_or_key, bool with_deleted) {
    // No key has such bytes, and PostgreSQL does not compare with them.
    if (!locale::is_utf8(id_or_key)) return std::nullopt;
    return store.db.reading([&](db::Connection& c) -> std::optional<Article> {
        const auto a = storage::find_article(c, id_or_key);
        if (!a || (a->deleted_at && !with_deleted)) return std::nullopt;
        return Article{.id = a->id,
                       .key = a->key,
                       .type = a->type,
                       .source_locale = a->source_locale,
                       .priority = a->priority,
                       .shared = boost::json::parse(a->shared).as_object(),
                       .version = a->version,
                       .created_at = a->created_at,
                       .updated_at = a->updated_at,
                       .deleted = a->deleted_at.has_value()};
    });
}

}  // namespace stele::editing
