#include "src/content/word_bag.hpp"

#include <xxhash.h>

#include <algorithm>

#include "src/content/code_points.hpp"
#include "src/content/destinations.hpp"
#include "src/content/segment.hpp"
#include "src/locale/text.hpp"

namespace stele::content {
namespace {

// Word boundaries hardly depend on the language (UAX #29); one tag for both sides is what matters here.
const locale::Tag& boundary_tag() {
    static const locale::Tag tag = locale::Tag::stored("en");
    return tag;
}

// "_word_" is one token to UAX #29, the underscore being a joiner; to Markdown it is a mark.
std::string_view without_marks(std::string_view token) {
    const size_t first = token.find_first_not_of('_');
    return first == token.npos ? std::string_view() : token.substr(first, token.find_last_not_of('_') - first + 1);
}

}  // namespace

WordBag words_of(std::string_view text) {
    const std::string folded = locale::fold_case(locale::nfc(without_destinations(text)));
    WordBag bag;
    for (const std::string_view token : locale::word_tokens(folded, boundary_tag())) {
        const std::string_view word = without_marks(token);
        if (is_word(word)) bag.push_back(XXH3_64bits(word.data(), word.size()));
    }
    std::sort(bag.begin(), bag.end());
    return bag;
}

size_t count_common(const WordBag& a, const WordBag& b) {
    size_t common = 0;
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (a[i] == b[j]) ++common;
        const bool advance_a = a[i] <= b[j], advance_b = b[j] <= a[i];
        i += advance_a;
        j += advance_b;
    }
    return common;
}

double dice(const WordBag& a, const WordBag& b) {
    const size_t all = a.size() + b.size();
    return all == 0 ? 0.0 : 2.0 * static_cast<double>(count_common(a, b)) / static_cast<double>(all);
}

double similarity(std::string_view a, std::string_view b) {
    const WordBag left = words_of(a), right = words_of(b);
    // Without words ("—", "***") there is only the text itself to compare.
    if (left.empty() && right.empty()) return meaning_hash(a) == meaning_hash(b) ? 1.0 : 0.0;
    return dice(left, right);
}

}  // namespace stele::content
