#include "server/api/encode.hpp"

#include "src/content/segment.hpp"

namespace stele::api {
namespace {

namespace json = boost::json;
using content::DiffRun;
using editing::SegmentView;

std::string_view name_of(SegmentView::State state) {
    switch (state) {
        case SegmentView::State::missing:
            return "missing";
        case SegmentView::State::outdated:
            return "outdated";
        case SegmentView::State::current:
            return "current";
    }
    return "missing";
}

std::string_view name_of(DiffRun::Kind kind) {
    switch (kind) {
        case DiffRun::Kind::same:
            return "same";
        case DiffRun::Kind::removed:
            return "removed";
        case DiffRun::Kind::added:
            return "added";
    }
    return "same";
}

std::string_view name_of(content::Mode mode) { return mode == content::Mode::aligned ? "aligned" : "independent"; }

// From the wording the translation was made from to the source now; nothing where they are the same.
json::array diff_json(const SegmentView& segment, const locale::Tag& source_locale) {
    if (!segment.basis || *segment.basis == segment.source) return {};
    return runs_json(*segment.basis, segment.source, source_locale);
}

json::object fields_json(const std::map<std::string, std::string>& fields) {
    json::object object;
    for (const auto& [name, text] : fields) object[name] = text;
    return object;
}

json::array tags_json(const std::vector<locale::Tag>& tags) {
    json::array array;
    for (const auto& tag : tags) array.emplace_back(tag.text());
    return array;
}

}  // namespace

json::array runs_json(std::string_view before, std::string_view after, const locale::Tag& tag) {
    json::array runs;
    for (const auto& run : content::word_diff(before, after, tag))
        runs.push_back(json::object{{"op", name_of(run.kind)}, {"text", run.text}});
    return runs;
}

json::object text_json(std::string_view text, const locale::Tag& lang) {
    return {{"text", text}, {"lang", lang.text()}, {"dir", locale::name_of(locale::direction_of(lang))}};
}

json::object counts_json(const content::Counts& counts) {
    return {{"total", counts.total}, {"missing", counts.missing}, {"outdated", counts.outdated}};
}

json::object edition_json(const worklist::WorkItem& item) {
    const auto& edition = item.edition;
    return {{"article_id", number(edition.article_id)},
            {"key", item.key},
            {"type", item.type},
            {"locale", edition.locale.text()},
            {"source_locale", item.source_locale.text()},
            {"state", content::name_of(edition.state)},
            {"published", edition.published},
            {"pending", edition.pending},
            {"resolved_locale", item.resolved_locale ? json::value(item.resolved_locale->text()) : json::value()},
            {"title", text_json(edition.title, edition.title_locale)},
            {"segments", counts_json(edition.segments)},
            {"words", counts_json(edition.words)},
            {"priority", edition.priority},
            {"since", rfc3339(edition.since)},
            {"updated_at", rfc3339(edition.updated_at)}};
}

json::object coverage_json(const worklist::Coverage& coverage) {
    const auto total = [](const worklist::StateTotal& t) {
        return json::object{{"articles", t.articles}, {"words", counts_json(t.words)}};
    };
    json::object states;
    for (size_t i = 0; i < coverage.states.size(); ++i)
        states[content::name_of(content::State(i))] = total(coverage.states[i]);
    return {{"locale", coverage.locale.text()}, {"states", std::move(states)}, {"source", total(coverage.source)}};
}

json::object translation_json(const editing::Translation& t) {
    return {{"article_id", number(t.article_id)},
            {"key", t.key},
            {"type", t.type},
            {"locale", t.locale.text()},
            {"source_locale", t.source_locale.text()},
            {"version", t.version.translation},
            {"state", content::name_of(t.state)},
            {"published", t.published},
            {"pending", t.pending},
            {"mode", name_of(t.mode)},
            {"title", t.title},
            {"slug", t.slug},
            {"summary", t.summary},
            {"body", t.body},
            {"fields", fields_json(t.fields)},
            {"segments", counts_json(t.segments)},
            {"words", counts_json(t.words)},
            {"updated_at", t.version.translation ? json::value(rfc3339(t.updated_at)) : json::value()}};
}

json::object segment_json(const SegmentView& segment, const locale::Tag& source_locale) {
    json::object object{{"id", segment.id},
                        {"field", segment.field},
                        {"kind", content::name_of(segment.kind)},
                        {"source", {{"text", segment.source}, {"lang", source_locale.text()}}}};
    object["basis"] = segment.basis ? json::value(json::object{{"text", *segment.basis}}) : json::value();
    object["diff"] = diff_json(segment, source_locale);
    object["target"] = segment.target ? json::value(json::object{{"text", *segment.target}, {"origin", segment.origin}})
                                      : json::value();
    object["state"] = name_of(segment.state);
    object["words"] = segment.words;
    object["kept"] = segment.kept;
    return object;
}

json::object revision_json(const editing::Revision& revision) {
    return {{"n", revision.n}, {"action", revision.action}, {"actor", revision.actor}, {"at", rfc3339(revision.at)}};
}

json::object revision_json(const editing::RevisionText& revision) {
    auto object = revision_json(revision.revision);
    object["mode"] = name_of(revision.mode);
    object["title"] = revision.title;
    object["slug"] = revision.slug;
    object["summary"] = revision.summary;
    object["body"] = revision.body;
    object["fields"] = fields_json(revision.fields);
    return object;
}

json::object locale_json(const storage::SiteLocale& l, const locale::Tag& default_locale) {
    return {{"locale", l.tag.text()},
            {"name", locale::native_name(l.tag)},
            {"dir", locale::name_of(locale::direction_of(l.tag))},
            {"enabled", l.wanted},
            {"default", l.tag == default_locale},
            {"fallback", l.fallback ? json::value(tags_json(*l.fallback)) : json::value()},
            {"chain", tags_json(l.active ? l.active->chain
                                : l.next ? l.next->chain
                                         : std::vector<locale::Tag>{})},
            {"position", l.position},
            {"filling", l.next.has_value()},
            {"version", l.version}};
}

}  // namespace stele::api
