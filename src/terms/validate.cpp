#include "src/terms/validate.hpp"

#include <algorithm>

#include "src/editing/validate.hpp"
#include "src/locale/text.hpp"
#include "src/terms/index.hpp"

namespace stele::terms {
namespace {

void tidy(std::vector<std::string>& texts) {
    std::vector<std::string> kept;
    for (const auto& text : texts) {
        auto plain = locale::is_utf8(text) ? locale::normalize_space(text) : text;
        if (!plain.empty() && std::find(kept.begin(), kept.end(), plain) == kept.end())
            kept.push_back(std::move(plain));
    }
    texts = std::move(kept);
}

void check_texts(FieldErrors& errors, const std::string& pointer, const std::vector<std::string>& texts) {
    if (texts.size() > max_alternatives)
        errors.push_back({pointer, "field.too-many", {{"max", std::int64_t(max_alternatives)}}});
    for (size_t i = 0; i < texts.size(); ++i)
        editing::check_text(errors, pointer + "/" + std::to_string(i), texts[i], max_term_chars, false);
}

void check_texts(FieldErrors& errors, const std::string& pointer, const Translation& translation) {
    check_texts(errors, pointer + "/texts", translation.texts);
    check_texts(errors, pointer + "/forbidden", translation.forbidden);
    editing::check_text(errors, pointer + "/note", translation.note, max_note_chars, true);
    for (size_t i = 0; i < translation.forbidden.size(); ++i)
        if (std::find(translation.texts.begin(), translation.texts.end(), translation.forbidden[i]) !=
            translation.texts.end())
            errors.push_back(
                {pointer + "/forbidden/" + std::to_string(i), "term.both", {{"value", translation.forbidden[i]}}});
}

bool is_as_before(const Term* before, const locale::Tag& locale, const Translation& said) {
    if (!before) return false;
    const auto was = before->translations.find(locale);
    return was != before->translations.end() && was->second == said;
}

void check_enabled(FieldErrors& errors, const std::string& pointer, const locale::Tag& locale,
                   const storage::Site& site) {
    if (!site.find_enabled(locale)) errors.push_back({pointer, "field.not-enabled", {{"locale", locale.text()}}});
}

void check_text(FieldErrors& errors, const Term& term) {
    const auto before = errors.size();
    editing::check_text(errors, "/text", term.text, max_term_chars, false);
    if (errors.size() > before) return;
    const auto words = stems_of(term.text, term.source_locale).size();
    if (words == 0) errors.push_back({"/text", "term.no-word", {}});
    if (words > max_term_words)
        errors.push_back({"/text", "term.too-many-words", {{"max", std::int64_t(max_term_words)}}});
}

}  // namespace

void tidy(Translation& translation) {
    tidy(translation.texts);
    tidy(translation.forbidden);
}

void tidy(Term& term) {
    for (auto* text : {&term.text, &term.part})
        if (locale::is_utf8(*text)) *text = locale::normalize_space(*text);
    for (auto& [locale, translation] : term.translations) tidy(translation);
    std::erase_if(term.translations, [](const auto& entry) { return entry.second.empty(); });
}

void check_term(FieldErrors& errors, const Term& term, const Term* before, const storage::Site& site) {
    if (!before) check_enabled(errors, "/source_locale", term.source_locale, site);
    if (!before || before->text != term.text) check_text(errors, term);
    editing::check_text(errors, "/part", term.part, max_term_chars, false);
    editing::check_text(errors, "/note", term.note, max_note_chars, true);
    for (const auto& [locale, said] : term.translations) {
        if (is_as_before(before, locale, said)) continue;
        const auto pointer = "/translations/" + locale.text();
        // What is said in the source's own locale would be said of itself.
        if (locale == term.source_locale)
            errors.push_back({pointer, "term.own-locale", {}});
        else
            check_enabled(errors, pointer, locale, site);
        check_texts(errors, pointer, said);
    }
}

}  // namespace stele::terms
