#pragma once
// Inside publishing/: one locale of an article as it is to be published, and the plan that publishes it.
#include "src/editing/commit.hpp"
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
// the publication there is. Throws conflict "publish-nothing", "publish-incomplete",
// "publish-unread".
Candidate candidate_of(const editing::Source& source, editing::Work work,
                       const std::optional<std::string>& source_title, const std::optional<Time>& published_at,
                       const PublishRequest& request, Time now);

// Publishing as a plan of its own, or after others of the same transaction, from the source as they leave it.
editing::Plan<editing::Version> plan_publish(db::Connection& c, const Store& store, const editing::Source& source,
                                             const locale::Tag& locale, const PublishRequest& request,
                                             const editing::Expected& expected, const Actor& actor);

// With its route. Throws taken.
void write_publication(db::Transaction& t, ArticleId id, const storage::Publication& publication);

}  // namespace stele::publishing
