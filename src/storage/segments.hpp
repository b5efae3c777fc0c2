#pragma once
// Tables segment (the source's) and wording (what it said before).
#include <map>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/content/translation.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

struct SourceSegments {
    std::vector<content::SourceSegment> live;     // title, summary, fields, then the body in `slots` order
    std::vector<content::SourceSegment> retired;  // cut from the source
};
// `slots`: the ids of the body in order (the source frame's).
SourceSegments find_segments(db::Connection& c, ArticleId id, const std::vector<std::string>& slots);

void upsert_segments(db::Transaction& t, ArticleId id, const std::vector<content::SourceSegment>& segments);
void retire_segments(db::Transaction& t, ArticleId id, const std::vector<std::string>& ids);
void delete_segments(db::Transaction& t, ArticleId id);

struct Wording {
    content::Hash exact;
    std::string text;
};
void add_wordings(db::Transaction& t, ArticleId id, const std::vector<Wording>& wordings);
std::map<content::Hash, std::string> find_wordings(db::Connection& c, ArticleId id,
                                                   const std::vector<content::Hash>& exacts);

}  // namespace stele::storage
