#include "src/editing/source_change.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "src/content/limits.hpp"
#include "src/editing/structure.hpp"
#include "src/editing/validate.hpp"
#include "src/locale/text.hpp"
#include "src/locale/visible.hpp"

namespace stele::editing {
namespace {

constexpr int body_place = 1000;

bool has_destination(std::string_view text) {
    return text.find("](") != text.npos || text.find("<http") != text.npos || text.find("<mailto") != text.npos;
}

bool is_blank(std::string_view text) { return !locale::has_visible(text); }

int place_of(const content::ContentType& type, std::string_view id) {
    if (id == content::title_id) return 0;
    if (id == content::summary_id) return 1;
    for (size_t i = 0; i < type.fields.size(); ++i)
        if (id == "fields." + type.fields[i].name) return 2 + int(i);
    return body_place - 1;
}

// The live segments of the source as it will be. Each keeps its position until the end, so that any number of them can
// be changed without looking for each among all.
class Live {
  public:
    explicit Live(std::vector<content::SourceSegment>& all) : all_(all), is_removed_(all.size()) {
        for (size_t i = 0; i < all.size(); ++i) at_.emplace(all[i].id, i);
    }
    content::SourceSegment* find(const std::string& id) {
        const auto at = at_.find(id);
        return at == at_.end() || is_removed_[at->second] ? nullptr : &all_[at->second];
    }
    void put(const content::SourceSegment& s) {
        const auto [at, is_new] = at_.emplace(s.id, all_.size());
        if (is_new) {
            all_.push_back(s);
            is_removed_.push_back(false);
        } else {
            all_[at->second] = s;
            is_removed_[at->second] = false;
        }
    }
    void remove(const std::string& id) {
        if (const auto at = at_.find(id); at != at_.end()) is_removed_[at->second] = true;
    }
    void finish() {
        size_t i = 0;
        std::erase_if(all_, [&](const auto&) { return is_removed_[i++]; });
        std::sort(all_.begin(), all_.end(),
                  [](const auto& a, const auto& b) { return std::tie(a.place, a.id) < std::tie(b.place, b.id); });
    }

  private:
    std::vector<content::SourceSegment>& all_;
    std::vector<bool> is_removed_;
    std::unordered_map<std::string, size_t> at_;
};

// The state of one change being computed.
struct Changing {
    Source& after;
    const Source& before;
    const content::ContentType& type;
    const By& by;
    Live live{after.live};
    SourceChange change = {};
    FieldErrors errors = {};

    const locale::Tag& locale() const { return before.article.source_locale; }
};

void remove_segment(Changing& x, const std::string& id) {
    x.live.remove(id);
    x.change.removed.push_back(id);
    x.change.destinations_moved = true;
}

// Unchanged segments are not hashed or counted again.
void put_segment(Changing& x, const std::string& id, int place, content::Kind kind, const std::string& text) {
    const auto* old = x.before.find(id);
    const bool same_text = old && old->text == text;
    if (same_text && old->kind == kind) {
        if (auto* live = x.live.find(id)) live->place = place;
        return;
    }
    // With another kind only, the text keeps its version, author and time.
    auto s = same_text ? *old : make_segment(id, place, kind, text, x.locale(), x.by);
    s.place = place;
    s.kind = kind;
    if (old) x.change.destinations_moved |= has_destination(old->text) || has_destination(text);
    x.live.put(s);
    (old ? x.change.changed : x.change.added).push_back(std::move(s));
}

// Title, summary and localized fields: an empty one is no segment.
void put_plain(Changing& x, const std::string& id, const std::string& text) {
    if (text.empty()) {
        if (x.before.find(id)) remove_segment(x, id);
        return;
    }
    put_segment(x, id, place_of(x.type, id), content::Kind::paragraph, text);
}

void put_fields(Changing& x, const Changes& changes) {
    boost::json::object fields;
    for (const auto& name : field_names(x.before)) fields[name] = x.before.text("fields." + name);
    for (const auto& [name, text] : changes.fields) {
        const auto* field = x.type.find(name);
        if (!field || !field->localized) {
            x.errors.push_back({field_pointer(name), "field.unknown", {{"name", name}}});
            continue;
        }
        fields[name] = text;
        put_plain(x, "fields." + name, text);
    }
    if (changes.fields.empty()) return;
    for (auto& error : content::check_localized_fields(x.type, fields, true)) x.errors.push_back(std::move(error));
}

// Only these segments, each in its place: no identity to be found out.
std::optional<std::string> body_with_segments(Changing& x, const Changes& changes) {
    auto texts = source_texts(x.before);
    const auto& slots = x.before.frame.slots;
    std::unordered_map<std::string_view, size_t> slot_of;
    for (size_t i = 0; i < slots.size(); ++i) slot_of.emplace(slots[i], i);
    std::map<size_t, std::string_view> written;
    std::map<size_t, std::string> pointers;
    for (size_t i = 0; i < changes.segments.size(); ++i) {
        const auto& [id, text] = changes.segments[i];
        const auto* s = x.before.find(id);
        const auto pointer = fmt::format("/segments/{}", i);
        if (!s) {
            x.errors.push_back({pointer + "/id", "segment.unknown", {{"segment", id}}});
        } else if (!x.before.is_body(*s)) {
            if (id == content::title_id && is_blank(text))
                x.errors.push_back({pointer + "/text", "field.required", {}});
            if (const auto* field = id.starts_with("fields.") ? x.type.find(id.substr(7)) : nullptr)
                check_text(x.errors, pointer + "/text", text, field->max, true);
            put_plain(x, id, text);
        } else {
            const auto slot = slot_of.at(id);
            texts[slot] = text.empty() ? std::nullopt : std::optional(text);
            written[slot] = text;
            pointers[slot] = pointer + "/text";
        }
    }
    for (auto& [slot, key] : content::check_all_fit(*x.before.frame.skeleton, written))
        x.errors.push_back({pointers[slot], std::move(key), {}});
    if (written.empty() || !x.errors.empty()) return std::nullopt;
    return content::compose(*x.before.frame.skeleton, texts);
}

std::vector<content::Known> known(const Source& source, bool retired) {
    std::vector<content::Known> list;
    for (const auto& s : retired ? source.retired : source.live)
        if (source.is_body(s) || (retired && s.id.starts_with('b'))) list.push_back({s.id, s.kind, s.text, retired});
    return list;
}

// A segment that was named keeps its id, however little its new text is like the old.
void keep_named(const std::vector<std::string>& slots, const Changes& changes,
                std::vector<std::optional<std::string>>& ids) {
    if (changes.segments.empty()) return;
    std::unordered_map<std::string_view, size_t> slot_of;
    std::unordered_map<std::string, size_t> given;  // where `ids` has it
    for (size_t i = 0; i < slots.size(); ++i) slot_of.emplace(slots[i], i);
    for (size_t i = 0; i < ids.size(); ++i)
        if (ids[i]) given.emplace(*ids[i], i);
    for (const auto& [id, text] : changes.segments) {
        const auto slot = slot_of.find(id);
        if (slot == slot_of.end()) continue;
        if (const auto other = given.find(id); other != given.end()) ids[other->second].reset();
        auto& here = ids[slot->second];
        if (here) given.erase(*here);
        here = id;
        given[id] = slot->second;
    }
}

void put_body(Changing& x, std::string_view markdown, const Changes& changes) {
    auto body = content::segments_of(markdown);
    throw_if_any(too_many_blocks(body));
    auto found = content::identify(known(x.before, false), known(x.before, true), body.leaves);
    if (body.leaves.size() == x.before.frame.slots.size()) keep_named(x.before.frame.slots, changes, found.ids);
    std::vector<std::string> slots;
    for (size_t i = 0; i < body.leaves.size(); ++i) {
        auto id = found.ids[i] ? *found.ids[i] : fmt::format("b{}", x.after.article.next_segment++);
        put_segment(x, id, body_place + int(i), body.leaves[i].kind, body.leaves[i].text);
        slots.push_back(std::move(id));
    }
    const std::unordered_set<std::string_view> still_there(slots.begin(), slots.end());
    for (const auto& id : x.before.frame.slots)
        if (!still_there.contains(id)) remove_segment(x, id);
    x.after.frame.skeleton = std::move(body.skeleton);
    x.after.frame.slots = std::move(slots);
}

}  // namespace

std::vector<std::string> SourceChange::touched() const {
    auto ids = touched_texts();
    ids.insert(ids.end(), removed.begin(), removed.end());
    return ids;
}

std::vector<std::string> SourceChange::touched_texts() const {
    std::vector<std::string> ids;
    for (const auto& s : changed) ids.push_back(s.id);
    for (const auto& s : added) ids.push_back(s.id);
    return ids;
}

content::SourceSegment make_segment(std::string id, int place, content::Kind kind, std::string text,
                                    const locale::Tag& locale, const By& by) {
    content::SourceSegment s{.id = std::move(id), .place = place, .kind = kind, .text = std::move(text)};
    s.hash = content::meaning_hash(s.text);
    s.exact = content::exact_hash(s.text);
    s.words = locale::count_words(content::visible_text(s.text), locale);
    s.actor = by.actor;
    s.updated_at = by.at;
    return s;
}

SourceChange change_source(Source& after, const Source& before, const content::ContentType& type,
                           const Changes& changes, const By& by) {
    Changing x{after, before, type, by};
    if (changes.title) {
        if (is_blank(*changes.title)) x.errors.push_back({"/title", "field.required", {}});
        put_plain(x, std::string(content::title_id), *changes.title);
    }
    if (changes.summary) put_plain(x, std::string(content::summary_id), *changes.summary);
    put_fields(x, changes);
    auto body = changes.body;
    if (auto patched = body_with_segments(x, changes); patched && !body) body = std::move(patched);
    throw_if_any(std::move(x.errors));
    if (body) {
        put_body(x, *body, changes);
        x.change.body_replaced = changes.body.has_value() && *changes.body != source_body(before);
    }
    std::unordered_set<std::string_view> added;
    for (const auto& s : x.change.added) added.insert(s.id);
    std::erase_if(after.retired, [&](const auto& r) { return added.contains(r.id); });
    x.live.finish();
    x.change.structure_moved = after.frame.slots != before.frame.slots ||
                               *after.frame.skeleton != *before.frame.skeleton || !x.change.added.empty() ||
                               !x.change.removed.empty();
    return std::move(x.change);
}

}  // namespace stele::editing
