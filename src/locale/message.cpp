#include "src/locale/message.hpp"

#include <fmt/format.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/plurrule.h>
#include <unicode/strenum.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <set>
#include <stdexcept>

#include "src/locale/cache.hpp"
#include "src/locale/format.hpp"
#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_formats = 256;
using Format = std::unique_ptr<icu::MessageFormat>;

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

icu::MessagePattern parse(const std::string& pattern) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    icu::MessagePattern parsed(utf16(pattern), &where, status);
    if (U_SUCCESS(status)) return parsed;
    throw std::runtime_error(fmt::format("invalid MessageFormat ({}) near \"{}\"", u_errorName(status),
                                         utf8(icu::UnicodeString(where.preContext))));
}

Format make_format(const std::string& pattern, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    auto format = std::make_unique<icu::MessageFormat>(utf16(pattern), icu_locale(tag), status);
    if (U_FAILURE(status)) throw std::runtime_error(fmt::format("invalid MessageFormat ({})", u_errorName(status)));
    return format;
}

bool is_plural(UMessagePatternArgType type) {
    return type == UMSGPAT_ARG_TYPE_PLURAL || type == UMSGPAT_ARG_TYPE_SELECTORDINAL;
}

std::vector<std::string> categories(const Tag& tag, UMessagePatternArgType type) {
    UErrorCode status = U_ZERO_ERROR;
    const auto kind = type == UMSGPAT_ARG_TYPE_PLURAL ? UPLURAL_TYPE_CARDINAL : UPLURAL_TYPE_ORDINAL;
    const std::unique_ptr<icu::PluralRules> rules(icu::PluralRules::forLocale(icu_locale(tag), kind, status));
    check(status, "PluralRules::forLocale");
    const std::unique_ptr<icu::StringEnumeration> keywords(rules->getKeywords(status));
    check(status, "PluralRules::getKeywords");
    std::vector<std::string> names;
    while (const auto* keyword = keywords->snext(status)) names.push_back(utf8(*keyword));
    std::sort(names.begin(), names.end());
    return names;
}

const Param* find(const Params& params, std::string_view name) {
    const auto at = std::find_if(params.begin(), params.end(), [&](const Param& p) { return p.name == name; });
    return at == params.end() ? nullptr : &*at;
}

}  // namespace

Message::Message(Tag tag, std::string pattern) : tag_(std::move(tag)), pattern_(std::move(pattern)), id_(next_id()) {
    const auto parsed = parse(pattern_);
    const auto& whole = parsed.getPatternString();
    std::set<std::string> names;
    int32_t from = 0;
    for (int32_t i = 0; i < parsed.countParts(); ++i) {
        const auto& part = parsed.getPart(i);
        const auto type = part.getType();
        if (type == UMSGPAT_PART_TYPE_ARG_NUMBER) throw std::runtime_error("arguments have names, not numbers");
        if (type == UMSGPAT_PART_TYPE_ARG_NAME) {
            names.insert(utf8(parsed.getSubstring(part)));
            if (simple_) parts_.push_back({true, utf8(parsed.getSubstring(part))});
        }
        if (type == UMSGPAT_PART_TYPE_ARG_START && part.getArgType() != UMSGPAT_ARG_TYPE_NONE) simple_ = false;
        if (type == UMSGPAT_PART_TYPE_INSERT_CHAR) simple_ = false;  // an apostrophe that ICU adds to an open quote
        // MSG_START, SKIP_SYNTAX ('' and quotes), ARG_START and ARG_LIMIT: the words up to here stand for themselves.
        if (simple_ && part.getIndex() > from && type != UMSGPAT_PART_TYPE_ARG_NAME &&
            type != UMSGPAT_PART_TYPE_ARG_LIMIT)
            parts_.push_back({false, utf8(whole.tempSubStringBetween(from, part.getIndex()))});
        from = part.getLimit();
    }
    arguments_.assign(names.begin(), names.end());
    if (!simple_) {
        parts_.clear();
        make_format(pattern_, tag_);  // a wrong number skeleton is found here, not when the message is needed
    }
}

std::string Message::text(const Params& params) const { return simple_ ? put_together(params) : by_icu(params); }

std::string Message::put_together(const Params& params) const {
    std::string out;
    for (const auto& part : parts_) {
        if (!part.is_argument) {
            out += part.text;
            continue;
        }
        const auto* param = find(params, part.text);
        if (!param)
            out += '{' + part.text + '}';
        else if (const auto* words = std::get_if<std::string>(&param->value))
            out += *words;
        else
            out += format_number(std::get<std::int64_t>(param->value), tag_);
    }
    return out;
}

std::string Message::by_icu(const Params& params) const {
    thread_local BoundedCache<Format> formats(cached_formats);
    const auto& format = formats.get(std::to_string(id_), [&] { return make_format(pattern_, tag_); });
    std::vector<icu::UnicodeString> names;
    std::vector<icu::Formattable> values;
    for (const auto& param : params) {
        names.push_back(utf16(param.name));
        if (const auto* words = std::get_if<std::string>(&param.value))
            values.emplace_back(utf16(*words));
        else
            values.emplace_back(int64_t(std::get<std::int64_t>(param.value)));
    }
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    format->format(names.data(), values.data(), int32_t(names.size()), text, status);
    check(status, "MessageFormat::format");
    return utf8(text);
}

std::vector<std::string> Message::missing_plurals() const {
    const auto parsed = parse(pattern_);
    std::vector<std::string> missing;
    for (int32_t i = 0; i < parsed.countParts(); ++i) {
        const auto& start = parsed.getPart(i);
        if (start.getType() != UMSGPAT_PART_TYPE_ARG_START || !is_plural(start.getArgType())) continue;
        std::set<std::string> said;
        const auto limit = parsed.getLimitPartIndex(i);
        for (int32_t j = i + 1; j < limit; ++j) {
            const auto& part = parsed.getPart(j);
            if (part.getType() == UMSGPAT_PART_TYPE_ARG_SELECTOR) said.insert(utf8(parsed.getSubstring(part)));
            // Messages inside have selectors of their own.
            if (part.getType() == UMSGPAT_PART_TYPE_MSG_START) j = parsed.getLimitPartIndex(j);
        }
        const auto name = utf8(parsed.getSubstring(parsed.getPart(i + 1)));
        for (const auto& category : categories(tag_, start.getArgType()))
            if (!said.contains(category)) missing.push_back(fmt::format("{}: {}", name, category));
    }
    return missing;
}

}  // namespace stele::locale
