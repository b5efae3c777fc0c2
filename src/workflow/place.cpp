#include "src/workflow/place.hpp"

#include "src/base/error.hpp"
#include "src/storage/revisions.hpp"
#include "src/storage/translations.hpp"

namespace stele::workflow {

Place read_place(db::Connection& c, const Store& store, ArticleId id, const locale::Tag& locale) {
    auto article = storage::find_article(c, id);
    if (!article || article->deleted_at) throw Error(ErrorCode::not_found, "article");
    if (!storage::read_site(c, store)->find_enabled(locale))
        throw Error(ErrorCode::not_found, "locale", {{"locale", locale.text()}});
    return {std::move(*article), storage::find_frame(c, id, locale)};
}

Place hold_place(db::Transaction& t, const Store& store, ArticleId id, const locale::Tag& locale) {
    t->run("UPDATE article SET seq = seq WHERE id = $1", id);
    return read_place(*t, store, id, locale);
}

bool has_segment(db::Connection& c, ArticleId id, std::string_view segment) {
    if (segment.empty() || segment == content::body_id) return true;
    return c
        .one(
            "SELECT 1 FROM segment WHERE article_id = $1 AND id = $2", [](db::Row) { return true; }, id, segment)
        .has_value();
}

void log(db::Transaction& t, Time at, std::string kind, ArticleId id, const locale::Tag& locale, const Actor& actor,
         boost::json::object detail) {
    storage::add_change(t, at, {std::move(kind), id, locale, actor, boost::json::serialize(detail)});
}

}  // namespace stele::workflow
