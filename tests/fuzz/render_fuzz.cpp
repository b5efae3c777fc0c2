// Any bytes as Markdown: the HTML of the page, of a single text and of parts in other languages is read back by the
// rules of HTML that matter here, and has only elements, attributes, nesting and addresses that the renderer may write.
#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "src/content/markdown.hpp"
#include "tests/fuzz/support.hpp"

using namespace stele;
using namespace stele::content;
using fuzz::require;

namespace {

constexpr auto elements = std::to_array<std::string_view>(
    {"a",   "blockquote", "br",    "code",  "del", "div", "em",    "figcaption", "figure", "h1", "h2",
     "h3",  "h4",         "h5",    "h6",    "hr",  "img", "input", "label",      "li",     "ol", "p",
     "pre", "strong",     "table", "tbody", "td",  "th",  "thead", "tr",         "ul"});
constexpr auto empty_elements = std::to_array<std::string_view>({"br", "hr", "img", "input"});
constexpr auto attributes =
    std::to_array<std::string_view>({"alt", "aria-label", "checked", "class", "dir", "disabled", "href", "id", "lang",
                                     "loading", "scope", "src", "start", "title", "type"});

template <typename List>
bool among(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

class Reader {
  public:
    explicit Reader(std::string_view html) : html_(html) {}

    void read() {
        while (at_ < html_.size()) {
            if (html_[at_] == '<')
                tag();
            else if (html_[at_++] == '&')
                reference();
            else
                require(html_[at_ - 1] != '>', "no > stands alone");
        }
        require(open_.empty(), "every element is closed");
    }

  private:
    // Only these five are written; what people typed as an entity is "&amp;…".
    void reference() {
        for (const std::string_view name : {"amp;", "lt;", "gt;", "quot;", "#x27;"})
            if (html_.substr(at_).starts_with(name)) return;
        require(false, "an & begins one of our references");
    }

    std::string_view word() {
        const size_t from = at_;
        while (at_ < html_.size() && ((html_[at_] >= 'a' && html_[at_] <= 'z') ||
                                      (html_[at_] >= '0' && html_[at_] <= '9') || html_[at_] == '-'))
            ++at_;
        return html_.substr(from, at_ - from);
    }

    void expect(std::string_view text) {
        require(html_.substr(at_).starts_with(text), "a tag is written as we write it");
        at_ += text.size();
    }

    void tag() {
        ++at_;
        const bool closing = html_.substr(at_).starts_with("/");
        if (closing) ++at_;
        const auto name = word();
        require(among(elements, name), "the element may be written");
        if (closing) {
            expect(">");
            require(!open_.empty() && open_.back() == name, "elements nest");
            return open_.pop_back();
        }
        std::vector<std::string_view> names;
        while (html_.substr(at_).starts_with(" ")) names.push_back(attribute());
        std::sort(names.begin(), names.end());
        require(std::adjacent_find(names.begin(), names.end()) == names.end(), "no attribute comes twice");
        expect(">");
        if (!among(empty_elements, name)) open_.push_back(name);
    }

    std::string_view attribute() {
        expect(" ");
        const auto name = word();
        require(among(attributes, name), "the attribute may be written");
        if (!html_.substr(at_).starts_with("=")) return name;
        expect("=\"");
        const size_t end = html_.find('"', at_);
        require(end != std::string_view::npos, "values end");
        const auto value = html_.substr(at_, end - at_);
        require(value.find_first_of("<>") == std::string_view::npos, "no tag begins in a value");
        if (name == "href" || name == "src") address(value);
        if (name == "id") require(ids_.insert({value, true}).second, "ids are given once");
        at_ = end + 1;
        return name;
    }

    // A browser drops leading controls and spaces, and tabs and line ends anywhere (WHATWG URL, basic parser).
    static void address(std::string_view value) {
        for (const char c : value)
            require(static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F,
                    "addresses are ASCII");
        const size_t colon = value.find_first_of(":/?#&");
        if (colon == std::string_view::npos || value[colon] != ':') return;
        std::string scheme(value.substr(0, colon));
        for (char& c : scheme)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        require(scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel", "the scheme is safe");
    }

    std::string_view html_;
    size_t at_ = 0;
    std::vector<std::string_view> open_;
    std::map<std::string_view, bool> ids_;
};

void check(const std::string& html) { Reader(html).read(); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    static const locale::Tag english = locale::Tag::stored("en"), arabic = locale::Tag::stored("ar");
    const std::string markdown(fuzz::view(data, size));
    const size_t cut = std::min(markdown.find('\0'), markdown.size());
    const Body body = segments_of(std::string_view(markdown).substr(0, cut));
    std::vector<Part> own, other, foreign;
    for (size_t i = 0; i < body.leaves.size(); ++i) {
        own.push_back({body.leaves[i].text, std::nullopt});
        other.push_back({i % 2 ? std::optional(body.leaves[i].text) : std::nullopt, arabic});
        // What was never checked against its place: the rest of the input, everywhere.
        foreign.push_back(
            {markdown.substr(std::min(cut + 1, markdown.size())), i % 2 ? std::optional(arabic) : std::nullopt});
    }
    for (const auto& parts : {own, other, foreign}) check(render_html(body.skeleton, parts, english));
    check(render_inline_html(markdown));
    return 0;
}
