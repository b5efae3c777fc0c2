#include "src/exchange/merge.hpp"

#include <fmt/format.h>

#include <set>

#include "src/exchange/merge_body.hpp"

namespace stele::exchange {
namespace {

using Text = std::optional<std::string>;
enum class Pick { nothing, file, conflict };

// `base` absent: unknown.
template <class Value>
Pick pick(const std::optional<Value>& base, const Value& file, const Value& now, const Value& none) {
    if (file == now || (base && file == *base)) return Pick::nothing;
    if (base ? now == *base : now == none) return Pick::file;
    return base || file != none ? Pick::conflict : Pick::nothing;
}

Text value_in(const std::optional<Document>& base, const std::optional<std::string> Document::*member) {
    if (!base) return std::nullopt;
    return ((*base).*member).value_or("");
}

struct Texts {
    const Document& file;
    bool theirs;
    Merged& merged;

    void merge(const std::string& place, const Text& base, const std::string& mine, const std::string& now,
               const std::function<void()>& apply) const {
        const auto picked = pick<std::string>(base, mine, now, "");
        if (picked == Pick::file || (picked == Pick::conflict && theirs)) apply();
        if (picked == Pick::conflict && !theirs) merged.conflicts.push_back({file.path, place, mine, now});
    }
};

std::string field_in(const std::map<std::string, std::string>& fields, const std::string& name) {
    const auto at = fields.find(name);
    return at == fields.end() ? "" : at->second;
}

void merge_fields(const Texts& texts, const std::optional<Document>& base, const Present& now) {
    std::set<std::string> names;
    for (const auto& [name, text] : texts.file.fields) names.insert(name);
    for (const auto& [name, text] : now.translation.fields) names.insert(name);
    for (const auto& name : names) {
        const auto mine = field_in(texts.file.fields, name);
        texts.merge("fields." + name, base ? Text(field_in(base->fields, name)) : Text(), mine,
                    field_in(now.translation.fields, name), [&] { texts.merged.changes.fields[name] = mine; });
    }
}

std::string mode_name(content::Mode mode) { return mode == content::Mode::independent ? "independent" : "aligned"; }

// False: the two are not of one mode, and their bodies cannot be compared.
bool merge_mode(Merged& merged, const std::optional<Document>& base, const Document& file, const Present& now,
                bool theirs) {
    const auto mode = now.translation.mode;
    if (now.is_source() || file.mode == mode) return true;
    const bool bodies_differ = !base || base->front.body != file.front.body || base->mode != file.mode;
    if (!bodies_differ) return false;
    if (theirs || (base && base->mode == mode && base->front.body == now.translation.body)) {
        merged.changes.mode = file.mode;
        merged.changes.body = file.front.body;
    } else {
        merged.conflicts.push_back({file.path, "mode", mode_name(file.mode), mode_name(mode)});
    }
    return false;
}

// Only what the file says anew of the wordings its segments were made from; a changed segment without it is current.
std::vector<std::pair<std::string, std::string>> new_bases(const std::optional<Document>& base, const Document& file) {
    auto bases = file.bases;
    if (base)
        std::erase_if(bases, [&](const auto& b) {
            return std::find(base->bases.begin(), base->bases.end(), b) != base->bases.end();
        });
    return bases;
}

}  // namespace

bool Merged::empty() const {
    return !changes.title && !changes.slug && !changes.summary && !changes.body && changes.fields.empty() &&
           changes.segments.empty() && !changes.mode;
}

bool MergedArticle::empty() const {
    return !changes.key && !changes.type && !changes.priority && !changes.shared && !changes.source_locale;
}

editing::Changes whole(const Document& file) {
    editing::Changes changes;
    changes.title = file.title;
    changes.slug = file.slug;
    changes.summary = file.summary;
    changes.body = file.front.body;
    changes.fields = file.fields;
    if (file.mode == content::Mode::independent) changes.mode = file.mode;
    if (file.mode == content::Mode::aligned) changes.body_lacks = file.lacks;
    changes.bases = file.bases;
    return changes;
}

Merged merge_translation(const std::optional<Document>& base, const Document& file, const Present& now, bool theirs) {
    Merged merged;
    const Texts texts{file, theirs, merged};
    const auto& t = now.translation;
    const auto title = file.title.value_or(""), summary = file.summary.value_or("");
    texts.merge("title", value_in(base, &Document::title), title, t.title, [&] { merged.changes.title = title; });
    texts.merge("summary", value_in(base, &Document::summary), summary, t.summary,
                [&] { merged.changes.summary = summary; });
    // A file without a slug leaves it to the product.
    if (file.slug && !file.slug->empty()) {
        const Text before = base && base->slug ? base->slug : base ? Text(t.slug) : Text();
        texts.merge("slug", before, *file.slug, t.slug, [&] { merged.changes.slug = file.slug; });
    }
    merge_fields(texts, base, now);
    if (merge_mode(merged, base, file, now, theirs)) {
        auto body = merge_body(base ? &base->front.body : nullptr, file, now, theirs);
        merged.changes.body = std::move(body.whole);
        merged.changes.segments = std::move(body.segments);
        for (auto& conflict : body.conflicts) merged.conflicts.push_back(std::move(conflict));
    }
    if (!now.is_source() && merged.changes.body) {
        const bool says_anew = !base || base->lacks != file.lacks;
        if (says_anew && file.mode == content::Mode::aligned) merged.changes.body_lacks = file.lacks;
        merged.changes.bases = new_bases(base, file);
    }
    return merged;
}

MergedArticle merge_article(const std::optional<Document>& base, const Document& file, const std::string& type,
                            const editing::Article& now, bool theirs) {
    MergedArticle merged;
    auto merge = [&]<class Value>(const std::string& place, const std::optional<Value>& before, const Value& mine,
                                  const Value& theirs_now, const Value& none, auto apply, auto text) {
        const auto picked = pick<Value>(before, mine, theirs_now, none);
        if (picked == Pick::file || (picked == Pick::conflict && theirs)) apply();
        if (picked == Pick::conflict && !theirs)
            merged.conflicts.push_back({file.path, place, text(mine), text(theirs_now)});
    };
    const auto as_is = [](const std::string& text) { return text; };
    const auto as_json = [](const boost::json::value& v) {
        return v.is_null() ? std::string() : boost::json::serialize(v);
    };
    using Json = boost::json::value;
    merge(
        "key", base ? std::optional(base->key) : std::nullopt, file.key, now.key, std::string(),
        [&] { merged.changes.key = file.key; }, as_is);
    if (file.type)
        merge(
            "type", base ? std::optional(base->type.value_or("page")) : std::nullopt, type, now.type,
            std::string("page"), [&] { merged.changes.type = type; }, as_is);
    merge(
        "priority", base ? std::optional(base->priority.value_or(0)) : std::nullopt, file.priority.value_or(0),
        now.priority, 0, [&] { merged.changes.priority = file.priority.value_or(0); },
        [](int n) { return fmt::format("{}", n); });
    std::set<std::string> names;
    for (const auto& member : file.shared) names.insert(std::string(member.key()));
    for (const auto& member : now.shared) names.insert(std::string(member.key()));
    auto value_of = [](const boost::json::object& object, const std::string& name) {
        const auto* found = object.if_contains(name);
        return found ? *found : Json();
    };
    for (const auto& name : names) {
        const auto mine = value_of(file.shared, name);
        merge(
            "shared." + name, base ? std::optional(value_of(base->shared, name)) : std::nullopt, mine,
            value_of(now.shared, name), Json(),
            [&] {
                if (!merged.changes.shared) merged.changes.shared.emplace();
                (*merged.changes.shared)[name] = mine;
            },
            as_json);
    }
    return merged;
}

}  // namespace stele::exchange
