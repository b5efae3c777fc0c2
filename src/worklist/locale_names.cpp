#include "src/worklist/locale_names.hpp"

#include <algorithm>

#include "src/storage/articles.hpp"
#include "src/storage/publications.hpp"
#include "src/storage/translations.hpp"

namespace stele::worklist {
namespace {

std::string lower_ascii(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = char(c + ('a' - 'A'));
    return text;
}

// zh-hant-tw → zh-tw: a script that the region implies need not be written.
std::string without_script(const std::string& name) {
    const auto begin = name.find('-'), end = name.find('-', begin + 1);
    if (begin == std::string::npos || end - begin != 5) return name;
    return name.substr(0, begin) + (end == std::string::npos ? "" : name.substr(end));
}

// Names are lower-case, and some are read as the tag although they are not written like it.
std::vector<std::string> names_of(const locale::Tag& tag) {
    const auto own = lower_ascii(tag.text());
    std::vector<std::string> names{own, without_script(own)};
    if (own == "nb" || own.starts_with("nb-")) names.push_back("no" + own.substr(2));
    std::erase_if(names, [&](const auto& name) { return locale::Tag::parse(name) != tag; });
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::optional<ArticleId> owner_of(db::Connection& c, const Locales& locales, const std::string& name) {
    if (const auto article = storage::find_article(c, name)) return article->id;
    for (const auto& route : storage::find_routes(c, name))
        if (!route.former) return route.article_id;
    for (const auto& l : locales)
        if (const auto owner = storage::find_slug_owner(c, l.tag, name)) return owner;
    return std::nullopt;
}

}  // namespace

void check_names(db::Connection& c, const Locales& locales, const locale::Tag& tag) {
    for (const auto& name : names_of(tag))
        if (const auto owner = owner_of(c, locales, name))
            throw Error(ErrorCode::taken, "tag-taken", {{"name", name}},
                        {{"/enabled", "locale.name-taken", {{"name", name}}}}, {{"article_id", number(*owner)}});
}

}  // namespace stele::worklist
