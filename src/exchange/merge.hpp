#pragma once
// Three-way merge of one file: what it was (base), what it is, and what the database says now. Pure.
#include <optional>
#include <string>
#include <vector>

#include "src/editing/editing.hpp"
#include "src/exchange/document.hpp"

namespace stele::exchange {

// What the database says now, of one translation.
struct Present {
    editing::Translation translation;
    std::vector<editing::SegmentView> segments;
    bool is_source() const { return translation.locale == translation.source_locale; }
};

struct Merged {
    editing::Changes changes;
    std::vector<Conflict> conflicts;  // not in `changes`
    bool empty() const;               // nothing to write
};
// `base` absent: nothing is known of before, so what differs is in conflict unless one side has no text.
Merged merge_translation(const std::optional<Document>& base, const Document& file, const Present& now, bool theirs);

struct MergedArticle {
    editing::ArticleChanges changes;
    std::vector<Conflict> conflicts;
    bool empty() const;
};
// Key, type, priority and shared fields, from the source's file. `type`: the file's, known to the site.
MergedArticle merge_article(const std::optional<Document>& base, const Document& file, const std::string& type,
                            const editing::Article& now, bool theirs);

// All of a file as the changes that make a new translation.
editing::Changes whole(const Document& file);

}  // namespace stele::exchange
