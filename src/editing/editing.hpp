#pragma once
// Writing: articles, translations, segments. Each function is one durable transaction (Law 5: no lost update).
//
// Errors that all of them throw: not_found (article, or locale not enabled), version_conflict (the answer's members
// name segment, both texts, actor and time), precondition_required, invalid with FieldErrors, taken (members:
// article_id).
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/content/translation.hpp"
#include "src/storage/store.hpp"

namespace stele::editing {

// What the writer saw: If-Match "T.S". `absent` = no If-Match was sent (fine only where nothing exists yet).
struct Expected {
    std::optional<std::pair<std::int64_t, std::int64_t>> seen;
    static Expected of(std::int64_t t, std::int64_t s) { return {std::pair{t, s}}; }
};

struct SegmentText {
    std::string id;
    std::string text;  // empty = take the target away (the segment is missing again)
};

// Absent members are left as they are (PATCH and PUT alike; a PUT of a new translation takes them as empty).
struct Changes {
    std::optional<std::string> title, slug, summary, body;
    std::map<std::string, std::string> fields;  // localized fields
    std::vector<SegmentText> segments;
    std::optional<content::Mode> mode;
    std::string origin = "human";
    // For files that say which source segments they lack (import): source places without a counterpart in `body`.
    std::optional<std::vector<size_t>> body_lacks;
    // For files that keep staleness through an empty database: the source wording a segment was made from.
    // place: "title", "summary", "fields.NAME" or the number of the segment in this body, from 1.
    std::vector<std::pair<std::string, std::string>> bases;
};

struct Version {
    std::int64_t translation = 0, source = 0;
    std::string etag() const;  // "\"T.S\""
    friend bool operator==(const Version&, const Version&) = default;
};

// The working text of one locale, and what there is to do in it.
struct Translation {
    ArticleId article_id{};
    std::string key, type;
    locale::Tag locale, source_locale;
    Version version;
    content::State state = content::State::untranslated;
    bool published = false, pending = false;
    content::Mode mode = content::Mode::aligned;
    std::string title, slug, summary, body;
    std::map<std::string, std::string> fields;
    content::Counts segments, words;
    Time updated_at{};
    friend bool operator==(const Translation&, const Translation&) = default;
};

// PUT/PATCH of a translation, and of the source when `locale` is the source locale. `created` when it did not exist.
struct Saved {
    ArticleId id{};
    Version version;
    bool created = false;
    bool changed = false;            // false: nothing differed, nothing was written
    std::optional<Translation> now;  // as this save left it, whatever came after; of save_translation
};
Saved save_translation(const Store& store, ArticleId id, const locale::Tag& locale, const Changes& changes,
                       const Expected& expected, const Actor& actor);

// What a save of the source would make outdated, without saving: the studio shows it before the confirmation.
struct Consequences {
    struct Segment {
        std::string id;  // empty = new
        enum class What { changed, added, removed } what;
        std::string before, after;
    };
    std::vector<Segment> segments;
    struct Locale {
        locale::Tag locale;
        std::int64_t segments = 0, words = 0;  // that become outdated, or have changed once more
    };
    std::vector<Locale> locales;
};
Consequences preview_source_save(const Store& store, ArticleId id, const Changes& changes);
// What a form shows after a conflict about something in `body`, written over version `seen`: the body as it is now with
// what its writer really wrote in it. Absent where that cannot be told apart from what others wrote.
std::optional<std::string> merged_body(const Store& store, ArticleId id, const std::string& body, std::int64_t seen);

struct NewArticle {
    std::string key;  // empty = made from the title
    std::string type = "page";
    locale::Tag source_locale;
    int priority = 0;
    boost::json::object shared;  // shared fields
    Changes translation;         // title required
};
struct Created {
    ArticleId id{};
    std::string key;
    Version version;
};
Created create_article(const Store& store, const NewArticle& article, const Actor& actor);

// Key, type, priority, source locale, shared fields. `expected` = A of the article's ETag "A.H".
struct ArticleChanges {
    std::optional<std::string> key, type;
    std::optional<locale::Tag> source_locale;  // conflict "source-incomplete" unless the new source has nothing missing
    std::optional<int> priority;
    std::optional<boost::json::object> shared;  // merged: null removes a member
};
std::int64_t change_article(const Store& store, ArticleId id, const ArticleChanges& changes,
                            std::optional<std::int64_t> expected, const Actor& actor);
void delete_article(const Store& store, ArticleId id, std::optional<std::int64_t> expected, const Actor& actor);
void restore_article(const Store& store, ArticleId id, const Actor& actor);
// conflict "delete-source" for the source translation. The locale's publication goes with it; revisions stay. `within`
// runs last in the same transaction.
void delete_translation(const Store& store, ArticleId id, const locale::Tag& locale, const Expected& expected,
                        const Actor& actor, const std::function<void(db::Transaction&)>& within = {});

// "The meaning did not change": the basis of these segments becomes the source's text now.
// `locale` is the path's, which `expected` is for; `locales` others (empty = only the path's; all = every one that has
// targets).
struct KeepRequest {
    std::vector<std::string> segments;  // empty = all that are outdated
    std::vector<locale::Tag> locales;
    bool all_locales = false;
    std::string reason;
};
Version keep_meaning(const Store& store, ArticleId id, const locale::Tag& locale, const KeepRequest& request,
                     const Expected& expected, const Actor& actor);
Version undo_keep(const Store& store, ArticleId id, const locale::Tag& locale, const KeepRequest& request,
                  const Expected& expected, const Actor& actor);

// ---- reading what is being worked on ----
std::optional<Translation> find_translation(const Store& store, ArticleId id, const locale::Tag& locale);

struct SegmentView {
    std::string id, field;  // field: title, summary, body, fields.NAME
    content::Kind kind = content::Kind::paragraph;
    std::string source;
    std::optional<std::string> basis;  // the source wording the target was made from; absent without a target
    std::optional<std::string> target;
    std::string origin;
    enum class State { missing, outdated, current } state = State::missing;
    std::int64_t words = 0;
    std::int64_t version = 0;
    bool kept = false;     // the basis was moved by keep_meaning and can be undone
    bool retired = false;  // cut from the source; shown beside (Merge)
};
std::vector<SegmentView> list_segments(const Store& store, ArticleId id, const locale::Tag& locale);

struct Revision {
    std::int64_t n = 0;
    std::string action;  // save, publish, unpublish, keep, undo-keep, restore, import
    std::string actor;
    Time at{};
};
std::vector<Revision> list_revisions(const Store& store, ArticleId id, const locale::Tag& locale, int limit,
                                     std::optional<std::int64_t> before);
struct RevisionText {
    Revision revision;
    std::string title, slug, summary, body;
    std::map<std::string, std::string> fields;
    content::Mode mode = content::Mode::aligned;
};
std::optional<RevisionText> find_revision(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t n);
Version restore_revision(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t n,
                         const Expected& expected, const Actor& actor);

struct Article {
    ArticleId id{};
    std::string key, type;
    locale::Tag source_locale;
    int priority = 0;
    boost::json::object shared;
    std::int64_t version = 0;
    Time created_at{}, updated_at{};
    bool deleted = false;
};
// By number or key; `deleted` articles only when asked for.
std::optional<Article> find_article(const Store& store, std::string_view id_or_key, bool with_deleted = false);

}  // namespace stele::editing
