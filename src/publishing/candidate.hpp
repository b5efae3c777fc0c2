#pragma once
// Inside publishing/: one locale of an article as it is to be published, computed without the database.
#include "src/editing/work.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::publishing {

struct Candidate {
    locale::Tag locale;
    content::Frame frame;  // of the next version
    storage::Publication publication;
    std::optional<content::Edition> edition;  // as it is
    content::Edition next;
    bool checks_overridden = false;
};
// The snapshot as readers get it, published for the first time `published_at` and now.
storage::Publication publication_of(const content::Frame& frame, std::string title, const storage::Snapshot& snapshot,
                                    Time published_at, Time now);

// Readers know only publications: a missing title is the source's published one, while it has one. `published_at`: of
// the publication there is. Throws conflict "publish-nothing", "publish-incomplete".
Candidate candidate_of(const editing::Source& source, editing::Work work,
                       const std::optional<std::string>& source_title, const std::optional<Time>& published_at,
                       const PublishRequest& request, Time now);

// With its route. Throws taken.
void write_publication(db::Transaction& t, ArticleId id, const storage::Publication& publication);

}  // namespace stele::publishing
