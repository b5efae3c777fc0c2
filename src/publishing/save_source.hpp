#pragma once
// A save of a source with all that its editor says with it, as one plan: computed from a snapshot, each part from what
// the one before leaves, and then all of it is written, or nothing.
#include "src/publishing/publishing.hpp"

namespace stele::publishing {

struct SourceSave {
    std::optional<editing::Changes> texts;
    editing::Expected expected;                      // of the source, for its texts and for publishing
    std::optional<editing::ArticleChanges> article;  // shared fields, priority; not the source locale
    std::optional<std::int64_t> article_version;
    bool keep = false;     // the meaning did not change: what this save would make outdated stays current
    bool publish = false;  // unless somebody else wrote meanwhile: readers get nothing that its publisher has not seen
    Each each{};           // as in PublishRequest
};
struct SourceSaved {
    editing::Version version;
    bool published = false;
};
// Throws what save_translation, change_article, keep_meaning and publish throw; then nothing is changed.
SourceSaved save_source(const Store& store, ArticleId id, const SourceSave& save, const Actor& actor);

}  // namespace stele::publishing
