#pragma once
// What can be seen to be wrong with a translation by a program. Pure: no database, no words for people.
//
// A false alarm costs more than a miss: whoever is warned for nothing ten times does not read the eleventh. So each
// rule speaks only where it is sure, and knows the ways in which a good translation differs from its source.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"
#include "src/content/markdown.hpp"
#include "src/content/prose.hpp"
#include "src/locale/tag.hpp"
#include "src/terms/terms.hpp"

namespace stele::checks {

enum class Check {
    placeholders,    // {name}, %s, … that the source has
    links,           // destinations lost or changed
    numbers,         // as values, whatever the locale's way of writing them
    marks,           // bold, emphasised, code
    terms,           // of the glossary
    length,          // over the field's limit, or suspiciously short or long
    language,        // still in the source's language
    same_as_source,  // not translated at all
    spaces,          // doubled
    repeated_word,
    quotes,           // of another language
    spacing,          // before and after signs, by the locale's rules
    bidi,             // controls of direction that are open or stray
    end_punctuation,  // the last sign is missing or of another kind
    machine,          // made by machine, and nobody has changed it
};
inline constexpr size_t check_count = size_t(Check::machine) + 1;
std::string_view name_of(Check check);  // "same-as-source": the stable id
std::optional<Check> check_named(std::string_view name);

enum class Severity { off, note, warning, error };
std::string_view name_of(Severity severity);
std::optional<Severity> severity_named(std::string_view name);

// How much each check weighs at a site.
class Policy {
  public:
    Policy();  // as it comes: config/stele.toml says how
    Severity severity(Check check) const { return severities_[size_t(check)]; }
    void set(Check check, Severity severity) { severities_[size_t(check)] = severity; }
    // "numbers=error, quotes=off". Absent: `mistake` says what cannot be read.
    static std::optional<Policy> parse(std::string_view text, std::string& mistake);

  private:
    Severity severities_[check_count];
};

// A change that makes the finding go away.
struct Mend {
    content::Range range;  // in the target
    std::string text;      // instead of it
    std::string label;     // catalog key: "check.mend.use"
    Params params;
};

// Places are in UTF-16 code units, as scripts count.
struct Finding {
    Check check;
    Severity severity;
    std::string message;  // catalog key: "check.numbers.differs"
    Params params;
    std::optional<content::Range> range;   // in the target; absent: the whole, or what is not there
    std::optional<content::Range> source;  // in the source
    std::optional<Mend> mend;
};

// "numbers.6b1f…": the check, and a hash of all that the finding says and where. While the texts are what they are it
// is the same; two findings of one check are two.
std::string id_of(const Finding& finding);

struct Input {
    std::string_view source, target;
    locale::Tag source_locale, target_locale;
    content::Kind kind = content::Kind::paragraph;
    bool markup = true;        // false: plain text, as titles are
    bool whole = false;        // of a whole body with a structure of its own: no comparison of marks and length
    std::string_view basis{};  // the wording of the source it was made from: its destinations follow the source's
    std::string_view origin = "human";
    size_t max_chars = 0;                   // 0: no limit
    std::span<const terms::Match> terms{};  // in the source
};

// In the order of the target. Nothing for an empty target. Linear in the length of the texts.
std::vector<Finding> check(const Input& input, const Policy& policy);

}  // namespace stele::checks
