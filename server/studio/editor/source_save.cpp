#include "server/studio/editor/source_save.hpp"

#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/studio/editor/seen.hpp"
#include "server/studio/editor/source_view.hpp"
#include "server/studio/editor/workflow_view.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "src/publishing/save_source.hpp"
#include "src/workflow/publish.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

struct Sent {
    App& app;
    const Call& call;
    const editing::Article& article;
    const Form& form;
    SourceTyped typed;
};

// The blocks of the body have one field in this form.
Remarks by_field(Remarks remarks) {
    std::map<std::string, Remarks::Theirs> merged;
    for (auto& [place, theirs] : remarks.conflicts) {
        const bool known = place == "title" || place == "summary" || place == "slug" || place.starts_with("fields.");
        const auto [at, is_new] = merged.try_emplace(known ? place : "body", theirs);
        if (!is_new) at->second.text += "\n\n" + theirs.text;
    }
    remarks.conflicts = std::move(merged);
    return remarks;
}

// After a conflict the form stands over what is there now: what others wrote in the body where this writer wrote
// nothing stays theirs. Where the two cannot be told apart, the whole of theirs is shown beside.
void keep_theirs(const Sent& sent, SourceTyped& typed, Remarks& remarks) {
    const auto body = typed.fields.find("body");
    if (!remarks.stale || body == typed.fields.end()) return;
    const auto store = store_of(sent.app, sent.call);
    if (auto merged = editing::merged_body(store, sent.article.id, body->second.text, typed.version.translation)) {
        body->second.text = std::move(*merged);
        return;
    }
    remarks.conflicts["body"].text =
        editing::find_translation(store, sent.article.id, sent.article.source_locale).value().body;
}

// Of what all languages share each field is somebody's last word: both are shown.
void keep_shared(const editing::Article& now, const Sent& sent, Remarks& remarks) {
    if (!remarks.stale) return;
    const auto changed = sent.typed.changed_by_others(sent.app, now);
    for (const auto& [name, text] : changed) remarks.conflicts[name] = {.text = text, .actor = {}, .at = {}};
    if (!changed.empty()) remarks.mistake.clear();
}

std::string form_with(const Sent& sent, std::string_view query) {
    return fmt::format("{}?{}", text_path(sent.article.id, sent.article.source_locale), query);
}

http::Response save(const Sent& sent, const editing::ArticleChanges& article_changes, bool publish) {
    // Others may have written other fields of it: nothing of theirs is written over.
    const bool seen = sent.typed.changed_by_others(sent.app, sent.article).empty();
    publishing::SourceSave save{.expected = expected_of(sent.typed.version),
                                .article_version = seen ? sent.article.version : sent.typed.article_version,
                                .keep = sent.form.has("keep"),
                                .publish = publish,
                                .each = workflow::ending_reviews(store_of(sent.app), sent.article.id,
                                                                 sent.article.source_locale, sent.call.caller.value())};
    if (publish) require(sent.call, Action::publish, sent.article.source_locale);
    if (save.keep) require(sent.call, Action::keep, std::nullopt);
    if (sent.typed.changes_texts()) save.texts = sent.typed.changes();
    if (sent.typed.changes_article()) save.article = article_changes;
    const auto saved =
        publishing::save_source(store_of(sent.app, sent.call), sent.article.id, save, actor_of(sent.call));
    return see_other(form_with(sent, saved.published ? "done=published" : publish ? "done=moved" : "done=saved"));
}

http::Response publish_as_is(const Sent& sent) {
    const auto& locale = sent.article.source_locale;
    require(sent.call, Action::publish, locale);
    workflow::publish(store_of(sent.app, sent.call), sent.article.id, locale, {}, expected_of(sent.typed.version),
                      sent.call.caller.value());
    return see_other(form_with(sent, "done=published"));
}

// What was done has nothing to do with what is typed and not saved yet: that stays in the form.
http::Response done_beside(const Sent& sent, const std::string& query, std::string_view notice,
                           std::optional<editing::Version> version = {}) {
    if (sent.typed.fields.empty()) return see_other(form_with(sent, query));
    auto typed = sent.typed;
    if (version) typed.version = *version;
    Remarks remarks;
    remarks.notice =
        fmt::format("{} {}", word(sent.app, sent.call, notice), word(sent.app, sent.call, "studio.typed-stays"));
    return source_page(sent.app, sent.call, sent.article, typed, remarks);
}

http::Response unpublish(const Sent& sent) {
    const auto& locale = sent.article.source_locale;
    require(sent.call, Action::publish, locale);
    const auto version = publishing::unpublish(store_of(sent.app, sent.call), sent.article.id, locale,
                                               expected_of(sent.typed.version), actor_of(sent.call));
    return done_beside(sent, "done=unpublished", "studio.unpublished", version);
}

http::Response step(const Sent& sent, const std::string& action) {
    const auto query = do_workflow(
        {sent.app, sent.call, sent.article.id, sent.article.source_locale, action, sent.form, sent.typed.version});
    return done_beside(sent, query, action == "schedule" ? "editor.schedule-done" : "editor.schedule-cleared");
}

http::Response answer(const Sent& sent) {
    const auto action = sent.form.text("action");
    if (action == "unpublish") return unpublish(sent);
    if (action == "schedule" || action == "schedule-clear") return step(sent, action);
    if (action == "edit") return source_page(sent.app, sent.call, sent.article, sent.typed);
    if (sent.typed.fields.empty())
        return action == "publish" || action == "publish-now" ? publish_as_is(sent)
                                                              : see_other(form_with(sent, "done=unchanged"));
    Remarks remarks;
    const auto article_changes = sent.typed.article_changes(sent.app, sent.call, sent.article, remarks);
    if (!remarks.mistakes.empty()) return source_page(sent.app, sent.call, sent.article, sent.typed, remarks, 422);
    if (action == "save" || action == "publish") return save(sent, article_changes, action == "publish");
    const auto consequences = editing::preview_source_save(store_of(sent.app), sent.article.id, sent.typed.changes());
    return consequences_page(sent.app, sent.call, sent.article, sent.form, sent.typed, consequences);
}

}  // namespace

http::Response save_source(App& app, const Call& call, const editing::Article& article, const Form& form) {
    require(call, Action::edit_source, article.source_locale);
    const Sent sent{app, call, article, form, source_typed_from(form)};
    try {
        return answer(sent);
    } catch (const Error& error) {
        if (!is_about_texts(error)) throw;
        auto remarks = by_field(remarks_of(app, call, error, {}));
        keep_entered(form.text("action"), form, remarks);
        auto typed = sent.typed;
        keep_theirs(sent, typed, remarks);
        const auto now = editing::find_article(store_of(app), std::to_string(number(article.id))).value_or(article);
        keep_shared(now, sent, remarks);
        return source_page(app, call, now, typed, remarks, status_of(error));
    }
}

}  // namespace stele::studio
