// Writing a folder: every translation as the file it came from, or under the canonical name.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "src/base/sync.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/new_files.hpp"
#include "src/exchange/place.hpp"
#include "src/exchange/render.hpp"
#include "src/storage/files.hpp"
#include "src/storage/site.hpp"
#include "src/storage/translations.hpp"

namespace stele::exchange {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const fs::path& path) {
    throw Error(ErrorCode::storage_unavailable, "export", {{"path", path.string()}});
}

// Files are synced together, and so are the rows that say what is in them.
constexpr size_t files_at_once = 100;

class FolderExport {
  public:
    FolderExport(const Store& store, const fs::path& folder, const ExportOptions& options)
        : store_(store), disk_(made(folder)), new_files_(folder), options_(options) {}

    ExportReport run() {
        place_ = store_.db.writing([&](db::Transaction& t) {
            return storage::put_origin(t, disk_.place().value_or(""), false, store_.now());
        });
        for (auto& head : store_.db.reading([&](db::Connection& c) { return storage::find_file_heads(c, place_); }))
            heads_.emplace(head.path, head);
        const auto ids = store_.db.reading([](db::Connection& c) { return storage::find_article_ids(c); });
        size_t done = 0;
        for (const auto id : ids) {
            export_article(id);
            if (std::max(keep_.size(), new_files_.size()) >= files_at_once) finish_files();
            if (options_.progress) options_.progress(++done, ids.size());
        }
        finish_files();
        for (const auto& [path, head] : heads_)
            if (!seen_.contains(path) && disk_.read(path))
                report_.former.push_back({path, 0, "its translation is deleted, or its file has another name now",
                                          "delete it, or the next import may bring it back"});
        forget_old_places(store_);
        return std::move(report_);
    }

  private:
    static const fs::path& made(const fs::path& folder) {
        std::error_code error;
        const bool is_new = fs::create_directories(folder, error);
        if (!fs::is_directory(folder, error)) cannot_write(folder);
        if (is_new) sync_to_disk(fs::absolute(folder / "..", error));  // as well as we may: it is not ours
        return folder;
    }

    void export_article(ArticleId id) {
        const auto article = editing::find_article(store_, std::to_string(number(id)));
        if (!article) return;  // deleted meanwhile
        std::vector<storage::File> kept;
        std::vector<locale::Tag> locales;
        store_.db.read([&](db::Connection& c) {
            kept = storage::find_files(c, id);
            locales.clear();
            const auto site = storage::read_site(c, store_.default_locale);
            for (const auto& frame : storage::find_frames(c, id))
                if (site->find_enabled(frame.locale)) locales.push_back(frame.locale);
        });
        const auto source = editing::list_segments(store_, id, article->source_locale);
        for (const auto& locale : locales) export_translation(*article, locale, source, kept, locales.size() == 1);
    }

    // The rows after the files: what the database takes for the last export must be what an import will find.
    void finish_files() {
        new_files_.finish();
        if (!keep_.empty()) store_.db.write([&](db::Transaction& t) { storage::upsert_files(t, keep_); });
        keep_.clear();
    }

    void export_translation(const editing::Article& article, const locale::Tag& locale,
                            const std::vector<editing::SegmentView>& source, const std::vector<storage::File>& kept,
                            bool alone) {
        auto translation = editing::find_translation(store_, article.id, locale);
        if (!translation) return;
        const Present present{std::move(*translation), editing::list_segments(store_, article.id, locale)};
        const auto* before = find_kept(kept, locale);
        const ToRender what{.article = article,
                            .present = present,
                            .source = source,
                            .types = store_.types,
                            .source_is_plain = alone || locale == store_.default_locale,
                            .path = before && is_free(*before) ? before->path : free_path(article, locale),
                            .kept = before ? std::optional(before->content) : std::nullopt};
        const auto rendered = render_file(what, [&](const std::string& path) -> std::optional<std::string> {
            for (const auto& file : kept)
                if (before && file.origin == before->origin && file.path == path) return file.content;
            return std::nullopt;
        });
        if (rendered.ambiguous)
            report_.warnings.push_back({what.path, 0,
                                        "a text of the body stands where an import cannot tell its segment",
                                        "look at its body in the studio and save it"});
        put(article.id, locale, kept, {what.path, rendered.bytes});
        for (const auto& rows : rendered.rows) put(article.id, locale, kept, rows);
    }

    // As it was written here, else where it was written last.
    const storage::File* find_kept(const std::vector<storage::File>& kept, const locale::Tag& locale) const {
        const storage::File* found = nullptr;
        for (const auto& file : kept) {
            if (file.of_package || file.locale != locale.text() || !file.path.ends_with(".md")) continue;
            if (file.origin == place_) return &file;
            if (!found) found = &file;
        }
        return found;
    }

    // Another article may have the name here that this one has elsewhere.
    bool is_free(const storage::File& before) const {
        return before.origin == place_ || (!heads_.contains(before.path) && !seen_.contains(before.path));
    }

    std::string free_path(const editing::Article& article, const locale::Tag& locale) const {
        auto path = canonical_name(article.key, locale);
        for (int n = 2; heads_.contains(path) || seen_.contains(path); ++n)
            path = canonical_name(fmt::format("{}-{}", article.key, n), locale);
        return path;
    }

    void put(ArticleId id, const locale::Tag& locale, const std::vector<storage::File>& kept, const Rows& file) {
        const auto& [path, bytes] = file;
        if (!seen_.insert(path).second) finish_files();  // two fields of rows in one file: it is looked at again
        const auto exact = content::exact_hash(bytes);
        const auto at = heads_.find(path);
        const auto on_disk = disk_.read(path);
        if (on_disk && *on_disk != bytes && !is_known(*on_disk, at == heads_.end() ? nullptr : &at->second, kept)) {
            report_.conflicts.push_back({path, 0,
                                         "it was changed since the last import or export, and is left as it is",
                                         "import first, or move it away"});
            return;
        }
        if (on_disk && *on_disk == bytes) {
            ++report_.unchanged;
        } else {
            new_files_.add(path, bytes);
            ++report_.written;
        }
        if (at == heads_.end() || at->second.exact != exact)
            keep_.push_back({{place_, path, id, locale.text(), exact}, bytes});
    }

    // A folder that is a copy of another, or has files of a package that came back, has them as they were there.
    static bool is_known(const std::string& bytes, const storage::FileHead* head,
                         const std::vector<storage::File>& kept) {
        const auto exact = content::exact_hash(bytes);
        if (head && head->exact == exact) return true;
        return std::any_of(kept.begin(), kept.end(), [&](const storage::File& file) {
            return (!head || file.of_package) && file.exact == exact;
        });
    }

    const Store& store_;
    FolderFiles disk_;
    NewFiles new_files_;
    const ExportOptions& options_;
    ExportReport report_;
    storage::OriginId place_{};
    std::map<std::string, storage::FileHead> heads_;
    std::set<std::string> seen_;
    std::vector<storage::File> keep_;
};

}  // namespace

ExportReport export_files(const Store& store, const fs::path& folder, const ExportOptions& options) {
    return FolderExport(store, folder, options).run();
}

}  // namespace stele::exchange
