#include "src/locale/parents.hpp"

#include <unicode/localpointer.h>
#include <unicode/ures.h>

#include <algorithm>
#include <string>
#include <unordered_map>

#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

// Child -> parent, as tags; "" is the root.
using Table = std::unordered_map<std::string, std::string>;

std::string hyphened(std::string id) {
    std::replace(id.begin(), id.end(), '_', '-');
    return id;
}

// "sr_ME" of the data is sr-Latn-ME of ours, `no` is nb. What is no tag of ours (root) is "".
std::string tag_text(const std::string& id) {
    const auto tag = Tag::parse(hyphened(id));
    return tag ? tag->text() : std::string();
}

void add_children(Table& table, const std::string& parent, UResourceBundle* children) {
    for (int32_t i = 0; i < ures_getSize(children); ++i) {
        UErrorCode status = U_ZERO_ERROR;
        int32_t length = 0;
        const UChar* child = ures_getStringByIndex(children, i, &length, &status);
        check(status, "supplementalData/parentLocales");
        const auto from = tag_text(utf8(icu::UnicodeString(child, length)));
        if (!from.empty() && from != parent) table[from] = parent;
    }
}

Table read_table() {
    UErrorCode status = U_ZERO_ERROR;
    const icu::LocalUResourceBundlePointer data(ures_openDirect(nullptr, "supplementalData", &status));
    const icu::LocalUResourceBundlePointer parents(ures_getByKey(data.getAlias(), "parentLocales", nullptr, &status));
    check(status, "supplementalData/parentLocales");
    Table table;
    for (int32_t i = 0; i < ures_getSize(parents.getAlias()); ++i) {
        const icu::LocalUResourceBundlePointer children(ures_getByIndex(parents.getAlias(), i, nullptr, &status));
        check(status, "supplementalData/parentLocales");
        const std::string id = ures_getKey(children.getAlias());
        add_children(table, id == "root" ? std::string() : tag_text(id), children.getAlias());
    }
    return table;
}

const Table& explicit_parents() {
    static const Table table = read_table();
    return table;
}

// UTS 35 part 1: a script that is not the language's likely one ends the inheritance; the text would be unreadable.
bool has_foreign_script(const Tag& tag) {
    const auto locale = icu_locale(tag);
    if (!*locale.getScript()) return false;
    icu::Locale likely(locale.getLanguage());
    UErrorCode status = U_ZERO_ERROR;
    likely.addLikelySubtags(status);
    return U_FAILURE(status) || std::string_view(likely.getScript()) != locale.getScript();
}

// RFC 4647 section 3.4: the last subtag goes, and a single letter that it leaves at the end.
std::string truncated(const std::string& text) {
    auto shorter = text.substr(0, text.rfind('-'));
    if (shorter.size() > 2 && shorter[shorter.size() - 2] == '-') shorter.resize(shorter.size() - 2);
    return shorter;
}

}  // namespace

std::optional<Tag> parent_of(const Tag& tag) {
    if (const auto at = explicit_parents().find(tag.text()); at != explicit_parents().end())
        return at->second.empty() ? std::nullopt : Tag::parse(at->second);
    if (tag.text().find('-') == std::string::npos) return std::nullopt;
    const auto shorter = truncated(tag.text());
    // With the script goes its last trace; a region or variant may go first.
    if (shorter.find('-') == std::string::npos && has_foreign_script(tag)) return std::nullopt;
    return Tag::parse(shorter);
}

std::vector<Tag> parents_of(const Tag& tag) {
    std::vector<Tag> all;
    for (auto next = parent_of(tag); next; next = parent_of(*next)) {
        if (*next == tag || std::find(all.begin(), all.end(), *next) != all.end()) break;
        all.push_back(*next);
    }
    return all;
}

}  // namespace stele::locale
