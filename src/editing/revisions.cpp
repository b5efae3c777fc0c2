// The history of one translation, and going back in it.
#include "src/storage/revisions.hpp"

#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/shown.hpp"
#include "src/editing/structure.hpp"

namespace stele::editing {
namespace {

Revision revision_from(const storage::RevisionRow& row) { return {row.n, row.action, row.actor, row.at}; }

// The body as it was: its own structure, or the source's of that time.
std::string past_body(db::Connection& c, const Source& source, const Past& past) {
    if (past.mode == content::Mode::independent) {
        const auto* text = past.text(content::body_id);
        return text ? *text : "";
    }
    auto skeleton = past.skeleton;
    auto slots = past.slots;
    if (!skeleton) {
        const auto then = find_past(c, source.article.id, source.article.source_locale, past.source_version);
        skeleton = then && then->skeleton ? then->skeleton : source.frame.skeleton;
        slots = then && then->skeleton ? then->slots : source.frame.slots;
    }
    std::vector<std::optional<std::string>> texts;
    for (const auto& id : slots) {
        const auto* text = past.text(id);
        texts.push_back(text ? std::optional(*text) : std::nullopt);
    }
    return content::compose(*skeleton, texts);
}

// The texts as they were, with the bases they had, where the source still has their segments.
Work restored(const Source& source, const Work& before, const Past& past, std::int64_t version, const Actor& actor,
              Time now, Written& what) {
    Work after = before;
    for (const auto& [id, text] : past.texts) {
        const bool had = before.targets.contains(id);
        if (had && before.targets.at(id).text == text.text && before.targets.at(id).basis == text.basis) continue;
        after.targets.insert_or_assign(
            id, content::Target{id, text.text, text.basis, text.basis_hash, text.origin, version, actor, now});
        what.written.push_back(id);
    }
    for (const auto& [id, target] : before.targets)
        if (!past.texts.contains(id)) {
            after.targets.erase(id);
            what.removed.push_back(id);
        }
    after.frame.mode = past.mode;
    after.frame.skeleton = past.skeleton;
    after.frame.slots = past.slots;
    after.frame.version = version;
    after.frame.actor = actor;
    after.frame.updated_at = now;
    after.frame.text_hash = working_hash(source, after);
    return after;
}

Changes source_changes(const Source& source, const Past& past, const std::string& body) {
    Changes changes;
    changes.origin = "restore";
    if (const auto* title = past.text(content::title_id)) changes.title = *title;
    changes.summary = past.text(content::summary_id) ? *past.text(content::summary_id) : "";
    for (const auto& name : field_names(source)) changes.fields[name] = "";
    for (const auto& [id, text] : past.texts)
        if (id.starts_with("fields.")) changes.fields[id.substr(7)] = text.text;
    changes.body = body;
    return changes;
}

Plan<Saved> plan_restore(db::Connection& c, const Store& store, const Source& source, const locale::Tag& locale,
                         std::int64_t n, const Expected& expected, const Actor& actor) {
    const bool is_source = locale == source.article.source_locale;
    const Work before =
        is_source ? Work{.frame = source.frame, .targets = {}, .wordings = {}, .edition = {}, .publication = {}}
                  : read_work(c, source, locale);
    check_whole_version(before.frame, expected);
    const auto row = storage::find_revision(c, source.article.id, locale, n);
    if (!row) throw Error(ErrorCode::not_found, "revision", {{"number", n}});
    const auto past = past_from(row->document);
    if (is_source)
        return plan_source_save(c, store, source, source_changes(source, past, past_body(c, source, past)), expected,
                                actor);
    // A revision of the time when this locale was the source: its texts have no basis.
    const bool was_source =
        std::any_of(past.texts.begin(), past.texts.end(), [](const auto& t) { return t.second.basis.empty(); });
    if (was_source) throw Error(ErrorCode::conflict, "revision-of-source");
    Plan<Saved> plan(source);
    const Time now = store.now();
    const auto version = std::max(before.frame.version, storage::last_version(c, source.article.id, locale)) + 1;
    Written what{.action = "restore", .actor = actor, .now = now};
    Work after = restored(source, before, past, version, actor, now, what);
    commit_translation(plan, source, before, after, what);
    plan.result = {source.article.id, {version, source.frame.version}, !before.exists(), true, shown(source, after)};
    return plan;
}

}  // namespace

std::vector<Revision> list_revisions(const Store& store, ArticleId id, const locale::Tag& locale, int limit,
                                     std::optional<std::int64_t> before) {
    return store.db.reading([&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        std::vector<Revision> revisions;
        for (const auto& row : storage::list_revisions(c, id, locale, limit, before))
            revisions.push_back(revision_from(row));
        return revisions;
    });
}

std::optional<RevisionText> find_revision(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t n) {
    return store.db.reading([&](db::Connection& c) -> std::optional<RevisionText> {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        const auto row = storage::find_revision(c, id, locale, n);
        if (!row) return std::nullopt;
        const auto past = past_from(row->document);
        RevisionText r{.revision = revision_from(*row),
                       .title = {},
                       .slug = past.slug,
                       .summary = {},
                       .body = past_body(c, source, past),
                       .fields = {},
                       .mode = past.mode};
        for (const auto& [segment, text] : past.texts) {
            if (segment == content::title_id) r.title = text.text;
            if (segment == content::summary_id) r.summary = text.text;
            if (segment.starts_with("fields.")) r.fields[segment.substr(7)] = text.text;
        }
        return r;
    });
}

Version restore_revision(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t n,
                         const Expected& expected, const Actor& actor) {
    return commit(store, id,
                  [&](db::Connection& c) {
                      const Source source = read_source(c, store, id);
                      enabled_locale(*source.site, locale);
                      return plan_restore(c, store, source, locale, n, expected, actor);
                  })
        .version;
}

}  // namespace stele::editing
