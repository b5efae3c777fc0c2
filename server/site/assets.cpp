// What the theme brings, and what machines ask for.
#include "server/http/conditional.hpp"
#include "server/site/answer.hpp"
#include "server/site/handlers.hpp"
#include "server/site/theme.hpp"
#include "server/urls.hpp"

namespace stele::site {
namespace {

http::Response asset_answer(const http::Request& request, const Asset& asset, bool for_good) {
    const http::EntityTag tag{.opaque = asset.hash};
    http::Response response;
    if (http::not_modified(request, tag))
        response.status = 304;
    else
        response = http::text_response(200, asset.content_type, asset.bytes);
    response.set("ETag", http::to_string(tag));
    response.set("Cache-Control", for_good ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    response.set("X-Content-Type-Options", "nosniff");
    delivery::may_be_kept(response, {});
    return response;
}

}  // namespace

http::Response show_asset(App& app, const Call& call) {
    const auto& file = call.request.param("file");
    const auto* asset = app.theme->find(file);
    if (!asset) throw Error(ErrorCode::not_found, "path");
    return asset_answer(call.request, *asset, file.find(asset->hash) != std::string::npos);
}

http::Response show_favicon(App& app, const Call& call) {
    const auto* asset = app.theme->find("icon.svg");
    if (!asset) throw Error(ErrorCode::not_found, "path");
    return asset_answer(call.request, *asset, false);
}

http::Response show_robots(App&, const Call&) {
    auto response = http::text_response(200, "text/plain; charset=utf-8",
                                        "User-agent: *\nDisallow: /api/\nDisallow: /studio\nDisallow: /preview\n");
    response.set("Cache-Control", "public, max-age=3600");
    delivery::may_be_kept(response, {});
    return response;
}

}  // namespace stele::site
