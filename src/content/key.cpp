#include "src/content/key.hpp"

#include <algorithm>
#include <array>

#include "src/content/code_points.hpp"
#include "src/content/limits.hpp"
#include "src/locale/text.hpp"

namespace stele::content {
namespace {

constexpr std::array<std::string_view, 25> reserved = {
    "api",     "assets",   "atom.xml", "favicon.ico", "feed",    "feed.xml", "feeds",      "healthz", "index.html",
    "login",   "logout",   "media",    "metrics",     "preview", "readyz",   "robots.txt", "rss.xml", "search",
    "sign-in", "sign-out", "sitemap",  "sitemap.xml", "static",  "studio",   "uploads"};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_joint(char c) { return c == '-' || c == '_' || c == '.'; }

bool has_joint_at_end(std::string_view name) { return is_joint(name.front()) || is_joint(name.back()); }

// Case mapping without a language: no slug may depend on who reads it.
bool is_lower(std::string_view text) {
    static const locale::Tag tag = locale::Tag::stored("en");
    return locale::lower(text, tag) == text;
}

bool has_slug_characters(std::string_view slug) {
    for (size_t pos = 0; pos < slug.size();) {
        const char32_t c = next_code_point(slug, pos);
        if (!is_word_char(c) && !(c < 0x80 && is_joint(static_cast<char>(c)))) return false;
    }
    return true;
}

}  // namespace

bool is_reserved(std::string_view segment) {
    return segment.starts_with(".well-known") || std::find(reserved.begin(), reserved.end(), segment) != reserved.end();
}

std::optional<std::string> check_key(std::string_view key) {
    if (key.empty()) return "field.required";
    if (key.size() > max_key_bytes) return "key.too-long";
    if (!std::all_of(key.begin(), key.end(), [](char c) { return is_letter(c) || is_digit(c) || is_joint(c); }) ||
        has_joint_at_end(key))
        return "key.characters";
    if (std::none_of(key.begin(), key.end(), is_letter)) return "key.letter";
    if (is_reserved(key)) return "field.reserved";
    return std::nullopt;
}

std::optional<std::string> check_slug(std::string_view slug) {
    if (slug.empty()) return "field.required";
    if (slug.size() > max_slug_bytes) return "slug.too-long";
    if (!locale::is_utf8(slug) || !has_slug_characters(slug) || has_joint_at_end(slug)) return "slug.characters";
    if (locale::nfc(slug) != slug || !is_lower(slug)) return "slug.form";
    if (is_reserved(slug)) return "field.reserved";
    return std::nullopt;
}

}  // namespace stele::content
