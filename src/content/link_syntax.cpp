#include "src/content/link_syntax.hpp"

#include <algorithm>

namespace stele::content::syntax {
namespace {

constexpr int max_nested_parentheses = 32;  // CommonMark 6.3 asks for at least three; cmark stops at 32
constexpr size_t max_label = 999;
constexpr size_t max_scheme = 32;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '-'; }
bool is_escape(std::string_view text, size_t pos) {
    return text[pos] == '\\' && pos + 1 < text.size() && is_punctuation(text[pos + 1]);
}

std::optional<size_t> angle_destination(std::string_view text, size_t pos) {
    for (++pos; pos < text.size(); ++pos) {
        if (text[pos] == '>') return pos + 1;
        if (text[pos] == '<' || text[pos] == '\n' || text[pos] == '\r') return std::nullopt;
        if (is_escape(text, pos)) ++pos;
    }
    return std::nullopt;
}

std::optional<size_t> uri_autolink(std::string_view text, size_t pos) {
    size_t at = pos + 1;
    if (at >= text.size() || !is_letter(text[at])) return std::nullopt;
    while (at < text.size() && (is_name(text[at]) || text[at] == '+' || text[at] == '.')) ++at;
    const size_t scheme = at - pos - 1;
    if (scheme < 2 || scheme > max_scheme || at >= text.size() || text[at] != ':') return std::nullopt;
    for (; at < text.size() && text[at] != '>'; ++at)
        if (text[at] == '<' || text[at] == ' ' || is_control(text[at])) return std::nullopt;
    return at < text.size() ? std::optional(at + 1) : std::nullopt;
}

std::optional<size_t> email_autolink(std::string_view text, size_t pos) {
    constexpr std::string_view extra = ".!#$%&'*+/=?^_`{|}~-";
    size_t at = pos + 1;
    while (at < text.size() && (is_name(text[at]) || extra.find(text[at]) != extra.npos)) ++at;
    if (at == pos + 1 || at >= text.size() || text[at] != '@') return std::nullopt;
    const size_t host = ++at;
    while (at < text.size() && (is_name(text[at]) || text[at] == '.')) ++at;
    return at > host && at < text.size() && text[at] == '>' ? std::optional(at + 1) : std::nullopt;
}

// Attributes of an open tag, up to and with its '>'.
std::optional<size_t> attributes(std::string_view text, size_t at) {
    while (at < text.size()) {
        const size_t gap = at;
        at = skip_spaces(text, at);
        if (at >= text.size()) break;
        if (text[at] == '>') return at + 1;
        if (text[at] == '/') return at + 1 < text.size() && text[at + 1] == '>' ? std::optional(at + 2) : std::nullopt;
        if (at == gap || !(is_letter(text[at]) || text[at] == '_' || text[at] == ':')) return std::nullopt;
        while (at < text.size() && (is_name(text[at]) || text[at] == '_' || text[at] == ':' || text[at] == '.')) ++at;
        const size_t equals = skip_spaces(text, at);
        if (equals >= text.size() || text[equals] != '=') continue;
        at = skip_spaces(text, equals + 1);
        if (at >= text.size()) break;
        if (const char quote = text[at]; quote == '"' || quote == '\'') {
            at = text.find(quote, at + 1);
            if (at == text.npos) break;
            ++at;
        } else {
            const size_t value = at;
            while (at < text.size() && !is_space(text[at]) &&
                   std::string_view("\"'=<>`").find(text[at]) == std::string_view::npos)
                ++at;
            if (at == value) return std::nullopt;
        }
    }
    return std::nullopt;
}

// "<!NAME …>" in capitals and with a space, after the "<!".
bool is_declaration(std::string_view text, size_t at) {
    const size_t name = at;
    while (at < text.size() && text[at] >= 'A' && text[at] <= 'Z') ++at;
    return at > name && at < text.size() && is_space(text[at]);
}

std::optional<size_t> closing_tag(std::string_view text, size_t at) {
    if (at >= text.size() || !is_letter(text[at])) return std::nullopt;
    while (at < text.size() && is_name(text[at])) ++at;
    at = skip_spaces(text, at);
    return at < text.size() && text[at] == '>' ? std::optional(at + 1) : std::nullopt;
}

}  // namespace

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'; }

bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

size_t skip_spaces(std::string_view text, size_t pos) {
    while (pos < text.size() && is_space(text[pos])) ++pos;
    return pos;
}

std::optional<size_t> destination(std::string_view text, size_t pos) {
    if (pos < text.size() && text[pos] == '<') return angle_destination(text, pos);
    int depth = 0;
    for (; pos < text.size() && text[pos] != ' ' && !is_control(text[pos]); ++pos) {
        if (is_escape(text, pos)) {
            ++pos;
        } else if (text[pos] == '(') {
            if (++depth > max_nested_parentheses) return std::nullopt;
        } else if (text[pos] == ')' && depth-- == 0) {
            return pos;
        }
    }
    // At a space cmark-gfm takes what it has, balanced or not; the text is a link where the page shows one.
    return depth > 0 && pos >= text.size() ? std::nullopt : std::optional(pos);
}

std::optional<size_t> title(std::string_view text, size_t pos) {
    if (pos >= text.size()) return std::nullopt;
    const char open = text[pos];
    if (open != '"' && open != '\'' && open != '(') return std::nullopt;
    const char close = open == '(' ? ')' : open;
    for (++pos; pos < text.size(); ++pos) {
        if (text[pos] == close) return pos + 1;
        if (open == '(' && text[pos] == '(') return std::nullopt;
        if (is_escape(text, pos)) ++pos;
    }
    return std::nullopt;
}

std::optional<size_t> autolink(std::string_view text, size_t pos) {
    const auto uri = uri_autolink(text, pos);
    return uri ? uri : email_autolink(text, pos);
}

std::optional<size_t> label(std::string_view text, size_t pos) {
    if (pos >= text.size() || text[pos] != '[') return std::nullopt;
    bool blank = true;
    const size_t limit = std::min(text.size(), pos + max_label + 2);
    for (++pos; pos < limit; ++pos) {
        if (text[pos] == ']') return blank ? std::nullopt : std::optional(pos + 1);
        if (text[pos] == '[') return std::nullopt;
        blank = blank && is_space(text[pos]);
        if (is_escape(text, pos)) ++pos;
    }
    return std::nullopt;
}

std::optional<size_t> HtmlScanner::until(std::string_view terminator, size_t from, bool& gone) {
    if (gone) return std::nullopt;
    const size_t at = text_.find(terminator, from);
    gone = at == text_.npos;
    return gone ? std::nullopt : std::optional(at + terminator.size());
}

// GFM 6.10 as cmark-gfm reads it: no "--" inside, not ">" or "->" first, not "-" last.
std::optional<size_t> HtmlScanner::comment(size_t body) {
    const std::string_view rest = text_.substr(body);
    if (rest.starts_with("-->")) return body + 3;
    if (rest.starts_with('>') || rest.starts_with("->")) return std::nullopt;
    const auto dashes = until("--", body, no_comment_);
    return dashes && *dashes < text_.size() && text_[*dashes] == '>' ? std::optional(*dashes + 1) : std::nullopt;
}

std::optional<size_t> HtmlScanner::at(size_t pos) {
    const std::string_view rest = text_.substr(pos);
    if (rest.starts_with("<!--")) return comment(pos + 4);
    if (rest.starts_with("<![CDATA[")) return until("]]>", pos + 9, no_cdata_);
    if (rest.starts_with("<?")) return until("?>", pos + 2, no_instruction_);
    if (rest.starts_with("</")) return closing_tag(text_, pos + 2);
    if (rest.size() < 2) return std::nullopt;
    if (rest[1] == '!') return is_declaration(text_, pos + 2) ? until(">", pos + 2, no_declaration_) : std::nullopt;
    if (!is_letter(rest[1])) return std::nullopt;
    size_t name = pos + 1;
    while (name < text_.size() && is_name(text_[name])) ++name;
    return attributes(text_, name);
}

Backticks::Backticks(std::string_view text) {
    for (size_t at = text.find('`'); at != text.npos;) {
        const size_t end = run_end(text, at);
        runs_[end - at].push_back(at);
        at = text.find('`', end);
    }
}

size_t Backticks::run_end(std::string_view text, size_t at) {
    while (at < text.size() && text[at] == '`') ++at;
    return at;
}

size_t Backticks::skip(std::string_view text, size_t pos) const {
    const size_t open = run_end(text, pos);
    const auto found = runs_.find(open - pos);
    if (found == runs_.end()) return open;
    const auto close = std::lower_bound(found->second.begin(), found->second.end(), open);
    return close == found->second.end() ? open : *close + (open - pos);
}

}  // namespace stele::content::syntax
