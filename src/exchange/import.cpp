// Importing a folder: an index of what is new or changed, the locales there have to be, then article after article.
//
// Some articles are one transaction, saved by the same use-cases as from anywhere else (db::Joined); files are read
// and parsed ahead of it on other threads. So an import that stops leaves whole articles, ids follow the names of the
// files, and memory does not grow with their sizes.
#include <algorithm>
#include <variant>

#include "src/db/joined.hpp"
#include "src/exchange/ahead.hpp"
#include "src/exchange/import_group.hpp"
#include "src/exchange/import_new.hpp"
#include "src/exchange/place.hpp"
#include "src/storage/site.hpp"
#include "src/storage/statistics.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::exchange {
namespace {

// A transaction syncs once, however much it writes; but on SQLite it keeps other writers waiting.
constexpr size_t articles_of_a_batch = 16, bytes_of_a_batch = 256 << 10;

// So many new translations change what PostgreSQL expects of lists.
constexpr int written_to_renew_statistics = 500;

struct Batch {
    size_t first = 0, end = 0;  // of Index::articles
};

std::vector<Batch> batches_of(const std::vector<FoundArticle>& articles) {
    std::vector<Batch> batches;
    size_t bytes = 0;
    for (size_t i = 0; i < articles.size(); ++i) {
        const bool full = batches.empty() || i - batches.back().first == articles_of_a_batch ||
                          bytes + articles[i].bytes > bytes_of_a_batch;
        if (full) batches.push_back({i, i}), bytes = 0;
        batches.back().end = i + 1;
        bytes += articles[i].bytes;
    }
    return batches;
}

// An article of the database with its files, or a new one with all that writing it takes.
using Ready = std::variant<Group, NewImport>;

class FolderImport {
  public:
    FolderImport(const Store& store, const FileSource& files, const ImportOptions& options)
        : store_(store), files_(files), options_(options) {}

    ImportReport run() {
        place_ = options_.dry_run ? find_place(store_, files_) : make_place(store_, files_);
        index_ = index_folder(store_, files_, place_, report_);
        if (!options_.dry_run) enable_locales();
        const auto batches = batches_of(index_.articles);
        const auto threads = reading_threads();
        Ahead<std::vector<Ready>> ready(batches.size(), threads, 2 * threads, [&](size_t i) {
            std::vector<Ready> articles;
            for (size_t at = batches[i].first; at < batches[i].end; ++at)
                articles.push_back(read_article(index_.articles[at]));
            return articles;
        });
        for (size_t i = 0; i < batches.size(); ++i) {
            import_batch(ready.take());
            for (size_t at = batches[i].first; at < batches[i].end; ++at) done_ += index_.articles[at].files.size();
            if (options_.progress) options_.progress(done_, index_.files);
        }
        if (!options_.dry_run) finish(report_.created + report_.changed);
        return std::move(report_);
    }

  private:
    // All at once, before any article is saved: an order is filled once, and over few articles.
    void enable_locales() {
        bool any = false;
        for (const auto& tag : index_.locales) {
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

    void finish(int written) {
        if (written > 0) {
            store_.db.write([&](db::Transaction& t) { storage::touch_origin(t, place_, store_.now()); });
            worklist::fold_tallies(store_);
        }
        if (written >= written_to_renew_statistics) storage::renew_statistics(store_.db);
    }

    Ready read_article(const FoundArticle& found) const {
        auto group = read_files(files_, index_, found);
        if (found.article) return group;
        ImportReport unused;
        return read_new({store_, files_, options_, unused, index_, place_}, group);
    }

    void import_batch(const std::vector<Ready>& articles) {
        std::vector<ImportReport> reports;
        const auto import_all = [&](const Store& store, db::Transaction* t) {
            reports.assign(articles.size(), {});  // a transaction may run twice
            for (size_t i = 0; i < articles.size(); ++i) {
                const Importing importing{store, files_, options_, reports[i], index_, place_};
                const auto* fresh = std::get_if<NewImport>(&articles[i]);
                if (!fresh)
                    merge_group(importing, std::get<Group>(articles[i]));
                else
                    t ? import_new(importing, *t, *fresh) : report_new(importing, *fresh);
            }
        };
        if (options_.dry_run) {
            import_all(store_, nullptr);
        } else {
            write_against_others([&](db::Transaction& t) {
                db::Joined joined(store_.db, t);
                import_all({joined, store_.types, store_.default_locale, store_.now, store_.collation}, &t);
            });
        }
        for (auto& report : reports) add(std::move(report));
    }

    // A name may be taken by somebody between the look whether it is free and the write, on PostgreSQL. The next time
    // it is seen to be taken, and is planned with or refused.
    void write_against_others(const std::function<void(db::Transaction&)>& body) {
        constexpr int tries = 20;
        for (int tried = 1;; ++tried) {
            try {
                store_.db.write(body);
                return;
            } catch (const Error& e) {
                const bool contended = e.code() == ErrorCode::overloaded && e.reason() == "contended";
                if (!contended || tried == tries) throw;
            }
        }
    }

    void add(ImportReport report) {
        report_.created += report.created;
        report_.changed += report.changed;
        report_.unchanged += report.unchanged;
        auto append = [](auto& to, auto& from) { std::move(from.begin(), from.end(), std::back_inserter(to)); };
        append(report_.conflicts, report.conflicts);
        append(report_.bad, report.bad);
        append(report_.warnings, report.warnings);
    }

    const Store& store_;
    const FileSource& files_;
    const ImportOptions& options_;
    ImportReport report_;
    Index index_;
    storage::OriginId place_{};
    size_t done_ = 0;
};

}  // namespace

ImportReport import_files(const Store& store, const FileSource& files, const ImportOptions& options) {
    return FolderImport(store, files, options).run();
}

}  // namespace stele::exchange
