// POST …/translations/{locale}/consequences: what a save of the source would do to its translations. Nothing is saved.
#include "server/api/answer.hpp"
#include "server/api/decode_changes.hpp"
#include "server/api/encode.hpp"
#include "server/api/handlers.hpp"
#include "server/api/json_document.hpp"

namespace stele::api {
namespace {

using editing::Consequences;
using What = Consequences::Segment::What;

std::string_view name_of(What what) {
    switch (what) {
        case What::changed:
            return "changed";
        case What::added:
            return "added";
        case What::removed:
            return "removed";
    }
    return "changed";
}

boost::json::object consequences_json(const Consequences& consequences, const locale::Tag& source) {
    boost::json::array segments, locales;
    for (const auto& one : consequences.segments)
        segments.push_back({{"id", one.id.empty() ? boost::json::value() : boost::json::value(one.id)},
                            {"what", name_of(one.what)},
                            {"diff", runs_json(one.before, one.after, source)}});
    for (const auto& one : consequences.locales)
        locales.push_back({{"locale", one.locale.text()}, {"segments", one.segments}, {"words", one.words}});
    return {{"segments", std::move(segments)}, {"locales", std::move(locales)}};
}

}  // namespace

http::Response show_consequences(App& app, const Call& call) {
    const auto article = article_of(app, call);
    if (locale_of(call) != article.source_locale) throw Error(ErrorCode::not_found, "source");
    const auto changes = translation_changes_from(body_of(call.request));
    const auto consequences = editing::preview_source_save(store_of(app), article.id, changes);
    return json_response(200, consequences_json(consequences, article.source_locale));
}

}  // namespace stele::api
