// Saving a translation (not the source): what the writer sent becomes changes of single segments, each with its basis.
#include <fmt/format.h>

#include <set>

#include "src/editing/basis.hpp"
#include "src/editing/body_match.hpp"
#include "src/editing/commit.hpp"
#include "src/editing/counting.hpp"
#include "src/editing/history.hpp"
#include "src/editing/save.hpp"
#include "src/editing/shown.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/validate.hpp"
#include "src/locale/visible.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/revisions.hpp"

namespace stele::editing {
namespace {

// One save being computed.
struct Edit {
    db::Connection& c;
    const Source& source;
    const content::ContentType& type;
    const Changes& changes;
    const Expected& expected;
    const Actor& actor;
    Time now;
    Work before;
    Work after;
    std::optional<Past> seen = std::nullopt;         // the translation at T, where it has moved on since
    std::optional<Past> seen_source = std::nullopt;  // the source at S, where it has moved on since
    FieldErrors errors = {};
    std::vector<boost::json::value> conflicts = {};
    std::vector<std::string> written = {}, removed = {};
    std::vector<storage::Wording> wordings = {};
    bool frame_changed = false;

    ArticleId id() const { return source.article.id; }
};

struct Desired {
    std::string pointer;
    std::string text;  // empty: take the target away
};
using DesiredTexts = std::map<std::string, Desired>;

void check_expected(Edit& e) {
    if (!e.expected.seen) {
        if (e.before.exists()) throw Error(ErrorCode::precondition_required);
        return;
    }
    const auto [t, s] = *e.expected.seen;
    if (t > e.before.frame.version || s > e.source.frame.version)
        throw Error(ErrorCode::version_conflict, {}, {}, {}, {{"version", e.before.frame.version}});
    if (t > 0 && t < e.before.frame.version) e.seen = find_past(e.c, e.id(), e.before.frame.locale, t);
    // Who saw no translation has written none of what is there now.
    if (t == 0 && e.before.exists()) e.seen.emplace();
    e.seen_source = find_past_source(e.c, e.source, s);
}

// `theirs` is empty where somebody took the text away since.
void conflict(Edit& e, const std::string& id, const std::string& yours, const std::string& theirs, const Actor& actor,
              Time at) {
    e.conflicts.push_back(
        {{"segment", id}, {"yours", yours}, {"theirs", theirs}, {"actor", actor}, {"at", rfc3339(at)}});
}

// The source had it when the writer read it, and has it no more: nobody is to lose what they wrote meanwhile (law 5).
// False where the writer cannot have seen it.
bool cut_meanwhile(Edit& e, const std::string& id, const std::string& text) {
    if (!e.seen_source || !e.seen_source->text(id)) return false;
    const auto target = e.before.targets.find(id);
    const std::string* base = e.seen ? e.seen->text(id) : nullptr;
    if (!e.seen && target != e.before.targets.end()) base = &target->second.text;
    if (base ? *base == text : text.empty()) return true;  // it only came along
    conflict(e, id, text, "", e.source.frame.actor, e.source.frame.updated_at);
    return true;
}

// However it is named, a field holds what its type allows.
void check_field(Edit& e, const std::string& id, const std::string& pointer, const std::string& text) {
    constexpr std::string_view prefix = "fields.";
    if (!id.starts_with(prefix)) return;
    if (const auto* field = e.type.find(id.substr(prefix.size())))
        check_text(e.errors, pointer, text, field->max, true);
}

void want(Edit& e, DesiredTexts& desired, const std::string& id, const std::string& pointer, const std::string& text) {
    if (!e.source.find(id)) {
        if (!cut_meanwhile(e, id, text) && !text.empty())
            e.errors.push_back({pointer, "segment.not-in-source", {{"segment", id}}});
        return;
    }
    if (id == content::title_id && !text.empty() && !locale::has_visible(text))
        e.errors.push_back({pointer, "field.required", {}});
    check_field(e, id, pointer, text);
    desired[id] = {pointer, text};
}

void want_segments(Edit& e, DesiredTexts& desired) {
    std::set<std::string> seen;
    for (size_t i = 0; i < e.changes.segments.size(); ++i) {
        const auto& change = e.changes.segments[i];
        const auto pointer = fmt::format("/segments/{}", i);
        const auto* s = e.source.find(change.id);
        const bool independent = e.after.frame.mode == content::Mode::independent;
        if (change.id == content::body_id && independent) {
            desired[change.id] = {pointer + "/text", change.text};
        } else if (!seen.insert(change.id).second) {
            e.errors.push_back({pointer + "/id", "segment.twice", {{"segment", change.id}}});
        } else if (!s && cut_meanwhile(e, change.id, change.text)) {
            continue;
        } else if (!s || (independent && e.source.is_body(*s))) {
            e.errors.push_back({pointer + "/id", "segment.unknown", {{"segment", change.id}}});
        } else {
            want(e, desired, change.id, pointer + "/text", change.text);
        }
    }
}

// Typed into one place of the body, would it still be that one segment?
void check_fits(Edit& e, const DesiredTexts& desired) {
    const auto own = structure_of(e.source, e.before, false);
    const Structure of_source{&*e.source.frame.skeleton, &e.source.frame.slots};
    std::set<std::string_view> looked_at;
    for (const auto* structure : {&own, &of_source}) {
        std::map<size_t, std::string_view> texts;
        for (size_t slot = 0; slot < structure->slots->size(); ++slot) {
            const auto want = desired.find((*structure->slots)[slot]);
            if (want == desired.end() || want->second.text.empty()) continue;
            if (want->second.pointer.starts_with("/segments/") && looked_at.insert(want->first).second)
                texts.emplace(slot, want->second.text);
        }
        for (auto& [slot, key] : content::check_all_fit(*structure->skeleton, texts))
            e.errors.push_back({desired.find((*structure->slots)[slot])->second.pointer, std::move(key), {}});
    }
}

void want_body(Edit& e, DesiredTexts& desired) {
    if (!e.changes.body) return;
    if (e.after.frame.mode == content::Mode::independent) {
        desired[std::string(content::body_id)] = {"/body", *e.changes.body};
        return;
    }
    auto matched = match_body(e.source, e.before, e.seen, *e.changes.body, e.changes.body_lacks);
    for (auto& error : matched.errors) e.errors.push_back(std::move(error));
    if (!matched.errors.empty()) return;
    // What the body had and has no more is taken away; what the writer never saw stays.
    for (const auto& id : e.source.frame.slots) {
        const bool had = e.seen ? e.seen->text(id) != nullptr : e.before.targets.contains(id);
        if (had) desired[id] = {"/body", ""};
    }
    for (size_t i = 0; i < matched.slots.size(); ++i)
        desired[matched.slots[i]] = {"/body", matched.body.leaves[i].text};
    const bool as_source = matched.slots == e.source.frame.slots && matched.body.skeleton == *e.source.frame.skeleton;
    auto& frame = e.after.frame;
    if (as_source && !frame.skeleton) return;
    if (frame.skeleton && *frame.skeleton == matched.body.skeleton && frame.slots == matched.slots) return;
    e.frame_changed = true;
    frame.skeleton = std::move(matched.body.skeleton);
    frame.slots = std::move(matched.slots);
    if (as_source) frame.skeleton.reset(), frame.slots.clear();
}

void take_mode(Edit& e, DesiredTexts& desired) {
    if (!e.changes.mode || *e.changes.mode == e.before.frame.mode) return;
    e.after.frame.mode = *e.changes.mode;
    e.frame_changed = true;
    if (*e.changes.mode == content::Mode::independent && !e.changes.body)
        desired[std::string(content::body_id)] = {"/mode", working_body(e.source, e.before)};
}

// The source's wording that a segment written now is made from: what the writer saw.
Basis basis_of(Edit& e, const std::string& id) {
    auto basis = find_basis(e.source, e.seen_source, id);
    if (!basis) basis = find_basis(e.source, std::nullopt, id);
    // Segments' former wordings are kept by the saves of the source.
    if (id == content::body_id) e.wordings.push_back({basis->exact, basis->text});
    e.after.wordings.emplace(basis->exact, basis->text);
    return *basis;
}

bool says_the_same(const Edit& e, const std::string& id, const std::string& text) {
    const auto at = e.before.targets.find(id);
    if (at == e.before.targets.end()) return text.empty();
    return at->second.text == text || e.before.text(e.source, at->second) == text;
}

// A person who names a segment with the text that a machine or the memory gave it stands behind that text.
bool is_confirmed(const Edit& e, const std::string& id) {
    const auto at = e.before.targets.find(id);
    if (e.changes.origin != "human" || at == e.before.targets.end() || at->second.origin == "human") return false;
    return std::ranges::any_of(e.changes.segments, [&](const auto& s) { return s.id == id; });
}

void write_segment(Edit& e, const std::string& id, const std::string& text) {
    const bool same = says_the_same(e, id, text);
    const bool confirmed = same && is_confirmed(e, id);
    if (same && !confirmed) return;
    if (e.seen && !confirmed) {
        const std::string* base = e.seen->text(id);
        if (base ? *base == text : text.empty()) return;  // the writer did not touch it
    }
    const auto at = e.before.targets.find(id);
    if (!confirmed && at != e.before.targets.end() && e.expected.seen && at->second.version > e.expected.seen->first)
        return conflict(e, id, text, at->second.text, at->second.actor, at->second.updated_at);
    if (at == e.before.targets.end() && e.seen && e.seen->text(id))
        return conflict(e, id, text, "", e.before.frame.actor, e.before.frame.updated_at);
    if (text.empty()) {
        e.removed.push_back(id);
        e.after.targets.erase(id);
        return;
    }
    const auto basis = basis_of(e, id);
    e.after.targets.insert_or_assign(
        id, content::Target{id, text, basis.exact, basis.meaning, e.changes.origin, 0, e.actor, e.now});
    e.written.push_back(id);
}

void take_bases(Edit& e) {
    for (const auto& [place, text] : e.changes.bases) {
        std::string id = place;
        if (!place.empty() && place.find_first_not_of("0123456789") == std::string::npos) {
            const auto& slots = e.after.frame.skeleton ? e.after.frame.slots : e.source.frame.slots;
            const size_t n = place.size() > 6 ? 0 : size_t(std::stoul(place));
            if (n == 0 || n > slots.size()) {
                e.errors.push_back({"/outdated", "outdated.no-such-place", {{"place", place}}});
                continue;
            }
            id = slots[n - 1];
        }
        const auto at = e.after.targets.find(id);
        if (at == e.after.targets.end()) {
            e.errors.push_back({"/outdated", "outdated.no-such-place", {{"place", place}}});
            continue;
        }
        if (std::find(e.written.begin(), e.written.end(), id) == e.written.end()) continue;
        at->second.basis = content::exact_hash(text);
        at->second.basis_hash = content::meaning_hash(text);
        e.wordings.push_back({at->second.basis, text});
    }
}

void take_slug(Edit& e) {
    auto& frame = e.after.frame;
    const auto* site = e.source.site.get();
    const bool provisional = frame.slug.empty() || (frame.slug == e.source.article.key && !e.before.publication);
    const auto own_title = e.after.targets.find(content::title_id);
    if (e.changes.slug && !e.changes.slug->empty()) {
        if (*e.changes.slug == frame.slug || (e.seen && e.seen->slug == *e.changes.slug)) return;
        check_slug(e.errors, "/slug", *e.changes.slug, *site);
        if (e.seen && e.seen->slug != frame.slug) {
            e.conflicts.push_back({{"field", "slug"},
                                   {"yours", *e.changes.slug},
                                   {"theirs", frame.slug},
                                   {"actor", e.before.frame.actor},
                                   {"at", rfc3339(e.before.frame.updated_at)}});
            return;
        }
        if (auto owner = storage::find_slug_owner(e.c, frame.locale, *e.changes.slug); owner && *owner != e.id())
            throw Error(ErrorCode::taken, "slug-taken", {{"slug", *e.changes.slug}},
                        {{"/slug", "field.taken", {{"value", *e.changes.slug}}}}, {{"article_id", number(*owner)}});
        frame.slug = *e.changes.slug;
        e.frame_changed = true;
    } else if (provisional) {
        const bool title_is_new = own_title != e.after.targets.end() && !e.before.targets.contains(content::title_id);
        if (!frame.slug.empty() && !title_is_new) return;
        auto is_free = [&](const std::string& slug) {
            const auto owner = storage::find_slug_owner(e.c, frame.locale, slug);
            const auto route = storage::find_route(e.c, frame.locale, slug);
            return (!owner || *owner == e.id()) && (!route || route->former || route->article_id == e.id());
        };
        const auto title = own_title != e.after.targets.end() ? own_title->second.text : e.source.article.key;
        const auto slug = free_name(title, frame.locale, e.source.article.key, *site, is_free);
        e.frame_changed |= slug != frame.slug;
        frame.slug = slug;
    }
}

void throw_conflicts(const Edit& e) {
    if (e.conflicts.empty()) return;
    boost::json::object members = e.conflicts.front().as_object();
    members["conflicts"] = boost::json::array(e.conflicts.begin(), e.conflicts.end());
    members["version"] = e.before.frame.version;
    throw Error(ErrorCode::version_conflict, {}, {}, {}, std::move(members));
}

TargetSave save_of(Edit& e, std::string action) {
    TargetSave save{.before = std::move(e.before), .after = std::move(e.after), .what = {}, .result = {}};
    save.result = {.id = e.id(),
                   .version = {save.before.frame.version, e.source.frame.version},
                   .created = !save.before.exists(),
                   .changed = !e.written.empty() || !e.removed.empty() || e.frame_changed};
    if (!save.result.changed) {
        save.result.created = false;
        return save;
    }
    auto& frame = save.after.frame;
    frame.version = std::max(save.before.frame.version, storage::last_version(e.c, e.id(), frame.locale)) + 1;
    frame.updated_at = e.now;
    frame.actor = e.actor;
    if (!save.before.exists()) frame.created_at = e.now;
    for (const auto& id : e.written) save.after.targets.at(id).version = frame.version;
    for (const auto& w : e.wordings) save.after.wordings.emplace(w.exact, w.text);
    frame.text_hash = working_hash(e.source, save.after);
    save.result.version.translation = frame.version;
    save.what.written = std::move(e.written);
    save.what.removed = std::move(e.removed);
    save.what.wordings = std::move(e.wordings);
    save.what.action = std::move(action);
    save.what.actor = e.actor;
    save.what.now = e.now;
    return save;
}

}  // namespace

TargetSave target_save(db::Connection& c, const Store& store, const Source& source, Work before, const Changes& changes,
                       const Expected& expected, const Actor& actor) {
    Work after = before;
    Edit e{.c = c,
           .source = source,
           .type = store.types.find_or_page(source.article.type),
           .changes = changes,
           .expected = expected,
           .actor = actor,
           .now = store.now(),
           .before = std::move(before),
           .after = std::move(after)};
    check_expected(e);
    check_changes(e.errors, changes);
    throw_if_any(e.errors);
    DesiredTexts desired;
    take_mode(e, desired);
    if (changes.title) want(e, desired, std::string(content::title_id), "/title", *changes.title);
    if (changes.summary) want(e, desired, std::string(content::summary_id), "/summary", *changes.summary);
    for (const auto& [name, text] : changes.fields) want(e, desired, "fields." + name, field_pointer(name), text);
    want_segments(e, desired);
    want_body(e, desired);
    check_fits(e, desired);
    throw_if_any(e.errors);
    for (const auto& [id, text] : desired) write_segment(e, id, text.text);
    take_bases(e);
    take_slug(e);
    throw_if_any(e.errors);
    throw_conflicts(e);
    return save_of(e, changes.origin == "human" ? "save" : changes.origin);
}

Plan<Saved> plan_target_save(db::Connection& c, const Store& store, const Source& source, const locale::Tag& locale,
                             const Changes& changes, const Expected& expected, const Actor& actor) {
    auto save = target_save(c, store, source, read_work(c, source, locale), changes, expected, actor);
    Plan<Saved> plan(source);
    if (save.result.changed) commit_translation(plan, source, save.before, save.after, save.what);
    plan.result = std::move(save.result);
    plan.result.now = shown(source, save.after);
    return plan;
}

}  // namespace stele::editing
