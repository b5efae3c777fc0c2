#include "server/studio/editor/translation_save.hpp"

#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/studio/editor/findings_view.hpp"
#include "server/studio/editor/open_row.hpp"
#include "server/studio/editor/row_steps.hpp"
#include "server/studio/editor/seen.hpp"
#include "server/studio/editor/translation_view.hpp"
#include "server/studio/editor/workflow_view.hpp"
#include "server/studio/remarks.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/worklist_place.hpp"
#include "src/workflow/publish.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

struct Sent {
    App& app;
    const Call& call;
    const editing::Article& article;
    const locale::Tag& locale;
    const Form& form;
    std::string action;
    Typed typed;
};

http::Response again(const Sent& sent, const Remarks& remarks, int status) {
    return translation_page(sent.app, sent.call, sent.article, sent.locale, sent.typed, remarks, status);
}

// "The meaning did not change" is said of a source text that was read: not of one that came since.
void check_kept_sources(const Sent& sent, Remarks& remarks) {
    if (sent.typed.keeps.empty()) return;
    for (const auto& segment : editing::list_segments(store_of(sent.app), sent.article.id, sent.locale)) {
        const auto shown = sent.typed.sources.find(segment.id);
        if (shown == sent.typed.sources.end() || !sent.typed.keeps.contains(segment.id)) continue;
        if (shown->second != print_of(segment.source))
            remarks.mistakes[segment.id] = word(sent.app, sent.call, "studio.keep.moved");
    }
}

struct Done {
    editing::Version version;
    bool saved = false, kept = false;
    bool moved = false;  // somebody else wrote another part of it meanwhile
};

void save_texts(const Sent& sent, Done& done, std::vector<std::string>& ids) {
    const auto changes = sent.typed.changes(ids);
    if (sent.typed.empty()) return;
    const auto saved = editing::save_translation(store_of(sent.app, sent.call), sent.article.id, sent.locale, changes,
                                                 expected_of(done.version), actor_of(sent.call));
    done.saved = saved.changed;
    done.moved = !saved.created && saved.version.translation != done.version.translation + (saved.changed ? 1 : 0);
    done.version = saved.version;
}

void keep_meanings(const Sent& sent, Done& done) {
    if (sent.typed.keeps.empty()) return;
    require(sent.call, Action::keep, sent.locale);
    const editing::KeepRequest request{.segments = {sent.typed.keeps.begin(), sent.typed.keeps.end()}};
    done.version = editing::keep_meaning(store_of(sent.app, sent.call), sent.article.id, sent.locale, request,
                                         expected_of(done.version), actor_of(sent.call));
    done.kept = true;
}

std::string form_with(const Sent& sent, std::string_view query) {
    const auto list = worklist_query(sent.call);
    return fmt::format("{}?{}{}{}", text_path(sent.article.id, sent.locale), query, list.empty() ? "" : "&", list);
}

std::optional<Confirmed> publishes(const std::string& action) {
    for (const bool incomplete : {false, true})
        for (const bool unread : {false, true})
            for (const bool checks : {false, true})
                if (const Confirmed confirmed{incomplete, unread, checks}; action == publish_action(confirmed))
                    return confirmed;
    return std::nullopt;
}

// Asks for what holds it; what was confirmed before stays confirmed.
http::Response ask(const Sent& sent, const Done& done, std::string_view what, const Confirmed& confirmed) {
    std::string before;
    const auto add = [&](bool said, std::string_view name) {
        if (said) before += fmt::format("{}{}", before.empty() ? "" : ",", name);
    };
    add(confirmed.incomplete, "incomplete");
    add(confirmed.unread, "unread");
    add(confirmed.checks, "checks");
    return see_other(form_with(sent, fmt::format("{}ask={}{}{}", done.saved ? "done=saved&" : "", what,
                                                 before.empty() ? "" : "&confirmed=", before)));
}

http::Response publish(const Sent& sent, const Done& done, const Confirmed& confirmed) {
    require(sent.call, Action::publish, sent.locale);
    // Readers must not get what its publisher has not seen.
    if (done.moved) return see_other(form_with(sent, "done=moved"));
    try {
        workflow::publish(store_of(sent.app, sent.call), sent.article.id, sent.locale,
                          {.incomplete = confirmed.incomplete,
                           .unread = confirmed.unread,
                           .checks = &sent.app.checks,
                           .override_checks = confirmed.checks},
                          expected_of(done.version), sent.call.caller.value(), seen_step(sent.form));
    } catch (const Error& error) {
        if (error.reason() == "publish-incomplete") return ask(sent, done, "incomplete", confirmed);
        if (error.reason() == "publish-unread") return ask(sent, done, "unread", confirmed);
        if (error.reason() == "publish-checks") return ask(sent, done, "checks", confirmed);
        if (error.reason() == "publish-nothing") return see_other(form_with(sent, "done=nothing-to-publish"));
        if (error.reason() == "review-moved") throw;
        if (error.code() == ErrorCode::version_conflict) return see_other(form_with(sent, "done=moved"));
        if (error.code() != ErrorCode::taken) throw;
        auto remarks = remarks_of(sent.app, sent.call, error, {});
        return again(sent, remarks, status_of(error));
    }
    return see_other(form_with(sent, "done=published"));
}

http::Response unpublish(const Sent& sent, const Done& done) {
    require(sent.call, Action::publish, sent.locale);
    publishing::unpublish(store_of(sent.app, sent.call), sent.article.id, sent.locale, expected_of(done.version),
                          actor_of(sent.call));
    return see_other(form_with(sent, "done=unpublished"));
}

// Aligned again, the body it has is what has to fit the source's structure: none of it is lost by the way back.
http::Response change_mode(const Sent& sent, const Done& done) {
    editing::Changes changes;
    changes.mode = sent.action == "independent" ? content::Mode::independent : content::Mode::aligned;
    if (changes.mode == content::Mode::aligned)
        if (const auto now = editing::find_translation(store_of(sent.app), sent.article.id, sent.locale))
            changes.body = now->body;
    editing::save_translation(store_of(sent.app, sent.call), sent.article.id, sent.locale, changes,
                              expected_of(done.version), actor_of(sent.call));
    return see_other(form_with(sent, "done=mode"));
}

// A request or a decision is about what its maker has read: not about what came in with the save.
std::optional<http::Response> hold_moved(const Sent& sent, const Done& done) {
    if (!done.moved || !sent.action.starts_with("review-") || sent.action == "review-back") return std::nullopt;
    Remarks remarks;
    remarks.mistake = word(sent.app, sent.call, "editor.review-read-first");
    keep_entered(sent.action, sent.form, remarks);
    return again(sent, remarks, 412);
}

// Whoever is to review it need not be the first to see what a program sees.
std::optional<http::Response> hold_review(const Sent& sent, const Done& done) {
    Remarks remarks;
    if (done.version.translation == 0)
        remarks.mistake = word(sent.app, sent.call, "error.conflict.review-nothing.detail");
    else if (add_errors(sent.app, sent.call, sent.article.id, sent.locale, remarks))
        remarks.ask_review = true;
    else
        return std::nullopt;
    if (done.saved) remarks.notice = word(sent.app, sent.call, "studio.saved");
    keep_entered(sent.action, sent.form, remarks);
    return again(sent, remarks, 409);
}

http::Response act(const Sent& sent, const Done& done) {
    if (const auto confirmed = publishes(sent.action)) return publish(sent, done, *confirmed);
    if (sent.action == "unpublish") return unpublish(sent, done);
    if (auto held = hold_moved(sent, done)) return std::move(*held);
    if (sent.action == "review-ask")
        if (auto held = hold_review(sent, done)) return std::move(*held);
    if (is_workflow(sent.action))
        return see_other(form_with(sent, do_workflow({sent.app, sent.call, sent.article.id, sent.locale, sent.action,
                                                      sent.form, done.version})));
    if (is_row_step(sent.action)) {
        const auto to =
            do_row_step({sent.app, sent.call, sent.article.id, sent.locale, sent.action, sent.form, done.version});
        return see_other(form_with(sent, to.query) + to.place);
    }
    if (sent.action == "independent" || sent.action == "aligned") return change_mode(sent, done);
    if (sent.action == "preview") return see_other(text_path(sent.article.id, sent.locale) + "/preview");
    return see_other(form_with(sent, done.saved ? "done=saved" : done.kept ? "done=kept" : "done=unchanged"));
}

}  // namespace

std::string publish_action(const Confirmed& confirmed) {
    return fmt::format("publish{}{}{}", confirmed.incomplete ? "-incomplete" : "", confirmed.unread ? "-unread" : "",
                       confirmed.checks ? "-anyway" : "");
}

http::Response save_translation(App& app, const Call& call, const editing::Article& article, const locale::Tag& locale,
                                const Form& form) {
    require(call, Action::translate, locale);
    Sent sent{app, call, article, locale, form, form.text("action"), typed_from(form)};
    if (is_look(sent.action)) {
        const auto opened = look(app, call, article, locale, form, sent.typed);
        return again(sent, opened, 200);
    }
    Remarks remarks;
    check_kept_sources(sent, remarks);
    if (!remarks.mistakes.empty()) return again(sent, remarks, 409);
    Done done{.version = sent.typed.version};
    std::vector<std::string> ids;
    try {
        save_texts(sent, done, ids);
        keep_meanings(sent, done);
        // From here on nothing that was typed is unsaved.
        sent.typed = {.version = done.version};
        return act(sent, done);
    } catch (const Error& error) {
        const bool in_part = done.saved || done.kept;
        const auto fault = in_part ? after_save(error) : error;
        if (!is_about_texts(fault)) throw Error(fault);
        // What a step of the workflow met says all that there is to say: the texts are saved.
        const bool of_step = sent.typed.empty() && (!error.reason().empty() || !error.fields().empty());
        remarks = remarks_of(app, call, of_step ? error : fault, ids);
        if (of_step && in_part) remarks.notice = word(app, call, "studio.saved");
        keep_entered(sent.action, form, remarks);
        keep_row_open(sent.action, form, remarks);
        return again(sent, remarks, status_of(fault));
    }
}

}  // namespace stele::studio
