#pragma once
// A site on the use-cases themselves: real saves, real publications. The texts are made up, one word per idea.
#include <random>
#include <string>
#include <vector>

#include "src/editing/editing.hpp"
#include "src/publishing/publishing.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/rounds.hpp"

namespace stele::testing {

// Steps of a random history that fail print this; STELE_SEED repeats one.
struct Seeded {
    explicit Seeded(std::uint64_t number) : seed(number), random(number) {}
    std::uint64_t seed;
    std::mt19937_64 random;
    int below(int n) { return int(random() % std::uint64_t(n)); }
    bool chance(int percent) { return below(100) < percent; }
    std::string words(int count);      // "harbour lantern …"
    std::string paragraph();           // 8 to 20 words, sometimes with a link
    std::string body(int paragraphs);  // with headings and a list
};

class ContentSite {
  public:
    explicit ContentSite(db::Database& db, const std::vector<std::string>& locales = {"en", "nb", "de", "ar"});

    content::ContentTypes types;
    Store store;

    static locale::Tag tag(std::string_view text) { return locale::Tag::parse(text).value(); }
    ArticleId add(const std::string& source, const std::string& title, const std::string& body,
                  const std::string& summary = {});
    editing::Version version(ArticleId id, const std::string& locale);
    editing::Expected now(ArticleId id, const std::string& locale);
    editing::Saved save(ArticleId id, const std::string& locale, const editing::Changes& changes);
    editing::Saved set_body(ArticleId id, const std::string& locale, const std::string& body);
    editing::Saved set_segment(ArticleId id, const std::string& locale, const std::string& segment,
                               const std::string& text);
    // A target for every segment that has none or an outdated one.
    void translate_all(ArticleId id, const std::string& locale, const std::string& mark = "x ");
    void publish(ArticleId id, const std::string& locale, bool incomplete = true);
    std::vector<editing::SegmentView> segments(ArticleId id, const std::string& locale);
    editing::Translation translation(ArticleId id, const std::string& locale);
    int outdated(ArticleId id, const std::string& locale);
    int missing(ArticleId id, const std::string& locale);
    // Differences that `check --editions` would list, in one text; "" is what it should be.
    std::string check();
};

}  // namespace stele::testing
