#pragma once
// What people say about a text: threads on a segment or on the whole translation. They stay with their segment when it
// is cut from the source, and come back with it.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/locale/tag.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

inline constexpr size_t max_comment_chars = 5'000;

struct Comment {
    std::int64_t id = 0;
    ArticleId article_id{};
    locale::Tag locale;
    std::string segment;      // "" = the whole text
    std::int64_t thread = 0;  // the id of its thread's first comment; its own where it is that one
    Actor actor;
    std::string text;  // plain; empty where it is deleted
    Time created_at{};
    std::optional<Time> edited_at;
    // Of the thread, on its first comment only.
    std::optional<Time> resolved_at;
    std::optional<Actor> resolved_by;
    bool deleted = false;  // a first comment that was taken back; its answers stay

    bool is_first() const { return thread == id; }
};

struct NewComment {
    std::string segment;  // of a new thread
    std::string text;
    std::optional<std::int64_t> thread;  // the thread that it answers; then the segment is the thread's
};
// An answer opens a thread that was resolved. Told to: whom it names by @, else who takes part in the thread, who
// wrote the text in question, and to whom the translation is assigned. Throws not_found (article, locale, "comment" for
// the thread), invalid (text, segment).
Comment add_comment(const Store& store, ArticleId id, const locale::Tag& locale, const NewComment& comment,
                    const Actor& actor);

struct CommentQuery {
    std::optional<std::string> segment;
    int limit = 100;                    // 1..200
    std::optional<std::int64_t> after;  // an id, exclusive
};
// The oldest first.
std::vector<Comment> list_comments(const Store& store, ArticleId id, const locale::Tag& locale,
                                   const CommentQuery& query);
// Threads that are not resolved, by segment.
std::map<std::string, std::int64_t> count_open_threads(const Store& store, ArticleId id, const locale::Tag& locale);
std::optional<Comment> find_comment(const Store& store, std::int64_t id);

// Whether the actor takes part there is the caller's to ask; everybody edits and deletes their own, administrators
// delete any. Throws not_found ("comment"), invalid, forbidden ("not-own": the text is another's).
struct CommentChange {
    std::optional<std::string> text;  // whom it names first by @ is told
    std::optional<bool> resolved;     // of its whole thread
};
// Both or nothing. Returns the comment as it is then.
Comment change_comment(const Store& store, std::int64_t id, const CommentChange& change, const Actor& actor);
void delete_comment(const Store& store, std::int64_t id, const Actor& actor);

}  // namespace stele::workflow
