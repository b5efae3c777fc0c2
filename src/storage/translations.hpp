#pragma once
// Tables translation (frames), target and keep.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/content/translation.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

std::optional<content::Frame> find_frame(db::Connection& c, ArticleId id, const locale::Tag& locale);
std::vector<content::Frame> find_frames(db::Connection& c, ArticleId id);
// Which of the translations are independent, without reading the rest.
std::vector<std::pair<locale::Tag, content::Mode>> find_modes(db::Connection& c, ArticleId id);
// Absent when the frame was written; else the article that has this slug in this locale (the working slug).
std::optional<ArticleId> upsert_frame(db::Transaction& t, ArticleId id, const content::Frame& frame);
// Only what a move of the source's structure changes: no version, no text.
void update_structure(db::Transaction& t, ArticleId id, const content::Frame& frame);
void delete_frame(db::Transaction& t, ArticleId id, const locale::Tag& locale);
std::optional<ArticleId> find_slug_owner(db::Connection& c, const locale::Tag& locale, std::string_view slug);

using Targets = std::map<std::string, content::Target, std::less<>>;
Targets find_targets(db::Connection& c, ArticleId id, const locale::Tag& locale);

// What editions need of the targets of some segments, in every locale.
struct Basis {
    locale::Tag locale;
    std::string segment_id;
    content::Hash basis_hash;
};
std::vector<Basis> find_bases(db::Connection& c, ArticleId id, const std::vector<std::string>& segment_ids);

void upsert_targets(db::Transaction& t, ArticleId id, const locale::Tag& locale,
                    const std::vector<content::Target>& targets);
void delete_targets(db::Transaction& t, ArticleId id, const locale::Tag& locale, const std::vector<std::string>& ids);
void delete_all_targets(db::Transaction& t, ArticleId id, const locale::Tag& locale);

struct Keep {
    std::string segment_id;
    content::Hash former_basis, former_basis_hash;
    std::string reason, actor;
    Time at{};
};
std::map<std::string, Keep> find_keeps(db::Connection& c, ArticleId id, const locale::Tag& locale);
// A segment kept twice without an undo between keeps its first former basis.
void add_keeps(db::Transaction& t, ArticleId id, const locale::Tag& locale, const std::vector<Keep>& keeps);
void delete_keeps(db::Transaction& t, ArticleId id, const locale::Tag& locale, const std::vector<std::string>& ids);

}  // namespace stele::storage
