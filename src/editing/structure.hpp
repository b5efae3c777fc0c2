#pragma once
// Which structure a translation's texts stand in, its working body, and the hash that tells whether it is pending.
#include <optional>
#include <string>
#include <vector>

#include "src/editing/work.hpp"

namespace stele::editing {

struct Structure {
    const content::Skeleton* skeleton;
    const std::vector<std::string>* slots;  // segment ids
};

// The structure of an aligned translation is the source's (law 9). Where it was written as a body of its own, with the
// same segments in the same order, that body's bytes are kept; `whole` asks for one that has a place for every source
// segment.
Structure structure_of(const Source& source, const Work& work, bool whole);

// One text per slot of that structure; absent: missing.
std::vector<std::optional<std::string>> texts_of(const Source& source, const Work& work, const Structure& structure);
// The source's own.
std::vector<std::optional<std::string>> source_texts(const Source& source);

std::string working_body(const Source& source, const Work& work);
std::string source_body(const Source& source);

// Names of the localized fields: those of the source.
std::vector<std::string> field_names(const Source& source);

// What a publication made now would hold, and its hash: equal hashes mean nothing is pending.
storage::Snapshot snapshot_of(const Source& source, const Work& work);
storage::Snapshot source_snapshot(const Source& source);
content::Hash snapshot_hash(const std::string& title, const std::string& slug, const storage::Snapshot& snapshot);
content::Hash working_hash(const Source& source, const Work& work);
content::Hash source_working_hash(const Source& source);

}  // namespace stele::editing
