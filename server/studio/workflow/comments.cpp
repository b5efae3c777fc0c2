// What people say about a text, as a page: the editor has it beside its rows where scripts run.
#include "src/workflow/comments.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/form.hpp"
#include "server/http/percent.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/editor/labels.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/workflow/workflow.hpp"
#include "server/urls.hpp"
#include "src/base/number.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using workflow::Comment;

constexpr int comments_per_page = 100;

struct Talk {
    App& app;
    const Call& call;
    const editing::Article& article;
    const locale::Tag& locale;
    std::map<std::string, std::string> places;  // as labels.hpp calls the segments
};
// What was typed and refused.
struct Refused {
    std::string thread, segment, text, mistake;
};

bool may_take_part(const Call& call, const editing::Article& article, const locale::Tag& locale) {
    return accounts::can(call.caller, Action::translate, locale) ||
           accounts::can(call.caller, Action::edit_source, article.source_locale);
}

std::string where_of(const Talk& talk, const std::string& segment) {
    if (segment.empty()) return word(talk.app, talk.call, "comments.whole");
    const auto place = talk.places.find(segment);
    return place == talk.places.end() ? word(talk.app, talk.call, "comments.gone") : place->second;
}

ViewData comment_view(const Talk& talk, const Comment& comment) {
    auto view = view_object();
    put(view, "by", comment.actor);
    put(view, "updated", time_view(talk.app, talk.call, comment.created_at));
    put(view, "text", comment.deleted ? word(talk.app, talk.call, "script.comment-deleted") : comment.text);
    return view;
}

// A thread as far as this page has it; of one that began on a page before, its answers.
ViewData thread_view(const Talk& talk, const std::vector<Comment>& comments, const Comment& first,
                     const Refused& refused) {
    auto items = view_list();
    for (const auto& one : comments)
        if (one.thread == first.thread) append(items, comment_view(talk, one));
    const auto id = std::to_string(first.thread);
    const bool wrong = refused.thread == id;
    auto view = view_object();
    put(view, "id", id);
    put(view, "where", where_of(talk, first.segment));
    const bool there = talk.places.contains(first.segment) && talk.locale != talk.article.source_locale;
    put(view, "href",
        there ? ViewData(fmt::format("{}?open={}#s-{}", text_path(talk.article.id, talk.locale),
                                     http::percent_encoded(first.segment), http::percent_encoded(first.segment)))
              : nothing());
    put(view, "used", first.resolved_at.has_value());
    put(view, "items", std::move(items));
    put(view, "value", wrong ? refused.text : std::string());
    put(view, "mistake", wrong ? ViewData(refused.mistake) : nothing());
    return view;
}

ViewData threads_view(const Talk& talk, const std::vector<Comment>& comments, const Refused& refused) {
    auto list = view_list();
    std::vector<std::int64_t> shown;
    for (const auto& one : comments) {
        if (std::ranges::find(shown, one.thread) != shown.end()) continue;
        shown.push_back(one.thread);
        append(list, thread_view(talk, comments, one, refused));
    }
    return list;
}

// The whole text first; of a source only that, as in its editor.
ViewData segments_view(const Talk& talk, const std::string& chosen) {
    Choices choices{{"", where_of(talk, "")}};
    if (talk.locale != talk.article.source_locale)
        for (const auto& segment : editing::list_segments(store_of(talk.app), talk.article.id, talk.locale))
            if (!segment.retired) choices.emplace_back(segment.id, where_of(talk, segment.id));
    return choices_view(choices, chosen);
}

http::Response comments_page(const Talk& talk, const Refused& refused, int status) {
    auto& [app, call, article, locale, places] = talk;
    workflow::CommentQuery query{.segment = {}, .limit = comments_per_page, .after = {}};
    if (const auto after = call.request.query("after")) query.after = number_from(*after);
    const auto comments = workflow::list_comments(store_of(app), article.id, locale, query);
    const auto source = editing::find_translation(store_of(app), article.id, article.source_locale);
    const auto path = text_path(article.id, locale);
    auto data = view_object();
    put(data, "article", source ? source->title : article.key);
    put(data, "article_lang", article.source_locale.text());
    put(data, "article_dir", locale::name_of(locale::direction_of(article.source_locale)));
    put(data, "lead", word(app, call, "editor.comments") + " · " + language_name(call, locale));
    put(data, "back_href", path);
    put(data, "action", path + "/comments");
    put(data, "can_write", may_take_part(call, article, locale));
    put(data, "rows", threads_view(talk, comments, refused));
    put(data, "empty", comments.empty());
    put(data, "fields", segments_view(talk, refused.segment));
    const bool of_new = refused.thread.empty() && !refused.mistake.empty();
    put(data, "new_value", of_new ? refused.text : std::string());
    put(data, "new_mistake", of_new ? ViewData(refused.mistake) : nothing());
    std::vector<Mistake> mistakes;
    if (!refused.mistake.empty())
        mistakes.push_back(
            {of_new ? "text" : "text-" + refused.thread, word(app, call, "editor.comments"), refused.mistake});
    put(data, "mistakes", mistakes_view(app, call, mistakes));
    for (const auto* name : {"notice", "what", "detail"}) put(data, name, nothing());
    put(data, "reply_word", word(app, call, "script.comment-reply"));
    put(data, "resolve_word", word(app, call, "script.comment-resolve"));
    put(data, "reopen_word", word(app, call, "script.comment-reopen"));
    put(data, "post_word", word(app, call, "script.comment-send"));
    const bool more = comments.size() == size_t(comments_per_page);
    put(data, "next",
        more ? ViewData(target_with(call.request, "after", std::to_string(comments.back().id))) : nothing());
    return page(app, call, "workflow/comments", word(app, call, "editor.comments"), std::move(data), status);
}

Talk talk_of(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale) {
    return {app, call, article, locale,
            place_labels(app, call, editing::list_segments(store_of(app), article.id, locale))};
}

// The thread of the form; of this text, whatever was sent.
std::optional<Comment> thread_in(const Talk& talk, const Form& form) {
    const auto text = form.text("thread");
    if (text.empty()) return std::nullopt;
    const auto id = number_from(text);
    auto thread = id ? workflow::find_comment(store_of(talk.app), *id) : std::nullopt;
    if (!thread || thread->article_id != talk.article.id || thread->locale != talk.locale)
        throw Error(ErrorCode::not_found, "comment");
    return thread;
}

// Where a thread is shown: on the first page, else on one that begins with it.
std::string place_of(const Talk& talk, std::int64_t thread) {
    const auto first = workflow::list_comments(store_of(talk.app), talk.article.id, talk.locale,
                                               {.segment = {}, .limit = comments_per_page, .after = {}});
    const bool beyond = first.size() == size_t(comments_per_page) && first.back().id < thread;
    return fmt::format("{}/comments{}#c-{}", text_path(talk.article.id, talk.locale),
                       beyond ? fmt::format("?after={}", thread - 1) : std::string(), thread);
}

// The address of what it came to.
std::string act(const Talk& talk, const Form& form) {
    const auto store = store_of(talk.app, talk.call);
    const auto& actor = actor_of(talk.call);
    const auto thread = thread_in(talk, form);
    const auto what = form.text("do");
    if (thread && (what == "resolve" || what == "reopen")) {
        workflow::change_comment(store, thread->id, {.text = {}, .resolved = what == "resolve"}, actor);
        return place_of(talk, thread->thread);
    }
    if (what != "post") throw Error(ErrorCode::malformed, "form");
    workflow::NewComment comment{thread ? std::string() : form.text("segment"), plain_lines(form.text("text")), {}};
    if (thread) comment.thread = thread->thread;
    return place_of(talk, workflow::add_comment(store, talk.article.id, talk.locale, comment, actor).thread);
}

}  // namespace

http::Response show_comments(App& app, const Call& call) {
    const auto article = article_of(app, call);
    const auto locale = locale_of(call);
    const auto talk = talk_of(app, call, article, locale);
    return comments_page(
        talk, {.thread = {}, .segment = call.request.query("segment").value_or(""), .text = {}, .mistake = {}}, 200);
}

http::Response change_comments(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto article = article_of(app, call);
    const auto locale = locale_of(call);
    const auto talk = talk_of(app, call, article, locale);
    try {
        return see_other(act(talk, form));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid || error.fields().empty()) throw;
        const auto& mistake = error.fields().front();
        return comments_page(talk,
                             {form.text("thread"), form.text("segment"), plain_lines(form.text("text")),
                              word(app, call, mistake.message, mistake.params)},
                             422);
    }
}

}  // namespace stele::studio
