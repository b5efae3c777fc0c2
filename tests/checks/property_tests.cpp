// Whatever the texts: nothing throws, places lie inside them, and a mend takes its finding away.
#include <boost/test/unit_test.hpp>
#include <map>
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
constexpr const char* locales[] = {"nb", "en", "de", "fr", "fr-CA", "ar", "zh", "th", "he"};

std::string text_of(std::mt19937_64& random) {
    std::string text;
    for (auto n = random() % 14; n > 0; --n) text += pieces[random() % std::size(pieces)];
    return text;
}

size_t units_in(std::string_view text) { return content::prose_of(text, false).length; }

std::string described(const checks::Finding& f) {
    return f.message + " " + (f.range ? std::to_string(f.range->begin) : "-");
}

// Messages that there are more of, and of `mended` itself those that are not fewer.
std::string raised(const std::vector<checks::Finding>& before, const std::vector<checks::Finding>& after,
                   const checks::Finding& mended) {
    std::map<std::string, int> counts;
    for (const auto& one : before) ++counts[one.message];
    --counts[mended.message];
    std::string all;
    for (const auto& one : after)
        if (--counts[one.message] < 0) all += one.message + " ";
    return all;
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
                // Words are another matter: those of a shorter text may be of another language.
                auto signs = policy;
                for (const auto check : {checks::Check::language, checks::Check::length, checks::Check::same_as_source})
                    signs.set(check, checks::Severity::off);
                BOOST_TEST(raised(found, checks::check(input, signs), finding) == "", after);
                input.target = texts.target;
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_mend_raises_no_other_finding_in_good_prose) {
    const char* sources[] = {"Is it {name} who said “yes” to 12,500 people?", "So: they came, all 90 of them!",
                             "A [link](https://a.example/b) and **bold** words.", "At 2:30 pm they met"};
    const std::map<std::string, std::vector<std::string>> targets = {
        {"fr",
         {"Est-ce {nom} qui a dit \"oui\" à 12,500 personnes.", "Donc: ils sont venus, tous les 80", "Un  lien ."}},
        {"fr-CA", {"Est-ce {nom} qui a dit \"oui\" à 12,500 personnes .", "Donc : ils sont venus , tous", "Un lien ?"}},
        {"nb", {"Var det {navn} som sa \"ja\" til 12,500 folk .", "Altså: de kom de kom, alle alle 80", "En lenke?"}},
        {"de", {"War es {Name}, der zu 12,500 Leuten \"ja\" sagte .", "Also: sie kamen , alle 80 !", "Ein  Link:"}},
        {"ar", {"هل هو {اسم} الذي قال \"نعم\" لـ 80 شخصًا.", "جاؤوا, جميعهم  ٨٠", "رابط؟"}},
        {"en", {"Was it {nom} who said «yes» to 12.500 people .", "So : they they came , all 80", "A link;"}}};
    size_t mends = 0;
    for (const auto& [locale, texts] : targets)
        for (const auto* source : sources)
            for (const auto& target : texts) {
                const Texts pair{locale == "en" ? "nb" : "en", locale, source, target};
                auto input = input_of(pair);
                const auto found = checks::check(input, checks::Policy());
                for (const auto& finding : found) {
                    if (!finding.mend) continue;
                    ++mends;
                    const auto after = content::replaced(target, finding.mend->range, finding.mend->text);
                    input.target = after;
                    BOOST_TEST(raised(found, checks::check(input, checks::Policy()), finding) == "",
                               locale << ": " << target << " → " << after << ": " << finding.message);
                    input.target = pair.target;
                }
            }
    BOOST_TEST(mends > 60u);
}

BOOST_AUTO_TEST_SUITE_END()
