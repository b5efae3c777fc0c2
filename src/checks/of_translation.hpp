#pragma once
// The checks of the texts that are there, and what people have said about their findings.
#include "src/checks/checks.hpp"
#include "src/editing/editing.hpp"

namespace stele::editing {
struct Source;
struct Work;
}  // namespace stele::editing

namespace stele::checks {

inline constexpr size_t max_reason_chars = 500;

// Somebody has looked at it and lets it stand; until the source's or the target's text changes.
struct Dismissal {
    std::string reason;
    Actor actor;
    Time at{};
};
struct Shown {
    Finding finding;
    std::optional<Dismissal> dismissed;
};
struct SegmentFindings {
    std::string segment;
    std::vector<Shown> findings;
};

// All throw not_found (article, locale not enabled). Of the source's own text there is nothing to say.

// Those segments of the working text of which there is something to say, in the order of the article.
std::vector<SegmentFindings> check_translation(const Store& store, const Policy& policy, ArticleId id,
                                               const locale::Tag& locale);
// One segment, as if its text were `text`; nothing is saved. Absent: as it is. Throws not_found ("segment").
SegmentFindings check_segment(const Store& store, const Policy& policy, ArticleId id, const locale::Tag& locale,
                              std::string_view segment, const std::optional<std::string>& text);
// The terms in the source of a segment. Throws not_found ("segment").
std::vector<terms::Match> terms_of_segment(const Store& store, ArticleId id, const locale::Tag& locale,
                                           std::string_view segment);

// Only those findings that somebody has dismissed. Runs the checks of no other segment.
std::vector<SegmentFindings> find_dismissed(const Store& store, const Policy& policy, ArticleId id,
                                            const locale::Tag& locale);
// Only those that hold a publication: errors that nobody has dismissed.
std::vector<SegmentFindings> find_errors(const Store& store, const Policy& policy, ArticleId id,
                                         const locale::Tag& locale);

// `finding`: its id (id_of). `text`: what was looked at, absent: the text as it is. Throws not_found ("segment",
// "finding": the checks do not say that of it), invalid (the reason, which has to be given).
void dismiss(const Store& store, const Policy& policy, ArticleId id, const locale::Tag& locale,
             std::string_view segment, std::string_view finding, const std::optional<std::string>& text,
             const std::string& reason, const Actor& actor);
void undo_dismiss(const Store& store, ArticleId id, const locale::Tag& locale, std::string_view segment,
                  std::string_view finding, const Actor& actor);

// Throws conflict "publish-checks" (members: findings, each with its segment, check and id) where there are errors that
// nobody has dismissed. Runs only the checks that can find any.
void hold(db::Connection& c, const editing::Source& source, const editing::Work& work, const Policy& policy,
          const content::ContentTypes& types);

}  // namespace stele::checks
