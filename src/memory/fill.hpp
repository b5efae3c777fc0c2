#pragma once
// Filling the segments of a translation that have no target, for whatever makes the texts: the memory, a machine.
#include <string>
#include <vector>

#include "src/editing/editing.hpp"
#include "src/storage/store.hpp"

namespace stele::memory {

struct Missing {
    std::string id, source;
    std::string before, after;  // the source's texts around it, empty at the ends
    std::int64_t words = 0;
    size_t place = 0;  // among the source's segments
};
// Where a run ended that had no time for more, as text for whoever goes on behind it.
std::string mark_of(const Missing& last);
// In the order of the source, those behind the mark `after`: where its segment is gone, from its place on; the body of
// an independent translation is not among them. None in the source's locale. Throws not_found, malformed ("cursor").
std::vector<Missing> find_missing(const Store& store, ArticleId id, const locale::Tag& locale,
                                  const std::string& after = {});

struct Filling {
    std::vector<editing::SegmentText> texts;
    std::string origin;  // "memory", "machine"
};
struct Filled {
    int filled = 0;
    int missing = 0;                 // still
    std::vector<std::string> unfit;  // segments whose text would have been another structure in the body
    editing::Version version;
};
// One save. What has a target by then, whoever wrote it, is left alone; what does not fit is left out.
Filled fill_missing(const Store& store, ArticleId id, const locale::Tag& locale, Filling filling, const Actor& actor);

// Takes away what the save that made `version` filled from the memory, where nobody has saved it since; how many
// segments that were. Throws not_found, and what a save throws.
int unfill(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t version, const Actor& actor);

}  // namespace stele::memory
