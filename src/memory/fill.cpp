#include "src/memory/fill.hpp"

#include <algorithm>
#include <set>

#include "src/base/number.hpp"
#include "src/editing/work.hpp"

namespace stele::memory {
namespace {

constexpr int tries = 5;

// The segment that "/segments/12/text" is about, in `texts`.
std::optional<size_t> segment_of(std::string_view pointer, size_t count) {
    constexpr std::string_view prefix = "/segments/";
    if (!pointer.starts_with(prefix)) return std::nullopt;
    pointer.remove_prefix(prefix.size());
    const auto n = number_from(pointer.substr(0, pointer.find('/')));
    if (!n || *n < 0 || size_t(*n) >= count) return std::nullopt;
    return size_t(*n);
}

// Takes what is refused out of `changes`; false where that is not what was wrong.
bool leave_out(editing::Changes& changes, const FieldErrors& errors, std::vector<std::string>& unfit) {
    std::set<size_t, std::greater<>> places;
    for (const auto& error : errors) {
        const auto place = segment_of(error.pointer, changes.segments.size());
        if (!place) return false;
        places.insert(*place);
    }
    for (const auto place : places) {
        unfit.push_back(changes.segments[place].id);
        changes.segments.erase(changes.segments.begin() + static_cast<std::ptrdiff_t>(place));
    }
    return !places.empty();
}

// The first place behind a mark.
size_t place_behind(const editing::Source& source, const std::string& mark) {
    if (mark.empty()) return 0;
    const auto dot = mark.find('.');
    const auto place = number_from(std::string_view(mark).substr(0, dot));
    if (!place || *place < 0 || dot == mark.npos) throw Error(ErrorCode::malformed, "cursor");
    if (const auto* segment = source.find(mark.substr(dot + 1))) return size_t(segment - source.live.data()) + 1;
    return size_t(*place);
}

}  // namespace

std::string mark_of(const Missing& last) { return std::to_string(last.place) + '.' + last.id; }

std::vector<Missing> find_missing(const Store& store, ArticleId id, const locale::Tag& locale,
                                  const std::string& after) {
    return store.db.reading([&](db::Connection& c) {
        const auto source = editing::read_source(c, store, id);
        editing::enabled_locale(*source.site, locale);
        std::vector<Missing> missing;
        if (locale == source.article.source_locale) return missing;
        const auto work = editing::read_work(c, source, locale);
        const bool independent = work.frame.mode == content::Mode::independent;
        for (size_t i = place_behind(source, after); i < source.live.size(); ++i) {
            const auto& s = source.live[i];
            if (work.targets.contains(s.id) || s.text.empty() || (independent && source.is_body(s))) continue;
            missing.push_back({s.id, s.text, i > 0 ? source.live[i - 1].text : "",
                               i + 1 < source.live.size() ? source.live[i + 1].text : "", s.words, i});
        }
        return missing;
    });
}

Filled fill_missing(const Store& store, ArticleId id, const locale::Tag& locale, Filling filling, const Actor& actor) {
    Filled filled;
    editing::Changes changes;
    changes.origin = std::move(filling.origin);
    changes.segments = std::move(filling.texts);
    for (int i = 0;; ++i) {
        // The version first: whoever writes one of them after this look is in conflict with us, and wins.
        const auto now = editing::find_translation(store, id, locale);
        if (!now) throw Error(ErrorCode::not_found, "article");
        filled.version = now->version;
        filled.missing = int(now->segments.missing);
        std::set<std::string> open;
        for (const auto& missing : find_missing(store, id, locale)) open.insert(missing.id);
        std::erase_if(changes.segments, [&](const auto& s) { return !open.contains(s.id); });
        if (changes.segments.empty()) return filled;
        try {
            const auto saved =
                editing::save_translation(store, id, locale, changes,
                                          editing::Expected::of(now->version.translation, now->version.source), actor);
            filled.filled = int(changes.segments.size());
            filled.version = saved.version;
            if (saved.now) filled.missing = int(saved.now->segments.missing);
            return filled;
        } catch (const Error& error) {
            const bool again = error.code() == ErrorCode::version_conflict ||
                               (error.code() == ErrorCode::invalid && leave_out(changes, error.fields(), filled.unfit));
            if (!again || i == tries) throw;
        }
    }
}

int unfill(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t version, const Actor& actor) {
    // The version first: whoever writes one of them after this look is in conflict with us, and wins.
    const auto now = editing::find_translation(store, id, locale);
    if (!now) throw Error(ErrorCode::not_found, "article");
    editing::Changes changes;
    for (const auto& segment : editing::list_segments(store, id, locale))
        if (segment.target && !segment.retired && segment.origin == "memory" && segment.version == version)
            changes.segments.push_back({segment.id, {}});
    if (changes.segments.empty()) return 0;
    editing::save_translation(store, id, locale, changes,
                              editing::Expected::of(now->version.translation, now->version.source), actor);
    return int(changes.segments.size());
}

}  // namespace stele::memory
