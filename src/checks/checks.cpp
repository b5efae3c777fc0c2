#include "src/checks/checks.hpp"

#include <algorithm>

#include "src/checks/work.hpp"

namespace stele::checks {
namespace {

constexpr std::string_view check_names[check_count] = {
    "placeholders", "links",         "numbers", "marks",   "terms", "length",          "language", "same-as-source",
    "spaces",       "repeated-word", "quotes",  "spacing", "bidi",  "end-punctuation", "machine"};
constexpr std::string_view severity_names[] = {"off", "note", "warning", "error"};

template <class Enum, size_t n>
std::optional<Enum> named(const std::string_view (&names)[n], std::string_view name) {
    const auto* at = std::find(std::begin(names), std::end(names), name);
    return at == std::end(names) ? std::nullopt : std::optional(Enum(at - std::begin(names)));
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_blank(const Side& side) {
    return std::all_of(side.prose.characters.begin(), side.prose.characters.end(),
                       [](const Character& c) { return is_gap(c.c); });
}

}  // namespace

std::string_view name_of(Check check) { return check_names[size_t(check)]; }
std::optional<Check> check_named(std::string_view name) { return named<Check>(check_names, name); }
std::string_view name_of(Severity severity) { return severity_names[size_t(severity)]; }
std::optional<Severity> severity_named(std::string_view name) { return named<Severity>(severity_names, name); }

// Only what breaks a page holds a publication: the rest is for people to judge.
Policy::Policy() {
    std::fill(std::begin(severities_), std::end(severities_), Severity::warning);
    for (const auto check : {Check::placeholders, Check::bidi}) set(check, Severity::error);
    for (const auto check :
         {Check::marks, Check::spaces, Check::quotes, Check::spacing, Check::end_punctuation, Check::machine})
        set(check, Severity::note);
}

std::optional<Policy> Policy::parse(std::string_view text, std::string& mistake) {
    Policy policy;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        const auto item = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (item.empty()) continue;
        const auto equals = std::min(item.find('='), item.size());
        const auto check = check_named(trimmed(item.substr(0, equals)));
        const auto severity = severity_named(trimmed(item.substr(std::min(equals + 1, item.size()))));
        if (!check || !severity) {
            mistake = item;
            return std::nullopt;
        }
        policy.set(*check, *severity);
    }
    return policy;
}

std::vector<Finding> check(const Input& input, const Policy& policy) {
    Findings out(policy);
    const Texts texts{input, Side(input.source, input.source_locale, input.markup),
                      Side(input.target, input.target_locale, input.markup)};
    if (is_blank(texts.target)) return {};
    const auto run = [&](Check which, void (*rule)(const Texts&, Findings&)) {
        if (out.wants(which)) rule(texts, out);
    };
    if (input.origin == "machine" && out.wants(Check::machine)) out.add(Check::machine, "unread", {});
    run(Check::placeholders, check_placeholders);
    run(Check::bidi, check_bidi);
    if (input.kind == content::Kind::code) return out.in_order();
    run(Check::length, check_length);
    if (is_same_as_source(texts)) {
        // What else there is to say of it would be said of the source.
        if (out.wants(Check::same_as_source)) out.add(Check::same_as_source, "same", {});
        return out.in_order();
    }
    run(Check::links, check_links);
    run(Check::numbers, check_numbers);
    if (!input.whole && input.kind != content::Kind::block) run(Check::marks, check_marks);
    run(Check::terms, check_terms);
    run(Check::language, check_language);
    run(Check::spaces, check_spaces);
    run(Check::repeated_word, check_repeated_word);
    run(Check::quotes, check_quotes);
    run(Check::spacing, check_spacing);
    if (!input.whole) run(Check::end_punctuation, check_end_punctuation);
    return out.in_order();
}

}  // namespace stele::checks
