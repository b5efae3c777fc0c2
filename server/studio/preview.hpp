#pragma once
// Links that show the working text of one locale without signing in, for an hour: signed, not stored.
#include <optional>
#include <string>
#include <string_view>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/locale/tag.hpp"

namespace stele::studio {

inline constexpr std::chrono::hours preview_lifetime{1};

struct Preview {
    ArticleId id{};
    locale::Tag locale;
    Time expires_at{};
};
// "17.nb.1795323600.MAC": URL-safe. BLAKE2b-256 (libsodium generichash) with a key made of `secret`.
std::string preview_token(const Preview& preview, std::string_view secret);
// Absent: not one of ours, or expired.
std::optional<Preview> preview_from(std::string_view token, std::string_view secret, Time now);

}  // namespace stele::studio
