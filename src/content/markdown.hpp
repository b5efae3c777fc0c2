#pragma once
// Markdown (CommonMark and GFM's tables, strikethrough, task lists) cut into the segments translators work on, put
// together again, and shown as safe HTML.
//
// A body is a *skeleton* (every byte that is not text to translate: markers, indents, blank lines, table pipes) with
// numbered slots, and the texts that fill them. compose(skeleton, texts of the same body) is the body, byte for byte.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::content {

// What a translator is told about a segment; identity takes only the same kind for similar.
enum class Kind {
    paragraph,
    heading,
    list_item,
    table_cell,
    caption,
    code,
    block
};                                    // block: raw HTML, or a merged construct
std::string_view name_of(Kind kind);  // "paragraph", "heading", "list-item", "table-cell", …
std::optional<Kind> kind_named(std::string_view name);

// One leaf of the body. `text` is the Markdown of the leaf without container prefixes; its lines are joined by '\n'.
struct Leaf {
    Kind kind;
    std::string text;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};

// The skeleton in its stored form is an opaque ASCII-safe JSON string; parse_skeleton throws std::runtime_error on
// junk.
struct Slot {
    Kind kind;
    std::vector<std::string> line_prefixes;  // between its lines as they were written: line end and container prefix
    std::string
        next_prefix;  // the same for further lines, when the text has more; " " where there can be only one line
    friend bool operator==(const Slot&, const Slot&) = default;
};
struct Skeleton {
    std::vector<std::string> literals;  // literals[i] stands before slots[i]; one more than slots
    std::vector<Slot> slots;
    friend bool operator==(const Skeleton&, const Skeleton&) = default;
};
std::string to_stored(const Skeleton& skeleton);
Skeleton parse_skeleton(std::string_view stored);
// True when both bodies have the same blocks around their texts: same kinds, same nesting. Byte differences in markers
// ("*" for "-", other indents, blank lines) do not count.
bool same_structure(const Skeleton& a, const Skeleton& b);

struct Body {
    Skeleton skeleton;
    std::vector<Leaf> leaves;
    bool too_many = false;  // has more than max_segments (limits.hpp), so it was left whole: nobody may save it
};
// The body as one segment of kind block: how an independent translation holds it (law 9). No leaf when it is blank.
Body whole_body(std::string_view markdown);

// Cuts `markdown` at most `max_body_bytes` long. On each cut parse(compose(segments(x))) is compared with parse(x);
// where they would differ the smallest enclosing block becomes one segment of kind block. A leaf of code (fenced or
// indented) is a segment only if `Kind::code` is worth translating: it is; thematic breaks, link reference definitions
// and blank text are skeleton. An image alone in a paragraph is a caption (its alt and title are the text).
Body segments_of(std::string_view markdown);

// texts[i] fills slot i; absent and blank ones drop their block (its marker and the blank lines before it; a table cell
// stays, empty, while its table has another). An item goes with its last text; where the first text of an item goes,
// the next takes its place. Never fails; texts with more lines than the slot had get next_prefix; white space around a
// text is cut, of code and blocks only line ends behind it.
std::string compose(const Skeleton& skeleton, std::span<const std::optional<std::string>> texts);
// The skeleton of what compose writes when only the slots with `present[i]` have a text; `present` may be shorter.
Skeleton without_absent(const Skeleton& skeleton, const std::vector<bool>& present);

// Would `text` in this slot still be one leaf of its kind, when parsed in place? ("- a" typed into a paragraph, an
// empty line, a "|" in a cell, "```".) A blank text is fine: it is no text. Line ends in a slot of one line become
// spaces. Absent = fine; else a message key for the field error ("segment.splits", "segment.changes-kind").
std::optional<std::string> check_fits(const Skeleton& skeleton, size_t slot, std::string_view text);
// Of many texts those that do not fit, by slot, with their keys. Costs a few parses of the body however many there are:
// where more than a handful was written it stops at the first places that it finds.
std::map<size_t, std::string> check_all_fit(const Skeleton& skeleton, const std::map<size_t, std::string_view>& texts);

// What a slot shows: its text and, where it is in another language than the page, that language.
struct Part {
    std::optional<std::string> text;  // absent = left out
    std::optional<locale::Tag> lang;  // absent = the page's own
};
// HTML of the body: no raw HTML (shown as text), no link or image to javascript:, vbscript:, data:, file: or any other
// scheme than http, https, mailto, tel and relative ones; heading ids made from the heading text (unique in the page),
// headings shifted so that the body starts below <h1>; parts in another language carry lang and dir on their block
// element. Table with scope, task list with disabled checkboxes labelled. Valid HTML.
std::string render_html(const Skeleton& skeleton, std::span<const Part> parts, const locale::Tag& page_lang);
// A single inline text (summary, caption) as HTML: inline marks only.
std::string render_inline_html(std::string_view text);
// The visible text: no marks, no destinations, code and alt texts kept. What words are counted on.
std::string visible_text(std::string_view leaf_markdown);

inline constexpr size_t max_body_bytes = 2 * 1024 * 1024;

}  // namespace stele::content
