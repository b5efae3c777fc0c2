#include "src/locale/pseudo.hpp"

#include <unicode/messagepattern.h>

#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <vector>

#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

constexpr std::u16string_view plain = u"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::u16string_view accented = u"ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";
static_assert(plain.size() == accented.size());

constexpr std::array words = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};

char16_t accent(char16_t c) {
    const auto at = plain.find(c);
    return at == std::u16string_view::npos ? c : accented[at];
}

// Counts the letters that were changed.
size_t append_accented(icu::UnicodeString& out, const icu::UnicodeString& text) {
    size_t letters = 0;
    bool in_mark = false;
    for (int32_t i = 0; i < text.length(); ++i) {
        const auto c = text.charAt(i);
        in_mark = in_mark ? c != u'>' : c == u'<';
        const auto now = in_mark ? c : accent(c);
        letters += now != c;
        out.append(now);
    }
    return letters;
}

std::string longer_by(size_t letters) {
    std::string more;
    for (size_t i = 0; more.size() < letters; ++i) more.append(" ").append(words[i % words.size()]);
    return more;
}

}  // namespace

std::string pseudo_message(std::string_view pattern) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::MessagePattern parsed(utf16(pattern), nullptr, status);
    if (U_FAILURE(status)) throw std::runtime_error("invalid MessageFormat");
    const auto& whole = parsed.getPatternString();
    icu::UnicodeString out(u'[');
    std::vector<bool> in_text;  // of the parts that are open: is what stands in it said, or syntax
    int32_t from = 0;
    size_t letters = 0;
    for (int32_t i = 0; i < parsed.countParts(); ++i) {
        const auto& part = parsed.getPart(i);
        const auto between = whole.tempSubStringBetween(from, part.getIndex());
        if (!in_text.empty() && in_text.back())
            letters += append_accented(out, between);
        else
            out.append(between);
        out.append(whole.tempSubStringBetween(part.getIndex(), part.getLimit()));
        from = part.getLimit();
        const auto type = part.getType();
        if (type == UMSGPAT_PART_TYPE_MSG_START || type == UMSGPAT_PART_TYPE_ARG_START)
            in_text.push_back(type == UMSGPAT_PART_TYPE_MSG_START);
        if (type == UMSGPAT_PART_TYPE_MSG_LIMIT || type == UMSGPAT_PART_TYPE_ARG_LIMIT) in_text.pop_back();
    }
    return utf8(out) + longer_by(letters / 3) + "]";
}

std::string pseudo_file(std::string_view english_json) {
    const auto english = boost::json::parse({english_json.data(), english_json.size()});
    boost::json::object file;
    for (const auto& [key, text] : english.as_object())
        if (!key.starts_with('_')) file[key] = pseudo_message({text.as_string().data(), text.as_string().size()});
    return boost::json::serialize(file);
}

}  // namespace stele::locale
