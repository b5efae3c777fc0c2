#include "src/editing/validate.hpp"

#include <fmt/format.h>

#include <cmath>

#include "src/content/key.hpp"
#include "src/content/limits.hpp"
#include "src/locale/text.hpp"

namespace stele::editing {
namespace {

bool has_control(std::string_view text, bool lines) {
    return std::any_of(text.begin(), text.end(), [&](unsigned char c) {
        const bool allowed = c == '\t' || (lines && (c == '\n' || c == '\r'));
        return (c < 0x20 && !allowed) || c == 0x7f;
    });
}

size_t max_of(const std::string& segment) {
    if (segment == content::title_id) return content::max_title_chars;
    return segment == content::summary_id ? content::max_summary_chars : content::max_body_bytes;
}

bool can_be_kept(const boost::json::value& value) {
    if (const auto* n = value.if_double()) return std::isfinite(*n);
    if (const auto* array = value.if_array()) return std::all_of(array->begin(), array->end(), can_be_kept);
    if (const auto* object = value.if_object())
        return std::all_of(object->begin(), object->end(), [](const auto& m) { return can_be_kept(m.value()); });
    return true;
}

void check_name(FieldErrors& errors, const std::string& pointer, std::string_view name,
                const std::optional<std::string>& mistake, const storage::Site& site) {
    if (mistake) {
        errors.push_back({pointer, *mistake, {{"value", std::string(name)}}});
        return;
    }
    if (const auto tag = locale::Tag::parse(name); tag && site.find(*tag))
        errors.push_back({pointer, "field.reserved", {{"value", std::string(name)}}});
}

}  // namespace

void check_text(FieldErrors& errors, const std::string& pointer, std::string_view text, size_t max_chars, bool lines) {
    if (!locale::is_utf8(text)) {
        errors.push_back({pointer, "field.invalid-utf8", {}});
    } else if (has_control(text, lines)) {
        errors.push_back({pointer, "field.control-character", {}});
    } else if (text.size() > max_chars && locale::count_chars(text) > max_chars) {
        errors.push_back({pointer, "field.too-long", {{"max", std::int64_t(max_chars)}}});
    }
}

std::string field_pointer(std::string_view name) {
    std::string pointer = "/fields/";
    for (const char c : name) {
        if (c == '~') {
            pointer += "~0";
        } else if (c == '/') {
            pointer += "~1";
        } else {
            pointer += c;
        }
    }
    return pointer;
}

void check_shared(FieldErrors& errors, const boost::json::object& fields) {
    for (const auto& [name, value] : fields)
        if (!can_be_kept(value))
            errors.push_back({field_pointer(name), "field.type", {{"expected", std::string("number")}}});
    // A page shows them all, whatever their type.
    if (boost::json::serialize(fields).size() > content::max_fields_bytes)
        errors.push_back({"/fields", "field.too-many-bytes", {{"max", std::int64_t{content::max_fields_bytes}}}});
}

void check_changes(FieldErrors& errors, const Changes& changes) {
    if (changes.title) check_text(errors, "/title", *changes.title, content::max_title_chars, false);
    if (changes.summary) check_text(errors, "/summary", *changes.summary, content::max_summary_chars, true);
    if (changes.body) check_text(errors, "/body", *changes.body, content::max_body_bytes, true);
    for (const auto& [name, text] : changes.fields)
        check_text(errors, field_pointer(name), text, content::max_markdown_chars, true);
    for (size_t i = 0; i < changes.segments.size(); ++i)
        check_text(errors, fmt::format("/segments/{}/text", i), changes.segments[i].text,
                   max_of(changes.segments[i].id), changes.segments[i].id != content::title_id);
}

FieldErrors too_many_blocks(const content::Body& body) {
    if (!body.too_many) return {};
    return {{"/body", "body.too-many-blocks", {{"max", std::int64_t{content::max_segments}}}}};
}

void check_slug(FieldErrors& errors, const std::string& pointer, std::string_view slug, const storage::Site& site) {
    check_name(errors, pointer, slug, content::check_slug(slug), site);
}

void check_key(FieldErrors& errors, const std::string& pointer, std::string_view key, const storage::Site& site) {
    check_name(errors, pointer, key, content::check_key(key), site);
}

std::string free_name(const std::string& title, const locale::Tag& locale, const std::string& otherwise,
                      const storage::Site& site, const std::function<bool(const std::string&)>& is_free) {
    auto usable = [&](const std::string& name) {
        FieldErrors errors;
        check_slug(errors, "", name, site);
        return !name.empty() && errors.empty();
    };
    std::string base = locale::slug_from(title, locale);
    if (!usable(base)) base = otherwise;
    if (!usable(base)) base = "article-" + base;
    const auto can_be_had = [&](const std::string& name) { return usable(name) && is_free(name); };
    if (can_be_had(base)) return base;
    // Numbers are taken one after the other, so the first free one is looked for as the end of those taken: thousands
    // of equal titles cost a few look-ups each. Where some have become free in between, it may find one of those.
    const auto numbered = [&](std::int64_t n) { return fmt::format("{}-{}", base, n); };
    std::int64_t taken = 1, free = 2;
    for (; !can_be_had(numbered(free)); free *= 2) taken = free;
    while (free - taken > 1) {
        const auto between = taken + (free - taken) / 2;
        (can_be_had(numbered(between)) ? free : taken) = between;
    }
    return numbered(free);
}

}  // namespace stele::editing
