#pragma once
// Tables memory_source, memory_key, memory_target and memory_count.
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"
#include "src/locale/tag.hpp"
#include "src/memory/keys.hpp"
#include "src/memory/memory.hpp"

namespace stele::memory {

// A unit to be kept, with all that is computed from its texts.
struct NewUnit {
    locale::Tag source_locale, target_locale;
    std::string source, target;
    std::string exact;      // content::exact_hash(source)
    std::vector<Key> keys;  // keys_of(source)
    Key meaning = 0;        // meaning_key(target)
    std::optional<ArticleId> article_id;
    std::optional<std::string> segment_id;
    Key before = 0, after = 0;  // meaning_key of the neighbours, 0 at the ends
    std::string actor;
    Time at{};
};
NewUnit unit_of(const locale::Tag& source_locale, const locale::Tag& target_locale, std::string source,
                std::string target);

// A unit that is kept.
struct Unit {
    std::int64_t id = 0, source_id = 0;
    locale::Tag source_locale, target_locale;
    std::string source, target, exact;
    std::optional<ArticleId> article_id;
    std::string segment_id;
    Key before = 0, after = 0;
    std::string actor;
    Time at{};
    std::vector<Key> keys{};  // keys_of(source), for whoever removes it
};

// ---- writing: after hold(), which lets one write of the memory in at a time ----
void hold(db::Transaction& t);
// Units of a file have its `import`; one that is there already is not kept twice. How many were added.
std::int64_t add_units(db::Transaction& t, std::span<const NewUnit> units,
                       std::optional<std::int64_t> import = std::nullopt);
// With their sources where nothing else was made of these. How many were there.
std::int64_t remove_units(db::Transaction& t, std::span<const Unit> units);

// ---- reading ----
// Of one article, into one locale or into all.
std::vector<Unit> find_units(db::Connection& c, ArticleId id, const std::optional<locale::Tag>& locale);
// The latest units of each source, at most 20.
std::vector<Unit> find_units(db::Connection& c, std::span<const std::int64_t> source_ids, const locale::Tag& target);
// What one article made of one source.
std::vector<Unit> find_units(db::Connection& c, std::int64_t source_id, const locale::Tag& target, ArticleId id);
// Those whose target has this meaning, of the newest sources: to be found from the other side.
std::vector<Unit> find_reverse(db::Connection& c, Key meaning, const locale::Tag& target_locale,
                               const locale::Tag& source_locale, int limit);
// The latest sources under a key.
std::vector<std::int64_t> find_sources(db::Connection& c, Key key, int limit);
struct SourceText {
    std::int64_t id = 0;
    std::string text;
};
std::vector<SourceText> find_texts(db::Connection& c, const std::vector<std::int64_t>& ids);
// All from one locale into another, for export, in the order of a place that has no meaning of its own; behind `last`.
struct Place {
    Key meaning = std::numeric_limits<Key>::min();
    std::int64_t source_id = 0, id = 0;
};
std::vector<Unit> list_units(db::Connection& c, const Stock& pair, Place& last, int limit);
// Some out of a file.
std::vector<Unit> find_units_of_import(db::Connection& c, std::int64_t import, int limit);

}  // namespace stele::memory
