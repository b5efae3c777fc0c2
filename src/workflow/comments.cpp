#include "src/workflow/comments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "src/editing/validate.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"

namespace stele::workflow {
namespace {

constexpr std::string_view columns =
    "id, article_id, locale, segment_id, thread, actor, text, created_at, edited_at, resolved_at, resolved_by, deleted";

Comment comment_from(const db::Row& r) {
    Comment comment{.id = r.integer(0),
                    .article_id = ArticleId(r.integer(1)),
                    .locale = locale::Tag::stored(r.text(2)),
                    .segment = r.text(3),
                    .thread = r.optional_integer(4).value_or(r.integer(0)),
                    .actor = r.text(5),
                    .text = r.text(6),
                    .created_at = time_of(r.integer(7)),
                    .edited_at = {},
                    .resolved_at = {},
                    .resolved_by = r.optional_text(10),
                    .deleted = r.boolean(11)};
    if (const auto at = r.optional_integer(8)) comment.edited_at = time_of(*at);
    if (const auto at = r.optional_integer(9)) comment.resolved_at = time_of(*at);
    return comment;
}

std::optional<Comment> find(db::Connection& c, std::int64_t id) {
    static const auto sql = fmt::format("SELECT {} FROM comment WHERE id = $1", columns);
    return c.one(sql, comment_from, id);
}

Comment existing(db::Connection& c, std::int64_t id) {
    auto comment = find(c, id);
    // What people said of an article goes out of sight with it.
    if (!comment || comment->deleted ||
        !c.one(
            "SELECT 1 FROM article WHERE id = $1 AND deleted_at IS NULL", [](db::Row) { return true; },
            comment->article_id))
        throw Error(ErrorCode::not_found, "comment");
    return *comment;
}

void check_text(const std::string& text) {
    FieldErrors errors;
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        errors.push_back({"/text", "field.required", {}});
    else
        editing::check_text(errors, "/text", text, max_comment_chars, true);
    throw_if_any(std::move(errors));
}

Comment insert(db::Transaction& t, const Comment& comment) {
    static const auto sql = fmt::format(
        "INSERT INTO comment (article_id, locale, segment_id, thread, actor, text, created_at, deleted) VALUES ($1, "
        "$2, $3, $4, $5, $6, $7, 0) RETURNING {}",
        columns);
    const auto thread = comment.thread == 0 ? std::nullopt : std::optional(comment.thread);
    return t
        ->one(sql, comment_from, comment.article_id, comment.locale.text(), comment.segment, thread, comment.actor,
              comment.text, comment.created_at)
        .value();
}

// The thread is held until the transaction ends, so that nobody deletes it under an answer.
Comment hold_thread(db::Transaction& t, std::int64_t thread) {
    static const auto sql = fmt::format(
        "UPDATE comment SET resolved_at = NULL, resolved_by = NULL WHERE id = $1 AND thread IS NULL RETURNING {}",
        columns);
    auto first = t->one(sql, comment_from, thread);
    if (!first) throw Error(ErrorCode::not_found, "comment");
    return *first;
}

std::vector<Actor> writers_of(db::Connection& c, const Place& place, const Comment& comment) {
    std::vector<Actor> names;
    const auto name = [&](db::Row r) {
        names.push_back(r.text(0));
        return 0;
    };
    if (place.frame && comment.segment.empty()) names.push_back(place.frame->actor);
    c.all("SELECT actor FROM target WHERE article_id = $1 AND locale = $2 AND segment_id = $3", name,
          comment.article_id, comment.locale.text(), comment.segment);
    if (!comment.is_first())
        c.all("SELECT actor FROM comment WHERE (id = $1 OR thread = $1) AND deleted = 0", name, comment.thread);
    return names;
}

std::vector<std::int64_t> accounts_of(db::Connection& c, const std::vector<Actor>& names) {
    std::vector<std::int64_t> accounts;
    for (const auto& name : names)
        if (const auto account = find_account(c, name)) accounts.push_back(*account);
    return accounts;
}

Telling mention_in(const Comment& comment, Time at) {
    return {.kind = Kind::mention,
            .article_id = comment.article_id,
            .locale = comment.locale,
            .actor = comment.actor,
            .detail = {{"comment", comment.id}, {"segment", comment.segment}},
            .at = at};
}

void tell_of(db::Transaction& t, const Place& place, const Comment& comment) {
    const auto but = find_account(*t, comment.actor);
    auto what = mention_in(comment, comment.created_at);
    const auto mentioned = accounts_of(*t, mentioned_in(comment.text));
    tell(t, what, mentioned, but);
    auto others = accounts_of(*t, writers_of(*t, place, comment));
    if (const auto assigned = find_assignment(*t, comment.article_id, comment.locale))
        others.push_back(assigned->account);
    std::erase_if(others, [&](auto account) { return std::ranges::find(mentioned, account) != mentioned.end(); });
    what.kind = Kind::comment;
    tell(t, what, std::move(others), but);
}

struct By {
    const Actor& actor;
    Time now{};
};

void edit(db::Transaction& t, std::int64_t id, const std::string& text, const By& by) {
    const auto before = existing(*t, id);
    if (before.actor != by.actor) throw Error(ErrorCode::forbidden, "not-own");
    if (before.text == text) return;
    t->run("UPDATE comment SET text = $2, edited_at = $3 WHERE id = $1 AND deleted = 0", id, text, by.now);
    log(t, by.now, "comment-edited", before.article_id, before.locale, by.actor,
        {{"comment", id}, {"before", before.text}});
    const auto told = mentioned_in(before.text);
    auto named = mentioned_in(text);
    std::erase_if(named, [&](const auto& name) { return std::ranges::find(told, name) != told.end(); });
    tell(t, mention_in(before, by.now), accounts_of(*t, named), find_account(*t, by.actor));
}

void resolve(db::Transaction& t, std::int64_t id, bool resolved, const By& by) {
    const auto comment = find(*t, id);
    if (!comment) throw Error(ErrorCode::not_found, "comment");
    const auto who = resolved ? std::optional(by.actor) : std::nullopt;
    const auto at = resolved ? std::optional(by.now) : std::nullopt;
    const auto changed = t->run(
        "UPDATE comment SET resolved_at = $2, resolved_by = $3 WHERE id = $1 AND (resolved_at IS NULL) = ($4 = 1)",
        comment->thread, at, who, std::int64_t(resolved));
    if (changed > 0)
        log(t, by.now, resolved ? "comment-resolved" : "comment-reopened", comment->article_id, comment->locale,
            by.actor, {{"comment", comment->thread}});
}

}  // namespace

Comment add_comment(const Store& store, ArticleId id, const locale::Tag& locale, const NewComment& comment,
                    const Actor& actor) {
    check_text(comment.text);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        const auto place = read_place(*t, store, id, locale);
        Comment made{.article_id = id,
                     .locale = locale,
                     .segment = comment.segment,
                     .actor = actor,
                     .text = comment.text,
                     .created_at = now};
        if (comment.thread) {
            const auto first = hold_thread(t, *comment.thread);
            if (first.article_id != id || first.locale != locale) throw Error(ErrorCode::not_found, "comment");
            made.segment = first.segment;
            made.thread = first.id;
        } else if (!has_segment(*t, id, comment.segment)) {
            throw Error(ErrorCode::invalid, {}, {}, {{"/segment", "segment.unknown", {{"segment", comment.segment}}}});
        }
        made = insert(t, made);
        log(t, now, "comment", id, locale, actor, {{"comment", made.id}, {"segment", made.segment}});
        tell_of(t, place, made);
        return made;
    });
}

std::vector<Comment> list_comments(const Store& store, ArticleId id, const locale::Tag& locale,
                                   const CommentQuery& query) {
    const auto limit = std::clamp(query.limit, 1, 200);
    const auto after = query.after.value_or(0);
    const auto sql =
        fmt::format("SELECT {} FROM comment WHERE article_id = $1 AND locale = $2 AND id > $3{} ORDER BY id LIMIT $4",
                    columns, query.segment ? " AND segment_id = $5" : "");
    return store.db.reading([&](db::Connection& c) {
        read_place(c, store, id, locale);
        if (!query.segment) return c.all(sql, comment_from, id, locale.text(), after, limit);
        return c.all(sql, comment_from, id, locale.text(), after, limit, *query.segment);
    });
}

std::map<std::string, std::int64_t> count_open_threads(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        std::map<std::string, std::int64_t> counts;
        c.query(
            "SELECT segment_id FROM comment WHERE article_id = $1 AND locale = $2 AND thread IS NULL AND "
            "resolved_at IS NULL",
            std::vector<db::Value>{db::to_value(id), db::to_value(locale.text())},
            [&](db::Row r) { ++counts[r.text(0)]; });
        return counts;
    });
}

std::optional<Comment> find_comment(const Store& store, std::int64_t id) {
    return store.db.reading([&](db::Connection& c) { return find(c, id); });
}

Comment change_comment(const Store& store, std::int64_t id, const CommentChange& change, const Actor& actor) {
    if (change.text) check_text(*change.text);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        if (change.text) edit(t, id, *change.text, {actor, now});
        if (change.resolved) resolve(t, id, *change.resolved, {actor, now});
        // Also a thread whose first comment was taken back can be settled.
        auto comment = find(*t, id);
        if (!comment) throw Error(ErrorCode::not_found, "comment");
        return std::move(*comment);
    });
}

void delete_comment(const Store& store, std::int64_t id, const Actor& actor) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto comment = existing(*t, id);
        // Whoever answers meanwhile holds the first comment, too.
        t->run("UPDATE comment SET deleted = deleted WHERE id = $1", comment.thread);
        const auto answers = t->one(
            "SELECT 1 FROM comment WHERE thread = $1 AND id <> $2 LIMIT 1", [](db::Row) { return true; },
            comment.thread, id);
        if (comment.is_first() && answers) {
            t->run("UPDATE comment SET deleted = 1, text = '' WHERE id = $1", id);
        } else {
            t->run("DELETE FROM comment WHERE id = $1", id);
            if (!answers) t->run("DELETE FROM comment WHERE id = $1 AND deleted = 1", comment.thread);
        }
        log(t, now, "comment-deleted", comment.article_id, comment.locale, actor,
            {{"comment", comment.id}, {"by", comment.actor}});
    });
}

}  // namespace stele::workflow
