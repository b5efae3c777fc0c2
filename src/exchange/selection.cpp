#include "src/exchange/selection.hpp"

#include <fmt/format.h>

#include "src/exchange/new_files.hpp"
#include "src/exchange/place.hpp"
#include "src/exchange/render.hpp"

namespace stele::exchange {
namespace {

class Package {
  public:
    Package(const Store& store, const std::vector<ArticleId>& ids, const locale::Tag& locale)
        : store_(store), now_(store.now()), name_(name_of(ids, locale, now_)) {}

    void add_file(const editing::Article& article, const locale::Tag& locale,
                  const std::vector<editing::SegmentView>& source) {
        auto translation = editing::find_translation(store_, article.id, locale);
        if (!translation) return;
        const Present present{std::move(*translation), editing::list_segments(store_, article.id, locale)};
        const ToRender what{.article = article,
                            .present = present,
                            .source = source,
                            .types = store_.types,
                            .source_is_plain = false,
                            .path = canonical_name(article.key, locale),
                            .kept = std::nullopt,
                            .package = name_};
        auto rendered = render_file(what, [](const std::string&) { return std::nullopt; });
        add(article.id, locale, {what.path, std::move(rendered.bytes)});
        for (auto& rows : rendered.rows) add(article.id, locale, {rows.path, std::move(rows.bytes)});
    }

    // Known to the database before anybody has it.
    std::vector<NamedFile> take() {
        store_.db.write([&](db::Transaction& t) {
            const auto place = storage::put_origin(t, name_, true, now_);
            for (auto& file : kept_) file.origin = place;
            storage::upsert_files(t, kept_);
        });
        return std::move(files_);
    }

  private:
    static std::string name_of(const std::vector<ArticleId>& ids, const locale::Tag& locale, Time now) {
        auto what = fmt::format("{} {}", micros(now), locale.text());
        for (const auto id : ids) what += fmt::format(" {}", number(id));
        std::string name = "p";  // no number
        for (const unsigned char byte : content::exact_hash(what).substr(0, 10)) name += fmt::format("{:02x}", byte);
        return name;
    }

    void add(ArticleId id, const locale::Tag& locale, NamedFile file) {
        kept_.push_back(
            {{storage::OriginId::none, file.path, id, locale.text(), content::exact_hash(file.bytes)}, file.bytes});
        files_.push_back(std::move(file));
    }

    const Store& store_;
    const Time now_;
    const std::string name_;
    std::vector<NamedFile> files_;
    std::vector<storage::File> kept_;
};

}  // namespace

std::vector<NamedFile> files_of(const Store& store, const std::vector<ArticleId>& ids, const locale::Tag& locale) {
    Package package(store, ids, locale);
    for (const auto id : ids) {
        const auto article = editing::find_article(store, std::to_string(number(id)));
        if (!article) continue;
        const auto source = editing::list_segments(store, id, article->source_locale);
        package.add_file(*article, article->source_locale, source);
        if (locale != article->source_locale) package.add_file(*article, locale, source);
    }
    return package.take();
}

}  // namespace stele::exchange
