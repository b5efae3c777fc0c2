#pragma once
// What somebody typed into the form of a source: texts, shared fields, priority.
#include <map>
#include <string>

#include "server/call.hpp"
#include "server/studio/typed.hpp"
#include "src/content/content_type.hpp"

namespace stele::studio {

struct SourceTyped {
    editing::Version version;
    std::int64_t article_version = 0;
    // Only what differs: title, slug, summary, body, fields.NAME, shared.NAME, priority.
    std::map<std::string, Field> fields;

    editing::Changes changes() const;
    bool changes_texts() const;
    // Of shared fields and the priority. Mistakes by field go into `remarks`.
    editing::ArticleChanges article_changes(const App& app, const Call& call, const editing::Article& article,
                                            Remarks& remarks) const;
    bool changes_article() const;
    // Those of them that are not now what the form was made with, each with what it is now.
    std::map<std::string, std::string> changed_by_others(const App& app, const editing::Article& now) const;
};

// Every field X of the form comes with was.X; `article` is the article's version.
SourceTyped source_typed_from(const Form& form);

// A shared field as its input holds it: a list one item a line, rows as JSON.
std::string shared_text(const content::Field& field, const boost::json::object& shared);

}  // namespace stele::studio
