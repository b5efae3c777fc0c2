#pragma once
// TMX 1.4b, the format in which translators' tools exchange memories. Files are read and written as a stream.
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/time.hpp"
#include "src/locale/tag.hpp"
#include "src/storage/store.hpp"

namespace stele::memory {

// ---- the format ----
// A source with one translation. Where the file names no source language, the first variant of a unit is the source.
struct TmxUnit {
    std::string source_language, target_language;  // as the file has them
    std::string source, target;
    std::string actor;  // changeid, else creationid; may be empty
    std::optional<Time> at{};
};
// Codes of other tools inside a text are left out but for placeholders (content/placeholders.hpp). Throws invalid with
// the line: not XML, not TMX, entities of its own, elements in too many others, texts beyond 10,000 bytes are left out
// and counted. Returns how many texts were.
std::int64_t read_tmx(std::istream& in, const std::function<void(TmxUnit&&)>& each);

using Write = std::function<void(std::string_view)>;
void write_tmx_head(const Write& write, const std::optional<locale::Tag>& source, const locale::Tag& site);
void write_tmx_unit(const Write& write, const TmxUnit& unit);
void write_tmx_end(const Write& write);

// ---- with the memory ----
struct Imported {
    std::int64_t added = 0, known = 0;
    std::int64_t left_out = 0;                      // without a text, or with one beyond the limit
    std::map<std::string, std::int64_t> languages;  // that are none: how often
};
// Each language is that of the site which is nearest above it (en-GB is en where only that is enabled), else its own.
Imported import_tmx(const Store& store, std::istream& in, const Actor& actor);

struct Selection {
    std::optional<locale::Tag> source, target;
};
// How many units were written.
std::int64_t export_tmx(const Store& store, const Selection& selection, const Write& write);

}  // namespace stele::memory
