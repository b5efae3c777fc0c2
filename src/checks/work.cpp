#include "src/checks/work.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/locale/characters.hpp"

namespace stele::checks {
namespace {

constexpr size_t most_of_a_check = 50;

// Addresses are compared by what they lead to (links.cpp).
bool is_address(std::string_view text) { return text.find("://") != text.npos; }

}  // namespace

Side::Side(std::string_view text, locale::Tag locale, bool markup)
    : raw(text),
      tag(std::move(locale)),
      prose(content::prose_of(text, markup)),
      placeholders(content::find_placeholders(prose.text)) {
    std::erase_if(placeholders, [&](const auto& p) {
        return is_address(std::string_view(prose.text).substr(p.begin, p.end - p.begin));
    });
    auto next = placeholders.begin();
    for (auto& c : prose.characters) {
        while (next != placeholders.end() && next->end <= c.byte) ++next;
        if (next == placeholders.end()) break;
        if (next->begin <= c.byte) c.c = content::object;
    }
}

std::string Side::text(size_t first, size_t last) const {
    const auto begin = prose.characters[first].byte;
    return prose.text.substr(begin, (last < size() ? prose.characters[last].byte : prose.text.size()) - begin);
}

Finding* Findings::add(Check check, std::string_view message, Params params, std::optional<Range> range) {
    if (++counts_[size_t(check)] > most_of_a_check) return &beyond_;
    all_.push_back({.check = check,
                    .severity = policy_.severity(check),
                    .message = fmt::format("check.{}.{}", name_of(check), message),
                    .params = std::move(params),
                    .range = range,
                    .source = {},
                    .mend = {}});
    return &all_.back();
}

std::vector<Finding> Findings::in_order() {
    const auto place = [](const Finding& f) { return f.range ? std::int64_t(f.range->begin) : std::int64_t(-1); };
    std::stable_sort(all_.begin(), all_.end(), [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
    return std::move(all_);
}

Mend use(Range range, std::string text) {
    Params params{{"text", text}};
    return {range, std::move(text), "check.mend.use", std::move(params)};
}

Mend without(Range range) { return {range, "", "check.mend.remove", {}}; }

Mend adding(std::uint32_t place, std::string text) {
    Params params{{"text", text}};
    return {{place, place}, std::move(text), "check.mend.add", std::move(params)};
}

bool is_any_of(std::string_view language, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), language) != list.end();
}

bool is_spaced_french(const locale::Tag& tag) {
    const std::string_view text = tag.text();
    const bool french = text == "fr" || text.starts_with("fr-");
    const auto is_of = [&](std::string_view region) {
        const auto at = text.find(region);
        return at != text.npos && (at + region.size() == text.size() || text[at + region.size()] == '-');
    };
    return french && !is_of("-CA") && !is_of("-CH");
}

std::string utf8_of(char32_t c) {
    std::string text;
    locale::append_code_point(text, c);
    return text;
}

bool is_gap(char32_t c) { return c == 0 || locale::is_white_space(c); }

}  // namespace stele::checks
