// Whatever the texts: nothing throws, places lie inside them, and a mend takes its finding away.
#include <boost/test/unit_test.hpp>
#include <random>

#include "src/locale/text.hpp"
#include "tests/checks/checking.hpp"
#include "tests/support/rounds.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

constexpr std::string_view pieces[] = {
    "90",      "80",      "1,000.5", "1 000,5", "12.500", "٩٠",   "word", "word ",  "Ord",    " ",
    "  ",      ".",       "?",       "؟",       "!",      ":",    ";",    ",",      "\"",     "«",
    "»",       "“",       "”",       "„",       "**",     "*",    "_",    "`",      "[a](b)", "[",
    "](",      ")",       "<b>",     "&nbsp;",  "\\",     "\n",   "{n}",  "{m}",    "%s",     "%d",
    "\u202E",  "\u202C",  "\u2067",  "\u2069",  "سؤال",   "中文", "😀",    "\u202F", "a@b.c",  "https://a.b/c ",
    "e\u0301", "twenty ", "ti ",     "|",       "\u00A0", "۔",    "។"};
constexpr const char* locales[] = {"nb", "en", "de", "fr", "ar", "zh", "th", "he"};

std::string text_of(std::mt19937_64& random) {
    std::string text;
    for (auto n = random() % 14; n > 0; --n) text += pieces[random() % std::size(pieces)];
    return text;
}

size_t units_in(std::string_view text) { return content::prose_of(text, false).length; }

std::string described(const checks::Finding& f) {
    return f.message + " " + (f.range ? std::to_string(f.range->begin) : "-");
}

size_t count_of(const std::vector<checks::Finding>& findings, const checks::Finding& like) {
    size_t count = 0;
    for (const auto& one : findings) count += one.message == like.message;
    return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(any_texts)

BOOST_AUTO_TEST_CASE(places_lie_inside_and_mends_mend) {
    const auto seed = first_seed();
    std::mt19937_64 random(seed);
    const checks::Policy policy;
    for (int round = 0; round < usual_rounds(20'000); ++round) {
        const Texts texts{locales[random() % std::size(locales)], locales[random() % std::size(locales)],
                          text_of(random), text_of(random)};
        auto input = input_of(texts);
        const auto found = checks::check(input, policy);
        const auto length = units_in(texts.target), source_length = units_in(texts.source);
        for (const auto& finding : found) {
            BOOST_TEST_CONTEXT("round " << round << ", " << texts.source_locale << " " << texts.target_locale << ": "
                                        << texts.source << " → " << texts.target << ": " << described(finding)) {
                if (finding.range)
                    BOOST_REQUIRE(finding.range->begin <= finding.range->end && finding.range->end <= length);
                if (finding.source)
                    BOOST_REQUIRE(finding.source->begin <= finding.source->end && finding.source->end <= source_length);
                if (!finding.mend) continue;
                BOOST_REQUIRE(finding.mend->range.begin <= finding.mend->range.end &&
                              finding.mend->range.end <= length);
                const auto after = content::replaced(texts.target, finding.mend->range, finding.mend->text);
                BOOST_REQUIRE(locale::is_utf8(after));
                input.target = after;
                BOOST_TEST(count_of(checks::check(input, policy), finding) < count_of(found, finding), after);
                input.target = texts.target;
            }
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
