#include "src/editing/history.hpp"

#include "src/storage/revisions.hpp"

namespace stele::editing {
namespace {

namespace json = boost::json;

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (unsigned char byte : bytes) text.append({digits[byte >> 4], digits[byte & 15]});
    return text;
}

std::string unhex(std::string_view text) {
    auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (size_t i = 0; i + 1 < text.size(); i += 2) bytes += char(digit(text[i]) * 16 + digit(text[i + 1]));
    return bytes;
}

}  // namespace

const std::string* Past::text(std::string_view id) const {
    const auto at = texts.find(id);
    return at == texts.end() ? nullptr : &at->second.text;
}

std::string document_of(const Past& past) {
    json::object texts;
    for (const auto& [id, t] : past.texts) {
        json::object one{{"text", t.text}};
        if (!t.basis.empty()) {
            one["basis"] = hex(t.basis);
            one["hash"] = hex(t.basis_hash);
            one["origin"] = t.origin;
        }
        texts[id] = std::move(one);
    }
    json::object document{{"slug", past.slug}, {"source", past.source_version}, {"texts", std::move(texts)}};
    if (past.mode == content::Mode::independent) document["independent"] = true;
    if (past.skeleton) {
        document["skeleton"] = content::to_stored(*past.skeleton);
        document["slots"] = json::value_from(past.slots);
    }
    return json::serialize(document);
}

Past past_from(std::string_view document) {
    const auto parsed = json::parse(document);
    const auto& o = parsed.as_object();
    Past past;
    past.slug = o.at("slug").as_string();
    past.source_version = o.at("source").to_number<std::int64_t>();
    if (o.contains("independent")) past.mode = content::Mode::independent;
    if (auto* skeleton = o.if_contains("skeleton")) {
        past.skeleton = content::parse_skeleton(skeleton->as_string());
        past.slots = json::value_to<std::vector<std::string>>(o.at("slots"));
    }
    for (const auto& [id, value] : o.at("texts").as_object()) {
        const auto& one = value.as_object();
        Past::Text text{std::string(one.at("text").as_string()), {}, {}, {}};
        if (auto* basis = one.if_contains("basis")) {
            text.basis = unhex(basis->as_string());
            text.basis_hash = unhex(one.at("hash").as_string());
            text.origin = one.at("origin").as_string();
        }
        past.texts.emplace(id, std::move(text));
    }
    return past;
}

Past past_of(const Source& source) {
    Past past{.slug = source.frame.slug,
              .source_version = source.frame.version,
              .skeleton = source.frame.skeleton,
              .slots = source.frame.slots};
    for (const auto& s : source.live) past.texts.emplace(s.id, Past::Text{s.text, {}, {}, {}});
    return past;
}

Past past_of(const Source& source, const Work& work) {
    Past past{.slug = work.frame.slug,
              .mode = work.frame.mode,
              .source_version = source.frame.version,
              .skeleton = work.frame.skeleton,
              .slots = work.frame.slots};
    for (const auto& [id, t] : work.targets)
        past.texts.emplace(id, Past::Text{t.text, t.basis, t.basis_hash, t.origin});
    return past;
}

std::optional<Past> find_past(db::Connection& c, ArticleId id, const locale::Tag& locale, std::int64_t n) {
    const auto row = storage::find_revision_at(c, id, locale, n);
    if (!row) return std::nullopt;
    return past_from(row->document);
}

void record(db::Transaction& t, const Entry& e) {
    storage::add_revision(t, e.id, e.locale, {e.version, e.action, e.actor, e.at, e.document});
    boost::json::object detail{{"version", e.version}};
    detail.insert(e.detail.begin(), e.detail.end());
    storage::add_change(t, e.at, {e.action, e.id, e.locale, e.actor, boost::json::serialize(detail)});
}

}  // namespace stele::editing
