// Reading a folder: which files changed, which article each belongs to, which locales there have to be.
#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "src/exchange/import_group.hpp"
#include "src/locale/text.hpp"
#include "src/storage/articles.hpp"
#include "src/storage/site.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::exchange {
namespace {

using Kept = std::map<std::string, storage::FileHead>;

Kept read_kept(const Store& store) {
    Kept kept;
    for (auto& head : store.db.reading([](db::Connection& c) { return storage::find_file_heads(c); })) {
        auto path = head.path;
        kept.emplace(std::move(path), std::move(head));
    }
    return kept;
}

// Articles whose rows beside a file changed, with the locale of that file.
std::set<std::pair<ArticleId, std::string>> changed_rows(const FileSource& files, const Kept& kept) {
    std::set<std::pair<ArticleId, std::string>> changed;
    for (const auto& [path, head] : kept) {
        if (!path.ends_with(".csv")) continue;
        const auto bytes = files.read(path);
        if (!bytes || content::exact_hash(*bytes) != head.exact) changed.emplace(head.article_id, head.locale);
    }
    return changed;
}

class FolderImport {
  public:
    FolderImport(const Store& store, const FileSource& files, const ImportOptions& options)
        : store_(store), files_(files), options_(options) {}

    ImportReport run() {
        const auto paths = files_.list();
        present_.insert(paths.begin(), paths.end());
        kept_ = read_kept(store_);
        rows_ = changed_rows(files_, kept_);
        for (const auto& path : paths)
            if (path.ends_with(".md")) take(path);
        if (!options_.dry_run) enable_locales();
        import_groups();
        if (!options_.dry_run && report_.created + report_.changed > 0) worklist::fold_tallies(store_);
        return std::move(report_);
    }

  private:
    void take(const std::string& path) {
        const auto name = parse_file_name(path);
        if (!name || !locale::is_utf8(path)) {
            ++report_.skipped;
            return;
        }
        auto bytes = files_.read(path);
        if (!bytes) {
            report_.bad.push_back({path, 0, "it cannot be read, or is over 4 MB", "make it readable, or split it"});
            return;
        }
        const auto at = kept_.find(path);
        if (at != kept_.end() && at->second.exact == content::exact_hash(*bytes) &&
            !rows_.contains({at->second.article_id, at->second.locale})) {
            ++report_.unchanged;
            return;
        }
        try {
            open(path, *name, std::move(*bytes), at == kept_.end() ? nullptr : &at->second);
        } catch (const BadFile& e) {
            report_.bad.push_back({path, e.line, e.what(), e.remedy});
        }
    }

    void open(const std::string& path, const FileName& name, std::string bytes, const storage::FileHead* kept) {
        auto opened = open_file(path, name, bytes);
        if (!opened) {
            ++report_.skipped;
            return;
        }
        opened->source();  // throws where it is no tag
        const auto key = opened->key();
        auto& group = groups_[kept ? "#" + std::to_string(number(kept->article_id)) : group_of(key)];
        if (kept) group.article = kept->article_id;
        group.key = key;
        group.files.push_back({std::move(*opened), std::move(bytes)});
        locales_.insert(name.locale);
        ++total_;
    }

    // Files of an article that exists are together with those that were imported before, whatever their keys say.
    std::string group_of(const std::string& key) {
        const auto known = by_key_.find(key);
        if (known != by_key_.end()) return known->second;
        const auto article = store_.db.reading([&](db::Connection& c) { return storage::find_article(c, key); });
        auto name = article && article->key == key ? "#" + std::to_string(number(article->id)) : "=" + key;
        if (name.starts_with('#')) groups_[name].article = article->id;
        by_key_.emplace(key, name);
        return name;
    }

    // All at once, before any article is saved: an order is filled once, and over few articles.
    void enable_locales() {
        bool any = false;
        for (const auto& tag : locales_) {
            const auto site = store_.db.reading(
                [&](db::Connection& c) { return storage::read_site_uncached(c, store_.default_locale); });
            const auto* known = site->find(tag);
            if (known && known->wanted) continue;
            worklist::change_locale(store_, tag, {.enabled = true, .fallback = {}, .position = {}},
                                    known ? std::optional(known->version) : std::nullopt, options_.actor);
            any = true;
        }
        if (any || worklist::needs_filling(store_)) worklist::fill_orders(store_);
    }

    // A database makes many commits durable at once, if they come at once. Groups that want the same slug come one
    // after the other: the first gets it.
    void import_groups() {
        std::vector<Group*> together, in_order;
        const auto wanted = wanted_slugs();
        for (auto& [name, group] : groups_) {
            if (group.files.empty()) continue;
            const bool shared = std::any_of(group.files.begin(), group.files.end(),
                                            [&](const Input& file) { return wanted.at(slug_of(file)) > 1; });
            (shared ? in_order : together).push_back(&group);
        }
        import_together(together);
        for (auto* group : in_order) add(import_one(*group), group->files.size());
    }

    using Slug = std::pair<locale::Tag, std::string>;
    static Slug slug_of(const Input& file) {
        const auto* entry = file.opened.front.find("slug");
        if (entry && !entry->value.text.empty()) return {file.opened.name.locale, entry->value.text};
        const auto* title = file.opened.front.find("title");
        return {file.opened.name.locale, locale::slug_from(title ? title->value.text : "", file.opened.name.locale)};
    }
    std::map<Slug, int> wanted_slugs() const {
        std::map<Slug, int> wanted;
        for (const auto& [name, group] : groups_)
            for (const auto& file : group.files) ++wanted[slug_of(file)];
        return wanted;
    }

    void import_together(const std::vector<Group*>& groups) {
        constexpr size_t threads = 16;
        std::atomic<size_t> next = 0;
        std::exception_ptr failed;
        std::vector<ImportReport> reports(groups.size());  // in the order of the names, whoever is first
        std::mutex mutex;
        auto work = [&] {
            for (size_t i = next++; i < groups.size(); i = next++) {
                try {
                    reports[i] = import_one(*groups[i]);
                    const std::lock_guard lock(mutex);
                    advance(groups[i]->files.size());
                } catch (...) {
                    const std::lock_guard lock(mutex);
                    if (!failed) failed = std::current_exception();
                    next = groups.size();
                }
            }
        };
        {
            std::vector<std::jthread> pool;
            for (size_t i = 0; i < std::min(threads, groups.size()); ++i) pool.emplace_back(work);
        }
        if (failed) std::rethrow_exception(failed);
        for (auto& report : reports) add(std::move(report), 0);
    }

    ImportReport import_one(const Group& group) const {
        ImportReport report;
        const auto& path = group.files.front().opened.path;
        try {
            import_group({store_, files_, options_, report, present_}, group);
        } catch (const BadFile& e) {
            report.bad.push_back({path, e.line, e.what(), e.remedy});
        } catch (const Error& e) {
            report.bad.push_back(refusal(path, e));
        }
        return report;
    }

    void add(ImportReport report, size_t files) {
        report_.created += report.created;
        report_.changed += report.changed;
        report_.unchanged += report.unchanged;
        auto append = [](auto& to, auto& from) { std::move(from.begin(), from.end(), std::back_inserter(to)); };
        append(report_.conflicts, report.conflicts);
        append(report_.bad, report.bad);
        append(report_.warnings, report.warnings);
        if (files) advance(files);
    }

    void advance(size_t files) {
        done_ += files;
        if (options_.progress) options_.progress(done_, total_);
    }

    const Store& store_;
    const FileSource& files_;
    const ImportOptions& options_;
    ImportReport report_;
    std::set<std::string> present_;
    Kept kept_;
    std::set<std::pair<ArticleId, std::string>> rows_;
    std::map<std::string, Group> groups_;
    std::map<std::string, std::string> by_key_;
    std::set<locale::Tag> locales_;
    size_t total_ = 0, done_ = 0;
};

}  // namespace

ImportReport import_files(const Store& store, const FileSource& files, const ImportOptions& options) {
    return FolderImport(store, files, options).run();
}

}  // namespace stele::exchange
