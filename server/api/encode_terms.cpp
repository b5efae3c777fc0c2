#include "server/api/encode_terms.hpp"

#include "src/locale/tag.hpp"

namespace stele::api {
namespace {

boost::json::array texts_json(const std::vector<std::string>& texts) {
    return boost::json::array(texts.begin(), texts.end());
}

// A parameter "language" is a tag; people read its name.
std::string text_of(const App& app, const locale::Tag& language, const std::string& key, Params params) {
    for (auto& param : params)
        if (auto* tag = std::get_if<std::string>(&param.value); tag && param.name == "language")
            *tag = locale::display_name(locale::Tag::stored(*tag), language);
    return app.catalog->text(language, key, params);
}

}  // namespace

boost::json::object range_json(const content::Range& range) { return {{"from", range.begin}, {"to", range.end}}; }

boost::json::object term_json(const terms::Term& term) {
    boost::json::object translations;
    for (const auto& [locale, said] : term.translations)
        translations[locale.text()] = boost::json::object{{"texts", texts_json(said.texts)},
                                                          {"keep", said.keep},
                                                          {"forbidden", texts_json(said.forbidden)},
                                                          {"note", said.note}};
    return {{"n", term.n},
            {"source_locale", term.source_locale.text()},
            {"text", term.text},
            {"part", term.part},
            {"note", term.note},
            {"translations", std::move(translations)},
            {"version", term.version},
            {"deleted", term.deleted},
            {"actor", term.actor},
            {"updated_at", rfc3339(term.updated_at)}};
}

boost::json::object finding_json(const App& app, const locale::Tag& language, const checks::Finding& finding) {
    boost::json::object json{{"id", checks::id_of(finding)},
                             {"check", checks::name_of(finding.check)},
                             {"severity", checks::name_of(finding.severity)},
                             {"message", text_of(app, language, finding.message, finding.params)},
                             {"range", nullptr},
                             {"source_range", nullptr},
                             {"mend", nullptr}};
    if (finding.range) json["range"] = range_json(*finding.range);
    if (finding.source) json["source_range"] = range_json(*finding.source);
    if (finding.mend)
        json["mend"] =
            boost::json::object{{"range", range_json(finding.mend->range)},
                                {"text", finding.mend->text},
                                {"label", text_of(app, language, finding.mend->label, finding.mend->params)}};
    return json;
}

boost::json::object findings_json(const App& app, const locale::Tag& language, const checks::SegmentFindings& found) {
    boost::json::array items, dismissed;
    for (const auto& [finding, dismissal] : found.findings) {
        auto json = finding_json(app, language, finding);
        if (dismissal) {
            json["reason"] = dismissal->reason;
            json["actor"] = dismissal->actor;
            json["at"] = rfc3339(dismissal->at);
        }
        (dismissal ? dismissed : items).push_back(std::move(json));
    }
    return {{"segment", found.segment}, {"items", std::move(items)}, {"dismissed", std::move(dismissed)}};
}

}  // namespace stele::api
