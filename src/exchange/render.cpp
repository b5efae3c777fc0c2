#include "src/exchange/render.hpp"

#include <algorithm>
#include <set>

#include "src/exchange/csv.hpp"
#include "src/exchange/render_work.hpp"
#include "src/locale/text.hpp"

namespace stele::exchange {
namespace {

using Json = boost::json::value;

// How a line comes to be that is not there: always, never, or not because the file says it without the line.
enum class When { always, if_there };
struct Wanted {
    std::string key;
    Json value;  // null: a line that says otherwise goes
    When when = When::always;
};

Json text_or_nothing(const std::string& text) { return text.empty() ? Json() : Json(boost::json::string(text)); }

class Renderer {
  public:
    Renderer(const ToRender& what, const ReadRows& read_rows)
        : what_(what),
          read_rows_(read_rows),
          t_(what.present.translation),
          type_(what.types.find_or_page(what.article.type)) {}

    Rendered run() {
        open_kept();
        want_names();
        want_work();
        want_fields();
        Rendered rendered;
        rendered.ambiguous = ambiguous_;
        rendered.bytes = kept_ ? again() : anew();
        rendered.rows = std::move(rows_);
        return rendered;
    }

  private:
    bool is_source() const { return what_.present.is_source(); }

    void open_kept() {
        if (!what_.kept) return;
        try {
            auto opened = open_file(what_.path, *parse_file_name(what_.path), *what_.kept);
            if (opened) kept_ = read_document(std::move(*opened), type_, read_rows_);
        } catch (const BadFile&) {
            kept_.reset();  // read under another content type: it is written anew
        }
    }

    void want(std::string key, Json value, When when = When::always) {
        wanted_.push_back({std::move(key), std::move(value), when});
    }

    void want_names() {
        const auto name = parse_file_name(what_.path);
        const bool key_in_name = kept_ && name && name->key == what_.article.key;
        want("key", Json(what_.article.key), key_in_name ? When::if_there : When::always);
        const bool type_needed = is_source() && (!kept_ || what_.article.type != "page");
        want("type", Json(what_.article.type), type_needed ? When::always : When::if_there);
        const bool source_needed = is_source() && (!kept_ || !what_.source_is_plain);
        want("source", Json(what_.article.source_locale.text()), source_needed ? When::always : When::if_there);
        // A translation without any text cannot be published, though readers may still have what it was.
        const bool published = t_.published && t_.state != content::State::untranslated;
        want("published", Json(published), published ? When::if_there : When::always);
        if (is_source())
            want("priority", Json(what_.article.priority), what_.article.priority ? When::always : When::if_there);
        want("title", text_or_nothing(t_.title));
        // Without the line the slug is made from the title.
        const bool slug_by_itself = kept_ && !t_.title.empty() && t_.slug == locale::slug_from(t_.title, t_.locale);
        want("slug", text_or_nothing(t_.slug), slug_by_itself ? When::if_there : When::always);
        want("summary", text_or_nothing(t_.summary));
        want(std::string(package_key), text_or_nothing(what_.package));
    }

    void want_work() {
        const bool independent = t_.mode == content::Mode::independent;
        want("mode", Json(independent ? "independent" : "aligned"), independent ? When::always : When::if_there);
        auto work = work_lines(what_.present, what_.source);
        ambiguous_ = work.ambiguous;
        const auto when = work.missing_needed ? When::always : When::if_there;
        want("missing", work.missing.empty() ? Json() : Json(std::move(work.missing)), when);
        want("outdated", work.outdated.empty() ? Json() : Json(std::move(work.outdated)));
    }

    void want_fields() {
        std::set<std::string> names;
        for (const auto& [name, text] : t_.fields) names.insert(name);
        for (const auto& field : type_.fields)
            if (field.localized) names.insert(field.name);
        for (const auto& name : names) {
            const auto at = t_.fields.find(name);
            want(name, at == t_.fields.end() ? Json() : text_or_nothing(at->second));
        }
        if (!is_source()) return;  // shared fields are the source's file's
        for (const auto& member : what_.article.shared) want(std::string(member.key()), member.value());
        if (!kept_) return;
        for (const auto& entry : kept_->front.entries)
            if (!has_meaning(type_, entry.key) && !what_.article.shared.contains(entry.key)) want(entry.key, Json());
    }

    // What the kept file says under this key, in the form that is wanted of it.
    Json said(const Entry& entry) const {
        const auto& key = entry.key;
        if (key == "published") return Json(kept_->published.value_or(true));
        if (key == "priority") return Json(kept_->priority.value_or(0));
        if (key == "source") return Json(kept_->source->text());
        if (key == "missing") {
            boost::json::array places;
            for (const auto place : kept_->lacks.value_or(std::vector<size_t>()))
                places.push_back(std::int64_t(place + 1));
            return places.empty() ? Json() : Json(std::move(places));
        }
        if (key == "outdated") {
            boost::json::array bases;
            for (const auto& [place, source] : kept_->bases) bases.push_back(base_json(place, source));
            return bases.empty() ? Json() : Json(std::move(bases));
        }
        if (has_meaning(type_, key)) return text_or_nothing(entry.value.is_null() ? "" : entry.value.text);
        const auto* shared = kept_->shared.if_contains(key);
        return shared ? *shared : Json();
    }

    static Json base_json(const std::string& place, const std::string& source) {
        const bool numbered =
            !place.empty() && place.size() < 7 && place.find_first_not_of("0123456789") == std::string::npos;
        return boost::json::object{{"place", numbered ? Json(std::int64_t(std::stol(place))) : Json(place)},
                                   {"source", source}};
    }

    bool says(const Entry& entry, const Wanted& wanted) const {
        if (wanted.key == "type" && !what_.types.find(entry.value.text)) return what_.article.type == "page";
        auto now = said(entry);
        if (wanted.key != "outdated" || !now.is_array() || !wanted.value.is_array()) return now == wanted.value;
        const auto& a = now.as_array();
        const auto& b = wanted.value.as_array();
        return a.size() == b.size() && std::is_permutation(a.begin(), a.end(), b.begin());
    }

    std::string line(const Wanted& wanted, const Entry* before, std::string_view eol) {
        if (before && names_csv(type_, *before)) {
            const auto path = beside(what_.path, before->value.text, before->line);
            if (auto csv = to_csv(wanted.value, read_rows_(path).value_or(""))) {
                rows_.push_back({path, std::move(*csv)});
                return lines_of(*before);
            }
        }
        if (wanted.key == "missing") {  // [3, 5]: short, on one line
            auto text = std::string();
            for (const auto& place : wanted.value.as_array())
                text += (text.empty() ? "" : ", ") + boost::json::serialize(place);
            return "missing: [" + text + "]" + std::string(eol);
        }
        const bool quoted = before && before->value.kind == Yaml::Kind::scalar && !before->value.plain;
        return yaml_lines(wanted.key, wanted.value, eol, quoted);
    }

    std::string lines_of(const Entry& entry) const {
        std::string text;
        for (size_t i = entry.first; i < entry.end; ++i) text += kept_->front.lines[i];
        return text;
    }

    std::string keep(const Entry& entry) {
        if (is_source() && names_csv(type_, entry))
            if (const auto at = kept_->rows.find(entry.key); at != kept_->rows.end()) rows_.push_back(at->second);
        return lines_of(entry);
    }

    const Wanted* find(std::string_view key) const {
        for (const auto& wanted : wanted_)
            if (wanted.key == key) return &wanted;
        return nullptr;
    }

    // The kept file, with the lines whose value changed.
    std::string again() {
        const auto& front = kept_->front;
        std::string out = front.open;
        size_t at = 0;
        auto copy_to = [&](size_t end) {
            for (; at < end; ++at) out += front.lines[at];
        };
        for (const auto& entry : front.entries) {
            copy_to(entry.first);
            const auto* wanted = find(entry.key);
            if (!wanted || says(entry, *wanted)) {
                out += keep(entry);
            } else if (!wanted->value.is_null()) {
                out += line(*wanted, &entry, front.eol);
            }
            at = entry.end;
        }
        copy_to(front.lines.size());
        for (const auto& wanted : wanted_)
            if (wanted.when == When::always && !wanted.value.is_null() && !front.find(wanted.key))
                out += line(wanted, nullptr, front.eol);
        out += front.close;
        // The blank line after the front matter is not the body's: one that begins with such a line needs another.
        const bool has_blank = std::count(front.close.begin(), front.close.end(), '\n') > 1;
        if (!has_blank && !t_.body.empty() && t_.body != front.body) out += front.eol;
        return out + t_.body;
    }

    std::string anew() {
        std::string out = "---\n";
        for (const auto& wanted : wanted_)
            if (wanted.when == When::always && !wanted.value.is_null()) out += line(wanted, nullptr, "\n");
        return out + (t_.body.empty() ? "---\n" : "---\n\n" + t_.body);
    }

    const ToRender& what_;
    const ReadRows& read_rows_;
    const editing::Translation& t_;
    const content::ContentType& type_;
    std::optional<Document> kept_;
    std::vector<Wanted> wanted_;
    std::vector<Rows> rows_;
    bool ambiguous_ = false;
};

}  // namespace

Rendered render_file(const ToRender& what, const ReadRows& read_rows) { return Renderer(what, read_rows).run(); }

}  // namespace stele::exchange
