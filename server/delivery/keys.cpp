#include "server/delivery/keys.hpp"

#include <algorithm>
#include <array>

namespace stele::delivery {
namespace {

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& kinds, std::string_view kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// Working texts, and who may do what: readers get neither.
constexpr std::array<std::string_view, 10> unseen{"save",      "memory", "machine", "import", "keep",
                                                  "undo-keep", "create", "account", "token",  "session"};

}  // namespace

std::string article_key(ArticleId id) { return "article-" + std::to_string(number(id)); }
std::string locale_key(const locale::Tag& locale) { return "locale-" + locale.text(); }
std::string types_key(const locale::Tag& locale) { return "types-" + locale.text(); }

Keys chain_keys(const std::vector<locale::Tag>& chain) {
    Keys keys;
    for (const auto& tag : chain) keys.push_back(locale_key(tag));
    return keys;
}

Keys keys_of_change(std::string_view kind, std::optional<ArticleId> article, const std::optional<locale::Tag>& locale) {
    // A former revision of a translation becomes its working text; with an article alone it is the article that is
    // back.
    if (is_one_of(unseen, kind) || (kind == "restore" && locale)) return {};
    // Titles that another ICU had placed stand where they belong: lists are in another order, and the same otherwise.
    if (kind == "order" && locale) return {locale_key(*locale)};
    if (!article) return {std::string(site_key)};
    if (kind == "article" || kind == "restore" || (kind == "delete" && !locale))
        return {article_key(*article), std::string(articles_key), std::string(routes_key)};
    if (locale && (kind == "publish" || kind == "unpublish" || kind == "delete"))
        return {article_key(*article), locale_key(*locale), std::string(routes_key)};
    return {std::string(site_key)};
}

void may_be_kept(http::Response& response, Keys keys) {
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    std::string list;
    for (const auto& key : keys) list.append(key).append(" ");
    response.set(surrogate_key, list.append(site_key));
}

void may_be_kept(http::Response& response, Keys keys, std::chrono::milliseconds stale_while_revalidate) {
    may_be_kept(response, std::move(keys));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(stale_while_revalidate).count();
    response.set("Cache-Control", seconds > 0 ? "public, max-age=0, stale-while-revalidate=" + std::to_string(seconds)
                                              : std::string("public, max-age=0, must-revalidate"));
}

}  // namespace stele::delivery
