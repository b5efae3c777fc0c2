#include "src/editing/source_change.hpp"

#include <fmt/format.h>

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

// The state of one change being computed.
struct Changing {
    Source& after;
    const Source& before;
    const content::ContentType& type;
    const By& by;
    SourceChange change = {};
    FieldErrors errors = {};

    const locale::Tag& locale() const { return before.article.source_locale; }
};

void remove_segment(Changing& x, const std::string& id) {
    std::erase_if(x.after.live, [&](const auto& s) { return s.id == id; });
    x.change.removed.push_back(id);
    x.change.destinations_moved = true;
}

// Unchanged segments are not hashed or counted again.
void put_segment(Changing& x, const std::string& id, int place, content::Kind kind, const std::string& text) {
    const auto* old = x.before.find(id);
    const bool same_text = old && old->text == text;
    if (same_text && old->kind == kind) {
        for (auto& live : x.after.live)
            if (live.id == id) live.place = place;
        return;
    }
    // With another kind only, the text keeps its version, author and time.
    auto s = same_text ? *old : make_segment(id, place, kind, text, x.locale(), x.by);
    s.place = place;
    s.kind = kind;
    if (old) x.change.destinations_moved |= has_destination(old->text) || has_destination(text);
    std::erase_if(x.after.live, [&](const auto& live) { return live.id == id; });
    x.after.live.push_back(s);
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

void put_body(Changing& x, std::string_view markdown, const Changes& changes) {
    auto body = content::segments_of(markdown);
    throw_if_any(too_many_blocks(body));
    auto found = content::identify(known(x.before, false), known(x.before, true), body.leaves);
    // A segment that was named keeps its id, however little its new text is like the old.
    for (const auto& [id, text] : changes.segments) {
        const auto& slots = x.before.frame.slots;
        const auto at = std::find(slots.begin(), slots.end(), id);
        if (at == slots.end() || body.leaves.size() != slots.size()) continue;
        const auto slot = size_t(at - slots.begin());
        for (auto& other : found.ids)
            if (other == id) other.reset();
        found.ids[slot] = id;
    }
    std::vector<std::string> slots;
    for (size_t i = 0; i < body.leaves.size(); ++i) {
        auto id = found.ids[i] ? *found.ids[i] : fmt::format("b{}", x.after.article.next_segment++);
        put_segment(x, id, body_place + int(i), body.leaves[i].kind, body.leaves[i].text);
        slots.push_back(std::move(id));
    }
    for (const auto& id : x.before.frame.slots)
        if (std::find(slots.begin(), slots.end(), id) == slots.end()) remove_segment(x, id);
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
    for (const auto& s : x.change.added) std::erase_if(after.retired, [&](const auto& r) { return r.id == s.id; });
    std::sort(after.live.begin(), after.live.end(),
              [](const auto& a, const auto& b) { return std::tie(a.place, a.id) < std::tie(b.place, b.id); });
    x.change.structure_moved = after.frame.slots != before.frame.slots ||
                               *after.frame.skeleton != *before.frame.skeleton || !x.change.added.empty() ||
                               !x.change.removed.empty();
    return std::move(x.change);
}

}  // namespace stele::editing
