#pragma once
// The translators' memory: what people made of texts, kept by what the texts were, and suggested where such a text
// comes again. It is filled from targets that a person wrote, beside the saves (follow.hpp), and from TMX files
// (tmx.hpp).
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/content/segment.hpp"
#include "src/editing/editing.hpp"
#include "src/locale/tag.hpp"
#include "src/storage/store.hpp"

namespace stele::memory {

// What a suggestion has to score; chosen by the benchmark `memory_quality` (tests/bench/README.md has its figures).
inline constexpr int default_threshold = 70;

struct Suggestion {
    std::string text;    // the translation, put right for the source at hand (adapt.hpp)
    std::string source;  // what it is a translation of, as it was
    // 0..100. 100: the same meaning (law 1 of the content), put right where need be; 99: all words are the same.
    int score = 0;
    // Of the same article, or between the same neighbours, and the same meaning: stands before all others.
    bool context = false;
    bool imported = false;  // out of a TMX file
    std::optional<ArticleId> article_id;
    std::string key;  // the article's, while it is there
    std::string actor;
    Time at{};
};

struct Question {
    locale::Tag source_locale, target_locale;
    std::string text;
    int threshold = default_threshold;  // 1..100
    int limit = 5;                      // 1..20
    // Where the text stands; what this segment itself was before is not suggested.
    std::optional<ArticleId> article_id{};
    std::string segment_id{};
    std::string before{}, after{};  // the source's texts around it, empty at the ends
};
// The best first: context, then the score, then the latest. Each text once.
std::vector<Suggestion> suggest(db::Connection& c, const Question& question);

// For a segment of a translation. Throws not_found ("article", "locale", "segment"). None in the source's locale.
std::vector<Suggestion> suggest_for(const Store& store, ArticleId id, const locale::Tag& locale,
                                    const std::string& segment_id);

// Concordance: where the words of `phrase` stand together in a source, the latest first. A word that is not among the
// four longest of its segment, and in no rare pair, is not found by itself.
struct Found {
    std::string source, text;
    bool imported = false;
    std::optional<ArticleId> article_id;
    std::string key;
    std::string actor;
    Time at{};
};
std::vector<Found> find_phrase(const Store& store, const locale::Tag& source, const locale::Tag& target,
                               const std::string& phrase, int limit);

// Fills the segments that have no target with what the memory has at `threshold` or better, as one save with the
// origin "memory"; a target that is there is never touched, whoever wrote it.
struct Pretranslating {
    int threshold = default_threshold;
    std::string after{};                    // `next` of the run before
    std::chrono::milliseconds time{5'000};  // no segment is begun after it, but for the first
};
struct Pretranslated {
    int filled = 0;
    int missing = 0;                    // still
    std::optional<std::string> next{};  // the time was over: some were not looked for
    editing::Version version{};
};
Pretranslated pretranslate(const Store& store, ArticleId id, const locale::Tag& locale, const Pretranslating& how,
                           const Actor& actor);

// How many units there are from one locale to another.
struct Stock {
    locale::Tag source, target;
    std::int64_t own = 0, imported = 0;
};
std::vector<Stock> stock(const Store& store);

}  // namespace stele::memory
