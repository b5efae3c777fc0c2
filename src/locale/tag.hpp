#pragma once
// A language tag in canonical form: BCP 47 (RFC 5646), canonicalised by UTS 35, then two rules of Stele:
// `no` is `nb`; a likely script that differs from the bare language's is written (zh-TW -> zh-Hant-TW; en-US stays).
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace stele::locale {

class Tag {
  public:
    // Absent for junk: not well-formed BCP 47, unknown primary language subtag shape, over 64 bytes, `und`, "C",
    // grandfathered leftovers, extensions other than -x- private use. "NO_nb" style underscores are accepted as
    // hyphens? No: refused.
    static std::optional<Tag> parse(std::string_view text);
    // For tags that were parsed before and come back from our own database. Aborts the request (Error::internal)
    // otherwise.
    static Tag stored(std::string text);

    const std::string& text() const { return text_; }
    // clang-tidy 14 takes the 0 of the comparison that is made here for a null pointer.
    friend auto operator<=>(const Tag&, const Tag&) = default;  // NOLINT(modernize-use-nullptr)
    friend bool operator==(const Tag&, const Tag&) = default;

  private:
    explicit Tag(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

enum class Direction { ltr, rtl };
std::string_view name_of(Direction d);  // "ltr", "rtl": the values of HTML's dir

Direction direction_of(const Tag& tag);   // by the likely script (UTS 35)
std::string native_name(const Tag& tag);  // "norsk bokmål" as its speakers write it, capitalised for a list
std::string display_name(const Tag& tag, const Tag& in);           // "Norwegian Bokmål" in `in`
std::string country_name(std::string_view region, const Tag& in);  // "NO" -> "Norge"; the code itself when unknown

}  // namespace stele::locale

template <>
struct std::hash<stele::locale::Tag> {
    size_t operator()(const stele::locale::Tag& t) const noexcept { return std::hash<std::string>()(t.text()); }
};
