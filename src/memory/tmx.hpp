#pragma once
// TMX 1.4b, the format in which translators' tools exchange memories. Files are read and written as a stream.
#include <chrono>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    std::optional<std::int64_t> import{};  // by which it can be removed again; absent: nothing was added
    std::int64_t added = 0, known = 0;
    std::int64_t left_out = 0;                      // without a text, or with one beyond the limit
    std::map<std::string, std::int64_t> languages;  // that are none: how often
};
// A file is taken in piece by piece. Throws what read_tmx() throws when what stands before the mistake is in the memory
// (members: import, or null; added; known).
// Each language is that of the site which is nearest above it (en-GB is en where only that is enabled), else its own.
Imported import_tmx(const Store& store, std::istream& in, const std::string& name, const Actor& actor);

// A file that was taken in.
struct ImportedFile {
    std::int64_t id = 0;
    std::string name;
    Actor actor;
    Time at{};
    std::int64_t units = 0;  // of it, that are in the memory
};
// The latest first; `after` exclusive.
std::vector<ImportedFile> list_imports(const Store& store, std::optional<std::int64_t> after, int limit);
// Takes its units out again, for as long as `time`. What the memory has from elsewhere as well stays as far as it came
// from there: a unit that was known already is not of the second file. Throws not_found ("import").
struct Removed {
    std::int64_t removed = 0, left = 0;
};
Removed remove_import(const Store& store, std::int64_t id, std::chrono::milliseconds time, const Actor& actor);

struct Selection {
    std::optional<locale::Tag> source, target;
};
// How many units were written.
std::int64_t export_tmx(const Store& store, const Selection& selection, const Write& write, const Actor& actor);

}  // namespace stele::memory
