// /api/v1/terms: the glossary. A term is its source locale's editors', what it is in another locale that locale's
// translators'.
#include "server/api/terms.hpp"

#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/encode_terms.hpp"
#include "server/api/json_document.hpp"
#include "src/base/number.hpp"

namespace stele::api {
namespace {

using accounts::Action;

terms::Term term_of(App& app, const Call& call) {
    const auto n = number_from(call.request.param("n"));
    auto term = n ? terms::find(store_of(app), *n) : std::nullopt;
    if (!term) throw Error(ErrorCode::not_found, "term");
    return *term;
}

http::Response term_response(int status, const terms::Term& term) {
    auto response = json_response(status, term_json(term));
    response.set("ETag", '"' + std::to_string(term.version) + '"');
    return response;
}

terms::Translation translation_from(Decoder& d) {
    return {.texts = d.texts("texts").value_or(std::vector<std::string>{}),
            .keep = d.boolean("keep").value_or(false),
            .forbidden = d.texts("forbidden").value_or(std::vector<std::string>{}),
            .note = d.text("note", Lines::many).value_or("")};
}

// By locale; null = nothing is said any more.
std::map<locale::Tag, std::optional<terms::Translation>> translations_from(const boost::json::object& body,
                                                                           Decoder& d) {
    std::map<locale::Tag, std::optional<terms::Translation>> all;
    const auto* members = body.if_contains("translations");
    d.object("translations", [&](Decoder& inner) {
        for (const auto& [key, value] : members->as_object()) {
            const std::string name(key);
            const auto tag = locale::Tag::parse(name);
            if (!tag) {
                inner.any(name);
                inner.add_error(name, "field.not-a-tag", {{"value", name}});
            } else if (value.is_null()) {
                inner.any(name);
                all[*tag] = std::nullopt;
            } else {
                inner.object(name, [&](Decoder& one) { all[*tag] = translation_from(one); });
            }
        }
    });
    return all;
}

void require_translations(const Call& call, const std::map<locale::Tag, std::optional<terms::Translation>>& said) {
    for (const auto& [locale, translation] : said) require(call, Action::translate, locale);
}

}  // namespace

http::Response list_terms(App& app, const Call& call) {
    terms::Query query{.source = tag_parameter(call.request, "source")};
    if (call.request.query("target")) query.target = tag_parameter(call.request, "target");
    query.q = call.request.query("q").value_or("");
    query.untranslated = query_flag(call.request, "untranslated");
    query.limit = query_limit(call.request);
    query.after = call.request.query("after");
    const auto page = terms::list(store_of(app), query);
    boost::json::array items;
    for (const auto& term : page.items) items.push_back(term_json(term));
    auto response = json_response(200, list_json(std::move(items), page.next, page.total));
    set_next_link(app, call, response, page.next);
    return response;
}

http::Response create_term(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::required);
    Decoder d(body);
    d.require("source_locale");
    d.require("text");
    const auto source = d.tag("source_locale");
    const auto text = d.text("text", Lines::one);
    const auto part = d.text("part", Lines::one), note = d.text("note", Lines::many);
    const auto said = translations_from(body, d);
    d.finish();
    terms::NewTerm term{*source, *text, part.value_or(""), note.value_or(""), {}};
    require(call, Action::edit_source, term.source_locale);
    require_translations(call, said);
    for (const auto& [locale, translation] : said)
        if (translation) term.translations.emplace(locale, *translation);
    const auto made = terms::create(store_of(app, call), term, actor_of(call));
    auto response = term_response(201, made);
    response.set("Location", "/api/v1/terms/" + std::to_string(made.n));
    return response;
}

http::Response show_term(App& app, const Call& call) { return term_response(200, term_of(app, call)); }

http::Response patch_term(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::required);
    Decoder d(body);
    terms::TermChanges changes{.text = d.text("text", Lines::one),
                               .part = d.text("part", Lines::one),
                               .note = d.text("note", Lines::many),
                               .translations = translations_from(body, d)};
    d.finish();
    const auto term = term_of(app, call);
    if (changes.text || changes.part || changes.note) require(call, Action::edit_source, term.source_locale);
    require_translations(call, changes.translations);
    return term_response(
        200, terms::change(store_of(app, call), term.n, changes, expected_number(call.request), actor_of(call)));
}

http::Response delete_term(App& app, const Call& call) {
    const auto term = term_of(app, call);
    require(call, Action::edit_source, term.source_locale);
    terms::remove(store_of(app, call), term.n, expected_number(call.request), actor_of(call));
    return {.status = 204};
}

http::Response restore_term(App& app, const Call& call) {
    const auto term = term_of(app, call);
    require(call, Action::edit_source, term.source_locale);
    return term_response(200, terms::restore(store_of(app, call), term.n, actor_of(call)));
}

http::Response export_terms(App& app, const Call& call) {
    const auto source = tag_parameter(call.request, "source"), target = tag_parameter(call.request, "target");
    auto response = http::text_response(200, "text/csv; charset=utf-8", terms::to_csv(store_of(app), source, target));
    response.set("Content-Disposition",
                 "attachment; filename=\"terms." + source.text() + "." + target.text() + ".csv\"");
    response.set("Cache-Control", "no-store");
    return response;
}

http::Response import_terms(App& app, const Call& call) {
    if (!call.request.header("Content-Type").starts_with("text/csv")) throw Error(ErrorCode::unsupported_media, "csv");
    const auto source = tag_parameter(call.request, "source"), target = tag_parameter(call.request, "target");
    require(call, Action::translate, target);
    const auto imported = terms::from_csv(store_of(app, call), source, target, call.request.body,
                                          accounts::can(call.caller, Action::edit_source, source), actor_of(call));
    return json_response(
        200, boost::json::object{
                 {"created", imported.created}, {"changed", imported.changed}, {"unchanged", imported.unchanged}});
}

http::Response list_segment_terms(App& app, const Call& call) {
    const auto locale = locale_of(call);
    boost::json::array items;
    for (const auto& match :
         checks::terms_of_segment(store_of(app), article_of(app, call).id, locale, call.request.param("segment"))) {
        auto term = term_json(match.term);
        const auto* said = match.term.in(locale);
        boost::json::value translation;
        if (said) {
            const auto translations = term["translations"].as_object();
            for (const auto& [tag, one] : match.term.translations)
                if (&one == said) translation = translations.at(tag.text());
        }
        items.push_back(boost::json::object{
            {"term", std::move(term)}, {"translation", std::move(translation)}, {"range", range_json(match.range)}});
    }
    return json_response(200, boost::json::object{{"items", std::move(items)}});
}

}  // namespace stele::api
