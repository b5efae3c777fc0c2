#include "src/content/destinations.hpp"

#include <algorithm>

#include "src/content/link_syntax.hpp"

namespace stele::content {
namespace {

using namespace syntax;

// One stretch without blank lines: inline constructs do not reach over them.
class Stretch {
  public:
    Stretch(std::string_view text, size_t offset, std::vector<Destination>& out)
        : text_(text), offset_(offset), out_(out), backticks_(text), html_(text) {}

    void scan(bool may_define) {
        size_t pos = may_define ? definitions() : 0;
        while (pos < text_.size()) pos = is_mark(text_[pos]) ? step(pos) : pos + 1;
    }

  private:
    struct Opener {
        bool image;
    };

    // A switch and not find_first_of: that one calls a function for each byte.
    static bool is_mark(char c) {
        switch (c) {
            case '\\':
            case '`':
            case '<':
            case '!':
            case '[':
            case ']':
                return true;
            default:
                return false;
        }
    }

    size_t step(size_t pos) {
        switch (text_[pos]) {
            case '\\':
                return pos + (pos + 1 < text_.size() && is_punctuation(text_[pos + 1]) ? 2 : 1);
            case '`':
                return backticks_.skip(text_, pos);
            case '<':
                return angle(pos);
            case '!':
                if (pos + 1 >= text_.size() || text_[pos + 1] != '[') return pos + 1;
                openers_.push_back({true});
                return pos + 2;
            case '[':
                openers_.push_back({false});
                return pos + 1;
            default:
                return close(pos);
        }
    }

    size_t angle(size_t pos) {
        if (const auto end = autolink(text_, pos)) {
            add(pos + 1, *end - 1, true);
            return *end;
        }
        return html_.at(pos).value_or(pos + 1);
    }

    size_t close(size_t pos) {
        if (openers_.empty()) return pos + 1;
        const bool image = openers_.back().image;
        openers_.pop_back();
        // A link around a link is text (CommonMark 6.3); an image around one is not.
        const bool inactive = !image && openers_.size() < inactive_below_;
        inactive_below_ = std::min(inactive_below_, openers_.size());
        if (inactive || pos + 1 >= text_.size() || text_[pos + 1] != '(') return pos + 1;
        const auto end = tail(pos + 2);
        if (!end) return pos + 1;
        if (!image) inactive_below_ = openers_.size();
        return *end;
    }

    // "dest "title")", after the opening parenthesis.
    std::optional<size_t> tail(size_t pos) {
        const size_t begin = skip_spaces(text_, pos);
        const auto end = destination(text_, begin);
        if (!end) return std::nullopt;
        size_t at = skip_spaces(text_, *end);
        if (at > *end)
            if (const auto titled = title(text_, at)) at = skip_spaces(text_, *titled);
        if (at >= text_.size() || text_[at] != ')') return std::nullopt;
        add(begin, *end, false);
        return at + 1;
    }

    size_t definitions() {
        size_t pos = 0;
        while (const auto next = definition(pos)) pos = *next;
        return pos;
    }

    std::optional<size_t> definition(size_t pos) {
        const size_t start = std::min(text_.find_first_not_of(' ', pos), text_.size());
        const auto labelled = start - pos <= 3 ? label(text_, start) : std::nullopt;
        if (!labelled || *labelled >= text_.size() || text_[*labelled] != ':') return std::nullopt;
        const size_t begin = skip_spaces(text_, *labelled + 1);
        const auto end = destination(text_, begin);
        if (!end || *end == begin) return std::nullopt;
        auto line = line_end(*end);
        const size_t at = skip_spaces(text_, *end);
        if (const auto titled = at > *end ? title(text_, at) : std::nullopt)
            if (const auto after = line_end(*titled)) line = after;
        if (line) add(begin, *end, false);
        return line;
    }

    // Where the next line begins, if nothing but blanks is left on this one.
    std::optional<size_t> line_end(size_t pos) const {
        while (pos < text_.size() && (text_[pos] == ' ' || text_[pos] == '\t' || text_[pos] == '\r')) ++pos;
        if (pos == text_.size()) return pos;
        return text_[pos] == '\n' ? std::optional(pos + 1) : std::nullopt;
    }

    void add(size_t begin, size_t end, bool is_autolink) {
        out_.push_back({offset_ + begin, offset_ + end, is_autolink});
    }

    std::string_view text_;
    size_t offset_;
    std::vector<Destination>& out_;
    Backticks backticks_;
    HtmlScanner html_;
    std::vector<Opener> openers_;
    size_t inactive_below_ = 0;  // openers of links below this depth hold a link already
};

// The start of the next stretch: after the blank lines that follow `pos`.
size_t next_blank_line(std::string_view text, size_t pos) {
    while ((pos = text.find('\n', pos)) != text.npos) {
        size_t next = pos + 1;
        while (next < text.size() && (text[next] == ' ' || text[next] == '\t' || text[next] == '\r')) ++next;
        if (next >= text.size() || text[next] == '\n') return next;
        pos = next;
    }
    return text.size();
}

}  // namespace

std::vector<Destination> find_destinations(std::string_view text) {
    std::vector<Destination> found;
    // The usual text has neither brackets nor angles.
    if (text.find_first_of("[<") == text.npos) return found;
    // A text of one line ("[1]: Oslo" as a title) is never a definition: those are not segments.
    const bool may_define = text.find('\n') != text.npos;
    for (size_t pos = 0; pos < text.size();) {
        const size_t end = next_blank_line(text, pos);
        const size_t first = std::min(text.find_first_not_of('\n', pos), end);
        Stretch(text.substr(first, end - first), first, found).scan(may_define);
        pos = std::max(end, pos + 1);
    }
    return found;
}

std::string without_destinations(std::string_view text) {
    std::string out;
    size_t kept = 0;
    for (const Destination& destination : find_destinations(text)) {
        size_t begin = destination.begin;
        if (!destination.autolink)
            while (begin > kept && is_space(text[begin - 1])) --begin;
        out += text.substr(kept, begin - kept);
        kept = destination.end;
        if (destination.autolink) continue;
        kept = skip_spaces(text, kept);
        if (kept < text.size() && text[kept] != ')') out += ' ';
    }
    return out += text.substr(kept);
}

std::string value_of(std::string_view text, const Destination& destination) {
    std::string_view raw = text.substr(destination.begin, destination.end - destination.begin);
    if (destination.autolink) return std::string(raw);
    if (raw.size() >= 2 && raw.front() == '<') raw = raw.substr(1, raw.size() - 2);
    std::string value;
    for (size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\\' && i + 1 < raw.size() && is_punctuation(raw[i + 1])) ++i;
        value += raw[i];
    }
    return value;
}

}  // namespace stele::content
