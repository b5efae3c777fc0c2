#include "src/exchange/import_new.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/exchange/import_report.hpp"
#include "src/exchange/merge.hpp"

namespace stele::exchange {
namespace {

// Absent, and said in the report: which of them is the source cannot be told.
std::optional<size_t> find_source(const std::vector<Read>& documents, const Store& store, ImportReport& report) {
    const auto bad_all = [&](const std::string& text, const std::string& remedy) {
        for (const auto& read : documents) report.bad.push_back({read.document.path, 0, text, remedy});
        return std::nullopt;
    };
    std::vector<size_t> says, alone;
    bool named = false;
    for (size_t i = 0; i < documents.size(); ++i) {
        const auto& d = documents[i].document;
        named |= d.source.has_value();
        if (d.names_itself_source()) says.push_back(i);
        if (!d.source && (documents.size() == 1 || d.locale == store.default_locale)) alone.push_back(i);
    }
    if (says.size() > 1)
        return bad_all(fmt::format("{} and {} both say they are the source", documents[says[0]].document.path,
                                   documents[says[1]].document.path),
                       "leave \"source\" out of the translations");
    if (!says.empty()) return says.front();
    if (!alone.empty() && !named) return alone.front();
    return bad_all("no file says that it is the source of this key",
                   "add \"source: LOCALE\" to the file it was written in");
}

bool to_publish(const Document& d, const ImportOptions& options) {
    return has_text(d) && d.published.value_or(true) && !options.draft;
}

publishing::WholeArticle whole_article(const std::vector<Read>& documents, const std::string& type,
                                       const ImportOptions& options) {
    const auto& source = documents.front().document;
    publishing::WholeArticle article{.article = {.key = source.key,
                                                 .type = type,
                                                 .source_locale = source.locale,
                                                 .priority = source.priority.value_or(0),
                                                 .shared = source.shared,
                                                 .translation = whole(source)},
                                     .publish = to_publish(source, options),
                                     .translations = {}};
    for (size_t i = 1; i < documents.size(); ++i) {
        const auto& d = documents[i].document;
        article.translations.push_back({d.locale, whole(d), to_publish(d, options)});
    }
    return article;
}

publishing::ArticlePlan plan_of(const Store& store, const NewImport& article, const Actor& actor) {
    return store.db.reading(
        [&](db::Connection& c) { return publishing::plan_article(c, store, *article.whole, actor); });
}

class Writing {
  public:
    Writing(const Importing& importing, db::Transaction& t, const NewImport& article)
        : in_(importing), t_(t), article_(article) {}

    // Planned again, inside, where what it was planned from is not so any more.
    void run() {
        if (article_.plan && written(*article_.plan)) return;
        constexpr int tries = 20;
        try {
            for (int i = 0; i < tries; ++i) {
                const auto plan = plan_of(in_.store, article_, in_.options.actor);
                if (write(plan)) return;
            }
            throw Error(ErrorCode::overloaded, "contended");
        } catch (const Error& e) {
            refuse_all(e);
        }
    }

  private:
    // A name that another article has taken since is no mistake of the files yet: the next plan may find another one.
    bool written(const publishing::ArticlePlan& plan) {
        try {
            return write(plan);
        } catch (const Error& e) {
            if (e.code() != ErrorCode::taken) throw;
            return false;
        }
    }

    bool write(const publishing::ArticlePlan& plan) {
        const auto id = publishing::write_article(t_, plan);
        if (!id) return false;
        keep(t_, files_of(plan, *id));
        report(plan);
        return true;
    }

    // With its source first; the plan's translations are the documents after it.
    static bool is_refused(const publishing::ArticlePlan& plan, size_t document) {
        return document > 0 && plan.refused[document - 1];
    }

    std::vector<storage::File> files_of(const publishing::ArticlePlan& plan, ArticleId id) const {
        std::vector<storage::File> files;
        const auto& documents = article_.documents;
        for (size_t i = 0; i < documents.size(); ++i)
            if (!is_refused(plan, i))
                add_kept(files, documents[i], place_to_keep(t_, in_, documents[i]), id,
                         documents.front().document.locale);
        return files;
    }

    void report(const publishing::ArticlePlan& plan) {
        for (size_t i = 0; i < article_.documents.size(); ++i) {
            const auto& d = article_.documents[i].document;
            if (i > 0) warn_of_shared(in_.report, d);
            is_refused(plan, i) ? in_.report.bad.push_back(refusal(d, *plan.refused[i - 1]))
                                : void(++in_.report.created);
        }
    }

    void refuse_all(const Error& e) {
        const auto& source = article_.documents.front().document;
        in_.report.bad.push_back(refusal(source, e));
        for (size_t i = 1; i < article_.documents.size(); ++i)
            in_.report.bad.push_back(
                {article_.documents[i].document.path, 0, "its source was not imported", "correct " + source.path});
    }

    const Importing& in_;
    db::Transaction& t_;
    const NewImport& article_;
};

}  // namespace

NewImport read_new(const Importing& importing, const Group& group) {
    NewImport article;
    article.report.bad = group.bad;
    if (group.files.empty()) return article;
    const auto& options = importing.options;
    auto read = read_group(
        {importing.store, importing.files, options, article.report, importing.index, importing.place}, group, {}, {});
    const auto source =
        read.documents.empty() ? std::nullopt : find_source(read.documents, importing.store, article.report);
    if (!source) return article;
    const auto first = read.documents.begin();
    std::rotate(first, first + std::ptrdiff_t(*source), first + std::ptrdiff_t(*source) + 1);
    article.documents = std::move(read.documents);
    article.whole = whole_article(article.documents, read.type, options);
    if (options.dry_run) return article;
    try {
        article.plan = plan_of(importing.store, article, options.actor);
    } catch (const Error& e) {
        refusal(group.files.front().opened.path, e);  // it is said where it is tried again, inside
    }
    return article;
}

void import_new(const Importing& importing, db::Transaction& t, const NewImport& article) {
    importing.report = article.report;
    if (!article.documents.empty()) Writing(importing, t, article).run();
}

void report_new(const Importing& importing, const NewImport& article) {
    importing.report = article.report;
    for (const auto& read : article.documents) {
        if (&read != &article.documents.front()) warn_of_shared(importing.report, read.document);
        ++importing.report.created;
    }
}

}  // namespace stele::exchange
