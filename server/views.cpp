#include "server/views.hpp"

#include <fmt/format.h>

#include <atomic>
#include <functional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <unordered_map>

#include "server/make_app.hpp"

namespace stele {
namespace {

using Files = std::map<std::string, std::string>;
using Names = std::set<std::string, std::less<>>;
namespace mustache = kainjow::mustache;

constexpr int max_partial_depth = 8;

struct Tag {
    char sigil;  // '#', '^', '/', '>', '!', '=', '{' and '&' for unescaped, ' ' for a plain name
    std::string name;
    size_t begin, end;  // in the template, braces included
};

std::string trimmed(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1));
}

std::optional<Tag> next_tag(std::string_view text, size_t from) {
    const auto begin = text.find("{{", from);
    if (begin == std::string_view::npos) return std::nullopt;
    const bool triple = text.substr(begin).starts_with("{{{");
    const std::string_view closing = triple ? "}}}" : "}}";
    const auto end = text.find(closing, begin);
    if (end == std::string_view::npos) throw std::runtime_error("a tag is not closed");
    const auto inner = trimmed(text.substr(begin + closing.size(), end - begin - closing.size()));
    const bool plain = triple || inner.find_first_of("#^/>!=&") != 0;
    return Tag{triple  ? '{'
               : plain ? ' '
                       : inner[0],
               plain ? inner : trimmed(inner.substr(1)), begin, end + closing.size()};
}

std::string with_partials(const Files& files, std::string_view text, int depth) {
    if (depth > max_partial_depth) throw std::runtime_error("its partials contain one another");
    std::string out;
    size_t from = 0;
    while (const auto tag = next_tag(text, from)) {
        const bool partial = tag->sigil == '>';
        out += text.substr(from, (partial ? tag->begin : tag->end) - from);
        from = tag->end;
        if (!partial) continue;
        const auto file = files.find(tag->name);
        if (file == files.end()) throw std::runtime_error(fmt::format("there is no partial \"{}\"", tag->name));
        out += with_partials(files, trimmed(file->second), depth + 1);
    }
    return out += text.substr(from);
}

void check(std::string_view text, const Names& names) {
    size_t from = 0;
    while (const auto tag = next_tag(text, from)) {
        from = tag->end;
        if (tag->sigil == '!' || tag->name == ".") continue;
        if (tag->sigil == '=') throw std::runtime_error("other delimiters than {{ }} are not taken");
        if (!names.count(tag->name)) throw std::runtime_error(fmt::format("nothing is called \"{}\" here", tag->name));
        if ((tag->sigil == '{' || tag->sigil == '&') && !tag->name.ends_with("_html"))
            throw std::runtime_error(
                fmt::format("\"{}\" is text and has to be escaped: {{{{{}}}}}", tag->name, tag->name));
    }
    if (const mustache::mustache parsed{std::string(text)}; !parsed.is_valid())
        throw std::runtime_error(parsed.error_message());
}

Names names_of(std::string_view text) {
    std::istringstream in{std::string(text)};
    Names names;
    for (std::string name; in >> name;) names.insert(name);
    return names;
}

// Kainjow shows nothing for a name that is not there; here that is a mistake.
class StrictContext : public mustache::context<std::string> {
  public:
    using context::context;
    const ViewData* get(const std::string& name) const override {
        const auto* found = context::get(name);
        if (!found) throw std::logic_error(fmt::format("nothing is called \"{}\" here", name));
        return found;
    }
};

// What kainjow writes to, as if it were a stream.
struct Html {
    std::string text;
    Html& operator<<(const std::string& more) {
        text += more;
        return *this;
    }
};

struct Parsed {
    std::uint64_t views = 0;
    std::unordered_map<std::string, mustache::mustache> templates;
};

}  // namespace

Views::Views(const cli::Options& options, std::span<const ViewFolder> folders) {
    static std::atomic<std::uint64_t> last{0};
    id_ = ++last;
    for (const auto& folder : folders) {
        const auto files = files_of(options, folder.embedded_folder, folder.override_folder, ".mustache");
        const auto names = names_of(folder.names);
        for (const auto& [file, text] : files) {
            const auto name = fmt::format("{}/{}", folder.name, file);
            try {
                auto whole = with_partials(files, text, 0);
                check(whole, names);
                templates_.emplace(name, std::move(whole));
            } catch (const std::runtime_error& error) {
                throw std::runtime_error(fmt::format("template {}: {}", name, error.what()));
            }
        }
    }
}

std::string Views::render(const std::string& name, const ViewData& data) const {
    const auto text = templates_.find(name);
    if (text == templates_.end()) throw std::logic_error("there is no template " + name);
    thread_local Parsed mine;
    if (mine.views != id_) mine = {id_, {}};
    auto& parsed = mine.templates.try_emplace(name, text->second).first->second;
    StrictContext context(&data);
    try {
        Html html;
        html.text.reserve(2 * text->second.size());
        parsed.render(context, html);
        return std::move(html.text);
    } catch (const std::logic_error& error) {
        throw std::logic_error(fmt::format("template {}: {}", name, error.what()));
    }
}

}  // namespace stele
