#pragma once
// The order of a locale: ICU sort keys by CLDR's defaults of the tag (UTS #10, UTS #35 part 5).
#include <cstdint>
#include <string>
#include <string_view>

#include "src/locale/tag.hpp"

namespace stele::locale {

inline constexpr size_t max_sort_key_bytes = 1024;

// Bytes whose memcmp order is the locale's order. Cut at max_sort_key_bytes; ties are the caller's (article id).
// The final zero byte of ICU is left out.
std::string sort_key(std::string_view text, const Tag& tag);
// The same order by ICU in memory, for tests and for lists that are not stored: <0, 0, >0.
int compare(std::string_view a, std::string_view b, const Tag& tag);

// ICU's version and a hash over the keys of probe strings in many locales: keys made under another fingerprint are not
// comparable with ours and must be rebuilt.
std::string sort_fingerprint();

// The rules by which sort keys are made: those above, or as if by another ICU.
class Collation {
  public:
    // As this process has it: sort_key() and sort_fingerprint().
    static const Collation& system();
    // Stands for an ICU of another `version` ("73.2") whose rules differ by `options`, keys of UTS #35 part 5
    // ("kn-true") that hold in every locale.
    Collation(std::string_view version, std::string options);

    const std::string& fingerprint() const { return fingerprint_; }
    std::string sort_key(std::string_view text, const Tag& tag) const;

  private:
    explicit Collation(std::string fingerprint) : fingerprint_(std::move(fingerprint)) {}
    std::string options_;
    std::string fingerprint_;
};

// Of two fingerprints: is `a` of the older ICU? A total order, in which equal versions are told apart by their hash.
bool is_older(std::string_view a, std::string_view b);

}  // namespace stele::locale
