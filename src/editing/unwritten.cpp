#include "src/editing/unwritten.hpp"

#include "src/editing/structure.hpp"

namespace stele::editing {
namespace {

bool is_unwritten(const Past& past, std::string_view id, const std::string& sent) {
    const auto* then = past.text(id);
    return then ? *then == sent : sent.empty();
}

void drop(std::optional<std::string>& sent, const Past& past, std::string_view id) {
    if (sent && is_unwritten(past, id, *sent)) sent.reset();
}

// The leaves are the segments of that time, each in its place; moved ones are not.
bool is_same_order(const content::Body& body, const Past& past, const Source& source) {
    if (body.leaves.size() != past.slots.size() || !content::same_structure(body.skeleton, *past.skeleton))
        return false;
    std::vector<content::Known> known;
    for (const auto& id : past.slots) known.push_back({id, source.find(id)->kind, *past.text(id)});
    const auto ids = content::identify(known, {}, body.leaves).ids;
    for (size_t i = 0; i < ids.size(); ++i)
        if (ids[i] != past.slots[i]) return false;
    return true;
}

void take_apart(Changes& changes, const Past& past, const Source& source) {
    if (past.slots != source.frame.slots || !content::same_structure(*past.skeleton, *source.frame.skeleton)) return;
    const auto body = content::segments_of(*changes.body);
    if (!is_same_order(body, past, source)) return;
    for (size_t i = 0; i < body.leaves.size(); ++i)
        if (const auto& text = body.leaves[i].text; text != *past.text(past.slots[i]))
            changes.segments.push_back({past.slots[i], text});
    changes.body.reset();
}

bool is_past_body(const std::string& sent, const Past& past) {
    std::vector<std::optional<std::string>> texts;
    for (const auto& id : past.slots) texts.emplace_back(*past.text(id));
    return content::compose(*past.skeleton, texts) == sent;
}

}  // namespace

Changes without_unwritten(const Changes& sent, const Past& past, const Source& source) {
    Changes changes = sent;
    drop(changes.title, past, content::title_id);
    drop(changes.summary, past, content::summary_id);
    std::erase_if(changes.fields, [&](const auto& f) { return is_unwritten(past, "fields." + f.first, f.second); });
    if (changes.slug == past.slug) changes.slug.reset();
    if (changes.body && is_past_body(*changes.body, past))
        changes.body.reset();
    else if (changes.body)
        take_apart(changes, past, source);
    return changes;
}

}  // namespace stele::editing
