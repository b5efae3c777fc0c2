#include "src/exchange/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "src/exchange/csv.hpp"
#include "src/locale/text.hpp"

namespace stele::exchange {
namespace {

constexpr std::array<std::string_view, 12> meanings{"key",     "type",     "source",    "title",
                                                    "slug",    "summary",  "published", "priority",
                                                    "missing", "outdated", "mode",      package_key};

std::string text_of(const Entry& entry) {
    if (entry.value.kind != Yaml::Kind::scalar)
        throw BadFile(entry.line, fmt::format("\"{}\" is no text", entry.key), "write one value, in quotes if need be");
    return entry.value.is_null() ? std::string() : entry.value.text;
}

bool flag_of(const Entry& entry) {
    const auto value = to_json(entry.value);
    if (!value.is_bool())
        throw BadFile(entry.line, fmt::format("\"{}\" is neither true nor false", entry.key), "write true or false");
    return value.as_bool();
}

std::int64_t number_of(const Yaml& value, int line, std::string_view what, std::int64_t low, std::int64_t high) {
    const auto json = to_json(value);
    if (!json.is_int64() || json.as_int64() < low || json.as_int64() > high)
        throw BadFile(line, fmt::format("{} is no number from {} to {}", what, low, high), "write such a number");
    return json.as_int64();
}

// [3, 5, summary]: numbers of the source's body segments. What is missing besides shows by itself.
std::vector<size_t> lacks_of(const Entry& entry) {
    if (entry.value.kind != Yaml::Kind::list)
        throw BadFile(entry.line, "\"missing\" is no list", "write missing: [3, 5]");
    std::vector<size_t> places;
    for (const auto& item : entry.value.items) {
        const bool is_name = item.kind == Yaml::Kind::scalar &&
                             (item.text == "title" || item.text == "summary" || item.text.starts_with("fields."));
        if (!is_name) places.push_back(size_t(number_of(item, entry.line, "a place in \"missing\"", 1, 100'000)) - 1);
    }
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

std::vector<std::pair<std::string, std::string>> bases_of(const Entry& entry) {
    const auto mistake = BadFile(entry.line, "\"outdated\" is no list of place and source",
                                 "write each as \"- place: 2\" and below it \"source: the source's old text\"");
    if (entry.value.kind != Yaml::Kind::list) throw mistake;
    std::vector<std::pair<std::string, std::string>> bases;
    for (const auto& item : entry.value.items) {
        std::optional<std::string> place, source;
        if (item.kind != Yaml::Kind::map) throw mistake;
        for (size_t i = 0; i < item.items.size(); ++i) {
            if (item.items[i].kind != Yaml::Kind::scalar) throw mistake;
            if (item.keys[i].first == "place") place = item.items[i].text;
            if (item.keys[i].first == "source") source = item.items[i].text;
        }
        if (!place || !source) throw mistake;
        bases.emplace_back(*place, *source);
    }
    return bases;
}

// As the type's field wants it: "2018" is a text where the field is one.
boost::json::value shared_value(const Entry& entry, const content::Field* field) {
    using enum content::FieldKind;
    const auto& value = entry.value;
    const bool is_text = field && (field->kind == text || field->kind == markdown || field->kind == date);
    if (is_text && value.kind == Yaml::Kind::scalar && !value.is_null()) return boost::json::string(value.text);
    auto json = to_json(value);
    if (field && field->kind == list && json.is_array())
        for (size_t i = 0; i < value.items.size(); ++i)
            if (value.items[i].kind == Yaml::Kind::scalar)
                json.as_array()[i] = boost::json::string(value.items[i].text);
    return json;
}

void take_rows(Document& d, const Entry& entry, const ReadRows& read_rows) {
    const auto path = beside(d.path, entry.value.text, entry.line);
    auto bytes = read_rows(path);
    if (!bytes)
        throw BadFile(entry.line, fmt::format("{} cannot be read", path), "put the CSV file beside this one (no link)");
    try {
        d.shared[entry.key] = parse_csv(*bytes);
    } catch (const BadFile& e) {
        throw BadFile(entry.line, fmt::format("{}, line {}: {}", path, e.line, e.what()), e.remedy);
    }
    d.rows[entry.key] = {path, std::move(*bytes)};
}

void take_shared(Document& d, const Entry& entry, const content::ContentType& type, const ReadRows& read_rows) {
    if (names_csv(type, entry)) return take_rows(d, entry, read_rows);
    auto value = shared_value(entry, type.find(entry.key));
    if (!value.is_null()) d.shared[entry.key] = std::move(value);
}

void take(Document& d, const Entry& entry, const content::ContentType& type, const ReadRows& read_rows) {
    const auto& key = entry.key;
    if (key == "key" || key == "source") return;
    if (key == "type") {
        d.type = text_of(entry);
    } else if (key == "title") {
        d.title = text_of(entry);
    } else if (key == "slug") {
        d.slug = text_of(entry);
    } else if (key == "summary") {
        d.summary = text_of(entry);
    } else if (key == "published") {
        d.published = flag_of(entry);
    } else if (key == "priority") {
        d.priority = int(number_of(entry.value, entry.line, "\"priority\"", 0, 9));
    } else if (key == "missing") {
        d.lacks = lacks_of(entry);
    } else if (key == "outdated") {
        d.bases = bases_of(entry);
    } else if (key == "mode") {
        const auto mode = text_of(entry);
        if (mode != "independent" && mode != "aligned")
            throw BadFile(entry.line, fmt::format("mode \"{}\"", mode), "write aligned or independent");
        d.mode = mode == "independent" ? content::Mode::independent : content::Mode::aligned;
    } else if (key == package_key) {
        d.package = text_of(entry);
    } else if (const auto* field = type.find(key); field && field->localized) {
        d.fields[key] = text_of(entry);
    } else {
        take_shared(d, entry, type, read_rows);
    }
}

}  // namespace

std::optional<FileName> parse_file_name(std::string_view path) {
    if (!path.ends_with(".md")) return std::nullopt;
    auto stem = path.substr(0, path.size() - 3);
    const auto slash = stem.rfind('/');
    const auto name = slash == std::string_view::npos ? stem : stem.substr(slash + 1);
    if (const auto dot = name.rfind('.'); dot != std::string_view::npos && dot > 0)
        if (const auto tag = locale::Tag::parse(name.substr(dot + 1)))
            return FileName{locale::nfc(name.substr(0, dot)), *tag};
    const auto first = stem.find('/');
    if (first == std::string_view::npos) return std::nullopt;
    const auto tag = locale::Tag::parse(stem.substr(0, first));
    if (!tag) return std::nullopt;
    auto key = locale::nfc(stem.substr(first + 1));
    std::replace(key.begin(), key.end(), '/', '-');
    return FileName{std::move(key), *tag};
}

std::string canonical_name(const std::string& key, const locale::Tag& locale) {
    return fmt::format("{}.{}.md", key, locale.text());
}

std::string Opened::key() const {
    const auto own = text("key");
    return own ? locale::nfc(*own) : name.key;
}

std::optional<std::string> Opened::text(std::string_view key) const {
    const auto* entry = front.find(key);
    return entry ? std::optional(text_of(*entry)) : std::nullopt;
}

std::optional<locale::Tag> Opened::source() const {
    const auto* entry = front.find("source");
    if (!entry) return std::nullopt;
    const auto tag = locale::Tag::parse(text_of(*entry));
    if (!tag)
        throw BadFile(entry->line, fmt::format("\"{}\" is no language tag", entry->value.text),
                      "write one such as nb or zh-Hant");
    return tag;
}

std::optional<Opened> open_file(const std::string& path, const FileName& name, std::string_view bytes) {
    auto front = split_file(bytes);
    if (!front) return std::nullopt;
    return Opened{path, name, std::move(*front)};
}

Document read_document(Opened file, const content::ContentType& type, const ReadRows& read_rows) {
    Document d{.path = file.path, .locale = file.name.locale, .front = {}, .key = file.key(), .source = file.source()};
    for (const auto& entry : file.front.entries) take(d, entry, type, read_rows);
    d.front = std::move(file.front);
    return d;
}

bool has_meaning(const content::ContentType& type, std::string_view key) {
    if (std::find(meanings.begin(), meanings.end(), key) != meanings.end()) return true;
    const auto* field = type.find(key);
    return field && field->localized;
}

bool names_csv(const content::ContentType& type, const Entry& entry) {
    const auto* field = type.find(entry.key);
    return field && field->kind == content::FieldKind::rows && entry.value.kind == Yaml::Kind::scalar &&
           entry.value.text.ends_with(".csv");
}

std::string beside(const std::string& path, const std::string& name, int line) {
    bool fine = !name.starts_with('/') && name.find_first_of("\\:") == std::string::npos;
    for (size_t at = 0; fine && at <= name.size();) {
        const auto end = std::min(name.find('/', at), name.size());
        const auto part = std::string_view(name).substr(at, end - at);
        fine = !part.empty() && part != "." && part != "..";
        at = end + 1;
    }
    if (!fine)
        throw BadFile(line, fmt::format("{} is not beside this file", name), "name a CSV file in the same folder");
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? name : path.substr(0, slash + 1) + name;
}

}  // namespace stele::exchange
