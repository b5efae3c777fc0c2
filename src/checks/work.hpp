#pragma once
// Inside checks/: what the rules look at and where they put what they find.
#include <string>
#include <string_view>
#include <vector>

#include "src/checks/checks.hpp"
#include "src/content/placeholders.hpp"

namespace stele::checks {

using content::Character;
using content::Range;

struct Side {
    Side(std::string_view text, locale::Tag locale, bool markup);

    std::string_view raw;
    locale::Tag tag;
    content::Prose prose;
    std::vector<content::Placeholder> placeholders;  // bytes in prose.text; in prose.characters they are objects

    std::string_view language() const { return std::string_view(tag.text()).substr(0, tag.text().find('-')); }
    size_t size() const { return prose.characters.size(); }
    // 0 before the first and after the last.
    char32_t at(size_t i) const { return i < size() ? prose.characters[i].c : 0; }
    char32_t before(size_t i) const { return i > 0 ? at(i - 1) : 0; }
    char32_t after(size_t i) const { return at(i + 1); }
    std::string text(size_t first, size_t last) const;  // UTF-8 of the characters [first, last)
};

struct Texts {
    const Input& input;
    const Side& source;
    const Side& target;
};

class Findings {
  public:
    explicit Findings(const Policy& policy) : policy_(policy) {}
    bool wants(Check check) const { return policy_.severity(check) != Severity::off; }
    // `message` without the check's own name: "differs". At most some dozens of each check are kept.
    Finding* add(Check check, std::string_view message, Params params, std::optional<Range> range = {});
    std::vector<Finding> in_order();

  private:
    const Policy& policy_;
    std::vector<Finding> all_;
    size_t counts_[check_count] = {};
    Finding beyond_{};
};

Mend use(Range range, std::string text);             // "Use …"
Mend without(Range range);                           // "Remove it"
Mend adding(std::uint32_t place, std::string text);  // "Add …"

// "en" for en-GB; a language's own rules hang on it.
bool is_any_of(std::string_view language, std::initializer_list<std::string_view> list);
// French has a space before ; : ! ? but in Canada and Switzerland.
bool is_spaced_french(const locale::Tag& tag);
std::string utf8_of(char32_t c);
// White space, or the text's end.
bool is_gap(char32_t c);

void check_placeholders(const Texts& texts, Findings& out);
void check_links(const Texts& texts, Findings& out);
void check_numbers(const Texts& texts, Findings& out);
void check_marks(const Texts& texts, Findings& out);
void check_terms(const Texts& texts, Findings& out);
void check_length(const Texts& texts, Findings& out);
void check_language(const Texts& texts, Findings& out);
bool is_same_as_source(const Texts& texts);
void check_spaces(const Texts& texts, Findings& out);
void check_repeated_word(const Texts& texts, Findings& out);
void check_quotes(const Texts& texts, Findings& out);
void check_spacing(const Texts& texts, Findings& out);
void check_bidi(const Texts& texts, Findings& out);
void check_end_punctuation(const Texts& texts, Findings& out);

}  // namespace stele::checks
