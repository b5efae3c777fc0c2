#pragma once
// What a write is computed from, read in one snapshot: the article with its source, and one translation of it.
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "src/content/edition.hpp"
#include "src/content/translation.hpp"
#include "src/editing/editing.hpp"
#include "src/storage/articles.hpp"
#include "src/storage/publications.hpp"
#include "src/storage/segments.hpp"
#include "src/storage/site.hpp"
#include "src/storage/translations.hpp"

namespace stele::editing {

// What plans before this one will have written, of other than the source itself: read_work() and editions_of() give it
// in the place of what the snapshot has.
struct Ahead {
    std::map<locale::Tag, content::Frame> frames;
    std::map<locale::Tag, content::Edition> editions;
    std::map<content::Hash, std::string> wordings;
};

struct Source {
    std::shared_ptr<const storage::Site> site;
    storage::Article article;
    content::Frame frame;  // of the source locale; always with skeleton and slots
    std::vector<content::SourceSegment> live;
    std::vector<content::SourceSegment> retired;

    const content::SourceSegment* find(std::string_view id) const;  // live ones
    std::string text(std::string_view id) const;                    // "" where there is none
    content::Hash body_hash() const;                                // law 9
    std::int64_t body_words() const;
    bool is_body(const content::SourceSegment& s) const { return s.place >= 1000; }

    mutable std::unordered_map<std::string, size_t> places = {};  // in `live` where that is long; find() keeps it
    Ahead ahead = {};
};

// Throws not_found for an unknown or deleted article.
Source read_source(db::Connection& c, const Store& store, ArticleId id);
Source read_source(db::Connection& c, const Store& store, storage::Article article);

struct Work {
    content::Frame frame;  // version 0 and an empty slug where there is no translation yet
    storage::Targets targets;
    std::map<content::Hash, std::string> wordings;  // of every basis that is not the source's text now
    std::optional<content::Edition> edition;
    std::optional<storage::PublicationHead> publication;

    bool exists() const { return frame.version > 0; }
    // The source wording a target was made from.
    std::string basis_text(const Source& source, const content::Target& target) const;
    // The target as it stands now: destinations that the source changed are followed (law 1).
    std::string text(const Source& source, const content::Target& target) const;
    std::optional<std::string> text(const Source& source, std::string_view id) const;  // absent: missing
};
Work read_work(db::Connection& c, const Source& source, const locale::Tag& locale);
std::vector<content::Edition> editions_of(db::Connection& c, const Source& source);

// Throws not_found "locale" where the locale is not enabled.
const storage::SiteLocale& enabled_locale(const storage::Site& site, const locale::Tag& locale);

}  // namespace stele::editing
