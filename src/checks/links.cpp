// Where links lead: to where the source's do, or to the same in the translation's language.
#include <algorithm>
#include <map>

#include "src/checks/work.hpp"
#include "src/locale/text.hpp"

namespace stele::checks {
namespace {

using content::Address;

// A language as a part of an address: /nb/, nb.example.org, ?lang=nb, _nb.pdf.
bool names_language(std::string_view address, const locale::Tag& tag) {
    const auto folded = locale::fold_case(address);
    const auto language = tag.text().substr(0, tag.text().find('-'));
    std::vector<std::string> names{language, locale::fold_case(tag.text())};
    if (language == "nb" || language == "nn") names.emplace_back("no");
    constexpr std::string_view borders = "/.?&=_-#";
    for (const auto& name : names)
        for (size_t at = folded.find(name); at != folded.npos; at = folded.find(name, at + 1)) {
            const size_t end = at + name.size();
            const bool begins = at == 0 || borders.find(folded[at - 1]) != borders.npos;
            const bool ends = end == folded.size() || borders.find(folded[end]) != borders.npos;
            if (begins && ends) return true;
        }
    return false;
}

std::vector<const Address*> lacking(const std::vector<Address>& wanted, const std::vector<Address>& there) {
    std::map<std::string_view, int> counts;
    for (const auto& one : there) ++counts[one.value];
    std::vector<const Address*> all;
    for (const auto& one : wanted)
        if (--counts[one.value] < 0) all.push_back(&one);
    return all;
}

}  // namespace

void check_links(const Texts& texts, Findings& out) {
    const auto& source = texts.source.prose.addresses;
    if (source.empty()) return;
    auto lost = lacking(source, texts.target.prose.addresses);
    auto extra = lacking(texts.target.prose.addresses, source);
    if (lost.empty()) return;
    // What the source had when this was translated follows the source wherever it is shown (law 1 of the content).
    if (!texts.input.basis.empty()) {
        std::map<std::string_view, int> former;
        const auto basis = content::prose_of(texts.input.basis, texts.input.markup);
        for (const auto& one : basis.addresses) ++former[one.value];
        std::erase_if(extra, [&](const Address* one) {
            return !lost.empty() && --former[one->value] >= 0 && (lost.pop_back(), true);
        });
    }
    std::erase_if(extra, [&](const Address* one) {
        if (lost.empty() || !names_language(one->value, texts.target.tag)) return false;
        lost.erase(lost.begin());
        return true;
    });
    const size_t pairs = lost.size() == extra.size() ? lost.size() : 0;
    for (size_t i = 0; i < lost.size(); ++i) {
        if (i < pairs) {
            auto* finding = out.add(Check::links, "changed", {{"source", lost[i]->value}, {"target", extra[i]->value}},
                                    extra[i]->range);
            finding->source = lost[i]->range;
            finding->mend = use(extra[i]->range, std::string(content::cut(texts.source.raw, lost[i]->range)));
        } else {
            out.add(Check::links, "lost", {{"source", lost[i]->value}})->source = lost[i]->range;
        }
    }
}

}  // namespace stele::checks
