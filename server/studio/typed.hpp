#pragma once
// What somebody typed into the form of a translation: only what differs from the texts that the form was made with.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/form.hpp"
#include "src/base/error.hpp"
#include "src/editing/editing.hpp"

namespace stele::studio {

// "T.S" as a hidden field holds it. Throws malformed ("form").
editing::Version version_from(std::string_view text);
std::string text_of(const editing::Version& version);

struct Field {
    std::string text;   // as typed
    std::string print;  // of the text the form was made with
};

struct Typed {
    editing::Version version;            // what the form showed
    std::map<std::string, Field> texts;  // by segment id
    std::optional<Field> slug;
    std::set<std::string> keeps;                 // segments whose meaning did not change
    std::set<std::string> confirms;              // whose text, from memory or a machine, is right as it is
    std::map<std::string, std::string> sources;  // of those, the print of the source text that was shown

    bool empty() const { return texts.empty() && !slug; }
    // `ids` gets the segment of each entry of changes.segments: what pointers of errors count.
    editing::Changes changes(std::vector<std::string>& ids) const;
};

// Fields: version, s.ID and was.ID, slug and was-slug, keep.ID and src.ID, confirm.ID.
Typed typed_from(const Form& form);

// What came of it, beside the fields.
struct Remarks {
    std::map<std::string, std::string> mistakes;  // by segment id, or "slug"
    struct Theirs {
        std::string text, actor;
        std::optional<Time> at;
    };
    std::map<std::string, Theirs> conflicts;
    std::string mistake;  // of the whole
    std::string notice;
    bool stale = false;  // what was seen is gone: the form shows what is there now
    bool ask_incomplete = false;
    bool ask_unread = false;  // texts by a machine hold it
    bool tell_found = false;  // it was sent on: what the checks say of it
    bool ask_checks = false;  // errors hold the publication
    bool ask_review = false;  // and are seen before it is sent to review
    bool tell_left = false;   // it was sent to review: what is not done in it
    std::string open;         // the segment whose row shows all that there is to say about it
    // What can be done next: a sentence, and a button that does it.
    struct Offer {
        std::string text, action, label;
    };
    std::optional<Offer> offer;
    std::string publish_anyway;  // the action that says yes to what is asked, and to what was asked before
    std::map<std::string, std::string> entered;  // into fields of the workflow, for a step that was refused; by name
};

}  // namespace stele::studio
