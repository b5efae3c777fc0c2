#include "src/accounts/names.hpp"

#include <algorithm>

#include "src/locale/characters.hpp"
#include "src/locale/text.hpp"

namespace stele::accounts {
namespace {

// Who acts where nobody is signed in, and who may seem to.
constexpr std::string_view reserved[] = {"guest", "import", "stele", "system"};

bool consists_of_such(std::string_view name) {
    for (size_t at = 0; at < name.size();)
        if (!is_of_a_name(locale::next_code_point(name, at))) return false;
    size_t first = 0;
    return !name.empty() && !locale::is_mark(locale::next_code_point(name, first));
}

}  // namespace

bool is_of_a_name(char32_t c) {
    if (c == U'.' || c == U'_' || c == U'-') return true;
    // A mark or a letter that shows nothing (U+034F, U+3164) would make a second name that looks like the first.
    return (locale::is_letter(c) || locale::is_mark(c) || locale::digit_value(c) >= 0) && !locale::is_ignorable(c);
}

db::Bytes name_key(std::string_view name) {
    return {locale::is_utf8(name) ? locale::nfc(locale::fold_case(locale::nfc(name))) : std::string()};
}

FieldErrors name_mistakes(std::string_view name) {
    if (name.empty()) return {{"/name", "field.required", {}}};
    if (!locale::is_utf8(name) || !consists_of_such(name)) return {{"/name", "field.user-name", {}}};
    if (locale::count_chars(name) > max_name_chars)
        return {{"/name", "field.too-long", {{"max", std::int64_t{max_name_chars}}}}};
    if (std::ranges::find(reserved, name_key(name).value) != std::end(reserved))
        return {{"/name", "field.user-name-reserved", {}}};
    return {};
}

}  // namespace stele::accounts
