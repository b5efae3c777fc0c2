#include "src/editing/structure.hpp"

#include <unordered_set>

namespace stele::editing {
namespace {

constexpr std::string_view field_prefix = "fields.";

bool is_subsequence(const std::vector<std::string>& part, const std::vector<std::string>& whole) {
    size_t at = 0;
    for (const auto& id : whole)
        if (at < part.size() && part[at] == id) ++at;
    return at == part.size();
}

bool own_is_usable(const Source& source, const Work& work, bool whole) {
    const auto& own = work.frame;
    if (!own.skeleton) return false;
    if (own.slots == source.frame.slots) return true;
    if (whole || !is_subsequence(own.slots, source.frame.slots)) return false;
    // A segment translated since, which that body has no place for?
    const std::unordered_set<std::string_view> places(own.slots.begin(), own.slots.end());
    return std::none_of(source.frame.slots.begin(), source.frame.slots.end(),
                        [&](const auto& id) { return work.targets.contains(id) && !places.contains(id); });
}

}  // namespace

Structure structure_of(const Source& source, const Work& work, bool whole) {
    if (own_is_usable(source, work, whole)) return {&*work.frame.skeleton, &work.frame.slots};
    return {&*source.frame.skeleton, &source.frame.slots};
}

std::vector<std::optional<std::string>> texts_of(const Source& source, const Work& work, const Structure& structure) {
    std::vector<std::optional<std::string>> texts;
    for (const auto& id : *structure.slots) texts.push_back(work.text(source, id));
    return texts;
}

std::vector<std::optional<std::string>> source_texts(const Source& source) {
    std::vector<std::optional<std::string>> texts;
    for (const auto& id : source.frame.slots) texts.emplace_back(source.text(id));
    return texts;
}

std::string working_body(const Source& source, const Work& work) {
    if (work.frame.mode == content::Mode::independent) return work.text(source, content::body_id).value_or("");
    const auto structure = structure_of(source, work, false);
    return content::compose(*structure.skeleton, texts_of(source, work, structure));
}

std::string source_body(const Source& source) { return content::compose(*source.frame.skeleton, source_texts(source)); }

std::vector<std::string> field_names(const Source& source) {
    std::vector<std::string> names;
    for (const auto& s : source.live)
        if (s.id.starts_with(field_prefix)) names.push_back(s.id.substr(field_prefix.size()));
    return names;
}

storage::Snapshot snapshot_of(const Source& source, const Work& work) {
    storage::Snapshot s;
    if (!work.targets.contains(content::title_id)) s.title_lang = source.article.source_locale;
    s.summary = source.find(content::summary_id) ? work.text(source, content::summary_id) : std::string();
    for (const auto& name : field_names(source)) s.fields[name] = work.text(source, "fields." + name);
    if (work.frame.mode == content::Mode::independent) {
        auto body = content::whole_body(work.text(source, content::body_id).value_or(""));
        s.skeleton = std::move(body.skeleton);
        for (auto& leaf : body.leaves) s.texts.emplace_back(std::move(leaf.text));
        return s;
    }
    const auto structure = structure_of(source, work, true);
    s.skeleton = *structure.skeleton;
    s.slots = *structure.slots;
    s.texts = texts_of(source, work, structure);
    return s;
}

storage::Snapshot source_snapshot(const Source& source) {
    storage::Snapshot s;
    s.summary = source.text(content::summary_id);
    for (const auto& name : field_names(source)) s.fields[name] = source.text("fields." + name);
    s.skeleton = *source.frame.skeleton;
    s.slots = source.frame.slots;
    s.texts = source_texts(source);
    return s;
}

content::Hash snapshot_hash(const std::string& title, const std::string& slug, const storage::Snapshot& snapshot) {
    return content::exact_hash(title + '\0' + slug + '\0' + storage::to_document(snapshot));
}

content::Hash working_hash(const Source& source, const Work& work) {
    return snapshot_hash(work.text(source, content::title_id).value_or(""), work.frame.slug, snapshot_of(source, work));
}

content::Hash source_working_hash(const Source& source) {
    return snapshot_hash(source.text(content::title_id), source.frame.slug, source_snapshot(source));
}

}  // namespace stele::editing
