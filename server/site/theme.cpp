#include "server/site/theme.hpp"

#include <array>

#include "server/make_app.hpp"
#include "server/site/answer.hpp"

namespace stele::site {
namespace {

struct Kind {
    std::string_view ending, content_type;
};
constexpr std::array<Kind, 9> kinds = {{{".css", "text/css; charset=utf-8"},
                                        {".svg", "image/svg+xml"},
                                        {".png", "image/png"},
                                        {".jpg", "image/jpeg"},
                                        {".webp", "image/webp"},
                                        {".avif", "image/avif"},
                                        {".ico", "image/x-icon"},
                                        {".woff2", "font/woff2"},
                                        {".txt", "text/plain; charset=utf-8"}}};

constexpr std::string_view names = R"(
    lang dir mark words text text_html label href hreflang items current
    document_title description noindex canonical alternates css_href icon_href
    site_name home_href nav main_label languages language_label skip_label
    page_type page_date preview_notice notice notice_link partial_notice title summary body_html updated
    facts people name role email phone rows count more related
    heading count_label sorts empty_label articles date other next_href next_label
    detail exists exists_label home_label
)";

}  // namespace

Theme::Theme(const cli::Options& options) {
    for (const auto& kind : kinds)
        for (auto& [name, bytes] : files_of(options, "config/theme/", "theme", kind.ending)) {
            auto hash = hash_of(bytes);
            assets_.emplace(name + std::string(kind.ending),
                            Asset{std::move(bytes), kind.content_type, std::move(hash)});
        }
}

const Asset* Theme::find(std::string_view name) const {
    if (const auto found = assets_.find(name); found != assets_.end()) return &found->second;
    const auto end = name.rfind('.');
    const auto begin = end == std::string_view::npos || end == 0 ? end : name.rfind('.', end - 1);
    if (begin == std::string_view::npos) return nullptr;
    const auto found = assets_.find(std::string(name.substr(0, begin)) + std::string(name.substr(end)));
    if (found == assets_.end() || found->second.hash != name.substr(begin + 1, end - begin - 1)) return nullptr;
    return &found->second;
}

std::string Theme::address(std::string_view name) const {
    const auto found = assets_.find(name);
    const auto dot = name.rfind('.');
    if (found == assets_.end() || dot == std::string_view::npos) return "/assets/" + std::string(name);
    return "/assets/" + std::string(name.substr(0, dot)) + "." + found->second.hash + std::string(name.substr(dot));
}

ViewFolder theme_templates() { return {"theme", "config/theme/", "theme", names}; }

}  // namespace stele::site
