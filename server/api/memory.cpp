// /api/v1/memory, and what it says of a segment.
#include "server/api/memory.hpp"

#include <sstream>

#include "server/api/answer.hpp"
#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "src/base/number.hpp"
#include "src/memory/memory.hpp"
#include "src/memory/tmx.hpp"

namespace stele::api {
namespace {

constexpr std::chrono::seconds time_of_removal{5};  // then whoever asked comes again
constexpr size_t largest_export = 64u << 20;        // bytes: an answer is made in memory
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
    const auto after = d.text("after", Lines::one).value_or("");
    d.finish();
    const auto made = memory::pretranslate(store_of(app, call), article_of(app, call).id, locale_of(call),
                                           {.threshold = int(threshold), .after = after}, actor_of(call));
    boost::json::object json{{"filled", made.filled}, {"missing", made.missing}, {"next", nullptr}};
    if (made.next) json["next"] = *made.next;
    auto response = json_response(200, json);
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
    const auto write = [&](std::string_view piece) {
        if (response.body.size() + piece.size() > largest_export) throw Error(ErrorCode::too_large, "memory-export");
        response.body += piece;
    };
    memory::export_tmx(store_of(app, call), selection, write, actor_of(call));
    response.set("Content-Type", std::string(tmx_type));
    response.set("Content-Disposition", "attachment; filename=\"memory.tmx\"");
    response.set("Cache-Control", "no-store");
    return response;
}

http::Response import_memory(App& app, const Call& call) {
    if (!is_xml(call.request.header("Content-Type"))) throw Error(ErrorCode::unsupported_media, "tmx");
    std::istringstream in{std::string(call.request.body)};
    const auto imported =
        memory::import_tmx(store_of(app, call), in, call.request.query("name").value_or(""), actor_of(call));
    boost::json::array unknown;
    for (const auto& [language, count] : imported.languages)
        unknown.push_back(boost::json::object{{"language", language}, {"units", count}});
    boost::json::value import;
    if (imported.import) import = *imported.import;
    return json_response(200, boost::json::object{{"import", std::move(import)},
                                                  {"added", imported.added},
                                                  {"known", imported.known},
                                                  {"left_out", imported.left_out},
                                                  {"unknown_languages", std::move(unknown)}});
}

http::Response list_memory_imports(App& app, const Call& call) {
    std::optional<std::int64_t> after;
    if (const auto text = call.request.query("after")) {
        after = number_from(*text);
        if (!after) throw Error(ErrorCode::malformed, "cursor");
    }
    const auto limit = query_limit(call.request);
    auto files = memory::list_imports(store_of(app), after, limit + 1);
    std::optional<std::string> next;
    if (files.size() > size_t(limit)) {
        files.pop_back();
        next = std::to_string(files.back().id);
    }
    boost::json::array items;
    for (const auto& file : files)
        items.push_back(boost::json::object{{"id", file.id},
                                            {"name", file.name},
                                            {"actor", file.actor},
                                            {"at", rfc3339(file.at)},
                                            {"units", file.units}});
    auto response = json_response(200, list_json(std::move(items), next, std::nullopt));
    set_next_link(app, call, response, next);
    return response;
}

http::Response remove_memory_import(App& app, const Call& call) {
    const auto id = number_from(call.request.param("n"));
    if (!id) throw Error(ErrorCode::not_found, "import");
    const auto removed = memory::remove_import(store_of(app, call), *id, time_of_removal, actor_of(call));
    return json_response(200, boost::json::object{{"removed", removed.removed}, {"left", removed.left}});
}

}  // namespace stele::api
