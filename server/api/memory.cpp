// /api/v1/memory, and what it says of a segment.
#include "server/api/memory.hpp"

#include <sstream>

#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/tmx.hpp"

namespace stele::api {
namespace {

constexpr size_t largest_export = 64u << 20;  // bytes: an answer is made in memory
constexpr std::string_view tmx_type = "application/x-tmx+xml";

boost::json::object unit_json(const auto& unit) {
    boost::json::object json{{"text", unit.text},
                             {"source", unit.source},
                             {"origin", unit.imported ? "tmx" : "memory"},
                             {"actor", unit.actor},
                             {"at", rfc3339(unit.at)}};
    if (unit.article_id && !unit.key.empty()) {
        json["article_id"] = number(*unit.article_id);
        json["key"] = unit.key;
    }
    return json;
}

// A language tag of the query. Throws malformed.
locale::Tag tag_parameter(const http::Request& request, std::string_view name) {
    const auto text = request.query(name).value_or("");
    const auto tag = locale::Tag::parse(text);
    if (!tag) bad_query(name, "field.not-a-tag", {{"value", text}});
    return *tag;
}

std::optional<locale::Tag> optional_tag(const http::Request& request, std::string_view name) {
    if (!request.query(name)) return std::nullopt;
    return tag_parameter(request, name);
}

bool is_xml(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return type.ends_with("/xml") || type.ends_with("+xml") || type == "application/x-tmx";
}

}  // namespace

http::Response list_suggestions(App& app, const Call& call) {
    boost::json::array items;
    const auto segment = std::string(call.request.param("segment"));
    for (const auto& s : memory::suggest_for(store_of(app), article_of(app, call).id, locale_of(call), segment)) {
        auto json = unit_json(s);
        json["score"] = s.score;
        json["context"] = s.context;
        items.push_back(std::move(json));
    }
    return json_response(200, boost::json::object{{"items", std::move(items)}});
}

http::Response pretranslate(App& app, const Call& call) {
    const auto body = body_of(call.request, Body::optional);
    Decoder d(body);
    const auto threshold = d.integer("threshold", 50, 100).value_or(memory::default_threshold);
    d.finish();
    const auto made = memory::pretranslate(store_of(app, call), article_of(app, call).id, locale_of(call),
                                           int(threshold), actor_of(call));
    auto response = json_response(200, boost::json::object{{"filled", made.filled}, {"missing", made.missing}});
    response.set("ETag", made.version.etag());
    return response;
}

http::Response find_in_memory(App& app, const Call& call) {
    const auto source = tag_parameter(call.request, "source"), target = tag_parameter(call.request, "target");
    const auto text = call.request.query("text").value_or("");
    if (text.empty() || text.size() > 500) bad_query("text", "field.phrase", {{"limit", std::int64_t(500)}});
    boost::json::array items;
    for (const auto& found : memory::find_phrase(store_of(app), source, target, text, query_limit(call.request)))
        items.push_back(unit_json(found));
    return json_response(200, boost::json::object{{"items", std::move(items)}});
}

http::Response export_memory(App& app, const Call& call) {
    const memory::Selection selection{optional_tag(call.request, "source"), optional_tag(call.request, "target")};
    http::Response response{.status = 200};
    memory::export_tmx(store_of(app), selection, [&](std::string_view piece) {
        if (response.body.size() + piece.size() > largest_export) throw Error(ErrorCode::too_large, "memory-export");
        response.body += piece;
    });
    response.set("Content-Type", std::string(tmx_type));
    response.set("Content-Disposition", "attachment; filename=\"memory.tmx\"");
    response.set("Cache-Control", "no-store");
    return response;
}

http::Response import_memory(App& app, const Call& call) {
    if (!is_xml(call.request.header("Content-Type"))) throw Error(ErrorCode::unsupported_media, "tmx");
    std::istringstream in{std::string(call.request.body)};
    const auto imported = memory::import_tmx(store_of(app, call), in, actor_of(call));
    boost::json::array unknown;
    for (const auto& [language, count] : imported.languages)
        unknown.push_back(boost::json::object{{"language", language}, {"units", count}});
    return json_response(200, boost::json::object{{"added", imported.added},
                                                  {"known", imported.known},
                                                  {"left_out", imported.left_out},
                                                  {"unknown_languages", std::move(unknown)}});
}

}  // namespace stele::api
