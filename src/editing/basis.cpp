#include "src/editing/basis.hpp"

#include "src/editing/structure.hpp"

namespace stele::editing {
namespace {

Basis body_then(const Past& then) {
    std::vector<std::optional<std::string>> texts;
    std::vector<content::Hash> hashes;
    for (const auto& slot : then.slots) {
        texts.emplace_back(*then.text(slot));
        hashes.push_back(content::meaning_hash(*texts.back()));
    }
    auto text = content::compose(*then.skeleton, texts);
    auto exact = content::exact_hash(text);
    return {std::move(exact), content::body_hash(std::move(hashes)), std::move(text)};
}

}  // namespace

std::optional<Past> find_past_source(db::Connection& c, const Source& source, std::int64_t s) {
    if (s >= source.frame.version) return std::nullopt;
    auto then = find_past(c, source.article.id, source.article.source_locale, s);
    // Of a time when this locale was a translation: its texts had bases, and nothing was made from them.
    const auto is_translated = [](const auto& text) { return !text.second.basis.empty(); };
    if (then && (!then->skeleton || std::any_of(then->texts.begin(), then->texts.end(), is_translated))) then.reset();
    return then;
}

std::optional<Basis> find_basis(const Source& source, const std::optional<Past>& then, const std::string& id) {
    if (id == content::body_id) {
        if (then) return body_then(*then);
        auto text = source_body(source);
        auto exact = content::exact_hash(text);
        return Basis{std::move(exact), source.body_hash(), std::move(text)};
    }
    if (then) {
        const auto* text = then->text(id);
        if (!text) return std::nullopt;
        return Basis{content::exact_hash(*text), content::meaning_hash(*text), *text};
    }
    const auto* s = source.find(id);
    if (!s) return std::nullopt;
    return Basis{s->exact, s->hash, s->text};
}

}  // namespace stele::editing
