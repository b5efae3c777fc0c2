#pragma once
// What one revision of a translation holds, and the past as a writer saw it.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/editing/work.hpp"

namespace stele::editing {

// A translation, or the source, as it was: texts by segment id with the basis they had (the source's have none).
struct Past {
    struct Text {
        std::string text;
        content::Hash basis, basis_hash;
        std::string origin;
    };
    std::string slug;
    content::Mode mode = content::Mode::aligned;
    std::int64_t source_version = 0;
    std::optional<content::Skeleton> skeleton;  // absent: the source's at source_version
    std::vector<std::string> slots;
    std::map<std::string, Text, std::less<>> texts;

    const std::string* text(std::string_view id) const;
};

std::string document_of(const Past& past);
Past past_from(std::string_view document);

Past past_of(const Source& source);                    // the source as it is
Past past_of(const Source& source, const Work& work);  // the translation as it is

// As it was at version `n` (the newest revision not after it); absent when there is none.
std::optional<Past> find_past(db::Connection& c, ArticleId id, const locale::Tag& locale, std::int64_t n);

// Adds revision `version` of the translation with its change in the log.
struct Entry {
    ArticleId id{};
    locale::Tag locale;
    std::int64_t version = 0;
    std::string action;
    Actor actor;
    Time at{};
    std::string document;
    boost::json::object detail{};  // what the log says besides the version
};
void record(db::Transaction& t, const Entry& entry);

}  // namespace stele::editing
