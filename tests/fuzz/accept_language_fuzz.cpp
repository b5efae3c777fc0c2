// Any bytes as Accept-Language: bounded wishes in order, and a locale that is enabled, not excluded by name, and the
// same for the header without its malformed members.
#include <fmt/format.h>

#include <algorithm>

#include "src/locale/chain.hpp"
#include "tests/fuzz/support.hpp"

using namespace stele;
using fuzz::require;

namespace {

std::vector<locale::Enabled> enabled() {
    std::vector<locale::Enabled> all;
    for (const char* text : {"en", "nb", "nn", "de", "zh-Hant-TW", "ar", "nb-x-easy", "pt-BR", "sr-Latn"})
        all.push_back({*locale::Tag::parse(text), std::nullopt, int(all.size())});
    all[2].fallback = {all[1].tag, all[3].tag};
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    static const auto site = enabled();
    const auto header = fuzz::view(data, size);
    const auto wishes = locale::parse_accept_language(header);
    require(wishes.size() <= 50, "wishes are bounded");
    std::string again;
    for (size_t i = 0; i < wishes.size(); ++i) {
        require(wishes[i].q >= 0 && wishes[i].q <= 1000 && !wishes[i].range.empty() && wishes[i].range.size() <= 64,
                "each is in its bounds");
        require(i == 0 || wishes[i - 1].q >= wishes[i].q, "the dearest first");
        again += fmt::format("{}{};q={}.{:03}", i ? ", " : "", wishes[i].range, wishes[i].q / 1000, wishes[i].q % 1000);
    }
    const auto answer = locale::negotiate(header, site, site[0].tag);
    require(std::any_of(site.begin(), site.end(), [&](const auto& e) { return e.tag == answer.locale; }),
            "the answer is enabled");
    require(!answer.steps.empty() && answer.steps.back().result == answer.locale.text(), "the last step says it");
    if (again.size() <= 4096)
        require(locale::negotiate(again, site, site[0].tag).locale == answer.locale, "written down it means the same");
    return 0;
}
