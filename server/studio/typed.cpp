#include "server/studio/typed.hpp"

#include <fmt/format.h>

#include "server/studio/shell.hpp"
#include "src/base/number.hpp"

namespace stele::studio {
namespace {

std::optional<Field> changed_field(const Form& form, const std::string& name, const std::string& was) {
    if (!form.has(name)) return std::nullopt;
    Field field{plain_lines(form.text(name)), form.text(was)};
    if (print_of(field.text) == field.print) return std::nullopt;
    return field;
}

}  // namespace

editing::Version version_from(std::string_view text) {
    const auto dot = text.find('.');
    const auto t = number_from(text.substr(0, dot));
    const auto s = dot == std::string_view::npos ? std::nullopt : number_from(text.substr(dot + 1));
    if (!t || !s || *t < 0 || *s < 0) throw Error(ErrorCode::malformed, "form");
    return {*t, *s};
}

std::string text_of(const editing::Version& version) {
    return fmt::format("{}.{}", version.translation, version.source);
}

editing::Changes Typed::changes(std::vector<std::string>& ids) const {
    editing::Changes changes;
    for (const auto& [id, field] : texts) {
        changes.segments.push_back({id, field.text});
        ids.push_back(id);
    }
    if (slug) changes.slug = slug->text;
    return changes;
}

Typed typed_from(const Form& form) {
    Typed typed{.version = version_from(form.text("version"))};
    for (const auto& [name, value] : form.items()) {
        if (name.starts_with("s.")) {
            const auto id = name.substr(2);
            if (auto field = changed_field(form, name, "was." + id))
                typed.texts.insert_or_assign(id, std::move(*field));
        } else if (name.starts_with("keep.")) {
            const auto id = name.substr(5);
            typed.keeps.insert(id);
            typed.sources[id] = form.text("src." + id);
        } else if (name.starts_with("confirm.")) {
            typed.confirms.insert(name.substr(8));
        }
    }
    // Sent as it was, a text is a person's from now on.
    for (const auto& id : typed.confirms)
        if (form.has("s." + id))
            typed.texts.try_emplace(id, Field{plain_lines(form.text("s." + id)), form.text("was." + id)});
    // Who has written it anew has said what it means now.
    for (const auto& [id, field] : typed.texts) typed.keeps.erase(id);
    typed.slug = changed_field(form, "slug", "was-slug");
    return typed;
}

}  // namespace stele::studio
