#include "src/content/prose.hpp"

#include <algorithm>

#include "src/content/destinations.hpp"
#include "src/content/link_syntax.hpp"
#include "src/locale/characters.hpp"

namespace stele::content {
namespace {

using locale::next_code_point;
using locale::utf16_length;

bool is_ascii_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

class Scan {
  public:
    Scan(std::string_view text, bool markup)
        : text_(text), markup_(markup), backticks_(markup ? text : std::string_view()), html_(text) {
        if (markup) destinations_ = find_destinations(text);
        out_.characters.reserve(text.size());
    }

    Prose run() {
        while (at_ < text_.size()) step();
        std::erase_if(out_.characters, [](const Character& c) { return c.c == dropped; });
        for (auto& c : out_.characters) {
            c.byte = std::uint32_t(out_.text.size());
            locale::append_code_point(out_.text, c.c);
        }
        out_.length = units_;
        return std::move(out_);
    }

  private:
    static constexpr char32_t dropped = 0x110000;

    void step() {
        if (address()) return;
        if (!markup_) return character();
        switch (text_[at_]) {
            case '\\':
                if (at_ + 1 < text_.size() && syntax::is_punctuation(text_[at_ + 1])) skip(at_ + 1);
                return character();
            case '`':
                return code();
            case '<':
                return angle();
            case '&':
                return entity();
            case '[':
                openers_.push_back(out_.characters.size());
                return character();
            case ']':
                return close();
            case '*':
            case '_':
            case '~':
                return mark();
            default:
                return character();
        }
    }

    // Without a trace.
    void skip(size_t to) {
        while (at_ < to) units_ += utf16_length(next_code_point(text_, at_));
    }
    void character() {
        const auto begin = units_;
        const char32_t c = next_code_point(text_, at_);
        units_ += utf16_length(c);
        out_.characters.push_back({c, begin, units_, 0});
    }
    void stand_in(size_t to, char32_t c) {
        const auto begin = units_;
        skip(to);
        out_.characters.push_back({c, begin, units_, 0});
    }

    void code() {
        const size_t open = syntax::Backticks::run_end(text_, at_), end = backticks_.skip(text_, at_);
        if (end == open) {
            while (at_ < open) character();
            return;
        }
        out_.code.emplace_back(text_.substr(at_, end - at_));
        stand_in(end, object);
    }

    void angle() {
        if (const auto end = syntax::autolink(text_, at_)) {
            const Range range{units_ + 1, units_ + 1};
            out_.addresses.push_back({std::string(text_.substr(at_ + 1, *end - at_ - 2)), range});
            stand_in(*end, object);
            out_.addresses.back().range.end = units_ - 1;
        } else if (const auto html = html_.at(at_)) {
            stand_in(*html, object);
        } else {
            character();
        }
    }

    void entity() {
        constexpr size_t longest = 33;
        const auto length = text_.substr(at_, longest).find(';');
        const size_t end = length == text_.npos ? length : at_ + length;
        const bool named = length != text_.npos && length > 1 &&
                           std::all_of(text_.begin() + std::ptrdiff_t(at_) + 1, text_.begin() + std::ptrdiff_t(end),
                                       [](char c) { return is_ascii_word(c) || c == '#'; });
        if (!named) return character();
        stand_in(end + 1, text_.substr(at_, end + 1 - at_) == "&nbsp;" ? char32_t(0xA0) : object);
    }

    // At "](destination "title")": its brackets are no prose.
    void close() {
        const bool opened = !openers_.empty();
        const size_t opener = opened ? openers_.back() : 0;
        if (opened) openers_.pop_back();
        while (next_ < destinations_.size() && destinations_[next_].begin < at_) ++next_;
        const bool is_link = opened && at_ + 1 < text_.size() && text_[at_ + 1] == '(' &&
                             next_ < destinations_.size() &&
                             destinations_[next_].begin == syntax::skip_spaces(text_, at_ + 2);
        if (!is_link) return character();
        const auto& destination = destinations_[next_++];
        out_.characters[opener].c = dropped;
        if (opener > 0 && out_.characters[opener - 1].c == U'!') out_.characters[opener - 1].c = dropped;
        skip(destination.begin);
        const auto begin = units_;
        skip(destination.end);
        out_.addresses.push_back({value_of(text_, destination), {begin, units_}});
        size_t end = syntax::skip_spaces(text_, at_);
        if (const auto title = syntax::title(text_, end)) end = syntax::skip_spaces(text_, *title);
        skip(std::min(end + 1, text_.size()));
    }

    // A run with white space on both sides, or an underline inside a word, is what it looks like (CommonMark 6.2).
    void mark() {
        const char sign = text_[at_];
        size_t end = at_;
        while (end < text_.size() && text_[end] == sign) ++end;
        const char before = at_ > 0 ? text_[at_ - 1] : ' ', after = end < text_.size() ? text_[end] : ' ';
        const bool alone = syntax::is_space(before) && syntax::is_space(after);
        const bool inside = sign == '_' && is_ascii_word(before) && is_ascii_word(after);
        const bool sole_tilde = sign == '~' && end - at_ > 2;
        if (!alone && !inside && !sole_tilde) return skip(end);
        while (at_ < end) character();
    }

    // https://…, www.… and someone@example.org, as GFM 6.9 recognises them.
    bool address() {
        if (at_ > 0 && is_ascii_word(text_[at_ - 1])) return false;
        const auto rest = text_.substr(at_);
        const bool starts = rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.") ||
                            rest.starts_with("mailto:");
        if (!starts && !is_mail(rest)) return false;
        size_t end = at_;
        while (end < text_.size() && is_address(text_[end])) ++end;
        while (end > at_ && std::string_view(".,;:!?*_~'\"()").find(text_[end - 1]) != std::string_view::npos) --end;
        if (end == at_) return false;
        const auto value = text_.substr(at_, end - at_);
        const auto begin = units_;
        stand_in(end, object);
        out_.addresses.push_back({std::string(value), {begin, units_}});
        return true;
    }
    static bool is_address(char c) {
        return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F &&
               std::string_view("<>\"`[]{}|\\^").find(c) == std::string_view::npos;
    }
    static bool is_mail(std::string_view rest) {
        if (!is_ascii_word(rest[0])) return false;
        size_t at = 0;
        const auto local = [](char c) {
            return is_ascii_word(c) || std::string_view(".-+_").find(c) != std::string_view::npos;
        };
        while (at < rest.size() && at < 64 && local(rest[at])) ++at;
        if (at == 0 || at + 1 >= rest.size() || rest[at] != '@' || !is_ascii_word(rest[at + 1])) return false;
        constexpr size_t longest_host = 255;
        const auto host = rest.substr(at + 1, longest_host);
        return host.substr(0, host.find_first_of(" \t\n")).find('.') != std::string_view::npos;
    }

    std::string_view text_;
    bool markup_;
    syntax::Backticks backticks_;
    syntax::HtmlScanner html_;
    std::vector<Destination> destinations_;
    size_t next_ = 0;
    std::vector<size_t> openers_;  // places of "[" in the prose
    size_t at_ = 0;
    std::uint32_t units_ = 0;
    Prose out_;
};

// The byte of a place in UTF-16 code units.
size_t byte_of(std::string_view text, std::uint32_t units) {
    size_t at = 0;
    for (std::uint32_t passed = 0; at < text.size() && passed < units;)
        passed += utf16_length(next_code_point(text, at));
    return at;
}

}  // namespace

Prose prose_of(std::string_view markdown, bool markup) { return Scan(markdown, markup).run(); }

std::string replaced(std::string_view text, Range range, std::string_view by) {
    const size_t begin = byte_of(text, range.begin), end = byte_of(text, std::max(range.begin, range.end));
    return std::string(text.substr(0, begin)).append(by).append(text.substr(end));
}

std::string_view cut(std::string_view text, Range range) {
    const size_t begin = byte_of(text, range.begin);
    return text.substr(begin, byte_of(text, std::max(range.begin, range.end)) - begin);
}

}  // namespace stele::content
