#include "src/exchange/selection.hpp"

#include "src/exchange/new_files.hpp"
#include "src/exchange/render.hpp"

namespace stele::exchange {
namespace {

void add_file(const Store& store, const editing::Article& article, const locale::Tag& locale,
              const std::vector<editing::SegmentView>& source, std::vector<NamedFile>& files) {
    auto translation = editing::find_translation(store, article.id, locale);
    if (!translation) return;
    const Present present{std::move(*translation), editing::list_segments(store, article.id, locale)};
    const ToRender what{.article = article,
                        .present = present,
                        .source = source,
                        .types = store.types,
                        .source_is_plain = false,
                        .path = canonical_name(article.key, locale),
                        .kept = std::nullopt};
    auto rendered = render_file(what, [](const std::string&) { return std::nullopt; });
    files.push_back({what.path, std::move(rendered.bytes)});
    for (auto& rows : rendered.rows) files.push_back({rows.path, std::move(rows.bytes)});
}

}  // namespace

std::vector<NamedFile> files_of(const Store& store, const std::vector<ArticleId>& ids, const locale::Tag& locale) {
    std::vector<NamedFile> files;
    for (const auto id : ids) {
        const auto article = editing::find_article(store, std::to_string(number(id)));
        if (!article) continue;
        const auto source = editing::list_segments(store, id, article->source_locale);
        add_file(store, *article, article->source_locale, source, files);
        if (locale != article->source_locale) add_file(store, *article, locale, source, files);
    }
    return files;
}

}  // namespace stele::exchange
