#include "src/exchange/import_group.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "src/exchange/import_read.hpp"
#include "src/exchange/merge.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::exchange {
namespace {

using editing::Expected;

class GroupImport {
  public:
    GroupImport(const Importing& importing, Group group) : in_(importing), group_(std::move(group)) {}

    void run() {
        if (group_.article) read_article();
        auto read = read_group(in_, std::move(group_), article_, kept_);
        type_ = std::move(read.type);
        documents_ = std::move(read.documents);
        if (documents_.empty()) return;
        if (article_ && article_->deleted && !come_back()) return;
        try {
            article_ ? merge_all() : create();
        } catch (...) {
            keep();  // what was saved before the database went away
            throw;
        }
        keep();
    }

  private:
    const Store& store() const { return in_.store; }
    bool dry() const { return in_.options.dry_run; }

    void read_article() {
        article_ = editing::find_article(store(), std::to_string(number(*group_.article)), true);
        if (!article_) return;
        kept_ = store().db.reading([&](db::Connection& c) { return storage::find_files(c, article_->id); });
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

    // ---- a new article ----

    Read* find_source() {
        std::vector<Read*> says, alone;
        for (auto& read : documents_) {
            if (read.document.names_itself_source()) says.push_back(&read);
            if (!read.document.source && (documents_.size() == 1 || read.document.locale == store().default_locale))
                alone.push_back(&read);
        }
        if (says.size() > 1)
            return bad_all(
                fmt::format("{} and {} both say they are the source", says[0]->document.path, says[1]->document.path),
                "leave \"source\" out of the translations");
        if (!says.empty()) return says.front();
        const bool named =
            std::any_of(documents_.begin(), documents_.end(), [](const auto& r) { return r.document.source; });
        if (!alone.empty() && !named) return alone.front();
        return bad_all("no file says that it is the source of this key",
                       "add \"source: LOCALE\" to the file it was written in");
    }

    Read* bad_all(const std::string& text, const std::string& remedy) {
        for (const auto& read : documents_) in_.report.bad.push_back({read.document.path, 0, text, remedy});
        return nullptr;
    }

    void create() {
        Read* source = find_source();
        if (!source) return;
        const auto& d = source->document;
        if (!dry()) {
            try {
                const editing::NewArticle article{.key = d.key,
                                                  .type = type_,
                                                  .source_locale = d.locale,
                                                  .priority = d.priority.value_or(0),
                                                  .shared = d.shared,
                                                  .translation = whole(d)};
                const auto made = editing::create_article(store(), article, in_.options.actor);
                article_ = editing::find_article(store(), std::to_string(number(made.id)));
                is_new_ = true;
                publish_new(d);
            } catch (const Error& e) {
                refuse(d, e);
                for (const auto& read : documents_)
                    if (&read != source)
                        in_.report.bad.push_back(
                            {read.document.path, 0, "its source was not imported", "correct " + d.path});
                return;
            }
        }
        done(*source, &ImportReport::created);
        for (auto& read : documents_)
            if (&read != source) create_translation(read);
    }

    void create_translation(Read& read) {
        warn_of_shared(read.document);
        attempt(read.document, [&] {
            if (!dry()) {
                editing::save_translation(store(), article_->id, read.document.locale, whole(read.document),
                                          is_new_ ? Expected{} : Expected::of(0, seen_source()), in_.options.actor);
                publish_new(read.document);
            }
            done(read, &ImportReport::created);
        });
    }

    void publish_new(const Document& d) {
        if (has_text(d) && d.published.value_or(true) && !in_.options.draft) publish(d.locale);
    }

    // There is nothing to publish in a translation without any text.
    static bool has_text(const Document& d) {
        const auto any = [](const std::optional<std::string>& text) { return text && !text->empty(); };
        return any(d.title) || any(d.summary) || d.front.body.find_first_not_of(" \t\r\n") != std::string::npos ||
               std::any_of(d.fields.begin(), d.fields.end(), [](const auto& f) { return !f.second.empty(); });
    }

    void publish(const locale::Tag& locale) {
        const auto now = editing::find_translation(store(), article_->id, locale).value();
        if (now.published && !now.pending) return;
        publishing::publish(store(), article_->id, locale, {.incomplete = true},
                            Expected::of(now.version.translation, now.version.source), in_.options.actor);
    }

    // A shared field belongs to the source's file; another locale's would be for all of them.
    void warn_of_shared(const Document& d) {
        for (const auto& entry : d.front.entries)
            if (d.shared.contains(entry.key))
                in_.report.warnings.push_back({d.path, entry.line,
                                               fmt::format("\"{}\" is shared by all locales", entry.key),
                                               "it is not read from here; write it into the source's file"});
    }

    // ---- an article that is there ----

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
                } else if (read.base && !in_.options.theirs) {
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
            warn_of_shared(d);
        }
        auto merged = merge_translation(read.base, d, before, theirs);
        std::move(merged.conflicts.begin(), merged.conflicts.end(), std::back_inserter(conflicts));
        bool written = false;
        if (!merged.empty()) {
            written = dry() || save(d, merged.changes, before);
            changed |= written;
        }
        changed |= follow_published(read, before, written);
        const bool kept = conflicts.empty();
        std::move(conflicts.begin(), conflicts.end(), std::back_inserter(in_.report.conflicts));
        const auto count = changed ? &ImportReport::changed : &ImportReport::unchanged;
        kept ? done(read, count) : void(++(in_.report.*count));
    }

    bool save(const Document& d, const editing::Changes& changes, const Present& before) {
        const auto now = editing::find_translation(store(), article_->id, d.locale).value();
        const auto source = before.is_source() ? now.version.source : seen_source();
        return editing::save_translation(store(), article_->id, d.locale, changes,
                                         Expected::of(before.translation.version.translation, source),
                                         in_.options.actor)
            .changed;
    }

    // Whoever changed a translation's file had the source's file beside it, not what the database says since: the
    // version of the source that says the same. What was translated from an older one is outdated at once.
    std::int64_t seen_source() {
        if (seen_source_) return *seen_source_;
        const auto locale = article_->source_locale;
        const auto now = editing::find_translation(store(), article_->id, locale).value();
        seen_source_ = now.version.source;
        const auto file = source_file();
        if (!file || (now.body == file->body && now.title == file->title)) return *seen_source_;
        constexpr int looked_at = 50;
        for (const auto& r : editing::list_revisions(store(), article_->id, locale, looked_at, {})) {
            const auto past = editing::find_revision(store(), article_->id, locale, r.n);
            if (!past || past->body != file->body || past->title != file->title) continue;
            seen_source_ = r.n;
            break;
        }
        return *seen_source_;
    }

    struct SourceFile {
        std::string title, body;
    };
    std::optional<SourceFile> source_file() const {
        for (const auto& read : documents_)
            if (read.document.locale == article_->source_locale)
                return SourceFile{read.document.title.value_or(""), read.document.front.body};
        for (const auto& file : kept_) {
            if (file.locale != article_->source_locale.text() || !file.path.ends_with(".md")) continue;
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

    template <class F>
    void attempt(const Document& d, F&& body) {
        try {
            body();
        } catch (const Error& e) {
            refuse(d, e);
        }
    }

    void refuse(const Document& d, const Error& e) {
        auto remark = refusal(d.path, e);
        for (const auto& field : e.fields()) {
            if (field.message != "body.no-counterpart") continue;
            remark.remedy = "add \"mode: independent\" if its structure is meant to differ";
            for (const auto& param : field.params)
                if (const auto* text = std::get_if<std::string>(&param.value);
                    text && param.name == "text" && !remark.line)
                    remark.line = line_of(d, *text);
        }
        for (const auto& field : e.fields()) {
            if (remark.line) break;
            auto name = field.pointer.substr(std::min(field.pointer.size(), field.pointer.rfind('/') + 1));
            if (const auto* entry = d.front.find(name)) remark.line = entry->line;
        }
        in_.report.bad.push_back(std::move(remark));
    }

    static int line_of(const Document& d, const std::string& text) {
        const auto at = d.front.body.find(text.substr(0, text.find('\n')));
        if (at == std::string::npos) return d.front.body_line;
        return d.front.body_line +
               int(std::count(d.front.body.begin(), d.front.body.begin() + std::ptrdiff_t(at), '\n'));
    }

    void done(const Read& read, int ImportReport::*count) {
        ++(in_.report.*count);
        if (dry()) return;
        const auto id = article_->id;
        if (!read.kept_path.empty() && read.kept_path != read.document.path) gone_.push_back(read.kept_path);
        keep_.push_back(
            {{read.document.path, id, read.document.locale.text(), content::exact_hash(read.bytes)}, read.bytes});
        if (read.document.locale == article_->source_locale)
            for (const auto& [name, rows] : read.document.rows)
                keep_.push_back(
                    {{rows.path, id, read.document.locale.text(), content::exact_hash(rows.bytes)}, rows.bytes});
    }

    void keep() {
        if (keep_.empty()) return;
        // Two fields may name one CSV file; a statement may write a row only once.
        std::stable_sort(keep_.begin(), keep_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
        keep_.erase(
            std::unique(keep_.begin(), keep_.end(), [](const auto& a, const auto& b) { return a.path == b.path; }),
            keep_.end());
        store().db.write([&](db::Transaction& t) {
            for (const auto& path : gone_) storage::delete_file(t, path);
            storage::upsert_files(t, keep_);
        });
        keep_.clear();
    }

    const Importing& in_;
    Group group_;
    std::optional<editing::Article> article_;
    std::string type_;
    std::vector<storage::File> kept_;  // of the article, as last imported or exported
    std::vector<Read> documents_;
    std::optional<std::int64_t> seen_source_;
    bool is_new_ = false;  // created by this import
    std::vector<storage::File> keep_;
    std::vector<std::string> gone_;
};

}  // namespace

Remark refusal(const std::string& path, const Error& error) {
    switch (error.code()) {
        case ErrorCode::invalid:
        case ErrorCode::taken:
        case ErrorCode::conflict:
        case ErrorCode::too_large:
        case ErrorCode::malformed:
            return {path, 0, "it cannot be accepted", "correct it and import again", error};
        case ErrorCode::version_conflict:
        case ErrorCode::not_found:
            return {path, 0, "the database changed meanwhile", "import again", error};
        default:
            throw error;
    }
}

void import_group(const Importing& importing, Group group) { GroupImport(importing, std::move(group)).run(); }

}  // namespace stele::exchange
