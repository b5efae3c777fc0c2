#pragma once
// What an edit of the source does to its segments. Pure: no database.
#include <optional>
#include <string>
#include <vector>

#include "src/content/content_type.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

struct SourceChange {
    std::vector<content::SourceSegment> changed;  // same id, other text or kind
    std::vector<content::SourceSegment> added;    // new, or brought back
    std::vector<std::string> removed;
    bool structure_moved = false;     // other slots or other bytes between them, or other segments at all
    bool destinations_moved = false;  // perhaps: a changed text has links
    bool body_replaced = false;       // a whole body was sent, and it differs

    bool empty() const { return changed.empty() && added.empty() && removed.empty() && !structure_moved; }
    std::vector<std::string> touched() const;        // every id in it
    std::vector<std::string> touched_texts() const;  // changed and added
};

struct By {
    Actor actor;
    Time at{};
};

// Applies `changes` to `after` (a copy of `before`) and says what differs. Throws invalid with FieldErrors.
SourceChange change_source(Source& after, const Source& before, const content::ContentType& type,
                           const Changes& changes, const By& by);

// A source segment of this text, hashed and counted in the source's locale.
content::SourceSegment make_segment(std::string id, int place, content::Kind kind, std::string text,
                                    const locale::Tag& locale, const By& by);

struct EditionChange {
    std::optional<content::Edition> before, after;
};
// The editions of the other locales after this change: those that differ. `pending`: of published ones whose text
// moved.
std::vector<EditionChange> follow_editions(db::Connection& c, const Source& before, const Source& after,
                                           const SourceChange& change, const std::map<locale::Tag, bool>& pending,
                                           Time now);

}  // namespace stele::editing
