#include "src/checks/checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "src/checks/work.hpp"
#include "src/content/segment.hpp"

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

// always: of code as well. comparing: not of what is the source's text still, of which nothing else has to be said.
// structure: not of a body with a structure of its own, nor of HTML.
enum class When { always, prose, comparing, structure };

struct Rule {
    Check check;
    void (*run)(const Texts&, Findings&);
    When when;
};
constexpr Rule rules[] = {{Check::placeholders, check_placeholders, When::always},
                          {Check::bidi, check_bidi, When::always},
                          {Check::length, check_length, When::prose},
                          {Check::links, check_links, When::comparing},
                          {Check::numbers, check_numbers, When::comparing},
                          {Check::marks, check_marks, When::structure},
                          {Check::terms, check_terms, When::comparing},
                          {Check::language, check_language, When::comparing},
                          {Check::spaces, check_spaces, When::comparing},
                          {Check::repeated_word, check_repeated_word, When::comparing},
                          {Check::quotes, check_quotes, When::comparing},
                          {Check::spacing, check_spacing, When::comparing},
                          {Check::end_punctuation, check_end_punctuation, When::structure}};

bool applies(When when, const Input& input, bool same) {
    if (when == When::always) return true;
    if (input.kind == content::Kind::code) return false;
    if (when == When::prose) return true;
    return !same && (when == When::comparing || (!input.whole && input.kind != content::Kind::block));
}

using Counts = std::map<std::string, int>;  // by message
Counts counts_of(const std::vector<Finding>& findings) {
    Counts counts;
    for (const auto& one : findings) ++counts[one.message];
    return counts;
}

// Those that look at signs: the others know words, which no mend but their own changes, and take longer.
bool is_quick(Check check) { return check != Check::language && check != Check::terms && check != Check::length; }

// A mend is offered when it has been tried: what is put in place of something may run into what stands beside it, and
// mean something to another rule.
bool mends(const Texts& texts, const Policy& policy, Counts found, const Finding& finding) {
    const auto text = content::replaced(texts.target.raw, finding.mend->range, finding.mend->text);
    const Side target(text, texts.target.tag, texts.input.markup);
    const Texts mended{texts.input, texts.source, target};
    const bool same = texts.input.kind != content::Kind::code && is_same_as_source(mended);
    Findings out(policy);
    for (const auto& [which, rule, when] : rules)
        if (out.wants(which) && (is_quick(which) || which == finding.check) && applies(when, texts.input, same))
            rule(mended, out);
    --found[finding.message];
    const auto left = counts_of(out.in_order());
    return std::all_of(left.begin(), left.end(), [&](const auto& one) { return one.second <= found[one.first]; });
}

void try_mends(const Texts& texts, const Policy& policy, std::vector<Finding>& found) {
    size_t budget = 64 * 1024;  // bytes looked at again, however many mends there are
    const auto counts = counts_of(found);
    for (auto& finding : found) {
        if (!finding.mend) continue;
        const bool may_try = texts.target.raw.size() <= budget;
        if (may_try) budget -= texts.target.raw.size();
        if (!may_try || !mends(texts, policy, counts, finding)) finding.mend.reset();
    }
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

std::string id_of(const Finding& finding) {
    auto said = finding.message;
    const auto add = [&](const auto& part) { said += fmt::format("{}{}", '\0', part); };
    for (const auto& param : finding.params) std::visit(add, param.value);
    for (const auto& range : {finding.range, finding.source})
        add(range ? fmt::format("{}-{}", range->begin, range->end) : std::string());
    const auto hash = content::exact_hash(said);
    const std::vector<unsigned char> bytes(hash.begin(), hash.begin() + 8);
    return fmt::format("{}.{:02x}", name_of(finding.check), fmt::join(bytes, ""));
}

std::vector<Finding> check(const Input& input, const Policy& policy) {
    const Side source(input.source, input.source_locale, input.markup);
    const Side target(input.target, input.target_locale, input.markup);
    const Texts texts{input, source, target};
    if (is_blank(target)) return {};
    Findings out(policy);
    const bool same = input.kind != content::Kind::code && is_same_as_source(texts);
    for (const auto& [which, rule, when] : rules)
        if (out.wants(which) && applies(when, input, same)) rule(texts, out);
    if (same && out.wants(Check::same_as_source)) out.add(Check::same_as_source, "same", {});
    if (input.origin == "machine" && out.wants(Check::machine)) out.add(Check::machine, "unread", {});
    auto found = out.in_order();
    try_mends(texts, policy, found);
    return found;
}

}  // namespace stele::checks
