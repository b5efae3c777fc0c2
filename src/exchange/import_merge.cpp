// Files of an article that the database has: merged with what was done there.
#include <algorithm>
#include <map>

#include "src/exchange/import_group.hpp"
#include "src/exchange/import_report.hpp"
#include "src/exchange/merge.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::exchange {
namespace {

using editing::Expected;

class MergeImport {
  public:
    explicit MergeImport(const Importing& importing) : in_(importing) {}

    void run(const Group& group) {
        article_ = editing::find_article(store(), std::to_string(number(*group.article)), true);
        if (!article_) throw Error(ErrorCode::not_found, "article");
        kept_ = store().db.reading([&](db::Connection& c) { return storage::find_files(c, article_->id); });
        auto read = read_group(in_, group, article_, kept_);
        type_ = std::move(read.type);
        documents_ = std::move(read.documents);
        leave_untouched();
        if (documents_.empty() || (article_->deleted && !come_back())) return;
        merge_all();
        if (!keep_.empty())
            store().db.write([&](db::Transaction& t) {
                for (const auto& [place, path] : gone_) storage::delete_file(t, place, path);
                keep(t, std::move(keep_));
            });
    }

  private:
    const Store& store() const { return in_.store; }
    bool dry() const { return in_.options.dry_run; }

    // A file that somebody was given and brings back as it was has nothing to say, whatever was done since.
    void leave_untouched() {
        std::erase_if(documents_, [&](const Read& read) {
            if (!read.untouched) return false;
            if (read.kept_path == read.document.path)
                ++in_.report.unchanged;
            else
                done(read, &ImportReport::unchanged);
            return true;
        });
    }

    // Deleted in the database, changed in a file.
    bool come_back() {
        if (!in_.options.theirs) {
            for (const auto& read : documents_)
                in_.report.conflicts.push_back({read.document.path, "article", "changed", "deleted"});
            return false;
        }
        if (dry()) return true;
        editing::restore_article(store(), article_->id, in_.options.actor);
        article_ = editing::find_article(store(), article_->key);
        return true;
    }

    void create_translation(const Read& read) {
        const auto& d = read.document;
        warn_of_shared(in_.report, d);
        if (!dry()) {
            editing::save_translation(store(), article_->id, d.locale, whole(d),
                                      Expected::of(0, seen_source(read.place)), in_.options.actor);
            if (has_text(d) && d.published.value_or(true) && !in_.options.draft) publish(d.locale);
        }
        done(read, &ImportReport::created);
    }

    void publish(const locale::Tag& locale) {
        const auto now = editing::find_translation(store(), article_->id, locale).value();
        if (now.published && !now.pending) return;
        publishing::publish(store(), article_->id, locale, {.incomplete = true},
                            Expected::of(now.version.translation, now.version.source), in_.options.actor);
    }

    void merge_all() {
        std::stable_partition(documents_.begin(), documents_.end(),
                              [&](const Read& r) { return r.document.locale == article_->source_locale; });
        // Read before anything is saved: a saved source makes its translations pending.
        std::map<locale::Tag, Present> before;
        for (const auto& read : documents_)
            if (auto now = find_present(read.document.locale))
                before.insert_or_assign(read.document.locale, std::move(*now));
        for (auto& read : documents_)
            attempt(read.document, [&] {
                const auto at = before.find(read.document.locale);
                if (at != before.end() && at->second.translation.version.translation > 0) {
                    merge(read, at->second);
                } else if (read.base && has_text(*read.base) && !in_.options.theirs) {
                    in_.report.conflicts.push_back({read.document.path, "translation", "changed", "deleted"});
                } else {
                    create_translation(read);
                }
            });
    }

    std::optional<Present> find_present(const locale::Tag& locale) {
        try {
            auto translation = editing::find_translation(store(), article_->id, locale);
            if (!translation) return std::nullopt;
            return Present{std::move(*translation), editing::list_segments(store(), article_->id, locale)};
        } catch (const Error& e) {
            if (e.code() != ErrorCode::not_found) throw;
            return std::nullopt;  // the locale is not enabled (a dry run)
        }
    }

    void merge(Read& read, const Present& before) {
        const auto& d = read.document;
        const bool theirs = in_.options.theirs;
        bool changed = false;
        std::vector<Conflict> conflicts;
        if (before.is_source()) {
            auto merged = merge_article(read.base, d, type_, *article_, theirs);
            conflicts = std::move(merged.conflicts);
            changed = !merged.empty();
            if (changed && !dry()) {
                editing::change_article(store(), article_->id, merged.changes, article_->version, in_.options.actor);
                article_ = editing::find_article(store(), std::to_string(number(article_->id)));
            }
        } else {
            warn_of_shared(in_.report, d);
        }
        auto merged = merge_translation(read.base, d, before, theirs);
        std::move(merged.conflicts.begin(), merged.conflicts.end(), std::back_inserter(conflicts));
        bool written = false;
        if (!merged.empty()) {
            written = dry() || save(read, merged.changes, before);
            changed |= written;
        }
        changed |= follow_published(read, before, written);
        const bool kept = conflicts.empty();
        std::move(conflicts.begin(), conflicts.end(), std::back_inserter(in_.report.conflicts));
        const auto count = changed ? &ImportReport::changed : &ImportReport::unchanged;
        kept ? done(read, count) : void(++(in_.report.*count));
    }

    bool save(const Read& read, const editing::Changes& changes, const Present& before) {
        const auto& d = read.document;
        const auto now = editing::find_translation(store(), article_->id, d.locale).value();
        const auto source = before.is_source() ? now.version.source : seen_source(read.place);
        return editing::save_translation(store(), article_->id, d.locale, changes,
                                         Expected::of(before.translation.version.translation, source),
                                         in_.options.actor)
            .changed;
    }

    // Whoever changed a translation's file had the source's file beside it, not what the database says since: the
    // version of the source that says the same. What was translated from an older one is outdated at once.
    std::int64_t seen_source(storage::OriginId place) {
        const auto [at, is_new] = seen_source_.try_emplace(place, 0);
        if (is_new) at->second = find_seen_source(place);
        return at->second;
    }

    std::int64_t find_seen_source(storage::OriginId place) const {
        const auto locale = article_->source_locale;
        const auto now = editing::find_translation(store(), article_->id, locale).value();
        const auto file = source_file(place);
        if (!file || (now.body == file->body && now.title == file->title)) return now.version.source;
        constexpr int looked_at = 50;
        for (const auto& r : editing::list_revisions(store(), article_->id, locale, looked_at, {})) {
            const auto past = editing::find_revision(store(), article_->id, locale, r.n);
            if (!past || past->body != file->body || past->title != file->title) continue;
            return r.n;
        }
        return now.version.source;
    }

    struct SourceFile {
        std::string title, body;
    };
    std::optional<SourceFile> source_file(storage::OriginId place) const {
        for (const auto& read : documents_)
            if (read.place == place && read.document.locale == article_->source_locale)
                return SourceFile{read.document.title.value_or(""), read.document.front.body};
        for (const auto& file : kept_) {
            if (file.origin != place || file.locale != article_->source_locale.text() || !file.path.ends_with(".md"))
                continue;
            const auto front = split_file(file.content);
            const auto* title = front ? front->find("title") : nullptr;
            if (title) return SourceFile{title->value.text, front->body};
        }
        return std::nullopt;
    }

    // What readers get follows the file where the file says so, and where they got all of what was there before.
    bool follow_published(const Read& read, const Present& before, bool written) {
        const auto& d = read.document;
        const bool wanted = d.published.value_or(true);
        const bool was_wanted = !read.base || read.base->published.value_or(true);
        const auto& t = before.translation;
        if (!wanted) {
            if (!was_wanted || !t.published || !read.base) return false;
            if (dry()) return true;
            const auto now = editing::find_translation(store(), article_->id, d.locale).value();
            publishing::unpublish(store(), article_->id, d.locale,
                                  Expected::of(now.version.translation, now.version.source), in_.options.actor);
            return true;
        }
        if (in_.options.draft) return false;
        const bool begins = !was_wanted && !t.published;
        const bool follows = written && t.published && (!t.pending || in_.options.theirs);
        if ((!begins && !follows) || !has_text(d)) return false;
        if (!dry()) publish(d.locale);
        return true;
    }

    // ---- what became of a file ----

    // All that a file changes, or nothing of it.
    template <class F>
    void attempt(const Document& d, F&& body) {
        const auto article = article_;
        try {
            if (dry())
                body();
            else
                store().db.write([&](db::Transaction&) { body(); });
        } catch (const Error& e) {
            article_ = article;
            in_.report.bad.push_back(refusal(d, e));
        }
    }

    void done(const Read& read, int ImportReport::*count) {
        ++(in_.report.*count);
        if (dry()) return;
        if (!read.kept_path.empty() && read.kept_path != read.document.path)
            gone_.emplace_back(read.place, read.kept_path);
        const auto place = store().db.writing([&](db::Transaction& t) { return place_to_keep(t, in_, read); });
        add_kept(keep_, read, place, article_->id, article_->source_locale);
    }

    const Importing& in_;
    std::optional<editing::Article> article_;
    std::string type_;
    std::vector<storage::File> kept_;  // of the article, as last imported or exported
    std::vector<Read> documents_;
    std::map<storage::OriginId, std::int64_t> seen_source_;  // by the place of the source's file
    std::vector<storage::File> keep_;
    std::vector<std::pair<storage::OriginId, std::string>> gone_;
};

}  // namespace

void merge_group(const Importing& importing, const Group& group) {
    auto& report = importing.report;
    report.bad = group.bad;
    if (group.files.empty()) return;
    const auto all = [&] { MergeImport(importing).run(group); };
    try {
        if (importing.options.dry_run)
            all();
        else
            importing.store.db.write([&](db::Transaction&) { all(); });
    } catch (const Error& e) {
        report = {.bad = group.bad};
        report.bad.push_back(refusal(group.files.front().opened.path, e));
    }
}

}  // namespace stele::exchange
