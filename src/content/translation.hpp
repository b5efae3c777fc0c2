#pragma once
// The values of an article: source segments, targets, and the frame they stand in.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/content/segment.hpp"
#include "src/content/state.hpp"
#include "src/locale/tag.hpp"

namespace stele::content {

// Segment ids: "title", "summary", "fields.NAME", "b1", "b2", … for leaves of the body, and "body" for the one segment
// that stands for the whole body of an independent translation.
inline constexpr std::string_view title_id = "title";
inline constexpr std::string_view summary_id = "summary";
inline constexpr std::string_view body_id = "body";

enum class Mode { aligned, independent };

struct SourceSegment {
    std::string id;
    int place = 0;  // order in the article: title 0, summary 1, fields from 2, body leaves from 1000
    Kind kind = Kind::paragraph;
    std::string text;
    Hash hash;   // meaning_hash
    Hash exact;  // exact_hash
    std::int64_t words = 0;
    std::int64_t version = 0;  // of the source translation when its text changed
    std::string actor;
    Time updated_at{};
};

struct Target {
    std::string segment_id;
    std::string text;
    Hash basis;                    // exact hash of the source wording it was made from
    Hash basis_hash;               // its meaning hash
    std::string origin = "human";  // human, memory, machine
    std::int64_t version = 0;
    std::string actor;
    Time updated_at{};
};

// The frame of one translation. For the source and for aligned translations with a body of their own, `skeleton` and
// `slots` (segment ids) say how the segments stand in the body; absent = as in the source.
struct Frame {
    locale::Tag locale;
    std::int64_t version = 0;
    Mode mode = Mode::aligned;
    std::string slug;
    std::optional<Skeleton> skeleton;
    std::vector<std::string> slots;
    Hash text_hash;  // of the whole working text as a publication would show it
    Time created_at{};
    Time updated_at{};
    std::string actor;
};

// What stands for the whole body of the source in law 9: the leaves' meaning hashes, sorted, so that a reorder or a
// move makes nothing outdated.
Hash body_hash(std::vector<Hash> leaf_hashes);

}  // namespace stele::content
