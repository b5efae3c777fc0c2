// The history of one translation, and going back in it.
#include "src/storage/revisions.hpp"

#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/restore_segments.hpp"
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

Past find_restorable(db::Connection& c, ArticleId id, const locale::Tag& locale, std::int64_t n) {
    const auto row = storage::find_revision(c, id, locale, n);
    if (!row) throw Error(ErrorCode::not_found, "revision", {{"number", n}});
    return past_from(row->document);
}

// Of the time when this locale was the source: its texts have no basis.
void check_translated(const Past& past) {
    const bool was_source =
        std::any_of(past.texts.begin(), past.texts.end(), [](const auto& t) { return t.second.basis.empty(); });
    if (was_source) throw Error(ErrorCode::conflict, "revision-of-source");
}

std::int64_t next_version(db::Connection& c, const Source& source, const Work& before) {
    const auto last = storage::last_version(c, source.article.id, before.frame.locale);
    return std::max(before.frame.version, last) + 1;
}

Plan<Saved> plan_restore(db::Connection& c, const Store& store, const Source& source, const locale::Tag& locale,
                         std::int64_t n, const Expected& expected, const Actor& actor) {
    const bool is_source = locale == source.article.source_locale;
    const Work before =
        is_source ? Work{.frame = source.frame, .targets = {}, .wordings = {}, .edition = {}, .publication = {}}
                  : read_work(c, source, locale);
    check_whole_version(before.frame, expected);
    const auto past = find_restorable(c, source.article.id, locale, n);
    if (is_source)
        return plan_source_save(c, store, source, source_changes(source, past, past_body(c, source, past)), expected,
                                actor);
    check_translated(past);
    Plan<Saved> plan(source);
    const Time now = store.now();
    const auto version = next_version(c, source, before);
    Written what{.action = "restore", .actor = actor, .now = now};
    Work after = restored(source, before, past, version, actor, now, what);
    commit_translation(plan, source, before, after, what);
    plan.result = {source.article.id, {version, source.frame.version}, !before.exists(), true, shown(source, after)};
    return plan;
}

Plan<Saved> plan_restore_segments(db::Connection& c, const Store& store, const Source& source,
                                  const locale::Tag& locale, std::int64_t n, const std::vector<std::string>& segments,
                                  const Expected& expected, const Actor& actor) {
    if (locale == source.article.source_locale) throw Error(ErrorCode::conflict, "revision-of-source");
    const Work before = read_work(c, source, locale);
    check_whole_version(before.frame, expected);
    const auto past = find_restorable(c, source.article.id, locale, n);
    check_translated(past);
    Plan<Saved> plan(source);
    Written what{.action = "restore", .actor = actor, .now = store.now()};
    Work after = before;
    const auto version = next_version(c, source, before);
    for (const auto& id : segments) {
        const bool is_whole_body = id == content::body_id && before.frame.mode == content::Mode::independent;
        if (!source.find(id) && !(is_whole_body && past.mode == before.frame.mode)) continue;
        if (const auto then = past.texts.find(id); then != past.texts.end()) {
            const auto& [text, basis, basis_hash, origin] = then->second;
            const auto now = before.targets.find(id);
            if (now != before.targets.end() && now->second.text == text && now->second.basis == basis) continue;
            after.targets.insert_or_assign(
                id, content::Target{id, text, basis, basis_hash, origin, version, actor, what.now});
            what.written.push_back(id);
        } else if (after.targets.erase(id) > 0) {
            what.removed.push_back(id);
        }
    }
    plan.result = {source.article.id, {before.frame.version, source.frame.version}, false, false, {}};
    if (what.written.empty() && what.removed.empty()) return plan;
    after.frame.version = version;
    after.frame.actor = actor;
    after.frame.updated_at = what.now;
    after.frame.text_hash = working_hash(source, after);
    commit_translation(plan, source, before, after, what);
    plan.result.version.translation = version;
    plan.result.changed = true;
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

Saved restore_segments(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t n,
                       const std::vector<std::string>& segments, const Expected& expected, const Actor& actor) {
    return commit(store, id, [&](db::Connection& c) {
        const Source source = read_source(c, store, id);
        enabled_locale(*source.site, locale);
        return plan_restore_segments(c, store, source, locale, n, segments, expected, actor);
    });
}

}  // namespace stele::editing
