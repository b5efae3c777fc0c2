#include "src/machine/protect.hpp"

#include <algorithm>
#include <charconv>

#include "src/content/destinations.hpp"
#include "src/content/link_syntax.hpp"
#include "src/content/markdown.hpp"
#include "src/content/placeholders.hpp"
#include "src/locale/text.hpp"
#include "src/locale/visible.hpp"

namespace stele::machine {
namespace {

namespace syntax = content::syntax;

// Bytes of a text that are not language.
class Stretches {
  public:
    explicit Stretches(std::string_view text) : text_(text), hidden_(text.size(), false) {
        for (const auto& [begin, end] : content::find_placeholders(text)) hide(begin, end);
        for (const auto& destination : content::find_destinations(text)) hide_link(destination);
        for (size_t i = 0; i < text.size();) i = look_at(i);
    }
    bool at(size_t i) const { return hidden_[i]; }

  private:
    void hide(size_t begin, size_t end) { std::fill(hidden_.begin() + long(begin), hidden_.begin() + long(end), true); }

    // From the bracket before a destination to the parenthesis behind it, its title too.
    void hide_link(const content::Destination& d) {
        size_t begin = d.begin, end = d.end;
        if (d.autolink) return hide(begin - 1, end + 1);
        while (begin > 0 && text_[begin - 1] != '(' && text_[begin - 1] != ':') --begin;
        if (begin >= 2 && text_[begin - 1] == '(' && text_[begin - 2] == ']') begin -= 2;
        end = syntax::skip_spaces(text_, end);
        if (const auto title = syntax::title(text_, end)) end = syntax::skip_spaces(text_, *title);
        if (end < text_.size() && text_[end] == ')') ++end;
        hide(begin, end);
    }

    // One place, unless it is hidden already; the next to look at.
    size_t look_at(size_t i) {
        if (hidden_[i]) return i + 1;
        const char c = text_[i];
        if (c == '`') return code(i);
        if (c == '&') return entity(i);
        if (c == '<') return tag(i);
        if (c == '\\' && i + 1 < text_.size() && (syntax::is_punctuation(text_[i + 1]) || text_[i + 1] == '\n')) {
            hide(i, i + 2);
            return i + 2;
        }
        if (c == '*' || c == '_' || c == '~' || c == '[' || c == ']' || c == '|') hide(i, i + 1);
        if (c == '!' && i + 1 < text_.size() && text_[i + 1] == '[') hide(i, i + 1);
        if (c == '\n') line_end(i);
        return i + 1;
    }

    size_t run(size_t i) const { return std::min(text_.find_first_not_of('`', i), text_.size()) - i; }
    size_t code(size_t i) {
        const auto ticks = run(i);
        for (size_t at = i + ticks; at < text_.size();) {
            at = std::min(text_.find('`', at), text_.size());
            if (at == text_.size()) break;
            const auto closing = run(at);
            at += closing;
            if (closing != ticks) continue;
            hide(i, at);
            return at;
        }
        hide(i, i + ticks);
        return i + ticks;
    }
    size_t entity(size_t i) {
        const auto end =
            text_.find_first_not_of("#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", i + 1);
        if (end == text_.npos || text_[end] != ';' || end == i + 1 || end - i > 40) return i + 1;
        hide(i, end + 1);
        return end + 1;
    }
    size_t tag(size_t i) {
        const auto end = html_.at(i);
        if (end) hide(i, *end);
        return end.value_or(i + 1);
    }
    // A hard one; a soft one may move.
    void line_end(size_t i) {
        size_t begin = i;
        while (begin > 0 && text_[begin - 1] == ' ') --begin;
        if (i - begin >= 2) hide(begin, i + 1);
    }

    std::string_view text_;
    std::vector<bool> hidden_;
    syntax::HtmlScanner html_{text_};
};

void add_escaped(std::string& out, char c) {
    if (c == '&')
        out += "&amp;";
    else if (c == '<')
        out += "&lt;";
    else if (c == '>')
        out += "&gt;";
    else
        out += c == '\n' ? ' ' : c;
}

// "&amp;" and the other four, numbers too; what is none stays as it is.
size_t add_unescaped(std::string& out, std::string_view text) {
    for (const auto& [name, c] : {std::pair{std::string_view("&amp;"), '&'},
                                  {"&lt;", '<'},
                                  {"&gt;", '>'},
                                  {"&quot;", '"'},
                                  {"&apos;", '\''},
                                  {"&#39;", '\''},
                                  {"&#x27;", '\''},
                                  {"&#34;", '"'}})
        if (text.starts_with(name)) {
            out += c;
            return name.size();
        }
    out += '&';
    return 1;
}

// <x id="3"/>, <x id="3"> or <x id='3' />: the number, and where it ends; a closing tag has none.
struct Element {
    std::optional<size_t> id;
    size_t end;
};
std::optional<Element> element_at(std::string_view text) {
    const auto close = text.find('>');
    if (close == text.npos) return std::nullopt;
    const auto inside = text.substr(1, close - 1);
    if (inside == "/x" || inside == "/X") return Element{std::nullopt, close + 1};
    if (!inside.starts_with("x ") && !inside.starts_with("X ")) return std::nullopt;
    const auto digits = inside.find_first_of("0123456789");
    if (digits == inside.npos) return std::nullopt;
    size_t id = 0;
    if (std::from_chars(inside.data() + digits, inside.data() + inside.size(), id).ec != std::errc())
        return std::nullopt;
    return Element{id, close + 1};
}

std::optional<std::string> put_back(const Protected& hidden, std::string_view translated) {
    std::vector<bool> seen(hidden.kept.size(), false);
    std::string out;
    for (size_t i = 0; i < translated.size();) {
        if (translated[i] == '&') {
            i += add_unescaped(out, translated.substr(i));
        } else if (translated[i] == '<') {
            const auto element = element_at(translated.substr(i));
            if (!element) return std::nullopt;
            if (element->id) {
                if (*element->id == 0 || *element->id > seen.size() || seen[*element->id - 1]) return std::nullopt;
                seen[*element->id - 1] = true;
                out += hidden.kept[*element->id - 1];
            }
            i += element->end;
        } else {
            out += translated[i++];
        }
    }
    if (std::ranges::find(seen, false) != seen.end()) return std::nullopt;
    return out;
}

// The tags of the text as it is shown, in any order: languages order their words differently.
std::vector<std::string> shown_tags(std::string_view text) {
    const auto html = content::render_inline_html(text);
    std::vector<std::string> tags;
    for (size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        const auto end = html.find('>', at);
        // What an image says instead of itself is translated.
        const bool image = html.compare(at, 4, "<img") == 0;
        tags.push_back(image ? "<img" : html.substr(at, end - at));
    }
    std::ranges::sort(tags);
    return tags;
}

}  // namespace

Protected protect(std::string_view text) {
    const Stretches stretches(text);
    Protected made;
    std::string words;
    for (size_t i = 0; i < text.size(); ++i) {
        if (!stretches.at(i)) {
            add_escaped(made.xml, text[i]);
            words += text[i];
            continue;
        }
        if (i == 0 || !stretches.at(i - 1)) {
            made.kept.emplace_back();
            made.xml.append("<x id=\"").append(std::to_string(made.kept.size())).append("\"/>");
            words += ' ';
        }
        made.kept.back() += text[i];
    }
    for (const auto& piece : locale::word_pieces(words, locale::Tag::stored("en")))
        made.has_words |= piece.kind == locale::WordPiece::Kind::word;
    return made;
}

std::optional<std::string> restore(std::string_view source, const Protected& hidden, std::string_view translated) {
    if (!locale::is_utf8(translated)) return std::nullopt;
    auto text = put_back(hidden, translated);
    if (!text || !locale::has_visible(*text) || shown_tags(*text) != shown_tags(source)) return std::nullopt;
    return text;
}

}  // namespace stele::machine
