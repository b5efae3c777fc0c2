#include "server/studio/preview.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include "server/site/page.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/accounts/secrets.hpp"
#include "src/base/number.hpp"

namespace stele::studio {
namespace {

// Keeps this use of the secret apart from any other.
constexpr std::string_view purpose = "stele preview 1\n";

std::string mac_of(std::string_view text, std::string_view secret) {
    // An empty secret would let anybody make links.
    if (secret.empty()) throw Error(ErrorCode::internal, "no-secret");
    const auto key = accounts::hash_of(std::string(purpose) + std::string(secret)).value;
    std::string mac(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(mac.data()), mac.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       reinterpret_cast<const unsigned char*>(key.data()), key.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string encoded(sodium_base64_encoded_len(mac.size(), variant), '\0');
    sodium_bin2base64(encoded.data(), encoded.size(), reinterpret_cast<const unsigned char*>(mac.data()), mac.size(),
                      variant);
    encoded.pop_back();  // its terminating zero
    return encoded;
}

}  // namespace

std::string preview_token(const Preview& preview, std::string_view secret) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(preview.expires_at).time_since_epoch().count();
    const auto signed_part = fmt::format("{}.{}.{}", number(preview.id), preview.locale.text(), seconds);
    return signed_part + "." + mac_of(signed_part, secret);
}

std::optional<Preview> preview_from(std::string_view token, std::string_view secret, Time now) {
    const auto last = token.rfind('.');
    if (last == std::string_view::npos) return std::nullopt;
    const auto signed_part = token.substr(0, last);
    if (!accounts::equal_secrets(token.substr(last + 1), mac_of(signed_part, secret))) return std::nullopt;
    const auto first = signed_part.find('.'), second = signed_part.rfind('.');
    const auto id = number_from(signed_part.substr(0, first));
    const auto seconds = number_from(signed_part.substr(second + 1));
    const auto locale = locale::Tag::parse(signed_part.substr(first + 1, second - first - 1));
    if (!id || !seconds || !locale) return std::nullopt;
    const Time expires_at{std::chrono::seconds(*seconds)};
    if (expires_at <= now) return std::nullopt;
    return Preview{ArticleId{*id}, *locale, expires_at};
}

http::Response make_preview(App& app, const Call& call) {
    require(call, accounts::Action::read_drafts, std::nullopt);
    const auto id = article_of(app, call).id;
    const Preview preview{id, locale_of(call), app.now() + preview_lifetime};
    return see_other("/preview/" + preview_token(preview, app.secret));
}

http::Response show_preview(App& app, const Call& call) {
    const auto preview = preview_from(call.request.param("token"), app.secret, app.now());
    if (!preview) throw Error(ErrorCode::not_found, "preview");
    const auto page = publishing::preview_page(store_of(app), preview->id, preview->locale);
    if (!page) throw Error(ErrorCode::not_found, "preview");
    auto response = site::page_response(app, call, *page, true);
    response.set("Cache-Control", "no-store");
    response.set("X-Robots-Tag", "noindex");
    // The address is what lets its reader in.
    response.set("Referrer-Policy", "no-referrer");
    return response;
}

}  // namespace stele::studio
