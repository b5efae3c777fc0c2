#include "server/studio/choices.hpp"

#include <algorithm>

#include "server/studio/shell.hpp"
#include "src/locale/chain.hpp"
#include "src/locale/labels.hpp"

namespace stele::studio {

ViewData choices_view(const Choices& choices, std::string_view chosen) {
    auto list = view_list();
    for (const auto& [value, text] : choices) {
        auto one = view_object();
        put(one, "value", value);
        put(one, "text", text);
        put(one, "chosen", value == chosen);
        append(list, std::move(one));
    }
    return list;
}

Choices type_choices(const App& app, const Call& call) {
    Choices types;
    for (const auto& name : app.types.names()) types.emplace_back(name, type_name(app, call, name));
    return types;
}

std::string language_label(const Call& call, const locale::Tag& tag) { return locale::label_of(tag, call.language); }

Choices language_choices(const Call& call, const std::vector<locale::Tag>& tags) {
    Choices languages;
    for (const auto& tag : tags) languages.emplace_back(tag.text(), language_label(call, tag));
    return languages;
}

locale::Tag titles_in(const App& app, const Call& call, const std::vector<locale::Tag>& tags) {
    const auto asked = locale::Tag::parse(call.request.query("in").value_or(""));
    if (asked && std::ranges::find(tags, *asked) != tags.end()) return *asked;
    std::vector<locale::Enabled> enabled;
    for (const auto& tag : tags) enabled.push_back({.tag = tag, .fallback = std::nullopt});
    return locale::negotiate(call.language.text(), enabled, locale::Tag::stored(app.options.default_locale)).locale;
}

}  // namespace stele::studio
